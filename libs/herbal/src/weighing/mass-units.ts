import { decimalText } from '@daodi/epcis';

/**
 * Units people weigh in, in milligrams each, exactly. 斤 and 两 are the market units of the State Council's decree of
 * 25 June 1959 (1 斤 = 500 g = 10 两). 钱 is left out: trade and prescription disagree on it (5 g, 3.125 g, 3 g).
 */
export const MASS_UNITS: ReadonlyMap<string, bigint> = new Map([
  ['kg', 1_000_000n], ['公斤', 1_000_000n], ['千克', 1_000_000n], ['g', 1_000n], ['克', 1_000n], ['mg', 1n], ['毫克', 1n],
  ['t', 1_000_000_000n], ['吨', 1_000_000_000n], ['斤', 500_000n], ['两', 50_000n],
]);

/** A mass as it is typed: exact decimal number or text, and one of {@link MASS_UNITS}. */
export interface TypedMass {
  readonly quantity: string | number;
  readonly unit: string;
}

/**
 * A typed mass in milligrams, exactly: nothing is rounded.
 *
 * @returns undefined where the unit is no mass, or the mass is no whole number of milligrams
 */
export function typedMilligrams({ quantity, unit }: TypedMass): bigint | undefined {
  const perUnit = MASS_UNITS.get(unit);
  if (perUnit === undefined) return undefined;
  const [whole = '', fraction = ''] = decimalText(quantity).split('.');
  const scaled = BigInt(whole + fraction) * perUnit;
  const divisor = 10n ** BigInt(fraction.length);
  return scaled % divisor === 0n ? scaled / divisor : undefined;
}

/**
 * What the last digit of a mass stands for where only its milligrams are known, as of 812.5 kg a tenth of a kilogram. A
 * zero at the end of whole kilograms may have been read or not: at most one kilogram is taken for granted.
 */
export function massResolution(mg: bigint): bigint {
  let resolution = 1n;
  while (resolution < 1_000_000n && mg % (resolution * 10n) === 0n) resolution *= 10n;
  return resolution;
}

/**
 * What the last digit of a typed mass stands for, in milligrams: 812.5 kg was read to 0.1 kg, 1625 斤 to one 斤. A zero
 * at the end counts only where it was typed as text after the point (`"12.0"`); 800 kg was read to 1 kg, not to 100.
 *
 * @returns at least 1; 1 where the unit is no mass
 */
export function typedResolution({ quantity, unit }: TypedMass): bigint {
  const perUnit = MASS_UNITS.get(unit) ?? 1n;
  const text = typeof quantity === 'string' && /^\d+\.\d+$/.test(quantity) ? quantity : decimalText(quantity);
  const resolution = perUnit / 10n ** BigInt(text.split('.')[1]?.length ?? 0);
  return resolution > 0n ? resolution : 1n;
}
