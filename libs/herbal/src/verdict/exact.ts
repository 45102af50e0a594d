/**
 * An exact number: a fraction of two whole numbers, the lower one positive. Results, means, corrections for water and
 * conversions stay fractions until the one rounding that a limit asks for, so that no binary fraction is ever between a
 * laboratory's digits and a verdict.
 */
export interface Exact {
  readonly over: bigint;
  readonly under: bigint;
}

/** Digits a number may have on either side of its point, and the greatest power of ten: more is a typing error. */
const MOST_DIGITS = 30;

export const exact = (over: bigint, under = 1n): Exact => (under < 0n ? { over: -over, under: -under } : { over, under });
export const ZERO = exact(0n);

export const plus = (a: Exact, b: Exact): Exact => exact(a.over * b.under + b.over * a.under, a.under * b.under);
export const minus = (a: Exact, b: Exact): Exact => plus(a, exact(-b.over, b.under));
export const times = (a: Exact, b: Exact): Exact => exact(a.over * b.over, a.under * b.under);

/** @throws RangeError on zero: whoever divides has looked */
export function dividedBy(a: Exact, b: Exact): Exact {
  if (b.over === 0n) throw new RangeError('division by zero');
  return exact(a.over * b.under, a.under * b.over);
}

/** Below zero, zero or above, as for sorting. */
export function compare(a: Exact, b: Exact): number {
  const difference = a.over * b.under - b.over * a.under;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export const magnitude = (a: Exact): Exact => (a.over < 0n ? exact(-a.over, a.under) : a);

/** A power of ten, of a negative exponent too. */
export const tenTo = (power: number): Exact => (power < 0 ? exact(1n, 10n ** BigInt(-power)) : exact(10n ** BigInt(power)));

/** A plain decimal or one with a power of ten, and how many decimals it was written with. */
export interface WrittenNumber {
  readonly value: Exact;
  /** Decimals as written: 2 of `0.20`; of `1.2E-3` it is 4; below zero of `1E3`. What the last digit stands for. */
  readonly decimals: number;
}

/**
 * Reads a number that is written without a doubt: ASCII digits, at most one point with digits on both sides, no zero in
 * front of other digits, separators of thousands only where every group but the first has three digits, a power of ten as
 * `E-3` or `×10^-3`. `.5`, `5.`, `007`, `4,2` and `1,23,456` are no numbers.
 *
 * @param text without blanks around it, full width already made half
 * @returns undefined where it is anything else
 */
export function readNumber(text: string): WrittenNumber | undefined {
  const [, sign = '', whole, fraction = '', power] = NUMBER.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const digits = whole.replaceAll(',', '');
  const exponent = power === undefined ? 0 : Number(power);
  if (digits.length > MOST_DIGITS || fraction.length > MOST_DIGITS || Math.abs(exponent) > MOST_DIGITS) return undefined;
  const scaled = exact(BigInt(digits + fraction) * (sign === '-' ? -1n : 1n), 10n ** BigInt(fraction.length));
  return { value: times(scaled, tenTo(exponent)), decimals: fraction.length - exponent };
}

const NUMBER = /^([+-]?)(0|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d*)(?:\.(\d+))?(?:(?:[eE]|[×x*]10\^)([+-]?\d{1,3}))?$/;

/**
 * Rounds to so many decimals, half to even (四舍六入五成双, the rule of GB/T 8170 as the laboratories' templates apply it).
 *
 * @returns the number of units of the last decimal: 20 stands for 0.20 at two decimals
 */
export function roundHalfEven({ over, under }: Exact, decimals: number): bigint {
  const scaled = over * 10n ** BigInt(decimals);
  const isBelow = scaled < 0n;
  const positive = isBelow ? -scaled : scaled;
  const quotient = positive / under;
  const twice = (positive % under) * 2n;
  const isUp = twice > under || (twice === under && quotient % 2n === 1n);
  const rounded = isUp ? quotient + 1n : quotient;
  return isBelow ? -rounded : rounded;
}

/** So many units of the last decimal, written out: 20 at two decimals is `0.20`. */
export function writtenOut(units: bigint, decimals: number): string {
  const digits = (units < 0n ? -units : units).toString().padStart(decimals + 1, '0');
  const sign = units < 0n ? '-' : '';
  return decimals === 0 ? sign + digits : `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** A number for people: exactly where at most so many decimals are enough, else rounded to them and marked with `…`. */
export function shown(value: Exact, decimals: number): string {
  const units = roundHalfEven(value, decimals);
  const text = writtenOut(units, decimals);
  const isExact = compare(exact(units, 10n ** BigInt(decimals)), value) === 0;
  return isExact ? text.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '') : `${text}…`;
}
