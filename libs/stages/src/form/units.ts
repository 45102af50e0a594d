import { decimalText, massToMilligrams } from '@daodi/epcis';
import { MASS_UNITS } from '@daodi/herbal';
import { amountOut, type LineUnit, uomOf } from '@daodi/trace';

/** Words under which pieces are counted. */
const PIECE_UNITS: readonly string[] = ['pcs', '件', '个', '袋', '盒', '瓶', '包', '箱'];

/** Every unit of a quantity, as it may be typed. */
export const UNITS: readonly string[] = [...MASS_UNITS.keys(), ...PIECE_UNITS];

/** More than the mass of the earth in milligrams: whatever is larger was not weighed. */
const AMOUNT_MAX = 10n ** 31n;

/** A quantity as the book and the event have it. */
export interface Measured {
  /** In base units: integer milligrams, or pieces. */
  readonly amount: bigint;
  readonly unit: LineUnit;
}

/** Why a quantity cannot be taken. */
export type Unmeasurable = 'finer-than-a-milligram' | 'part-of-a-piece' | 'too-many-digits';

/**
 * Reads a typed quantity exactly: no floating-point arithmetic, nothing rounded.
 *
 * @param quantity a decimal number that is not negative, as JSON number or text
 * @param unit one of {@link UNITS}
 */
export function measure(quantity: string | number, unit: string): Measured | Unmeasurable {
  const perUnit = MASS_UNITS.get(unit);
  const [whole = '', fraction = ''] = decimalText(quantity).split('.');
  const scaled = BigInt(whole + fraction) * (perUnit ?? 1n);
  const divisor = 10n ** BigInt(fraction.length);
  if (scaled % divisor !== 0n) return perUnit === undefined ? 'part-of-a-piece' : 'finer-than-a-milligram';
  const measured: Measured = { amount: scaled / divisor, unit: perUnit === undefined ? 'pcs' : 'mg' };
  if (measured.amount > AMOUNT_MAX) return 'too-many-digits';
  // The event carries a JSON number: it must read back as exactly this amount.
  return typeof amountOut(measured.amount, measured.unit) === 'number' ? measured : 'too-many-digits';
}

/** A number as JSON writes it; undefined where that would not be exactly what was typed. */
export function exactNumber(typed: string | number): number | undefined {
  const number = Number(typed);
  return Number.isFinite(number) && decimalText(number) === decimalText(typed) ? number : undefined;
}

/** `uom` absent means pieces (EPCIS 2.0 section 7.3.3.3). */
export interface QuantityElement {
  readonly epcClass: string;
  readonly quantity: number;
  readonly uom?: 'KGM';
}

/** An EPCIS quantity element of an amount that {@link measure} gave, or a sum of such. */
export function quantityElement(epcClass: string, { amount, unit }: Measured): QuantityElement {
  return { epcClass, ...quantityOf({ amount, unit }) };
}

/** The same without an identifier, as our own vocabulary writes quantities. */
export function quantityOf({ amount, unit }: Measured): { readonly quantity: number; readonly uom?: 'KGM' } {
  const uom = uomOf(unit);
  return { quantity: Number(amountOut(amount, unit)), ...(uom && { uom }) };
}

/** Reads back, in base units, an amount that {@link quantityOf} wrote. */
export const amountOfElement = ({ quantity, uom }: { readonly quantity: number; readonly uom?: string }): bigint =>
  uom === undefined ? BigInt(quantity) : (massToMilligrams(quantity, uom) ?? 0n);
