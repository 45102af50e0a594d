import type { EntityManager } from 'typeorm';
import { type LeftAnyway, shareKey } from '../rules/facts';
import { groupBy } from './group-by';

/** Most events named. */
const NAMED_MAX = 20;

/**
 * What organisations sent on or sold although they held it, had rejected it, had released only a part of it, or its date was over: by when things happened and
 * decisions were written down, not by when either reached us. Back to whom it came from, and to a laboratory, is none of it.
 */
export async function loadLeftAnyway(db: Pick<EntityManager, 'query'>, nodes: readonly string[]): Promise<Map<string, LeftAnyway[]>> {
  const rows: { node: string; org: string; why: LeftAnyway['why']; beyond: string | null; events: string[]; decisions: string[] | null; position: string }[] = await db.query(
    `WITH away AS (
       SELECT l.node, l.org, l.identifier, l.event_id, l.event_time, l.position, l.amount FROM line l
        WHERE l.node = ANY($1::uuid[]) AND l.role IN ('ship', 'sell') AND l.path = '' AND l.held AND NOT l.void
          AND NOT EXISTS (SELECT FROM line b WHERE b.node = l.node AND b.role = 'ship' AND b.org = l.dest_org AND b.dest_org = l.org AND b.held AND NOT b.void)
          AND NOT EXISTS (SELECT FROM organisation o WHERE o.id = l.dest_org AND o.type = 'laboratory')
     ), decided AS (
       SELECT d.id, d.node, d.organisation_id AS org, d.decision, e.captured_time AS at FROM release_decision d JOIN entry e ON e.position = d.since_position WHERE d.node = ANY($1::uuid[])
     ), found AS (
       SELECT a.node, a.org, 'held' AS why, a.event_id, a.position, h.id::text AS decision
         FROM away a JOIN quality_hold h ON h.node = a.node AND h.organisation_id = a.org JOIN entry e ON e.position = h.since_position
        WHERE e.captured_time < a.event_time AND (NOT h.lifted OR (h.state ->> 'liftedAt')::timestamptz > a.event_time)
       UNION
       SELECT a.node, a.org, 'rejected', a.event_id, a.position, d.id::text
         FROM away a JOIN decided d ON d.node = a.node AND d.org = a.org AND d.decision = 'rejected' AND d.at < a.event_time
        WHERE NOT EXISTS (SELECT FROM decided x WHERE x.node = a.node AND x.org = a.org AND x.decision = 'released' AND x.at > d.at AND x.at < a.event_time)
       UNION
       SELECT a.node, a.org, 'expired', a.event_id, a.position, NULL
         FROM away a JOIN batch b ON b.identifier = a.identifier
        WHERE b.attributes ->> 'expiryDate' ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' AND to_char(a.event_time AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD') > b.attributes ->> 'expiryDate'
     )
     SELECT node, org, why, NULL::numeric AS beyond, array_agg(DISTINCT event_id) AS events, array_agg(DISTINCT decision) FILTER (WHERE decision IS NOT NULL) AS decisions, min(position) AS position
       FROM found GROUP BY 1, 2, 3
     UNION ALL
     -- Parts of a run: those since whatever else was decided last. What left after the first of them is held against all of them.
     SELECT run.node, run.org, 'beyond-part', sum(a.amount) - run.base, array_agg(DISTINCT a.event_id), run.decisions, min(a.position)
       FROM (
         SELECT d.node, d.organisation_id AS org, min(e.captured_time) AS since, sum((d.state -> 'part' ->> 'base')::numeric) AS base, array_agg(d.id::text) AS decisions
           FROM release_decision d JOIN entry e ON e.position = d.since_position
          WHERE d.node = ANY($1::uuid[]) AND d.state ? 'part' AND NOT EXISTS (
            SELECT FROM release_decision w WHERE w.node = d.node AND w.organisation_id = d.organisation_id AND NOT w.state ? 'part' AND w.since_position > d.since_position)
          GROUP BY 1, 2) run
       JOIN away a ON a.node = run.node AND a.org = run.org AND a.event_time > run.since
      GROUP BY run.node, run.org, run.base, run.decisions HAVING sum(a.amount) > run.base
      ORDER BY 1, 2, 3`,
    [nodes],
  );
  return new Map([...groupBy(rows, (row) => shareKey(row.node, row.org))].map(([key, own]) => [key, own.map(({ why, beyond, events, decisions, position }): LeftAnyway => ({
    why, ...(beyond !== null && { beyond: BigInt(beyond) }), decisions: [...(decisions ?? [])].sort(), count: events.length, eventIds: [...events].sort().slice(0, NAMED_MAX), firstPosition: BigInt(position),
  }))]));
}
