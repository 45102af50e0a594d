import { findSite, siteUrn, type Site, type ZoneKind } from '@daodi/registry';
import type { EntityManager } from 'typeorm';
import type { Thing } from '../form/things';
import type { Work } from '../form/work';

/** What lies in these kinds of zone was not found fit: 待验, 不合格, 退货. */
export const UNRELEASED_ZONES: readonly ZoneKind[] = ['quarantine', 'rejected', 'returned'];

/** A place at which goods are booked, by its URN. */
export interface Place {
  readonly identifier: string;
  readonly name: string;
  readonly zone?: ZoneKind;
  /** The site a zone is a part of (uuid). */
  readonly within?: string;
}

/** Where goods are that left one place of the house and have not arrived at another. */
export const onTheWayTo = (site: Pick<Site, 'identifier'>): string => `${site.identifier}:on-the-way`;

/** The place (URN) somebody is on the way to; undefined for a place that is none of these. */
export const headedFor = (place: string): string | undefined => (place.endsWith(':on-the-way') ? place.slice(0, -':on-the-way'.length) : undefined);

/** What is known of places, by URN. */
export async function placesOf(db: Pick<EntityManager, 'query'>, urns: readonly string[]): Promise<Map<string, Place>> {
  const wanted = [...new Set(urns.map((urn) => headedFor(urn) ?? urn))];
  if (wanted.length === 0) return new Map();
  const rows: { identifier: string; name: string; zone: ZoneKind | null; within: string | null }[] = await db.query(
    `SELECT identifier, name, state ->> 'zone' AS zone, state ->> 'within' AS within FROM site WHERE identifier = ANY($1)`,
    [wanted],
  );
  return new Map(rows.map(({ identifier, name, zone, within }) => [identifier, { identifier, name, zone: zone ?? undefined, within: within ?? undefined }]));
}

/**
 * Notes a fault where a whole site is named and the book has a batch in zones of it: a difference would then be booked
 * at the wrong one. It names those zones.
 */
export async function refuseUnzoned(work: Work, site: string | undefined, things: readonly Thing[]): Promise<void> {
  if (site === undefined) return;
  const named = await findSite(work.tx, site);
  if (named === undefined || named.zone !== undefined) return;
  const places = await placesOf(work.tx, things.flatMap(({ book }) => [...book.availableAt.keys()]));
  things.forEach(({ book }, i) => {
    const zones = [...book.availableAt.keys()].flatMap((urn) => places.get(urn) ?? []).filter(({ within }) => within !== undefined && siteUrn(within) === named.identifier);
    if (zones.length === 0) return;
    const names = zones.map(({ name, identifier }) => `${name} (${identifier.split(':').at(-1)})`).join(', ');
    work.fault(`/lines/${i}/batch`, 'by-zone', `该批次在本场所的库区中：请按库区登记（site 填库区）：${names}`, `this batch lies in zones of the site: record it zone by zone, with the zone as site: ${names}`);
  });
}
