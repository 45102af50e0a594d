import type { LimitDirection } from './read-limit';
import type { VerdictReason, Words } from './reasons';

/** 符合规定, 不符合规定, 无法判定. There are three, and what cannot be said is never a pass. */
export type Verdict = 'pass' | 'fail' | 'undetermined';

/** Whether a share of mass is of the material as it is, or of what is left of it without its water (按干燥品计算). */
export type Basis = 'as-is' | 'dried';

/** Families of standards 标准类别. */
export type StandardFamily = 'pharmacopoeia' | 'provincial' | 'registration' | 'house' | 'contract' | 'gi' | 'food' | 'tea';

/** What failing a standard means: it is unlawful 违法; the firm turns it down by its own 内控; a promise is not kept. */
export type Standing = 'statutory' | 'house' | 'other';

export const STANDING_OF_FAMILY: Readonly<Record<StandardFamily, Standing>> = {
  pharmacopoeia: 'statutory', provincial: 'statutory', registration: 'statutory', house: 'house', contract: 'other', gi: 'other', food: 'other', tea: 'other',
};

/** What a standard demands of one item 项目. */
export interface DemandedItem {
  /** Of the limit, by which verdict and confirmation find each other. */
  readonly id: string;
  /** 项目 as the standard names it: 水分, 含量测定. */
  readonly test: string;
  /** Which analyte, where the test has several. */
  readonly analyte?: string;
  /** The limit is on the sum of these; a report states the sum or each of them. */
  readonly sumOf?: readonly string[];
  /** The limit holds for this grade alone (青翘, 老翘). */
  readonly grade?: string;
  readonly direction: LimitDirection;
  /** As printed; its decimals are those of the judgement. */
  readonly limitText: string;
  readonly unit?: string;
  /** Absent where the standard does not say: then the result is taken as it is stated. */
  readonly basis?: Basis;
  /** Whether two people confirmed it against its printed source. Without that it judges nothing. */
  readonly confirmed: boolean;
}

/** One line of a report, as the laboratory wrote it. */
export interface ReportedItem {
  readonly test: string;
  readonly analyte?: string;
  /** One text, or each determination of one. */
  readonly value: string | readonly string[];
  readonly unit?: string;
  readonly basis?: Basis;
  /** 定量限 of the method, in the unit of the result unless it names its own. */
  readonly loq?: string;
  /** The laboratory's word on the item. A pass of it is no proof; anything else stands in the way of one. */
  readonly stated?: Verdict;
}

/** What a report says of the goods, as far as a verdict needs it. */
export interface ReportToJudge {
  readonly id: string;
  readonly items: readonly ReportedItem[];
  /** The grade the report says its sample is of. */
  readonly grade?: string;
}

/** A standard in the version in force, as far as a verdict needs it. */
export interface StandardToJudgeBy {
  readonly id: string;
  readonly version: string;
  readonly family: StandardFamily;
  readonly items: readonly DemandedItem[];
}

/** The goods judged. */
export interface GoodsToJudge {
  /** Their grade as it was handed down to them; where limits depend on it and it is not known, nothing is determined. */
  readonly grade?: string;
}

/** The numbers a verdict was reached with, as text. */
export interface NumbersUsed {
  /** What was read, one for each determination, as written. */
  readonly read: readonly string[];
  /** Unit of the result. */
  readonly unit?: string;
  /** Mean of the determinations, in the unit of the result. */
  readonly mean?: string;
  /** |X₁−X₂|/(X₁+X₂), per cent, of two determinations. Shown, judged by nobody. */
  readonly relativeDeviation?: string;
  /** Water per cent by which the result was brought to the limit's basis. */
  readonly moisture?: string;
  /** In the unit and on the basis of the limit, before rounding. One number, or the ends between which it lies. */
  readonly converted?: string;
  /** At the limit's decimals: what was compared. */
  readonly rounded?: string;
  readonly limit: string;
  readonly limitUnit?: string;
  readonly decimals?: number;
}

/** What one item of a standard comes to. */
export interface ItemVerdict {
  /** Id of the limit. */
  readonly limit: string;
  readonly test: string;
  readonly analyte?: string;
  readonly grade?: string;
  readonly verdict: Verdict;
  readonly reason: VerdictReason;
  readonly words: Words;
  readonly confirmed: boolean;
  /** What it would have come to, were its limit confirmed. No verdict. */
  readonly indicative?: { readonly verdict: Verdict; readonly reason: VerdictReason };
  readonly numbers?: NumbersUsed;
  /** Report the verdict rests on. */
  readonly report?: string;
}

/** What a standard comes to: pass only where every item it demands is there and passes. */
export interface StandardVerdict {
  readonly standard: string;
  readonly version: string;
  readonly family: StandardFamily;
  readonly standing: Standing;
  readonly verdict: Verdict;
  readonly items: readonly ItemVerdict[];
  /** Items the standard demands and no report has. */
  readonly missing: readonly { readonly test: string; readonly analyte?: string }[];
}
