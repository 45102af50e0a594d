import { createHash } from 'node:crypto';
import { canonicalJson } from '@daodi/epcis';
import { isAcceptedSpecies, isPickingGrade } from '@daodi/herbal';
import { isoTime, logSize } from '@daodi/log';
import { loadStandards } from '@daodi/registry';
import type { LineRole } from '@daodi/trace';
import type { EntityManager } from 'typeorm';
import { batchRecordsOf, type LoadedRecord } from '../batch-record/load-batch-record';
import { type ShareFacts, shareKey } from '../rules/facts';
import type { Finding } from '../rules/finding';
import { standing } from '../rules/report.rules';
import { missingResidues } from '../rules/residues';
import { isOverQuota } from '../rules/quota.rules';
import { judgeShare } from '../rules/rules';
import { isAllRejected } from '../rules/zone.rules';
import { goodsOnRecord } from '../verdicts/goods-on-record';
import { judgeStandards, type StandardsJudgement, standardsInputs } from '../verdicts/judge-standards';
import { type Custody, loadCustody, type Unproven } from './load-custody';
import { loadShares } from './load-shares';
import { loadStrictness } from './load-strictness';

type Db = Pick<EntityManager, 'query'>;

/** Up to where a history reaches: what came to the log later and happened later is onward movement. */
export interface Horizon {
  /** The log's size when it was judged. */
  readonly size: bigint;
  /** The latest event time the judged share then had; '' where it had none. */
  readonly time: string;
}

/** The history of a share of a batch as a gate judges it, with everything that bears on it. */
export interface JudgedHistory {
  readonly node: string;
  readonly organisation: string;
  readonly horizon: Horizon;
  readonly custody: Custody;
  /** Own share first, then those upstream. */
  readonly shares: readonly ShareFacts[];
  /** With the severities the judged organisation gives them. */
  readonly findings: readonly Finding[];
  /** Whether that organisation made any rule stricter for itself: then what only warns elsewhere may block. */
  readonly isStrict: boolean;
  readonly unproven: readonly Unproven[];
  /** Batch records 批记录 by which the judged organisation made the batch. */
  readonly batchRecords: readonly LoadedRecord[];
  /** What this very batch comes to by the standards that bind it in this organisation's hands. */
  readonly standards: StandardsJudgement;
  /** SHA-256 over the RFC 8785 form of all inputs of the blocking rules, hex. */
  readonly inputsDigest: string;
}

/**
 * Judges a share of a batch from the log's projections, which are exact; no follower's table is asked.
 * Call it on one snapshot, or under the lock.
 *
 * @param horizon of an earlier judgement, to see whether its inputs are still the same; absent: now
 */
export async function judgeHistory(db: Db, node: string, organisation: string, horizon?: Horizon): Promise<JudgedHistory> {
  const custody = await loadCustody(db, node, organisation);
  const all = await loadShares(db, [...new Set([...custody.shares.values()].map((share) => share.node))]);
  const upstream = [...custody.shares.keys()].filter((key) => key !== shareKey(node, organisation)).sort();
  const shares = [shareKey(node, organisation), ...upstream].flatMap((key) => all.get(key) ?? []);
  const now = horizon ?? { size: await logSize(db), time: latestTime(all.get(shareKey(node, organisation))) };
  const batchRecords = await batchRecordsOf(db, node, organisation);
  const strictness = (await loadStrictness(db, [organisation])).get(organisation);
  const standards = await standardsOf(db, node, organisation, shares);
  const inputs = { ...(await inputsOf(db, node, custody, shares, now, batchRecords)), ...(standards.standards.length > 0 && { standards: standardsInputs(standards) }) };
  return {
    node, organisation, horizon: now, custody, shares, standards,
    findings: shares.flatMap((share) => judgeShare(share, strictness)),
    isStrict: strictness !== undefined,
    unproven: custody.unproven,
    batchRecords,
    inputsDigest: createHash('sha256').update(canonicalJson(inputs), 'utf8').digest('hex'),
  };
}

/** By the reports on this very batch, through whichever of the hands it came; what an amended one found is not forgotten. */
async function standardsOf(db: Db, node: string, organisation: string, shares: readonly ShareFacts[]): Promise<StandardsJudgement> {
  const goods = await goodsOnRecord(db, node, shares);
  const record = (await loadStandards(db, [organisation], goods.goods.herb === undefined ? undefined : [goods.goods.herb])).get(organisation);
  const reports = new Map(shares.filter((share) => share.node === node).flatMap(({ reports: all }) => all).map((report) => [report.id, report]));
  return judgeStandards(goods, record, [...reports.values()].sort((a, b) => (a.id < b.id ? -1 : 1)));
}

const latestTime = (share: ShareFacts | undefined): string => (share?.roles ?? []).reduce((max, { lastTime }) => (lastTime > max ? lastTime : max), '');

/** Roles by which material comes into a share: of any date, for it is then part of what was released. */
const COMES: readonly LineRole[] = ['origin', 'take-in', 'output', 'serial', 'gain', 'receive'];
/** Roles that say nothing of how much there is or what it is. */
const NEUTRAL: readonly LineRole[] = ['observe', 'store', 'packed', 'unpacked', 'serial-lot', 'container-unpack'];

/**
 * All inputs of the blocking rules, as plain JSON in a fixed order: what came into each share, what left it up to the
 * moment this history leans on it, debts whenever they arose, transformations, hands, reports.
 */
async function inputsOf(db: Db, node: string, custody: Custody, shares: readonly ShareFacts[], horizon: Horizon, batchRecords: readonly LoadedRecord[]): Promise<object> {
  const lines = await linesOf(db, custody, horizon);
  const hands = await shipmentsOf(db, custody);
  const residues = missingResidues(shares, node).map(({ analyte, node: of, organisation, used }) => `${of} ${organisation} ${analyte} ${used}`);
  return {
    // Left out where there is nothing to say, so that what was released before these rules keeps its digest.
    ...(residues.length > 0 && { residues }),
    lines,
    hands,
    batchRecords: batchRecords.map(({ id, digest, facts }) => `${id} ${digest} ${facts.reviewed}`),
    unproven: [...custody.unproven].map((u) => `${u.reason} ${u.node} ${u.organisation}`).sort(),
    shares: shares.map((share) => ({
      node: share.node,
      organisation: share.organisation,
      unit: share.unit ?? null,
      debts: share.debts.map(({ state, amount }) => `${state} ${amount}`),
      unreadable: share.unreadable?.count ?? 0,
      mixed: share.mixed?.count ?? 0,
      ...(share.zones !== undefined && { zones: `${isAllRejected(share.zones)} ${share.zones.rejected.left}` }),
      steps: share.steps.map((step) => ({
        hub: step.hub, events: step.eventIds, lost: step.lostMg.toString(), added: step.addedMg.toString(),
        inputs: step.inputs.map(part), outputs: step.outputs.map(part),
      })),
      ...usesThatMatter(share),
      ...(share.giUses !== undefined && { gi: share.giUses.map((use) => `${use.name} ${use.year} ${isOverQuota(use)}`) }),
      ...plantsThatMatter(share),
      reports: reportsThatMatter(share, share.node === node),
    })),
  };
}

/** What was used before each harvest, as the rules judge it. */
function usesThatMatter({ harvests = [] }: ShareFacts): { readonly uses?: readonly string[] } {
  const uses = harvests.flatMap(({ eventId, day, uses: used = [] }) =>
    used.map(({ eventId: by, name, standing: how, earliestHarvest, bans }) => [eventId, day, by, name, how, earliestHarvest ?? '', ...bans.filter(({ verified }) => verified).map(({ ingredient }) => ingredient)].join(' ')));
  return uses.length === 0 ? {} : { uses: [...uses].sort() };
}

/** Plants that are accepted as another herb or none, by a list that counts. */
function plantsThatMatter({ species = [] }: ShareFacts): { readonly plants?: readonly string[] } {
  const plants = species.filter(({ verified, stated, accepted }) => verified && isAcceptedSpecies(stated, accepted) === false).map(({ eventId, stated, herb, harvest = '' }) => [eventId, harvest, herb, stated].join(' '));
  return plants.length === 0 ? {} : { plants: [...plants].sort() };
}

const part = ({ node, herb, herbsBehind, grade, gradesBehind, productHerbs, mg, held, eventTime }: ShareFacts['steps'][number]['inputs'][number]) => ({
  node, herb: herb ?? null, productHerbs: productHerbs ?? null, mg: mg?.toString() ?? null, held, eventTime,
  // As above: only where a rule may judge by it.
  ...(herbsBehind !== undefined && { herbsBehind }), ...(isPickingGrade(herb, grade) && { grade }), ...(gradesBehind !== undefined && { gradesBehind }),
});

/** Of this very batch every report, for a pass opens the gate; of others only what could block. */
function reportsThatMatter(share: ShareFacts, isThisBatch: boolean): string[] {
  const open = standing(share).filter(({ verdict }) => isThisBatch || verdict !== 'pass');
  const passes = !isThisBatch && open.some(({ verdict }) => verdict === 'undetermined') ? standing(share).filter(({ verdict }) => verdict === 'pass') : [];
  return [...open, ...passes].map((r) => `${r.id} ${r.verdict} ${r.position}`).sort();
}

async function linesOf(db: Db, custody: Custody, horizon: Horizon): Promise<string[]> {
  const shares = [...custody.shares.values()];
  const rows: { line: string }[] = await db.query(
    `SELECT concat_ws(' ', l.org, l.event_id, l.ordinal, l.path, l.node, l.role, l.amount, l.unit, l.unreadable, ${isoTime('l.event_time')}) AS line
       FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS s(node, org, until)
       JOIN line l ON l.node = s.node AND l.org = s.org AND l.held AND NOT l.void
      WHERE NOT l.role = ANY($5) AND (l.role = ANY($4) OR ${isoTime('l.event_time')} < s.until OR (${isoTime('l.event_time')} = s.until AND l.position < $6))
      ORDER BY 1`,
    [shares.map((s) => s.node), shares.map((s) => s.organisation), shares.map((s) => (s.until === '9' ? horizon.time : s.until)), COMES, NEUTRAL, horizon.size.toString()],
  );
  return rows.map(({ line }) => line);
}

/** The shipments by which each share came into its hands. */
async function shipmentsOf(db: Db, custody: Custody): Promise<string[]> {
  const shares = [...custody.shares.values()];
  const rows: { line: string }[] = await db.query(
    `SELECT concat_ws(' ', l.org, l.event_id, l.ordinal, l.path, l.node, l.dest_org, l.amount, l.unit, ${isoTime('l.event_time')}) AS line
       FROM unnest($1::uuid[], $2::uuid[]) AS s(node, org)
       JOIN line l ON l.node = s.node AND l.dest_org = s.org AND l.org <> s.org AND l.role = 'ship' AND l.held AND NOT l.void ORDER BY 1`,
    [shares.map((s) => s.node), shares.map((s) => s.organisation)],
  );
  return rows.map(({ line }) => line);
}
