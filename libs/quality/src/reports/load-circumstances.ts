import type { EntityManager } from 'typeorm';
import { groupBy } from '../history/group-by';
import { type FailedPart, type ReportCircumstances, type SampleFacts, shareKey } from '../rules/facts';
import type { CountedReport } from './counted-reports';
import { accreditationsOf, countingFor, coverages, type OnRecord } from './load-accreditations';
import type { ReportState } from './report-state';

type Db = Pick<EntityManager, 'query'>;

/** A day by China Standard Time, by which reports are dated. */
const dayOf = (time: string): string => `to_char(${time} AT TIME ZONE 'UTC' + interval '8 hours', 'YYYY-MM-DD')`;

/** The results alone: two lots measured once stay so whatever file or instrument each report names. */
const resultsOf = (table: string): string =>
  `(SELECT jsonb_agg(i.item - '{instrument,referenceLot,rawFileDigest,subcontractor}'::text[] ORDER BY i.nth) FROM jsonb_array_elements(${table}.state -> 'items') WITH ORDINALITY i(item, nth))`;

/**
 * What is on record around signed reports: when the goods came to be, when the sample was drawn, what else names that sample.
 * Samples are those of the organisation a report counts for: another buyer of the lot may number its own alike.
 */
export async function loadCircumstances(db: Db, reports: readonly CountedReport[]): Promise<Map<string, ReportCircumstances>> {
  if (reports.length === 0) return new Map();
  const nodes = [...new Set(reports.map(({ node }) => node))];
  const made: { node: string; day: string; herb: string | null; grade: string | null }[] = await db.query(
    `SELECT l.node, ${dayOf('min(l.event_time)')} AS day, min(b.herb) AS herb, min(b.grade) AS grade FROM line l LEFT JOIN batch b ON b.identifier = l.identifier
      WHERE l.node = ANY($1::uuid[]) AND l.role IN ('origin', 'output') AND l.held AND NOT l.void GROUP BY 1`,
    [nodes],
  );
  const samples: SampleRow[] = await db.query(
    `SELECT l.node, l.org, y.body #>> '{daodi:sample,number}' AS number, y.body #>> '{daodi:sample,how}' AS how, y.body #> '{daodi:sample,packages}' AS packages, ${dayOf('l.event_time')} AS day, l.event_id AS "eventId" FROM line l JOIN entry_body y ON y.position = l.position
      WHERE l.node = ANY($1::uuid[]) AND l.role = 'sample' AND l.held AND NOT l.void AND l.path = '' ORDER BY l.event_time, l.event_id`,
    [nodes],
  );
  const twins: { id: string; twin: string }[] = await db.query(
    `SELECT r.id, t.id AS twin FROM test_report r JOIN test_report t ON t.organisation_id = r.organisation_id AND t.state ->> 'sampleNumber' = r.state ->> 'sampleNumber'
        AND t.identifier <> r.identifier AND t.status = 'approved' AND ${resultsOf('t')} = ${resultsOf('r')}
      WHERE r.id = ANY($1::uuid[]) AND r.state ->> 'sampleNumber' IS NOT NULL AND jsonb_array_length(r.state -> 'items') > 1 ORDER BY 1, 2`,
    [reports.map(({ id }) => id)],
  );
  const after = await leftAfter(db, reports.filter(({ verdict }) => verdict === 'fail'));
  const madeOf = new Map(made.map((row) => [row.node, row]));
  const accredited = await accreditationsOf(db, reports.filter(({ state }) => (state.marks ?? []).length > 0).map(({ laboratory }) => laboratory));
  return new Map(reports.map(({ id, node, organisation, laboratory, sampleNumber, state }) => {
    const uncovered = uncoveredOf(state, countingFor(accredited, laboratory, organisation));
    const goods = madeOf.get(node);
    return [`${id} ${node} ${organisation}`, {
      ...(goods !== undefined && { madeOn: goods.day, ...(goods.herb !== null && { herb: goods.herb }), ...(goods.grade !== null && { grade: goods.grade }) }),
      samples: sampleNumber === undefined ? [] : samples.filter((one) => one.node === node && one.org === organisation && one.number === sampleNumber).map(sampleFacts),
      ...(uncovered !== undefined && { uncovered }),
      twins: twins.filter((one) => one.id === id).map(({ twin }) => twin),
      leftAfter: after.get(`${id} ${node} ${organisation}`) ?? [],
    }];
  }));
}

/** Items that bear a mark beyond what is on record. Where nothing of the scheme is on record, nothing is said. */
function uncoveredOf(state: ReportState, known: readonly OnRecord[]): ReportCircumstances['uncovered'] {
  const items = (state.marks ?? []).flatMap((mark) => coverages(state, mark, known).flatMap((coverage, n) => {
    const { test, analyte } = state.items[n] as ReportState['items'][number];
    return coverage === 'covered' || coverage === 'not-on-record' ? [] : [{ mark, test, ...(analyte !== undefined && { analyte }), coverage }];
  }));
  return items.length === 0 ? undefined : { items, records: known.map(({ id }) => id) };
}

interface SampleRow {
  readonly node: string;
  readonly org: string;
  readonly number: string;
  readonly day: string;
  readonly eventId: string;
  readonly how: string | null;
  readonly packages: { readonly of?: unknown; readonly from?: unknown } | null;
}

const sampleFacts = ({ day, eventId, how, packages }: SampleRow): SampleFacts => ({
  day, eventId, ...((how === 'drawn' || how === 'submitted') && { how }),
  ...(typeof packages?.of === 'number' && typeof packages.from === 'number' && { packages: { of: packages.of, from: packages.from } }),
});

/** Events by which an organisation sent on or sold of what had failed, later than the day of the report; back to whom it came from, and to a laboratory, is none. */
async function leftAfter(db: Db, failed: readonly CountedReport[]): Promise<Map<string, readonly string[]>> {
  if (failed.length === 0) return new Map();
  const rows: { id: string; node: string; org: string; events: string[] }[] = await db.query(
    `SELECT f.id, f.node, f.org, array_agg(DISTINCT l.event_id ORDER BY l.event_id) AS events
       FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[]) AS f(id, node, org, day)
       JOIN line l ON l.node = f.node AND l.org = f.org AND l.role IN ('ship', 'sell') AND l.held AND NOT l.void AND l.path = '' AND ${dayOf('l.event_time')} > f.day
      WHERE l.dest_org IS NULL OR (l.dest_org <> l.org AND NOT EXISTS (
        SELECT FROM line c WHERE c.node = l.node AND c.org = l.dest_org AND c.dest_org = l.org AND c.role = 'ship' AND c.held AND NOT c.void)
         AND NOT EXISTS (SELECT FROM organisation o WHERE o.id = l.dest_org AND o.type = 'laboratory'))
      GROUP BY 1, 2, 3`,
    [failed.map(({ id }) => id), failed.map(({ node }) => node), failed.map(({ organisation }) => organisation), failed.map(({ issuedOn }) => issuedOn)],
  );
  return new Map(rows.map(({ id, node, org, events }) => [`${id} ${node} ${org}`, events]));
}

/**
 * Failed reports on what these nodes were made of, however far back, by the share that made them: whatever is divided off,
 * mixed or packed of what failed is what failed. The way back goes from hand to hand, for a lot is divided by hand: a report
 * counts on it where it counts for a share the material came through, and what another buyer of the lot had tested says
 * nothing of the rest. Asked only where any report in the log failed.
 *
 * @param failedAmong those of the reports on these nodes that stand and say fail, with the node and organisation they count for
 */
export async function loadFailedParts(db: Db, nodes: readonly string[], failedAmong: (nodes: readonly string[]) => Promise<readonly CountedReport[]>): Promise<Map<string, FailedPart[]>> {
  const [any] = await db.query(`SELECT FROM test_report WHERE status = 'approved' AND state ->> 'verdict' = 'fail' LIMIT 1`);
  if (any === undefined) return new Map();
  const ways: { node: string; org: string; at: string; holder: string }[] = await db.query(
    `WITH RECURSIVE up(node, org, at, holder) AS (
       SELECT DISTINCT o.node, o.org, i.node, i.org FROM line o JOIN line i ON i.hub = o.hub AND i.role = 'input' AND i.held AND NOT i.void AND i.node IS NOT NULL
        WHERE o.node = ANY($1::uuid[]) AND o.role = 'output' AND o.held AND NOT o.void
       UNION
       SELECT u.node, u.org, b.node, b.org FROM up u CROSS JOIN LATERAL (
         SELECT i.node, i.org FROM line o JOIN line i ON i.hub = o.hub AND i.role = 'input' AND i.held AND NOT i.void AND i.node IS NOT NULL
          WHERE o.node = u.at AND o.org = u.holder AND o.role = 'output' AND o.held AND NOT o.void
         UNION ALL
         SELECT s.node, s.org FROM line s
          WHERE s.node = u.at AND s.dest_org = u.holder AND s.org <> u.holder AND s.role = 'ship' AND s.held AND NOT s.void) b)
     SELECT u.node, u.org, u.at, u.holder FROM up u JOIN node n ON n.id = u.at
      WHERE EXISTS (SELECT FROM test_report t WHERE t.identifier = n.identifier AND t.status = 'approved' AND t.state ->> 'verdict' = 'fail') ORDER BY 1, 2, 3, 4`,
    [nodes],
  );
  if (ways.length === 0) return new Map();
  const failed = groupBy(await failedAmong([...new Set(ways.map(({ at }) => at))]), ({ node, organisation }) => shareKey(node, organisation));
  const found = [...groupBy(ways, (way) => shareKey(way.node, way.org))].map(([key, own]): [string, FailedPart[]] => [
    key, [...new Map(own.flatMap(({ at, holder }) => failed.get(shareKey(at, holder)) ?? []).map((one) => [one.id, { report: one.id, issuedOn: one.issuedOn }])).values()],
  ]);
  return new Map(found.filter(([, parts]) => parts.length > 0));
}
