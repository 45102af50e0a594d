import { isoTime, logSize } from '@daodi/log';
import type { EntityManager } from 'typeorm';
import { judgedLately } from '../history/judged-lately';
import type { StandardsJudgement } from '../verdicts/judge-standards';
import { amountOut, type LineUnit, uomOf } from '@daodi/trace';
import { shareKey } from '../rules/facts';
import { type Reason, reasonsAgainst } from './gate';
import { askedPart, confirmedParts, partRuns, type ReleasePart, sumOf } from './parts';

type Db = Pick<EntityManager, 'query'>;

/** Where a batch stands for an organisation that has or had it. */
export interface ReleaseState {
  readonly node: string;
  /** Whose decision this is about; absent where nobody decided. */
  readonly organisation?: string;
  readonly state: 'none' | 'released' | 'partly-released' | 'suspended' | 'rejected';
  /** Of a partial release that stands: how much is released of how much there was to release, and in which packages where that was said. */
  readonly released?: { readonly base: bigint; readonly of: bigint; readonly unit: LineUnit; readonly packages?: readonly { readonly code: string; readonly node: string }[] };
  /** The latest decision. */
  readonly decision?: ReleaseDecision;
  /** Of a suspended release: since when it is not confirmed, as the log's record time. Where nothing tells, since it was signed. */
  readonly since?: string;
  /** Of a decision to release: what the goods come to by the standards that bind them, judged now. */
  readonly judged?: StandardsJudgement['outcome'];
  /** Why it is suspended. `inputs-changed`: the history is not the one that was signed. */
  readonly reasons: readonly (Reason | { readonly rule: 'inputs-changed' | 'hold' })[];
  /** A hold that stands, whatever was decided. */
  readonly hold?: { readonly id: string; readonly reason: string; readonly since: string };
  /** The log's size, and the database's time, at which this was true. */
  readonly confirmed: { readonly position: bigint; readonly at: string };
}

export interface ReleaseDecision {
  readonly id: string;
  readonly decision: 'released' | 'rejected';
  readonly position: bigint;
  readonly recordTime: string;
  readonly standard?: string;
  readonly reason?: string;
  readonly reports: readonly { readonly id: string; readonly number: string }[];
  /** 部分放行: what this decision released. */
  readonly part?: Pick<ReleasePart, 'quantity' | 'unit'>;
  /** 让步放行: by which contract standard it was conceded, and why. */
  readonly concession?: { readonly standard: string; readonly reason: string };
}

interface DecisionRow {
  readonly id: string;
  readonly node: string;
  readonly organisation: string;
  readonly decision: 'released' | 'rejected';
  readonly state: { inputsDigest: string; position: string; horizon: string; standard?: string; reason?: string; reports: { id: string; number: string }[]; part?: ReleasePart; concession?: { standard: string; reason: string; consent: string } };
  readonly recordTime: string;
  readonly position: string;
}

/**
 * Where each node stands, judged now. Without an organisation: the decision of who owns the name (the maker), else the
 * latest of anybody who has or had it.
 */
export async function releaseStateOf(db: Db, nodes: readonly string[], organisationId?: string): Promise<Map<string, ReleaseState>> {
  const wanted = [...new Set(nodes)];
  const [{ now }] = await db.query(`SELECT ${isoTime('clock_timestamp()')} AS now`);
  const confirmed = { position: await logSize(db), at: now as string };
  const decisions = await decisionsOn(db, wanted, organisationId);
  const states = new Map<string, ReleaseState>();
  for (const node of wanted) {
    const decision = decisions.find((row) => row.node === node);
    states.set(node, await stateOf(db, node, decision, organisationId, confirmed));
  }
  return states;
}

/** Where one node stands for one organisation, or for whom {@link releaseStateOf} says. */
export async function releaseState(db: Db, node: string, organisationId?: string): Promise<ReleaseState> {
  return (await releaseStateOf(db, [node], organisationId)).get(node) as ReleaseState;
}

/** The latest decision of each organisation on each node: the owner's first, then the latest. */
async function decisionsOn(db: Db, nodes: readonly string[], organisationId: string | undefined): Promise<DecisionRow[]> {
  return db.query(
    `SELECT * FROM (
       SELECT DISTINCT ON (n.id, r.organisation_id) r.id, n.id AS node, r.organisation_id AS organisation, r.decision, r.state,
              ${isoTime('r.record_time')} AS "recordTime", r.since_position AS position, n.owner = r.organisation_id AS "isOwner"
         FROM node n JOIN release_decision r ON r.identifier = n.identifier
         JOIN reader_direct d ON d.node = n.id AND d.organisation_id = r.organisation_id
        WHERE n.id = ANY($1::uuid[]) AND ($2::uuid IS NULL OR r.organisation_id = $2)
        ORDER BY n.id, r.organisation_id, r.since_position DESC
     ) latest ORDER BY "isOwner" DESC NULLS LAST, position DESC`,
    [nodes, organisationId ?? null],
  );
}

async function stateOf(
  db: Db,
  node: string,
  row: DecisionRow | undefined,
  organisationId: string | undefined,
  confirmed: ReleaseState['confirmed'],
): Promise<ReleaseState> {
  const organisation = row?.organisation ?? organisationId;
  const hold = await holdOn(db, node, organisation);
  const common = { node, organisation, hold, confirmed };
  if (row === undefined) return { ...common, state: 'none', reasons: [] };
  const decision: ReleaseDecision = {
    id: row.id, decision: row.decision, position: BigInt(row.position), recordTime: row.recordTime,
    standard: row.state.standard, reason: row.state.reason, reports: row.state.reports,
    ...(row.state.part !== undefined && { part: { quantity: row.state.part.quantity, unit: row.state.part.unit } }),
    ...(row.state.concession !== undefined && { concession: { standard: row.state.concession.standard, reason: row.state.concession.reason } }),
  };
  if (row.decision === 'rejected') return { ...common, decision, state: 'rejected', reasons: [] };
  const history = await judgedLately(db, node, row.organisation, { size: BigInt(row.state.position), time: row.state.horizon });
  const isSame = history.inputsDigest === row.state.inputsDigest;
  const rejectedHere = history.shares.find((share) => share.node === node && share.organisation === row.organisation)?.zones?.rejected.here ?? 0n;
  const part = row.state.part === undefined ? undefined : await askedPart(db, node, row.organisation, 0n, rejectedHere);
  const against = reasonsAgainst(history, { part, concededStandard: row.state.concession?.standard });
  const judged = history.standards.outcome;
  const reasons = [...(hold ? [{ rule: 'hold' as const }] : []), ...(isSame ? [] : [{ rule: 'inputs-changed' as const }]), ...against];
  if (reasons.length === 0) {
    if (part === undefined) return { ...common, decision, judged, state: 'released', reasons };
    const parts = await confirmedParts(db, (await partRuns(db, [node])).get(shareKey(node, row.organisation)) ?? []);
    const packages = parts.every((one) => one.part.packages !== undefined) ? parts.flatMap((one) => one.part.packages ?? []) : undefined;
    return { ...common, decision, judged, state: 'partly-released', released: { base: sumOf(parts), of: part.releasable, unit: part.unit, ...(packages !== undefined && { packages }) }, reasons };
  }
  return { ...common, decision, judged, state: 'suspended', reasons, since: await sinceWhen(db, [...history.custody.identifiers], [...history.custody.hubs], row, hold) };
}

async function holdOn(db: Db, node: string, organisation: string | undefined): Promise<ReleaseState['hold']> {
  const [row] = await db.query(
    `SELECT h.id, h.state ->> 'reason' AS reason, ${isoTime('h.record_time')} AS since
       FROM node n JOIN quality_hold h ON h.identifier = n.identifier
       JOIN reader_direct d ON d.node = n.id AND d.organisation_id = h.organisation_id
      WHERE n.id = $1 AND NOT h.lifted AND ($2::uuid IS NULL OR h.organisation_id = $2) ORDER BY h.since_position LIMIT 1`,
    [node, organisation ?? null],
  );
  return row;
}

/** The record time of the first entry after the decision that names what it rests on. */
async function sinceWhen(db: Db, identifiers: readonly string[], hubs: readonly string[], row: DecisionRow, hold: ReleaseState['hold']): Promise<string> {
  const [found] = await db.query(
    `SELECT ${isoTime('min(e.record_time)')} AS since FROM entry e WHERE e.position IN (
       SELECT l.position FROM line l WHERE l.position > $1 AND (l.identifier = ANY($2::uuid[]) OR l.hub = ANY($3::uuid[]))
       UNION SELECT d.position FROM declared d JOIN line l ON l.org = d.org AND l.event_id = d.event_id
              WHERE d.position > $1 AND (l.identifier = ANY($2::uuid[]) OR l.hub = ANY($3::uuid[]))
       UNION SELECT t.decided_position FROM test_report t WHERE t.identifier = ANY($2::uuid[]) AND t.decided_position > $1
       UNION SELECT p.since_position FROM batch_record_part p JOIN batch_record_part s ON s.order_id = p.order_id
               JOIN line l ON l.org = s.organisation_id AND l.event_id = s.event_id WHERE p.since_position > $1 AND l.identifier = ANY($2::uuid[]))`,
    [row.position, identifiers, hubs],
  );
  const times = [found?.since as string | null, hold?.since].filter((t): t is string => typeof t === 'string').sort();
  return times[0] ?? row.recordTime;
}

/** Of a partial release, as an answer says it. */
export function shownPart({ released }: Pick<ReleaseState, 'released'>): object | undefined {
  if (released === undefined) return undefined;
  const { base, of, unit, packages } = released;
  return { quantity: amountOut(base, unit), of: amountOut(of, unit), uom: uomOf(unit), ...(packages !== undefined && { packages: packages.map(({ code }) => code) }) };
}
