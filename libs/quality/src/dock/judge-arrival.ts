import type { JudgedHistory } from '../history/judged-history';
import { passingReports } from '../releases/gate';
import { ruleOf } from '../rules/rules';
import { standing } from '../rules/report.rules';
import { OUTCOME_WORDS } from '../verdicts/shown-judgement';

/** 可收货，待检验 / 存疑收货 / 拒收. */
export const DOCK_DECISIONS = ['accept', 'doubt', 'refuse'] as const;
export type DockDecision = (typeof DOCK_DECISIONS)[number];

/** What each says to people. None of them says that the goods are fit: that is the release's. */
export const DOCK_WORDS: Readonly<Record<DockDecision, { readonly zh: string; readonly en: string }>> = {
  accept: { zh: '可收货，待检验', en: 'may be unloaded; to be tested' },
  doubt: { zh: '存疑收货，待检验', en: 'may be unloaded with doubts; to be tested' },
  refuse: { zh: '拒收', en: 'to be refused' },
};

/** One thing that speaks against unloading goods, or is worth knowing. */
export interface DockReason {
  readonly level: 'refuse' | 'doubt' | 'note';
  readonly rule: string;
  readonly title: { readonly zh: string; readonly en: string };
  readonly node: string;
  readonly organisation: string;
  readonly numbers?: Readonly<Record<string, unknown>>;
}

/** What is on record of one lot that stands at the dock. */
export interface ArrivalFacts {
  readonly history: JudgedHistory;
  /** On its way here by anybody's shipment, in base units. */
  readonly onTheWay: bigint;
  /** Shares of its history that somebody has frozen. */
  readonly held: readonly { readonly node: string; readonly organisation: string }[];
  /** Where the decision of whoever made it stands. */
  readonly makerState: 'none' | 'released' | 'partly-released' | 'suspended' | 'rejected';
  /** Shares of the batch that are declared and not proven, as decimal text in per cent; absent where nothing is. */
  readonly declaredPercent?: string;
  /** False where the receiver may not see all of where it came from, or followers have not read to the end. */
  readonly isTraceComplete: boolean;
}

const SEVERITY_LEVEL = { blocking: 'refuse', warning: 'doubt', note: 'note' } as const;

const UNPROVEN = {
  claimed: { zh: '来源中有未经证实的陈述', en: 'Part of where it came from is only claimed' },
  'no-origin': { zh: '来源无记录', en: 'Nothing on record says where it came from' },
  'ambiguous-identifier': { zh: '同名货物来自不同发货方，无法区分', en: 'Goods of this name came from several senders and cannot be told apart' },
} as const;

/**
 * Everything that is to be known before goods are unloaded, the gravest first. Pure. Refused is what nothing the receiver
 * could test would mend: a blocking finding, a freeze, a maker's own rejection, a statutory fail. What is missing or not
 * proven is a doubt; either way the goods lie in 待验区 until they are released.
 */
export function dockReasons(facts: ArrivalFacts): DockReason[] {
  const { history, onTheWay, held, makerState, declaredPercent, isTraceComplete } = facts;
  const { node, organisation, standards } = history;
  const here = { node, organisation };
  const say = (level: DockReason['level'], rule: string, zh: string, en: string, numbers?: DockReason['numbers']): DockReason => ({ level, rule, title: { zh, en }, ...here, ...(numbers && { numbers }) });
  const reasons: DockReason[] = history.findings.map((finding) => ({
    level: SEVERITY_LEVEL[finding.severity], rule: finding.rule, title: ruleOf(finding.rule)?.title ?? { zh: finding.rule, en: finding.rule },
    node: finding.node, organisation: finding.organisation, numbers: finding.numbers,
  }));
  reasons.push(...history.unproven.map((gap): DockReason => ({ level: 'doubt', rule: `trace-${gap.reason}`, title: UNPROVEN[gap.reason], node: gap.node, organisation: gap.organisation })));
  reasons.push(...held.map((share): DockReason => ({ level: 'refuse', rule: 'hold', title: { zh: '有人已冻结', en: 'Somebody has frozen it' }, ...share })));
  if (makerState === 'rejected') reasons.push(say('refuse', 'maker-rejected', '生产方不予放行', 'Whoever made it did not release it'));
  if (makerState === 'suspended') reasons.push(say('doubt', 'maker-release-suspended', '生产方的放行已暂停', 'The maker’s release is suspended'));
  if (makerState === 'partly-released') reasons.push(say('doubt', 'maker-released-part', '生产方只放行了一部分，无法确认这些货物是否在内', 'Whoever made it released only a part of it, and whether these goods are of that part is not known'));
  if (onTheWay <= 0n) reasons.push(say('doubt', 'not-on-the-way', '没有在途的发货记录', 'No shipment of it is on its way here on record'));
  if (!isTraceComplete) reasons.push(say('doubt', 'trace-incomplete', '追溯不完整', 'The trace is not complete'));
  if (declaredPercent !== undefined) reasons.push(say('doubt', 'declared-origin', '部分来源为申报，未经证实', 'Part of its origin is declared, not proven', { percent: declaredPercent }));
  const hasReport = history.shares.some((share) => share.node === node && standing(share).length > 0);
  if (!hasReport) reasons.push(say('doubt', 'no-report', '没有检验报告', 'There is no test report'));
  else if (passingReports(history).length === 0) reasons.push(say('doubt', 'no-passing-report', '没有结论为符合规定的检验报告', 'No test report passes'));
  const { zh, en } = OUTCOME_WORDS[standards.outcome];
  if (standards.outcome === 'unlawful') reasons.push(say('refuse', 'standard-failed', zh, en));
  else if (standards.outcome === 'rejected-by-firm') reasons.push(say('doubt', 'house-standard-failed', zh, en));
  else if (standards.outcome !== 'passed') reasons.push(say('note', 'to-be-tested', `${zh}，须检验后放行`, `${en}: it is tested before it is released`));
  return sorted(reasons);
}

const LEVELS: readonly DockReason['level'][] = ['refuse', 'doubt', 'note'];

function sorted(reasons: readonly DockReason[]): DockReason[] {
  const unique = new Map(reasons.map((reason) => [`${reason.level} ${reason.rule} ${reason.node} ${reason.organisation}`, reason]));
  return [...unique.values()].sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level));
}

/** What the reasons of all lots come to: as the gravest of them. */
export function dockDecision(reasons: readonly Pick<DockReason, 'level'>[]): DockDecision {
  if (reasons.some(({ level }) => level === 'refuse')) return 'refuse';
  return reasons.some(({ level }) => level === 'doubt') ? 'doubt' : 'accept';
}
