import type { EntityManager } from 'typeorm';
import { GROUND_OF_OWN } from '../balances/ground-of-own';

/** One own step that made one kind of goods of one kind: how much went in and what came out, in milligrams. */
export interface Run {
  readonly herb: string;
  readonly grade: string | null;
  /** In the word of our form; null where a partner's system told it. */
  readonly step: string | null;
  readonly from: string;
  readonly to: string;
  readonly base: string | null;
  readonly year: number | null;
  readonly batch: string;
  readonly eventIds: readonly string[];
  readonly in: bigint;
  readonly out: bigint;
}

/** Most runs that are looked at, the latest first. */
const RUNS_MAX = 20_000;

/**
 * Steps of an organisation in which all that went in is weighed goods of one herb, grade and form, and what came out as product
 * is of that herb and one form; co-products and waste do not count as what came out. What went in of a crop is a harvest and no step.
 */
export async function runsOf(db: Pick<EntityManager, 'query'>, organisation: string, herb: string | undefined): Promise<Run[]> {
  const rows: (Omit<Run, 'in' | 'out'> & { in: string; out: string })[] = await db.query(
    `WITH RECURSIVE own AS (
       SELECT DISTINCT l.node FROM line l JOIN node n ON n.id = l.node AND n.kind = 'class' AND n.unit = 'mg'
         JOIN batch b ON b.identifier = n.identifier AND b.kind <> 'crop' AND ($2::text IS NULL OR b.herb = $2)
        WHERE l.org = $1 AND l.role = 'output' AND l.hub IS NOT NULL AND l.held AND NOT l.void
     ), ${GROUND_OF_OWN}, hubs AS (
       SELECT DISTINCT l.hub FROM own JOIN line l ON l.node = own.node AND l.org = $1 AND l.role = 'output' AND l.held AND NOT l.void
     ), went AS (
       SELECT l.hub, min(b.herb) AS herb, min(b.grade) AS grade, min(b.attributes ->> 'form') AS form, sum(l.amount) AS mg
         FROM hubs JOIN line l ON l.hub = hubs.hub AND l.role = 'input' AND NOT l.void LEFT JOIN batch b ON b.identifier = l.identifier
        GROUP BY l.hub HAVING bool_and(COALESCE(l.unit = 'mg' AND l.amount > 0 AND b.kind <> 'crop' AND b.herb IS NOT NULL AND b.attributes ? 'form', false))
           AND count(DISTINCT b.herb) = 1 AND count(DISTINCT COALESCE(b.grade, '')) = 1 AND count(DISTINCT b.attributes ->> 'form') = 1
     ), came AS (
       SELECT l.hub, min(b.herb) AS herb, min(b.attributes ->> 'form') AS form, sum(l.amount) AS mg, min(COALESCE(b.uri, i.canonical)) AS batch,
              array_agg(DISTINCT l.event_id) AS events, max(l.event_time) AS at, max(y.body ->> 'daodi:step') AS step,
              CASE WHEN count(DISTINCT COALESCE(g.base, '')) = 1 THEN max(g.base) END AS base, CASE WHEN count(DISTINCT COALESCE(g.year, 0)) = 1 THEN max(g.year) END AS year
         FROM hubs JOIN line l ON l.hub = hubs.hub AND l.role = 'output' AND l.org = $1 AND l.held AND NOT l.void JOIN identifier i ON i.id = l.identifier
         LEFT JOIN batch b ON b.identifier = l.identifier LEFT JOIN ground g ON g.node = l.node LEFT JOIN entry_body y ON y.position = l.position
        WHERE COALESCE(b.attributes ->> 'role', 'product') = 'product'
        GROUP BY l.hub HAVING bool_and(COALESCE(l.unit = 'mg' AND l.amount > 0 AND b.attributes ? 'form', false)) AND count(DISTINCT b.attributes ->> 'form') = 1
     )
     SELECT w.herb, w.grade, c.step, w.form AS "from", c.form AS "to", c.base, c.year, c.batch, c.events AS "eventIds", w.mg::text AS "in", c.mg::text AS "out"
       FROM went w JOIN came c ON c.hub = w.hub WHERE COALESCE(c.herb, w.herb) = w.herb AND ($2::text IS NULL OR w.herb = $2) ORDER BY c.at DESC, c.batch LIMIT $3`,
    [organisation, herb ?? null, RUNS_MAX],
  );
  return rows.map((row) => ({ ...row, in: BigInt(row.in), out: BigInt(row.out) }));
}
