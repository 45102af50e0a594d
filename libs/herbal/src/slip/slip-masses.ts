import { decimalText } from '@daodi/epcis';

/** Why something is taken off before goods are paid for: 扣水 扣杂 其他. */
export const DEDUCTION_KINDS = ['water', 'impurity', 'other'] as const;
export type DeductionKind = (typeof DEDUCTION_KINDS)[number];

/** One deduction: per cent of what arrived (decimal text), or a mass in milligrams. */
export type Deduction =
  | { readonly kind: DeductionKind; readonly percent: string }
  | { readonly kind: DeductionKind; readonly massMg: bigint };

/** What a slip 过磅单 says, in milligrams. */
export interface SlipReadings {
  /** 毛. */
  readonly grossMg: bigint;
  /** 皮. */
  readonly tareMg: bigint;
  readonly deductions: readonly Deduction[];
}

/** What follows from the readings. What arrived and what is paid for are two numbers. */
export interface SlipMasses {
  /** Gross less tare: what physically arrived, and what balances run on. */
  readonly arrivedMg: bigint;
  /** Of each deduction, in the order given. */
  readonly deductedMg: readonly bigint[];
  /** 净, what arrived less all deductions. */
  readonly netMg: bigint;
}

/** Numbers of a slip that contradict each other. */
export type SlipFault = 'tare-not-below-gross' | 'deducted-more-than-arrived';

/**
 * What arrived and what is paid for. Every per cent is of the same whole, gross less tare, never of what an earlier
 * deduction left: 扣水 5 % and 扣杂 2 % are 7 % together. What a per cent comes to is rounded to the whole milligram, half
 * away from zero; nothing else is rounded, so a net on paper that was rounded to 0.1 or 1 斤 can differ and is kept
 * beside this one.
 */
export function slipMasses({ grossMg, tareMg, deductions }: SlipReadings): SlipMasses | SlipFault {
  const arrivedMg = grossMg - tareMg;
  if (arrivedMg <= 0n) return 'tare-not-below-gross';
  const deductedMg = deductions.map((one) => ('percent' in one ? percentOf(one.percent, arrivedMg) : one.massMg));
  const netMg = deductedMg.reduce((left, mg) => left - mg, arrivedMg);
  return netMg < 0n ? 'deducted-more-than-arrived' : { arrivedMg, deductedMg, netMg };
}

function percentOf(percent: string, whole: bigint): bigint {
  const { digits, scale } = exact(percent);
  return roundedHalfUp(digits * whole, 100n * scale);
}

/**
 * What a net mass costs, in 分 (0.01 yuan), rounded half up once for each slip; a total is the sum of these.
 *
 * @param priceYuan yuan per unit, decimal text
 * @param unitMg the unit the price is for, in milligrams (斤: 500,000)
 */
export function slipAmountFen(netMg: bigint, priceYuan: string, unitMg: bigint): bigint {
  const { digits, scale } = exact(priceYuan);
  return roundedHalfUp(netMg * digits * 100n, unitMg * scale);
}

/** A decimal as a whole number and the power of ten it is over. */
function exact(text: string): { readonly digits: bigint; readonly scale: bigint } {
  const [integer = '', fraction = ''] = decimalText(text).split('.');
  return { digits: BigInt(integer + fraction), scale: 10n ** BigInt(fraction.length) };
}

/** Of numbers that are not negative. */
const roundedHalfUp = (numerator: bigint, denominator: bigint): bigint => (2n * numerator + denominator) / (2n * denominator);
