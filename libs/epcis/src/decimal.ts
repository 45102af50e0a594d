/**
 * Decimal numbers as text, exactly. A quantity never passes through floating-point arithmetic: a JSON number enters
 * by the shortest decimal text that gives its double back, which is what its sender wrote.
 */

/** A decimal number: `coefficient × 10^exponent`, the coefficient without trailing zeros. */
export interface Decimal {
  readonly coefficient: bigint;
  readonly exponent: number;
}

/** Beyond this no unit of measure makes sense, and a short text could stand for a number of a billion digits. */
const EXPONENT_MAX = 1000;

const DECIMAL = /^([+-]?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]{1,5}))?$/;

/** Reads a decimal number; undefined where the text is none or its exponent lies beyond ±1000. */
export function parseDecimal(text: string): Decimal | undefined {
  const match = DECIMAL.exec(text);
  if (match === null) return undefined;
  const [, sign, whole = '', fraction = '', power = '0'] = match;
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return { coefficient: 0n, exponent: 0 };
  const exponent = Number(power) - fraction.length + (digits.length - significant.length);
  if (Math.abs(exponent) > EXPONENT_MAX) return undefined;
  const coefficient = BigInt(significant);
  return { coefficient: sign === '-' ? -coefficient : coefficient, exponent };
}

/** Writes a decimal without exponent, without superfluous zeros, without a negative zero. */
export function writeDecimal({ coefficient, exponent }: Decimal): string {
  const sign = coefficient < 0n ? '-' : '';
  const digits = (coefficient < 0n ? -coefficient : coefficient).toString();
  if (coefficient === 0n || exponent >= 0) return sign + digits + '0'.repeat(coefficient === 0n ? 0 : exponent);
  const padded = digits.padStart(1 - exponent, '0');
  const fraction = padded.slice(exponent).replace(/0+$/, '');
  return sign + padded.slice(0, exponent) + (fraction === '' ? '' : `.${fraction}`);
}

/**
 * The shortest exact decimal text of a number, without exponent: `1e-7` is `0.0000001`, `12.50` is `12.5`.
 *
 * @throws RangeError where the value is no finite decimal number; numbers that passed `readJson` always are
 */
export function decimalText(value: number | string): string {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value === 0 ? 0 : value);
  const decimal = parseDecimal(String(value));
  if (decimal === undefined) throw new RangeError(`not a decimal number: ${String(value).slice(0, 40)}`);
  return writeDecimal(decimal);
}

/** The exact product. */
export function multiply(a: Decimal, b: Decimal): Decimal {
  return { coefficient: a.coefficient * b.coefficient, exponent: a.exponent + b.exponent };
}

/** The decimal as an integer; undefined where it has decimals. */
export function toInteger({ coefficient, exponent }: Decimal): bigint | undefined {
  if (exponent >= 0) return coefficient * 10n ** BigInt(exponent);
  const divisor = 10n ** BigInt(-exponent);
  return coefficient % divisor === 0n ? coefficient / divisor : undefined;
}
