import { decimalText } from '@daodi/epcis';

/** An amount of an input: milligrams or microlitres, exact. */
export interface InputAmount {
  readonly dimension: 'mass' | 'volume';
  readonly amount: bigint;
}

/** UN/ECE Recommendation 20 code of each unit inputs are measured in. */
export const INPUT_UNITS: Readonly<Record<string, string>> = { kg: 'KGM', 公斤: 'KGM', g: 'GRM', 克: 'GRM', mg: 'MGM', t: 'TNE', L: 'LTR', 升: 'LTR', mL: 'MLT', 毫升: 'MLT' };

const SIZES: Readonly<Record<string, { readonly dimension: InputAmount['dimension']; readonly size: bigint }>> = {
  TNE: { dimension: 'mass', size: 1_000_000_000n }, KGM: { dimension: 'mass', size: 1_000_000n }, GRM: { dimension: 'mass', size: 1000n }, MGM: { dimension: 'mass', size: 1n },
  LTR: { dimension: 'volume', size: 1_000_000n }, MLT: { dimension: 'volume', size: 1000n },
};

/** An amount in base units; nothing where the unit is unknown or it is finer than a milligram or a microlitre. */
export function inputAmount(quantity: unknown, uom: unknown): InputAmount | undefined {
  const unit = typeof uom === 'string' ? SIZES[uom] : undefined;
  if (unit === undefined || (typeof quantity !== 'number' && typeof quantity !== 'string')) return undefined;
  const match = /^(\d+)(?:\.(\d+))?$/.exec(textOf(quantity) ?? '');
  if (match === null) return undefined;
  const decimals = match[2] ?? '';
  const scale = 10n ** BigInt(decimals.length);
  const scaled = BigInt(`${match[1]}${decimals}`) * unit.size;
  return scaled % scale === 0n ? { dimension: unit.dimension, amount: scaled / scale } : undefined;
}

/** An amount as decimal text in kilograms or litres. */
export function inputAmountText(amount: bigint): string {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(7, '0');
  const fraction = digits.slice(-6).replace(/0+$/, '');
  return `${amount < 0n ? '-' : ''}${digits.slice(0, -6)}${fraction === '' ? '' : `.${fraction}`}`;
}

function textOf(quantity: number | string): string | undefined {
  try {
    return decimalText(quantity);
  } catch {
    return undefined;
  }
}

/** What left a lot, on which day (`YYYY-MM-DD`). */
export interface InputOut {
  readonly day: string;
  readonly amount: bigint;
}

/**
 * Bought = used + left + returned. Judged at the day of the last count, and again at the end without one: then only an
 * excess can be told. What left on the day of the count may have left before it or after it; where either order adds up, it does.
 *
 * @param outs what was used, given back, and went on record
 * @returns by how much more than was bought is accounted for (above zero) or less (below zero); 0 where it adds up
 */
export function inputDifference(bought: bigint, outs: readonly InputOut[], count?: InputOut): bigint {
  const sum = (some: readonly InputOut[]): bigint => some.reduce((total, { amount }) => total + amount, 0n);
  const excess = sum(outs) - bought;
  if (count === undefined) return excess > 0n ? excess : 0n;
  const before = sum(outs.filter(({ day }) => day < count.day)) + count.amount - bought;
  // Every sum of some of what left on that day: some of it left before the count.
  const sums = outs.filter(({ day }) => day === count.day).reduce((some, { amount }) => new Set([...some, ...[...some].map((one) => one + amount)]), new Set([0n]));
  if (!sums.has(-before)) return before + [...sums].reduce((most, one) => (one > most ? one : most));
  const after = sum(outs.filter(({ day }) => day > count.day)) - count.amount;
  return after > 0n ? after : 0n;
}
