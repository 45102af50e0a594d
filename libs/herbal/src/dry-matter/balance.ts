import { decimalText } from '@daodi/epcis';
import { type DryPart, dryPartOf, isPhysics, type Moisture, WHOLE } from './moisture';

/** A mass on one side of a step, in milligrams, with what was stated of its moisture. */
export interface DryingPart {
  readonly massMg: bigint;
  /** How far the mass may be out: `scaleUncertainty` of its weighing, or the last digit it was typed to. */
  readonly uncertaintyMg: bigint;
  readonly moisture?: Moisture;
}

/** Dry matter in units of a milligram over {@link WHOLE}: exact, so nothing is rounded before it is compared. */
export type DryUnits = bigint & { readonly unit: 'dry' };

/** What came of the dry matter of a step. */
export interface DryBalance {
  /** As stated; absent unless the moisture of everything on that side was. */
  readonly in?: DryUnits;
  readonly out?: DryUnits;
  /**
   * - `agrees`: what came out can be what went in.
   * - `gained`: more dry matter came out than can have gone in, whatever was rounded: `by` at the least.
   * - `lost`: less came out than must have gone in; dust and sorting take dry matter with them.
   * - `undetermined`: moisture was not stated of everything, and what was stated contradicts nothing.
   */
  readonly verdict: 'agrees' | 'gained' | 'lost' | 'undetermined';
  readonly by?: DryUnits;
  /** Set where it gained: whether measured moistures alone say so, or an unmeasured one is needed for it. */
  readonly basis?: 'measured' | 'stated';
}

/**
 * Balances a step, a custody change or a time in store on dry matter: water comes and goes, dry matter cannot come from
 * nothing. Each side is taken at its bounds: masses by what their scales cannot tell apart, moistures by what the
 * stated per cent stands for (`dryPartOf`). What nobody measured bounds nothing: an input may be all dry matter, an
 * output all water. So `gained` is certain, and by measured moistures it is physics.
 *
 * @param addedMg what stays in it and was added on record (honey, salt), all of it taken for dry matter
 */
export function balanceDryMatter(inputs: readonly DryingPart[], outputs: readonly DryingPart[], addedMg = 0n): DryBalance {
  const [into, out] = [statedOf(inputs), statedOf(outputs)];
  const stated = { ...(into !== undefined && { in: units(into + addedMg * WHOLE) }), ...(out !== undefined && { out: units(out) }) };
  const byMeasured = gainOf(inputs.map(measuredOnly), outputs.map(measuredOnly), addedMg);
  if (byMeasured > 0n) return { ...stated, verdict: 'gained', by: units(byMeasured), basis: 'measured' };
  const byStated = gainOf(inputs, outputs, addedMg);
  if (byStated > 0n) return { ...stated, verdict: 'gained', by: units(byStated), basis: 'stated' };
  if (into === undefined || out === undefined) return { ...stated, verdict: 'undetermined' };
  const lost = sum(inputs, leastOf) - sum(outputs, mostOf);
  return lost > 0n ? { ...stated, verdict: 'lost', by: units(lost) } : { ...stated, verdict: 'agrees' };
}

/** Dry matter in kilograms, exactly, as decimal text. */
export const dryKilograms = (dry: bigint): string => decimalText(`${dry}e-18`);

const units = (value: bigint): DryUnits => value as DryUnits;

/** The least that came out, beyond the most that can have gone in. */
const gainOf = (inputs: readonly DryingPart[], outputs: readonly DryingPart[], addedMg: bigint): bigint =>
  sum(outputs, leastOf) - sum(inputs, mostOf) - addedMg * WHOLE;

const measuredOnly = (part: DryingPart): DryingPart => (part.moisture !== undefined && isPhysics(part.moisture) ? part : { ...part, moisture: undefined });

function statedOf(parts: readonly DryingPart[]): bigint | undefined {
  if (parts.length === 0 || parts.some(({ moisture }) => moisture === undefined)) return undefined;
  return sum(parts, ({ massMg, moisture }) => massMg * dryPartOf(moisture as Moisture).stated);
}

const UNKNOWN: DryPart = { stated: 0n, least: 0n, most: WHOLE };
const partOf = ({ moisture }: DryingPart): DryPart => (moisture === undefined ? UNKNOWN : dryPartOf(moisture));
const mostOf = (part: DryingPart): bigint => (part.massMg + part.uncertaintyMg) * partOf(part).most;
const leastOf = (part: DryingPart): bigint => (part.massMg > part.uncertaintyMg ? part.massMg - part.uncertaintyMg : 0n) * partOf(part).least;
const sum = (parts: readonly DryingPart[], of: (part: DryingPart) => bigint): bigint => parts.reduce((total, part) => total + of(part), 0n);
