import type { EntityManager } from 'typeorm';
import { groupBy } from '../history/group-by';
import { type FiledReport, type JudgedReport, judgeReports } from './judge-reports';
import type { ReportState } from './report-state';

type Db = Pick<EntityManager, 'query'>;

/**
 * Which signed reports count for whose share of which batch (columns `id`, `node`, `org`). A laboratory speaks for a
 * sample, so one of its reports counts for an organisation that has or had the batch and
 * - is the laboratory itself (in-house), or
 * - recorded a sample drawn for this laboratory, or
 * - commissioned this laboratory on record, or
 * - shipped of it to this laboratory, which says in the report that it worked for that organisation.
 * Everything else is the laboratory's claim: stored, answered alike, never counted. A report that came before the
 * sample's record counts from the moment that arrives.
 *
 * @param where SQL over `t` (test_report) and `n` (node), written by us
 */
export const countedSql = (where: string): string => `
  SELECT t.id, n.id AS node, y.org
    FROM test_report t JOIN node n ON n.identifier = t.identifier
   CROSS JOIN LATERAL (
     SELECT d.organisation_id AS org FROM reader_direct d WHERE d.node = n.id AND d.organisation_id = t.organisation_id
     UNION
     SELECT l.org FROM line l
      WHERE l.node = n.id AND l.held AND NOT l.void AND l.dest_org = t.organisation_id AND l.org <> t.organisation_id
        AND (l.role = 'sample' OR (l.role = 'ship' AND t.commissioner_id = l.org
             AND EXISTS (SELECT FROM organisation o WHERE o.id = t.organisation_id AND o.type = 'laboratory')))
     UNION
     SELECT c.organisation_id FROM test_commission c
       JOIN reader_direct d ON d.node = n.id AND d.organisation_id = c.organisation_id
      WHERE c.identifier = t.identifier AND c.laboratory_id = t.organisation_id
   ) y
   WHERE t.status = 'approved' AND ${where}`;

/** A report that counts, for whose share of which batch. */
export interface CountedReport extends JudgedReport {
  readonly node: string;
  readonly organisation: string;
  readonly laboratory: string;
  /** Of the approver's signature. */
  readonly position: bigint;
  readonly state: ReportState;
}

/** Every signed report that counts for these nodes, judged. Amended ones are among them, marked. */
export async function countedReports(db: Db, nodes: readonly string[]): Promise<CountedReport[]> {
  const rows: { id: string; node: string; org: string; laboratory: string; position: string; state: ReportState }[] = await db.query(
    `SELECT c.id, c.node, c.org, r.organisation_id AS laboratory, r.decided_position AS position, r.state
       FROM (${countedSql('n.id = ANY($1::uuid[])')}) c JOIN test_report r ON r.id = c.id
      ORDER BY c.node, c.org, r.decided_position`,
    [nodes],
  );
  const groups = groupBy(rows, (row) => `${row.node} ${row.org} ${row.laboratory}`);
  return [...groups.values()].flatMap((group) => {
    const judged = new Map(judgeReports(group.map(({ id, state }): FiledReport => ({ id, state }))).map((report) => [report.id, report]));
    return group.map(({ id, node, org, laboratory, position, state }) => ({
      ...(judged.get(id) as JudgedReport), node, organisation: org, laboratory, position: BigInt(position), state,
    }));
  });
}
