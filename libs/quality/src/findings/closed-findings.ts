import { isoTime } from '@daodi/log';
import type { EntityManager } from 'typeorm';
import type { Numbers, Severity } from '../rules/finding';

/** A finding that no longer holds, as the last record about it tells. */
export interface ClosedFinding {
  readonly id: string;
  readonly rule: string;
  readonly severity?: Severity;
  readonly node: string;
  /** What it said when somebody last said something to it. */
  readonly numbers: Numbers;
  readonly saidPosition: string;
  readonly said: readonly { readonly as: 'decision' | 'explanation'; readonly personId: string; readonly text: string; readonly recordTime: string }[];
}

/** Which closed findings are wanted. */
export interface ClosedQuestion {
  readonly id?: string | null;
  readonly identifier?: string | null;
  readonly rule?: string;
  readonly severity?: string;
  /** `position.id` of the last one of the page before. */
  readonly after?: string;
  readonly limit?: number;
}

/**
 * 已关闭: findings about an organisation's own shares to which something was said, and which the inbox does not hold any more.
 * A finding is a function of the history: one to which nobody said anything leaves no trace when it closes.
 */
export async function closedFindings(db: Pick<EntityManager, 'query'>, organisationId: string, { id, identifier, rule, severity, after, limit }: ClosedQuestion): Promise<ClosedFinding[]> {
  const [position, last] = (after ?? '-1.00000000-0000-0000-0000-000000000000').split('.');
  return db.query(
    `WITH said AS (
       SELECT d.finding, d.identifier, 'decision' AS "as", d.person_id, d.state, d.state ->> 'reason' AS text, d.since_position FROM finding_decision d WHERE d.organisation_id = $1
       UNION ALL
       SELECT x.finding, x.identifier, 'explanation', x.person_id, x.state, x.state ->> 'text', x.since_position FROM finding_explanation x WHERE x.organisation_id = $1
     ), latest AS (
       SELECT DISTINCT ON (s.finding) s.finding AS id, s.state ->> 'rule' AS rule, s.state ->> 'severity' AS severity, (s.state ->> 'node')::uuid AS node, s.state -> 'numbers' AS numbers,
              s.since_position, s.identifier
         FROM said s WHERE NOT EXISTS (SELECT FROM finding f WHERE f.id = s.finding) ORDER BY s.finding, s.since_position DESC
     ) SELECT l.id, l.rule, l.severity, l.node, l.numbers, l.since_position::text AS "saidPosition",
              (SELECT jsonb_agg(jsonb_build_object('as', s."as", 'personId', s.person_id, 'text', s.text, 'recordTime', ${isoTime('e.record_time')}) ORDER BY s.since_position)
                 FROM said s JOIN entry e ON e.position = s.since_position WHERE s.finding = l.id) AS said
         FROM latest l
        WHERE ($2::uuid IS NULL OR l.id = $2) AND ($3::uuid IS NULL OR l.identifier = $3) AND ($4::text IS NULL OR l.rule = $4) AND ($5::text IS NULL OR l.severity = $5)
          AND (l.since_position, l.id) > ($6::bigint, $7::uuid)
        ORDER BY l.since_position, l.id LIMIT $8`,
    [organisationId, id ?? null, identifier ?? null, rule ?? null, severity ?? null, position, last, limit ?? 1],
  );
}
