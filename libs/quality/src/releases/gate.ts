import { amountOut, uomOf } from '@daodi/trace';
import { judgeBatchRecord } from '../batch-record/judge-batch-record';
import { shareKey } from '../rules/facts';
import { standing } from '../rules/report.rules';
import { missingResidues } from '../rules/residues';
import { ruleOf } from '../rules/rules';
import { isAllRejected } from '../rules/zone.rules';
import type { JudgedHistory } from '../history/judged-history';
import type { AskedPart } from './parts';

/** One reason why a batch cannot be released as passed. */
export interface Reason {
  /** A blocking rule, `no-passing-report`, `reports-speak-for-less`, `part-exceeds-batch`, `standard-failed`, `standard-undetermined`, `no-statutory-standard`, `residue-test-missing`, `trace-…` for what is not proven, or `hold`. */
  readonly rule: string;
  readonly node: string;
  readonly organisation: string;
  readonly title: { readonly zh: string; readonly en: string };
  readonly numbers?: Readonly<Record<string, unknown>>;
}

const UNPROVEN_TITLES = {
  claimed: { zh: '来源中有未经证实的陈述', en: 'Part of where it came from is only claimed' },
  'no-origin': { zh: '来源无记录', en: 'Nothing on record says where it came from' },
  'ambiguous-identifier': { zh: '同名货物来自不同发货方，无法区分', en: 'Goods of this name came from several senders and cannot be told apart' },
} as const;

/** What is asked for beside a release of the whole. */
export interface Asked {
  /** 部分放行: with what was released in parts before. */
  readonly part?: AskedPart;
  /** 让步: the contract standard that is conceded, by its id. */
  readonly concededStandard?: string;
}

/**
 * Why this history does not allow a release, every reason at once; none: it does. Pure. What is missing or not proven
 * is never a pass; warnings and notes do not block.
 */
export function reasonsAgainst(history: JudgedHistory, asked: Asked = {}): Reason[] {
  const { node, organisation } = history;
  const blocking = history.findings.filter(({ severity }) => severity === 'blocking').map((finding): Reason => ({
    rule: finding.rule, node: finding.node, organisation: finding.organisation,
    title: ruleOf(finding.rule)?.title ?? { zh: finding.rule, en: finding.rule }, numbers: finding.numbers,
  }));
  const unproven = history.unproven.map((gap): Reason => ({
    rule: `trace-${gap.reason}`, node: gap.node, organisation: gap.organisation, title: UNPROVEN_TITLES[gap.reason],
  }));
  const missing: Reason[] = passingReports(history).length > 0 ? [] : [{
    rule: 'no-passing-report', node, organisation,
    title: { zh: '没有结论为符合规定的已批准检验报告', en: 'There is no approved test report that passes' },
  }];
  return [...missing, ...spokenForLess(history, asked.part), ...exceeding(history, asked.part), ...lackingStatute(history), ...standardReasons(history, asked.concededStandard), ...blocking, ...lackingResidues(history), ...unproven, ...incompleteRecords(history)];
}

/**
 * Reports that pass, and speak for a part of the goods only. A report is held against all that was in the hands for which it
 * counts, so that one for half of a lot does not let both halves go after they were divided. Of several on one sample the one
 * that speaks for most counts. What is counted in pieces cannot be held against kilograms, and does not pass. A part is let go
 * as long as all that was let go in parts, in whose hands ever, is no more than one hand's reports speak for.
 */
function spokenForLess({ node, organisation, shares }: JudgedHistory, part: AskedPart | undefined): Reason[] {
  const tested = shares.filter((share) => share.node === node).map((share) => ({ share, passes: standing(share).filter(({ verdict }) => verdict === 'pass') })).filter(({ passes }) => passes.length > 0);
  const isCovered = tested.some(({ share: { cameIn, unit }, passes }) =>
    passes.some(({ speaksForMg }) => speaksForMg === undefined) || (cameIn !== undefined && unit === 'mg' && cameIn <= spokenFor(passes))
    || (part?.unit === 'mg' && part.own + part.others <= spokenFor(passes)));
  if (tested.length === 0 || isCovered) return [];
  // How much others had is theirs.
  const own = tested.find(({ share }) => share.organisation === organisation);
  return [{
    rule: 'reports-speak-for-less', node, organisation, title: { zh: '检验报告的代表数量少于该批数量', en: 'The reports speak for less than there is of it' },
    numbers: {
      ...(own !== undefined && { speaksFor: amountOut(spokenFor(own.passes), 'mg') }),
      ...(own?.share.cameIn !== undefined && own.share.unit !== undefined && { goods: amountOut(own.share.cameIn, own.share.unit), goodsUom: uomOf(own.share.unit) }), uom: 'KGM',
    },
  }];
}

/** No more is let go in parts than there was. */
function exceeding({ node, organisation }: JudgedHistory, part: AskedPart | undefined): Reason[] {
  if (part === undefined || part.own <= part.releasable) return [];
  return [{
    rule: 'part-exceeds-batch', node, organisation, title: { zh: '部分放行的合计数量超过该批可放行数量', en: 'What is released in parts is more than there is of it to release' },
    numbers: { released: amountOut(part.own, part.unit), releasable: amountOut(part.releasable < 0n ? 0n : part.releasable, part.unit), uom: uomOf(part.unit) },
  }];
}

/** Milligrams that reports speak for together. */
function spokenFor(passes: readonly { readonly sampleNumber?: string; readonly speaksForMg?: bigint }[]): bigint {
  const bySample = new Map<string, bigint>();
  for (const { sampleNumber = '', speaksForMg = 0n } of passes) {
    const known = bySample.get(sampleNumber) ?? 0n;
    bySample.set(sampleNumber, speaksForMg > known ? speaksForMg : known);
  }
  return [...bySample.values()].reduce((sum, mg) => sum + mg, 0n);
}

/** Inputs used beyond their registration, for which no report shows that nothing is left of them. */
function lackingResidues({ node, shares }: JudgedHistory): Reason[] {
  return missingResidues(shares, node).map(({ analyte, input, used, ...where }): Reason => ({
    rule: 'residue-test-missing', ...where, title: { zh: '超范围使用的投入品缺残留检验', en: 'A residue test is missing for an input used beyond its registration' }, numbers: { analyte, input, used },
  }));
}

/** Why there is nothing to let go now: all that is left on hand was found unfit. It says nothing of what was let go before. */
export function reasonsOnHand({ node, organisation, shares }: JudgedHistory): Reason[] {
  const zones = shares.find((share) => share.node === node && share.organisation === organisation)?.zones;
  if (zones === undefined || zones.rejected.here === 0n || zones.rejected.here < zones.onHand || isAllRejected(zones)) return [];
  return [{ rule: 'only-rejected-on-hand', node, organisation, title: { zh: '库存全部在不合格区', en: 'All that is on hand lies in a zone for what is unfit' } }];
}

/** Where the organisation keeps a batch record of what it made, that is complete and reviewed as it stands. */
function incompleteRecords({ node, organisation, batchRecords }: JudgedHistory): Reason[] {
  return batchRecords.flatMap(({ order, facts }): Reason[] => {
    const { reasons } = judgeBatchRecord(facts);
    if (reasons.length === 0) return [];
    return [{
      rule: 'batch-record-incomplete', node, organisation, title: { zh: '批记录不完整或未审核', en: 'The batch record is not complete, or not reviewed' },
      numbers: { order: order.number, against: [...new Set(reasons.map(({ rule }) => rule))] },
    }];
  });
}

/**
 * What no statutory standard on record judges cannot be shown to be lawful. Of food the law's standard is that of food or
 * tea; fresh herbs, seed and what is no herb at all have none that is tested for before they are let go.
 */
function lackingStatute({ node, organisation, standards: { statutory, goods, producedOn, standards } }: JudgedHistory): Reason[] {
  const hasItsOwn = goods.form === 'food' && standards.some(({ family }) => family === 'food' || family === 'tea');
  if (statutory !== undefined || hasItsOwn || (goods.form !== undefined && WITHOUT_STATUTE.has(goods.form))) return [];
  return [{
    rule: 'no-statutory-standard', node, organisation, title: { zh: '未按法定标准判定：没有登记适用的法定标准', en: 'Not judged by a statutory standard: none that binds it is on record' },
    numbers: { goods, ...(producedOn !== undefined && { producedOn }) },
  }];
}

const WITHOUT_STATUTE: ReadonlySet<string> = new Set(['fresh', 'seed', 'other']);

const STANDARD_TITLES = {
  fail: { zh: '不符合所适用的标准', en: 'It does not comply with a standard that binds it' },
  undetermined: { zh: '按所适用的标准无法判定', en: 'It cannot be said whether it complies with a standard that binds it' },
} as const;

/** Whether a standard is one between two firms, which they may agree to deviate from: no law's, and no house's own. */
export const isConcedable = ({ family, statutory }: { readonly family: string; readonly statutory: boolean }): boolean => family === 'contract' && !statutory;

/** A pass is needed under every standard that binds the goods, whatever laboratories concluded, but for one that is conceded. One reason for each standard. */
function standardReasons({ node, organisation, standards: { standards, goods, producedOn } }: JudgedHistory, concededStandard: string | undefined): Reason[] {
  return standards.flatMap(({ verdict, ...standard }): Reason[] => (verdict === 'pass' || (standard.standard === concededStandard && isConcedable(standard)) ? [] : [{
    rule: verdict === 'fail' ? 'standard-failed' : 'standard-undetermined', node, organisation, title: STANDARD_TITLES[verdict],
    numbers: {
      standard: standard.standard, version: standard.version, name: standard.name, statutory: standard.statutory, goods,
      ...(standard.edition !== undefined && { edition: standard.edition }), ...(producedOn !== undefined && { producedOn }), ...(standard.unclear !== undefined && { unclear: standard.unclear }),
      items: standard.items.filter((item) => item.verdict !== 'pass').slice(0, ITEMS_NAMED_MAX).map(({ limit, test, analyte, verdict: of, reason, words }) =>
        ({ limit, test, ...(analyte !== undefined && { analyte }), verdict: of, reason, words })),
      itemCount: standard.items.filter((item) => item.verdict !== 'pass').length,
    },
  }]));
}

/** Most items a reason names; how many there are it says as well, and the verdicts show all. */
const ITEMS_NAMED_MAX = 50;

/** Reports on this very batch that pass: the releasing organisation's own, or of a hand it came through. */
export function passingReports(history: JudgedHistory): { readonly id: string; readonly number: string }[] {
  const passes = history.shares
    .filter((share) => share.node === history.node)
    .flatMap(standing)
    .filter(({ verdict }) => verdict === 'pass');
  return [...new Map(passes.map(({ id, number }) => [id, { id, number }])).values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Whether a reason or finding is about the share a decision is taken on, or about one upstream. */
export const isOwnShare = (history: Pick<JudgedHistory, 'node' | 'organisation'>, of: Pick<Reason, 'node' | 'organisation'>): boolean =>
  shareKey(history.node, history.organisation) === shareKey(of.node, of.organisation);
