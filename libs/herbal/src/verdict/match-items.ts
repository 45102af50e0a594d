import { type ItemKey, keyOf } from './item-names';
import type { DemandedItem, ReportedItem } from './verdict';

/** Which lines of a report an item of a standard meets. */
export type Match =
  /** One line; of a sum that is stated and whose analytes are all stated too, both ways to it. */
  | { readonly kind: 'found'; readonly ways: readonly (readonly ReportedItem[])[] }
  /** More than one line may be it, or its line may be another item too. */
  | { readonly kind: 'ambiguous'; readonly lines: readonly ReportedItem[] }
  /** The test is there without a word on which analyte. */
  | { readonly kind: 'analyte-unknown' }
  | { readonly kind: 'part-missing' }
  | { readonly kind: 'missing' };

/**
 * Finds the lines of a report that speak of an item. Nothing is guessed: where two lines fit, or a line fits two items
 * of the standard, the match is ambiguous.
 *
 * @param among the items of the standard that hold for these goods, `demand` among them
 */
export function matchItem(demand: DemandedItem, among: readonly DemandedItem[], lines: readonly ReportedItem[]): Match {
  const wanted = demandKey(demand);
  const whole = lines.filter((line) => isSame(wanted, lineKey(line)));
  const parts = demand.sumOf === undefined || demand.sumOf.length < 2 ? undefined : demand.sumOf.map((part) => lines.filter((line) => isSame(keyOf(demand.test, part), lineKey(line))));
  const others = among.filter((other) => other !== demand && !hasSameKey(other, demand));
  if (whole.some((line) => line.analyte === undefined && others.some((other) => isSame(demandKey(other), lineKey(line))))) return { kind: 'ambiguous', lines: whole };

  if (whole.length > 1 || parts?.some((part) => part.length > 1)) return { kind: 'ambiguous', lines: whole };
  const isWhole = parts !== undefined && parts.every((part) => part.length === 1);
  const ways = [...(whole.length === 1 ? [whole] : []), ...(isWhole ? [parts.flat()] : [])];
  if (ways.length > 0) return { kind: 'found', ways };
  if (parts?.some((part) => part.length > 0)) return { kind: 'part-missing' };
  const isUnsaid = wanted.analyte !== undefined && lines.map(lineKey).some((key) => key.test === wanted.test && key.analyte === undefined);
  return isUnsaid ? { kind: 'analyte-unknown' } : { kind: 'missing' };
}

/** Whether two demands are of the same item: of two grades, or of two families. */
export const hasSameKey = (a: DemandedItem, b: DemandedItem): boolean => {
  const [one, other] = [demandKey(a), demandKey(b)];
  return one.test === other.test && one.analyte === other.analyte && one.bare === other.bare;
};

const demandKey = ({ test, analyte, sumOf }: DemandedItem): ItemKey => keyOf(test, analyte, sumOf);
const lineKey = ({ test, analyte }: ReportedItem): ItemKey => keyOf(test, analyte);

/** A name that stands alone in the report may be the test or the analyte of what is wanted. */
function isSame(wanted: ItemKey, found: ItemKey): boolean {
  if (found.bare !== undefined) return found.bare === wanted.bare || found.bare === wanted.analyte;
  return wanted.test === found.test && wanted.analyte === found.analyte && wanted.bare === undefined;
}
