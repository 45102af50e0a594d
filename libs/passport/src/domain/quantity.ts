import { kilogramText, type Milligrams } from '@daodi/epcis';
import type { Quantity } from './passport';

/** An amount in base units as the page shows it. */
export function quantityOf(amount: bigint | undefined, unit: 'mg' | 'pcs' | undefined): Quantity | undefined {
  if (amount === undefined || unit === undefined) return undefined;
  return unit === 'pcs' ? { value: amount.toString(), unit: 'pieces' } : { value: kilogramText(amount as Milligrams), unit: 'kg' };
}
