import type { EntityManager } from 'typeorm';
import { dayInChinaSql } from '../inputs/load-uses';
import { shareKey, type SopFacts } from '../rules/facts';
import { groupBy } from './group-by';

interface SopRow {
  readonly node: string;
  readonly org: string;
  readonly event_id: string;
  readonly position: string;
  readonly day: string;
  readonly code: string | null;
  readonly version: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly status: string | null;
  readonly newer: string | null;
  readonly limit: string | null;
  readonly hours: string | null;
}

/** The SOPs that work on these nodes, or what made them, says it followed, with what is on record of them. */
export async function loadSops(db: Pick<EntityManager, 'query'>, nodes: readonly string[]): Promise<Map<string, SopFacts[]>> {
  const rows: SopRow[] = await db.query(
    `SELECT DISTINCT u.node, u.org, u.event_id, u.position, u.day, u.sop ->> 'code' AS code, u.sop ->> 'version' AS version,
            s.state ->> 'from' AS "from", s.state ->> 'to' AS "to", s.status, s.state ->> 'pickedToProcessedHours' AS "limit",
            (SELECT n.state ->> 'version' FROM input_record n WHERE n.organisation_id = u.org AND n.kind = 'sop' AND n.status = 'active' AND n.state ->> 'code' = s.state ->> 'code'
                AND n.state ->> 'from' <= u.day AND n.state ->> 'from' > s.state ->> 'from' ORDER BY n.state ->> 'from' DESC, n.since_position DESC LIMIT 1) AS newer,
            (SELECT round((extract(epoch FROM max(u.event_time - h.event_time)) / 3600)::numeric, 1)::text
               FROM line i JOIN line h ON h.identifier = i.identifier AND h.role = 'output' AND h.held AND NOT h.void JOIN entry_body hy ON hy.position = h.position
              WHERE i.hub = u.hub AND i.role = 'input' AND NOT i.void AND hy.body ->> 'daodi:step' = 'harvest') AS hours
       FROM (SELECT l.node, l.org, l.event_id, l.position, l.hub, l.event_time, ${dayInChinaSql('l.event_time')} AS day, y.body -> 'daodi:sop' AS sop
               FROM line l JOIN entry_body y ON y.position = l.position
              WHERE l.node = ANY($1::uuid[]) AND l.role IN ('observe', 'output') AND l.path = '' AND l.held AND NOT l.void AND jsonb_typeof(y.body -> 'daodi:sop') = 'object') u
       LEFT JOIN input_record s ON s.id::text = u.sop ->> 'id' AND s.organisation_id = u.org AND s.kind = 'sop'
      ORDER BY u.position`,
    [nodes],
  );
  return new Map([...groupBy(rows, (row) => shareKey(row.node, row.org))].map(([key, own]) => [key, own.map(factsOf)]));
}

const factsOf = ({ event_id, position, day, code, version, from, to, status, newer, limit, hours }: SopRow): SopFacts => ({
  eventId: event_id, position: BigInt(position), day, code: code ?? '', version: version ?? '',
  standing: from === null ? 'unknown' : status !== 'active' || day < from || (to !== null && day > to) ? 'not-in-force' : newer !== null ? 'superseded' : 'in-force',
  ...(newer !== null && { newer }), ...(limit !== null && hours !== null && { hours: Number(hours), hoursAllowed: Number(limit) }),
});
