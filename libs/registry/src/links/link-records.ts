import { randomUUID } from 'node:crypto';
import { DEFAULT_LINK, type ResolverLink } from '@daodi/gs1';
import type { EntityManager } from 'typeorm';
import { type Draft, record } from '../acts/draft';
import type { State, ThingKind } from '../things/thing-kind';

export const LINKS: ThingKind = { record: 'digital-link', table: 'digital_link', path: '/api/v1/links' };

type Db = Pick<EntityManager, 'query'>;

/** A link as its record holds it. */
export const linkState = (link: ResolverLink): State => ({ ...link, status: 'active' });

/** The links in force at some levels. */
export async function linksAt(db: Db, levels: readonly string[]): Promise<ResolverLink[]> {
  const rows: { link: ResolverLink }[] = await db.query(`SELECT link FROM digital_link WHERE level = ANY($1) AND status = 'active' ORDER BY since_position, id`, [levels]);
  return rows.map(({ link }) => link);
}

/** Whether a level has a default link in force: it has one, or none. */
export async function hasDefault(db: Db, level: string): Promise<boolean> {
  const [row] = await db.query(`SELECT FROM digital_link WHERE level = $1 AND status = 'active' AND link ->> 'linkType' = $2`, [level, DEFAULT_LINK]);
  return row !== undefined;
}

/**
 * Records of links that are not there yet. Nothing is taken away: what a document does not hold stays. A default that leads
 * elsewhere than the one in force takes its place.
 */
export async function linkRecords(db: Db, links: readonly ResolverLink[]): Promise<Draft[]> {
  const known: { id: string; state: State & ResolverLink }[] = await db.query(`SELECT id, state FROM digital_link WHERE level = ANY($1) AND status = 'active'`, [[...new Set(links.map(({ level }) => level))]]);
  const same = (a: ResolverLink, b: ResolverLink): boolean => KEY.every((name) => JSON.stringify(a[name]) === JSON.stringify(b[name]));
  const wanted = links.filter((link, n) => !known.some(({ state }) => same(state, link)) && !links.slice(0, n).some((other) => same(other, link)));
  const replaced = known.filter(({ state }) => state.linkType === DEFAULT_LINK && wanted.some((link) => link.level === state.level && link.linkType === DEFAULT_LINK));
  return [
    ...replaced.map(({ id, state }) => record(LINKS.record, id, 'ended', { old: state, new: { ...state, status: 'ended' }, why: '导入的链接集有另一默认链接 the linkset imported has another default link' })),
    ...wanted.map((link) => record(LINKS.record, randomUUID(), 'created', { new: linkState(link) })),
  ];
}

const KEY = ['level', 'linkType', 'href', 'title', 'hreflang', 'type', 'context'] as const;
