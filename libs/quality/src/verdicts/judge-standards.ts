import { type FamiliesVerdict, type ItemVerdict, judgeByStandard, judgeFamilies, REASONS, type ReportedItem, type ReportToJudge, type StandardVerdict, together } from '@daodi/herbal';
import { type BindingStandard, type LimitState, standardsOn, type StandardsOnRecord, toJudgeBy } from '@daodi/registry';
import type { ReportItem } from '../reports/report-state';
import type { GoodsOnRecord } from './goods-on-record';

/** A signed report with what it found. */
export interface ReportFound {
  readonly id: string;
  readonly items?: readonly ReportItem[];
  /** The report that amends it. Its own results still tell that its sample failed. */
  readonly supersededBy?: string;
  readonly sampleNumber?: string;
}

/** What goods come to under one standard that binds them: `standard` is the id of all its versions, `version` that of the one used. */
export interface JudgedStandard extends StandardVerdict {
  readonly versionNumber: number;
  readonly name: string;
  readonly edition?: string;
  readonly number?: string;
  readonly statutory: boolean;
  readonly fictional: boolean;
  readonly boundBy: BindingStandard['by'];
  /** What of the goods is not known that would tell whether it is theirs; then it cannot judge. */
  readonly unclear?: BindingStandard['unclear'];
  /** How each limit stands for the organisation. */
  readonly states: Readonly<Record<string, LimitState>>;
  /** Whether two people found that the standard demands nothing beyond them; until then nothing passes by it. */
  readonly completeness: LimitState;
}

/** What goods come to by the standards that bind them. It is our word, whatever laboratories concluded. */
export interface StandardsJudgement extends Omit<FamiliesVerdict, 'standards'>, GoodsOnRecord {
  readonly by: 'daodi';
  readonly standards: readonly JudgedStandard[];
}

/**
 * Judges goods by every standard that binds them on the day of their production, from what reports found: a function of
 * reports, standards, bindings and confirmations, never stored as a truth. Where the day is not on record, by every
 * edition that may have been in force by the time they were there: which of them it was may not choose the lenient one.
 */
export function judgeStandards(goods: GoodsOnRecord, record: StandardsOnRecord | undefined, reports: readonly ReportFound[]): StandardsJudgement {
  const binding = new Map<string, BindingStandard>();
  for (const day of daysOf(goods, record)) {
    for (const one of record === undefined ? [] : standardsOn(record, goods.goods, day).standards) binding.set(one.standard.id, binding.get(one.standard.id) ?? one);
  }
  const standards = [...binding.values()].map((one) => judged(one, reports, goods));
  return { by: 'daodi', ...goods, ...judgeFamilies(standards), standards };
}

/** Days whose standards judge: one where it is on record. */
function daysOf({ producedOn, thereBy }: GoodsOnRecord, record: StandardsOnRecord | undefined): string[] {
  if (producedOn !== undefined) return [producedOn];
  const last = thereBy ?? LAST_DAY;
  return [last, ...(record?.versions ?? []).map(({ effectiveFrom }) => effectiveFrom).filter((day) => day <= last)];
}

/** Where not even that is known, every edition may bind. */
const LAST_DAY = '9999-12-31';

function judged(binding: BindingStandard, reports: readonly ReportFound[], { goods }: GoodsOnRecord): JudgedStandard {
  const { standard: { version, name, edition, number, fictional }, statutory, by, unclear, limits, completeness } = binding;
  const judgeBy = (those: readonly ReportFound[]): StandardVerdict =>
    judgeByStandard(toJudgeBy(binding), those.map(({ id, items = [] }): ReportToJudge => ({ id, items: items.map(reportedItem) })), goods);
  return {
    ...withoutAmendedFails(judgeBy, reports), versionNumber: version, name,
    ...(edition !== undefined && { edition }), ...(number !== undefined && { number }), statutory, fictional, boundBy: by, ...(unclear !== undefined && { unclear }),
    states: Object.fromEntries(limits.map(({ limit, state }) => [limit.id, state])), completeness,
  };
}

/**
 * Judged by the reports that stand. An item that failed in a report which was amended since passes by a test of another
 * sample alone: writing other numbers for the same sample makes no pass.
 */
function withoutAmendedFails(judgeBy: (those: readonly ReportFound[]) => StandardVerdict, reports: readonly ReportFound[]): StandardVerdict {
  const standing = reports.filter(({ supersededBy }) => supersededBy === undefined);
  const now = judgeBy(standing);
  const failed = reports.filter(({ supersededBy }) => supersededBy !== undefined).flatMap((report) =>
    judgeBy([report]).items.filter(({ verdict }) => verdict === 'fail').map(({ limit }) => ({ limit, sampleNumber: report.sampleNumber })));
  if (failed.length === 0) return now;
  const passesElsewhere = (limit: string, sampleNumber: string | undefined): boolean => standing.some((report) =>
    report.sampleNumber !== undefined && sampleNumber !== undefined && report.sampleNumber !== sampleNumber && judgeBy([report]).items.some((item) => item.limit === limit && item.verdict === 'pass'));
  const items = now.items.map((item): ItemVerdict => {
    const isOpen = item.verdict === 'pass' && failed.some(({ limit, sampleNumber }) => limit === item.limit && !passesElsewhere(limit, sampleNumber));
    return isOpen ? { ...item, verdict: 'undetermined', reason: 'amended-result', words: AMENDED } : item;
  });
  // What speaks against a pass otherwise, such as a standard nobody found complete, goes on speaking.
  return { ...now, items, verdict: now.verdict === 'pass' ? together(items.map(({ verdict }) => verdict)) : now.verdict };
}

const AMENDED = { zh: REASONS['amended-result'].zh, en: REASONS['amended-result'].en };

/** A line of a report as the kernel reads it: the unit beside it may be part of the value, the verdict is the laboratory's. */
function reportedItem({ test, analyte, value, unit, basis, loq, verdict }: ReportItem): ReportedItem {
  return {
    test, value, ...(analyte !== undefined && { analyte }), ...(unit !== undefined && { unit }), ...(basis !== undefined && { basis }), ...(loq !== undefined && { loq }),
    ...(verdict !== undefined && { stated: verdict }),
  };
}

/** The inputs of such a judgement as plain JSON: which versions bind and why, and how their limits stand. */
export function standardsInputs({ standards, goods, producedOn, thereBy }: StandardsJudgement): object {
  return {
    herb: goods.herb ?? null, form: goods.form ?? null, piece: goods.piece ?? null, grade: goods.grade ?? null, product: goods.product ?? null,
    producedOn: producedOn ?? null, thereBy: thereBy ?? null,
    standards: standards.map(({ version, boundBy, unclear, states, completeness }) => ({ version, boundBy: boundBy === 'law' ? 'law' : boundBy.binding, unclear: unclear ?? null, states, completeness }))
      .sort((a, b) => (a.version < b.version ? -1 : 1)),
  };
}
