import { judgeLines, type Judgement } from './judge-item';
import { keyOf } from './item-names';
import { hasSameKey, matchItem } from './match-items';
import { REASONS, type VerdictReason } from './reasons';
import {
  type DemandedItem, type GoodsToJudge, type ItemVerdict, type ReportedItem, type ReportToJudge, type StandardToJudgeBy, type StandardVerdict, STANDING_OF_FAMILY, type Verdict,
} from './verdict';

/**
 * Judges goods by one standard and what the reports on them say. It passes only where every item the standard demands of
 * goods of this grade is there, confirmed and passes; one fail is a fail; everything else cannot be said.
 *
 * Several reports may share the work: an item is judged in each that has it, one fail stands whatever others say, and a
 * pass stands unless another report leaves open that the item failed.
 */
export function judgeByStandard(standard: StandardToJudgeBy, reports: readonly ReportToJudge[], goods: GoodsToJudge): StandardVerdict {
  const items = demandsFor(standard.items, goods).map(({ demand, because, among }) => judgeDemand(demand, because, among, reports, goods));
  return {
    standard: standard.id, version: standard.version, family: standard.family, standing: STANDING_OF_FAMILY[standard.family],
    verdict: together(items.map(({ verdict }) => verdict)),
    items,
    missing: items.filter(isMissing).map(({ test, analyte }) => ({ test, ...(analyte !== undefined && { analyte }) })),
  };
}

const isMissing = ({ reason, indicative }: ItemVerdict): boolean => (indicative?.reason ?? reason) === 'item-missing';

/** Pass where there is something and all of it passes. */
export function together(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('fail')) return 'fail';
  return verdicts.length > 0 && verdicts.every((verdict) => verdict === 'pass') ? 'pass' : 'undetermined';
}

interface Demand {
  readonly demand: DemandedItem;
  /** Why the demand cannot be judged whatever the report says. */
  readonly because?: VerdictReason;
  readonly among: readonly DemandedItem[];
}

/** Which of a standard's items hold for goods of a grade. Where the grade is not known, or has no limit, none is chosen. */
function demandsFor(items: readonly DemandedItem[], { grade }: GoodsToJudge): Demand[] {
  const own = grade === undefined || spelled(grade) === '' ? undefined : spelled(grade);
  const holds = items.filter((item) => item.grade === undefined || spelled(item.grade) === own);
  const keyed = items.filter((item) => item.grade !== undefined && !holds.some((held) => held.grade !== undefined && hasSameKey(held, item)));
  const unchosen = keyed.filter((item, i) => keyed.findIndex((earlier) => hasSameKey(earlier, item)) === i);
  const among = [...holds, ...unchosen];
  return [
    ...holds.map((demand): Demand => ({ demand, among })),
    ...unchosen.map((demand): Demand => ({ demand, among, because: own === undefined ? 'grade-missing' : 'grade-unknown' })),
  ];
}

const spelled = (grade: string): string => grade.normalize('NFKC').replace(/\s+/g, '').toLowerCase();

function judgeDemand(demand: DemandedItem, because: VerdictReason | undefined, among: readonly DemandedItem[], reports: readonly ReportToJudge[], goods: GoodsToJudge): ItemVerdict {
  if (because !== undefined) return verdictOf(demand, { reason: because }, undefined);
  const judged = reports.map((report) => ({ report: report.id, judgement: judgeIn(report, demand, among, goods) }));
  const having = judged.filter(({ judgement }) => judgement.reason !== 'item-missing');
  const decisive = decisiveOf(having, ({ judgement }) => judgement.reason);
  return verdictOf(demand, decisive?.judgement ?? { reason: 'item-missing' }, decisive?.report);
}

/** The one that counts of several judgements on one item: a fail, then what leaves one open, then a pass, then the first. */
function decisiveOf<T>(judged: readonly T[], reasonOf: (one: T) => VerdictReason): T | undefined {
  return (
    judged.find((one) => REASONS[reasonOf(one)].verdict === 'fail') ?? judged.find((one) => LEAVES_A_FAIL_OPEN.has(reasonOf(one))) ??
    judged.find((one) => REASONS[reasonOf(one)].verdict === 'pass') ?? judged[0]
  );
}

/** Undetermined because something in the report speaks against the item, not because something is not said. */
const LEAVES_A_FAIL_OPEN: ReadonlySet<VerdictReason> = new Set(['ambiguous-match', 'laboratory-disagrees', 'impossible-value', 'bound-too-wide', 'too-coarse']);

function judgeIn(report: ReportToJudge, demand: DemandedItem, among: readonly DemandedItem[], goods: GoodsToJudge): Judgement {
  const match = matchItem(demand, among, report.items);
  switch (match.kind) {
    case 'missing':
      return { reason: 'item-missing' };
    case 'analyte-unknown':
    case 'part-missing':
      return { reason: match.kind };
    case 'ambiguous':
      return ambiguous(match.lines.map((line) => judgeLines(demand, [line], moistureIn(report.items))));
    case 'found': {
      const judged = match.ways.map((lines) => judgeLines(demand, lines, moistureIn(report.items)));
      const counts = decisiveOf(judged, ({ reason }) => reason) as Judgement;
      // A sum that fails and analytes that pass, or the other way round: the report contradicts itself.
      const contradicts = judged.some(({ reason }) => REASONS[reason].verdict === 'pass') && judged.some(({ reason }) => REASONS[reason].verdict === 'fail');
      if (contradicts) return { ...counts, reason: 'ambiguous-match' };
      return isOtherGrade(report, demand, goods) && REASONS[counts.reason].verdict !== 'undetermined' ? { ...counts, reason: 'grade-conflict' } : counts;
    }
  }
}

/** Lines that all fail are a fail, whichever of them it is. */
const ambiguous = (judged: readonly Judgement[]): Judgement =>
  judged.length > 0 && judged.every(({ reason }) => REASONS[reason].verdict === 'fail') ? (judged[0] as Judgement) : { reason: 'ambiguous-match' };

/** A sample of another grade says nothing about goods of this one, where limits depend on it. */
const isOtherGrade = (report: ReportToJudge, demand: DemandedItem, { grade }: GoodsToJudge): boolean =>
  demand.grade !== undefined && report.grade !== undefined && grade !== undefined && spelled(report.grade) !== spelled(grade);

/** The one moisture a report states; none where it states two, or by loss on drying alone. */
function moistureIn(items: readonly ReportedItem[]): string | undefined {
  const [only, more] = items.filter((item) => keyOf(item.test, item.analyte).test === 'moisture');
  if (only === undefined || more !== undefined) return undefined;
  const text = typeof only.value === 'string' ? only.value : only.value.join('；');
  return only.unit === undefined || /[%％]/.test(text) ? text : `${text}${only.unit}`;
}

function verdictOf(demand: DemandedItem, { reason, numbers }: Judgement, report: string | undefined): ItemVerdict {
  const said: VerdictReason = demand.confirmed ? reason : 'limit-not-confirmed';
  const { verdict, zh, en } = REASONS[said];
  return {
    limit: demand.id, test: demand.test, ...(demand.analyte !== undefined && { analyte: demand.analyte }), ...(demand.sumOf !== undefined && { analyte: demand.sumOf.join('+') }),
    ...(demand.grade !== undefined && { grade: demand.grade }),
    verdict, reason: said, words: { zh, en }, confirmed: demand.confirmed,
    ...(!demand.confirmed && { indicative: { verdict: REASONS[reason].verdict, reason } }),
    ...(numbers !== undefined && { numbers }), ...(report !== undefined && { report }),
  };
}
