import type { EntityManager } from 'typeorm';
import type { Severity } from '../rules/finding';
import type { Strictness } from '../rules/strictness';
import { groupBy } from './group-by';

/** The rules each of these organisations made stricter for itself; organisations that made none are left out. */
export async function loadStrictness(db: Pick<EntityManager, 'query'>, organisations: readonly string[]): Promise<Map<string, Strictness>> {
  const rows: { org: string; rule: string; severity: Severity }[] = await db.query(
    'SELECT organisation_id AS org, rule, severity FROM rule_strictness WHERE organisation_id = ANY($1::uuid[])', [[...new Set(organisations)]]);
  return new Map([...groupBy(rows, ({ org }) => org)].map(([org, own]) => [org, new Map(own.map(({ rule, severity }) => [rule, severity]))]));
}
