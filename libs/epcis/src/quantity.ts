import { multiply, parseDecimal, toInteger, writeDecimal } from './decimal';

/** Mass in integer milligrams: exact, so that a season of batches still adds up to the gram. */
export type Milligrams = bigint & { readonly unit: 'MGM' };

/** Brands an integer number of milligrams. */
export function milligrams(value: bigint): Milligrams {
  return value as Milligrams;
}

/** What a quantity says, in one of the dimensions Daodi balances, or in none of them. */
export type QuantityReading =
  | { readonly dimension: 'mass'; readonly milligrams: Milligrams }
  | { readonly dimension: 'pieces'; readonly pieces: bigint }
  | { readonly dimension: 'other'; readonly text: string; readonly uom: string }
  | { readonly dimension: 'unreadable'; readonly because: 'not-a-number' | 'negative' | 'finer-than-a-milligram' | 'part-of-a-piece' };

/**
 * Milligrams per unit, for the UN/ECE Recommendation 20 codes whose unit is defined exactly. The pound is that of
 * the international yard and pound agreement of 1959 (0.45359237 kg); the others follow from it.
 */
const MILLIGRAMS_PER_UNIT: ReadonlyMap<string, string> = new Map([
  ['MC', '0.001'], ['MGM', '1'], ['CGM', '10'], ['DG', '100'], ['CTM', '200'], ['GRM', '1000'], ['DJ', '10000'],
  ['HGM', '100000'], ['KGM', '1000000'], ['DTN', '100000000'], ['TNE', '1000000000'], ['2U', '1000000000'],
  ['KTN', '1000000000000'], ['GRN', '64.79891'], ['DWT', '1555.17384'], ['ONZ', '28349.523125'], ['APZ', '31103.4768'],
  ['LBT', '373241.7216'], ['LBR', '453592.37'], ['STI', '6350293.18'], ['CWA', '45359237'], ['CWI', '50802345.44'],
  ['STN', '907184740'], ['LTN', '1016046908.8'],
]);

const DECIMALS = new Map([...MILLIGRAMS_PER_UNIT].map(([code, factor]) => [code, parseDecimal(factor) ?? { coefficient: 0n, exponent: 0 }]));

/** Rec 20 codes that count things: piece, each, one. EPCIS leaves `uom` out for counts; some senders write these. */
const COUNTING_UNITS = new Set(['H87', 'EA', 'C62']);

/** Whether the unit is a mass that {@link massToMilligrams} can convert. */
export function isMassUnit(uom: string | undefined): boolean {
  return uom !== undefined && DECIMALS.has(uom);
}

/**
 * Reads a quantity exactly. Nothing is rounded: what does not come out in whole milligrams or whole pieces is
 * unreadable, with the reason. Units that are no mass keep their number as text.
 *
 * @param quantity the number as text or as it stands in JSON
 * @param uom UN/ECE Recommendation 20 code; absent means pieces (EPCIS 2.0 section 7.3.3.3)
 */
export function readQuantity(quantity: string | number, uom?: string): QuantityReading {
  const decimal = parseDecimal(String(quantity));
  if (decimal === undefined) return { dimension: 'unreadable', because: 'not-a-number' };
  if (decimal.coefficient < 0n) return { dimension: 'unreadable', because: 'negative' };
  if (uom === undefined || COUNTING_UNITS.has(uom)) {
    const pieces = toInteger(decimal);
    return pieces === undefined ? { dimension: 'unreadable', because: 'part-of-a-piece' } : { dimension: 'pieces', pieces };
  }
  const factor = DECIMALS.get(uom);
  if (factor === undefined) return { dimension: 'other', text: writeDecimal(decimal), uom };
  const mass = toInteger(multiply(decimal, factor));
  return mass === undefined ? { dimension: 'unreadable', because: 'finer-than-a-milligram' } : { dimension: 'mass', milligrams: milligrams(mass) };
}

/** The mass in milligrams; undefined where the unit is no mass or the mass is not a whole number of milligrams. */
export function massToMilligrams(quantity: string | number, uom: string | undefined): Milligrams | undefined {
  if (uom === undefined) return undefined;
  const reading = readQuantity(quantity, uom);
  return reading.dimension === 'mass' ? reading.milligrams : undefined;
}

/** Writes a mass in kilograms, exactly: 812500000 mg is `812.5`. */
export function kilogramText(mass: Milligrams): string {
  return writeDecimal({ coefficient: mass, exponent: -6 });
}
