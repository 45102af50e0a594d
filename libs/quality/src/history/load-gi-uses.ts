import { isoTime } from '@daodi/log';
import type { EntityManager } from 'typeorm';
import { type GiUseFacts, shareKey } from '../rules/facts';
import { groupBy } from './group-by';

type Db = Pick<EntityManager, 'query'>;

/** Batches (`b`) of products (`p`) of whoever a line (`l`) is of, that are sold under a geographical indication. */
const SIGNED = `JOIN batch b ON b.identifier = l.identifier JOIN product p ON p.id = b.product_id AND p.organisation_id = l.org AND p.state ->> 'giName' IS NOT NULL`;
/** What a line comes to in milligrams; a piece by the net content of its batch, else of its product. */
const MG = `CASE WHEN l.unit = 'mg' THEN l.amount ELSE trunc(l.amount * COALESCE(b.net_content_mg, (p.net_content ->> 'value')::numeric * CASE p.net_content ->> 'unit' WHEN 'MGM' THEN 1 WHEN 'GRM' THEN 1000 WHEN 'KGM' THEN 1000000 END)) END`;

interface UseRow {
  readonly hub: string;
  readonly node: string;
  readonly org: string;
  readonly name: string;
  readonly role: 'input' | 'output';
  readonly eventId: string;
  readonly time: string;
  readonly year: number;
  readonly mg: string | null;
  readonly position: string;
}

/**
 * What was put under the geographical indications that these nodes are sold under. What is packed anew out of what was under
 * it already is not counted again. The steps stand in the order in which they happened, so that what overran is what came last.
 */
export async function loadGiUses(db: Db, nodes: readonly string[]): Promise<Map<string, GiUseFacts[]>> {
  const wanted: { org: string; name: string }[] = await db.query(
    `SELECT DISTINCT l.org, p.state ->> 'giName' AS name FROM line l ${SIGNED} WHERE l.node = ANY($1::uuid[]) AND l.role = 'output' AND l.held AND NOT l.void`, [nodes]);
  if (wanted.length === 0) return new Map();
  const [orgs, names] = [wanted.map(({ org }) => org), wanted.map(({ name }) => name)];
  const quotas: { holder: string; name: string; year: number; mg: string; position: string }[] = await db.query(
    `SELECT DISTINCT ON (q.holder_id, q.name, q.year) q.holder_id AS holder, q.name, q.year, trunc(q.registered_kg * 1000000)::text AS mg, q.since_position AS position
       FROM gi_quota q JOIN unnest($1::uuid[], $2::text[]) AS w(org, name) ON q.holder_id = w.org AND q.name = w.name WHERE q.status = 'active'
      ORDER BY q.holder_id, q.name, q.year, q.registered_kg, q.since_position`,
    [orgs, names],
  );
  if (quotas.length === 0) return new Map();
  const rows: UseRow[] = await db.query(
    `SELECT l.hub, l.node, l.org, w.name, l.role, l.event_id AS "eventId", ${isoTime('l.event_time')} AS time, extract(year FROM l.event_time AT TIME ZONE INTERVAL '08:00')::int AS year, (${MG})::text AS mg, l.position
       FROM unnest($1::uuid[], $2::text[]) AS w(org, name) JOIN product p ON p.organisation_id = w.org AND p.state ->> 'giName' = w.name
       JOIN batch b ON b.product_id = p.id JOIN line l ON l.identifier = b.identifier AND l.org = w.org
      WHERE l.hub IS NOT NULL AND l.role IN ('input', 'output') AND l.path = '' AND l.held AND NOT l.void`,
    [orgs, names],
  );
  const found = new Map<string, GiUseFacts[]>();
  for (const quota of quotas) {
    const own = rows.filter(({ org, name }) => org === quota.holder && name === quota.name);
    const steps = [...groupBy(own, ({ hub }) => hub).values()].flatMap((parts) => {
      const made = parts.filter(({ role }) => role === 'output').sort((a, b) => compare(a, b));
      const [first] = made;
      if (first === undefined || first.year !== quota.year) return [];
      const net = parts.reduce((sum, { role, mg }) => sum + BigInt(mg ?? 0) * (role === 'output' ? 1n : -1n), 0n);
      return [{ first, made, mg: net > 0n ? net : 0n }];
    }).sort((a, b) => compare(a.first, b.first));
    let usedMg = 0n;
    for (const { made, mg } of steps) {
      usedMg += mg;
      for (const [node, lines] of groupBy(made, (row) => row.node)) {
        const key = shareKey(node, quota.holder);
        const position = lines.reduce((most, row) => (BigInt(row.position) > most ? BigInt(row.position) : most), BigInt(quota.position));
        found.set(key, [...(found.get(key) ?? []), { name: quota.name, year: quota.year, registeredMg: BigInt(quota.mg), usedMg, eventIds: [...new Set(lines.map(({ eventId }) => eventId))], position }]);
      }
    }
  }
  return found;
}

const compare = (a: UseRow, b: UseRow): number => (a.time < b.time ? -1 : a.time > b.time ? 1 : a.eventId < b.eventId ? -1 : a.eventId > b.eventId ? 1 : 0);

/** Batches under the same geographical indication that were made when any of these was, or later: these came before them. */
export async function underTheSameSign(db: Db, identifiers: readonly string[]): Promise<{ identifier: string }[]> {
  return db.query(
    `WITH signs AS (
       SELECT l.org, p.state ->> 'giName' AS name, min(l.event_time) AS since FROM line l ${SIGNED} WHERE l.identifier = ANY($1::uuid[]) AND l.role = 'output' GROUP BY 1, 2)
     SELECT DISTINCT b.identifier FROM signs s JOIN product p ON p.organisation_id = s.org AND p.state ->> 'giName' = s.name
       JOIN batch b ON b.product_id = p.id JOIN line l ON l.identifier = b.identifier AND l.role = 'output' AND l.event_time >= s.since`,
    [identifiers],
  );
}
