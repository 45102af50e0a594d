import { decimalText } from '@daodi/epcis';
import type { LineUnit } from '../domain/line';

/** Below this a decimal has at most 15 significant digits, which a double gives back as they are. */
const EXACT_BELOW = 10n ** 15n;
const MILLIGRAMS_PER_KILOGRAM = 1_000_000;

/**
 * An amount as EPCIS writes it: kilograms (`uom` KGM) or pieces (no `uom`). A JSON number where its shortest decimal
 * text is exact; else the decimal text itself, for a rounded number would be a wrong one.
 */
export function amountOut(amount: bigint, unit: LineUnit): number | string {
  // Dividing two integers that a double holds gives the double nearest to the quotient, as reading its text would.
  if (amount < EXACT_BELOW && amount > -EXACT_BELOW) return unit === 'pcs' ? Number(amount) : Number(amount) / MILLIGRAMS_PER_KILOGRAM;
  const text = unit === 'pcs' ? amount.toString() : kilograms(amount);
  const number = Number(text);
  return decimalText(number) === text ? number : text;
}

/** Milligrams as kilograms in decimal text without trailing zeros. */
function kilograms(amount: bigint): string {
  const sign = amount < 0n ? '-' : '';
  const digits = (amount < 0n ? -amount : amount).toString().padStart(7, '0');
  const fraction = digits.slice(-6).replace(/0+$/, '');
  return `${sign}${digits.slice(0, -6)}${fraction === '' ? '' : `.${fraction}`}`;
}

/** The `uom` of a base unit's display unit; pieces have none. */
export const uomOf = (unit: LineUnit): 'KGM' | undefined => (unit === 'mg' ? 'KGM' : undefined);
