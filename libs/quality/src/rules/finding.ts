import type { ShareFacts } from './facts';

/** 提示, 预警, 拦截, from the mildest to the strictest. */
export const SEVERITIES = ['note', 'warning', 'blocking'] as const;

/** What blocks is physics or the law's, or an organisation's own word for itself: nobody can overrule it, it closes when the history does. */
export type Severity = (typeof SEVERITIES)[number];

/** What a finding says in numbers. Amounts as EPCIS writes them, or decimal text where a number would be rounded. */
export type Numbers = Readonly<Record<string, unknown>>;

/** Accused of a finding where it is nobody's here doing: spray that drifted over, somebody who was called in. */
export const NOBODY = '00000000-0000-0000-0000-000000000000';

/** What a rule finds in a share of a batch. */
export interface RuleFinding {
  readonly numbers: Numbers;
  /** First position of what caused it: since when it stands. */
  readonly since: bigint;
  /** Event ids, or ids of records, whose entries show what was found; the guilty one among them. */
  readonly evidence: readonly string[];
  /** Milder than the rule, where it is no more than what honest people do now and then; that of the rule unless said. */
  readonly severity?: Severity;
  /** The organisation whose doing it is; absent: the one whose share it is about; {@link NOBODY}: none. */
  readonly accused?: string;
}

/** A rule: a pure function of a share's facts, at most one finding for a share. */
export interface Rule {
  /** Stable: findings and decisions are keyed by it. */
  readonly name: string;
  /** Raised whenever the rule's judgement changes; stands in every release. */
  readonly version: number;
  readonly severity: Severity;
  readonly title: { readonly zh: string; readonly en: string };
  /**
   * Members of its numbers that whoever the goods went to may read. All others are the business of the organisation it is
   * found with: a stock, an event id, what was used on another crop. Nothing unless said.
   */
  readonly toldDownstream?: readonly string[];
  judge(share: ShareFacts): RuleFinding | undefined;
}

/** A finding with whose share of which batch it is about. Evidence is sorted and without repeats. */
export interface Finding extends RuleFinding {
  readonly accused: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly node: string;
  readonly identifier: string;
  readonly organisation: string;
}

/** Of a finding's numbers, what readers further down may see; absent where that is nothing. */
export function toldDownstream(rule: Pick<Rule, 'toldDownstream'> | undefined, numbers: Numbers | undefined): Numbers | undefined {
  const told = (rule?.toldDownstream ?? []).filter((name) => numbers?.[name] !== undefined);
  return told.length === 0 ? undefined : Object.fromEntries(told.map((name) => [name, numbers?.[name]]));
}
