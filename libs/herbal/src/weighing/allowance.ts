import { decimalText } from '@daodi/epcis';

/** What can happen to goods between two weighings: 运输 储存 干燥 回潮 换包装 其他. */
export const ALLOWANCE_STEPS = ['transport', 'storage', 'drying', 'regain', 're-bagging', 'other'] as const;
export type AllowanceStep = (typeof ALLOWANCE_STEPS)[number];

/** Why two weighings differ: 磅差 途耗 回潮 干耗. */
export const DIFFERENCE_REASONS = ['scale-difference', 'transit-loss', 'moisture-regain', 'drying-loss'] as const;
export type DifferenceReason = (typeof DIFFERENCE_REASONS)[number];

/** How much goods may lose or gain in a step, as somebody says, with where it was read. */
export interface Allowance {
  readonly id: string;
  readonly step: AllowanceStep;
  readonly direction: 'loss' | 'gain';
  /** Of the mass before the step, as decimal text. */
  readonly percent: string;
  /** Code of the herb; absent: any. */
  readonly herb?: string;
  /** Months of the year in which it holds, 1 to 12; absent: all year. */
  readonly months?: readonly number[];
}

/** What an allowance is looked for. */
export interface AllowanceQuestion {
  readonly step: AllowanceStep;
  readonly direction: 'loss' | 'gain';
  readonly herb?: string;
  /** 1 to 12, in which the goods were weighed again. */
  readonly month: number;
}

/**
 * The allowance that holds: one for this herb before one for any, one for the season before one for the whole year,
 * and of equals the smallest, for a doubt never widens what may pass unseen.
 */
export function findAllowance(known: readonly Allowance[], { step, direction, herb, month }: AllowanceQuestion): Allowance | undefined {
  const holds = known.filter((one) =>
    one.step === step && one.direction === direction && (one.herb === undefined || one.herb === herb) && (one.months?.includes(month) ?? true));
  const rank = ({ herb: of, months }: Allowance): number => (of === undefined ? 0 : 2) + (months === undefined ? 0 : 1);
  return [...holds].sort((a, b) => rank(b) - rank(a) || compare(partOf(a.percent, HUNDRED), partOf(b.percent, HUNDRED)) || (a.id < b.id ? -1 : 1))[0];
}

/** What an allowance comes to on a mass, in whole milligrams, rounded down. */
export const allowedMg = ({ percent }: Pick<Allowance, 'percent'>, massMg: bigint): bigint => partOf(percent, massMg);

/**
 * The reason under which a difference is booked: what the scales cannot tell apart is theirs; beyond that it is the
 * step's. Goods weigh less after transport (途耗) or lie and dry (干耗); they weigh more because they drew moisture (回潮).
 */
export function differenceReason(differenceMg: bigint, divisionsMg: bigint, step: AllowanceStep): DifferenceReason {
  const apart = differenceMg < 0n ? -differenceMg : differenceMg;
  if (apart <= divisionsMg) return 'scale-difference';
  if (differenceMg > 0n) return 'moisture-regain';
  return step === 'transport' || step === 're-bagging' ? 'transit-loss' : 'drying-loss';
}

const HUNDRED = 10n ** 20n;

/** So many per cent of a whole, rounded down; the text as it stands, without floating point. */
function partOf(percent: string, whole: bigint): bigint {
  const [integer = '', fraction = ''] = decimalText(percent).split('.');
  return (whole * BigInt(integer + fraction)) / (100n * 10n ** BigInt(fraction.length));
}

const compare = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);
