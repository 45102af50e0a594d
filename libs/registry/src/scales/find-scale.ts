import type { EntityManager } from 'typeorm';
import { uuidOf } from '../acts/act-headers';
import type { State } from '../things/thing-kind';

/** A scale as it stood on a day, as other libs need it. */
export interface Scale {
  readonly id: string;
  readonly organisationId: string;
  /** `urn:daodi:scale:{id}`, by which events name it: never its name or certificate. */
  readonly identifier: string;
  readonly name: string;
  /** The site where it stands (uuid). */
  readonly site: string;
  /** 分度值, in milligrams. */
  readonly divisionMg: bigint;
  /** 最大秤量, in milligrams. */
  readonly capacityMg?: bigint;
  /** `YYYY-MM-DD`. */
  readonly calibratedOn?: string;
  readonly validUntil?: string;
  readonly certificateNumber?: string;
  readonly status: string;
}

/** The URN by which events name a scale. */
export const scaleUrn = (id: string): string => `urn:daodi:scale:${id}`;

/**
 * A scale of an organisation as it stood on a day. A day before anything was said of it gets what was said first.
 *
 * @param idOrIdentifier its uuid or its URN
 * @param day `YYYY-MM-DD`, where the weighing was
 * @returns undefined where the organisation has no such scale: another's looks like none
 */
export async function findScaleOn(db: Pick<EntityManager, 'query'>, organisationId: string, idOrIdentifier: string, day: string): Promise<Scale | undefined> {
  const id = uuidOf(idOrIdentifier.replace(/^urn:daodi:scale:/i, ''));
  const state = id === undefined ? undefined : await scaleStateOn(db, organisationId, id, day);
  if (id === undefined || state === undefined) return undefined;
  const { name, site, divisionMg, capacityMg, calibratedOn, validUntil, certificateNumber, status } = state as Readonly<Record<string, string>>;
  return {
    id, organisationId, identifier: scaleUrn(id), name: name as string, site: site as string, divisionMg: BigInt(divisionMg as string),
    ...(capacityMg !== undefined && { capacityMg: BigInt(capacityMg) }), calibratedOn, validUntil, certificateNumber, status: status as string,
  };
}

/** The whole state of an organisation's scale on a day; the same rule as {@link findScaleOn}. */
export async function scaleStateOn(db: Pick<EntityManager, 'query'>, organisationId: string, id: string, day: string): Promise<State | undefined> {
  const [row] = await db.query(
    `SELECT v.state FROM scale s JOIN scale_version v ON v.scale_id = s.id
      WHERE s.id = $1 AND s.organisation_id = $2
      ORDER BY (v.from_day <= $3::date) DESC, CASE WHEN v.from_day <= $3::date THEN v.from_day END DESC, v.from_day, v.position DESC LIMIT 1`,
    [id, organisationId, day],
  );
  return row?.state;
}
