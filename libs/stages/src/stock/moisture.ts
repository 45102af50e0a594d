import { balanceDryMatter, dryKilograms, isPercent, type Moisture, percentText, type TypedMass, typedResolution } from '@daodi/herbal';
import type { MoistureDto } from '../form/weighing-dto';
import type { Steps, Work } from '../form/work';

/** Reads a moisture; notes a fault where it is no share of a mass. */
export function readMoisture(work: Work, typed: MoistureDto | undefined, pointer: Steps): Moisture | undefined {
  if (typed === undefined) return undefined;
  const percent = percentText(typed.percent);
  const uncertainty = typed.uncertainty === undefined ? undefined : percentText(typed.uncertainty);
  for (const [name, text] of [['percent', percent], ['uncertainty', uncertainty]] as const) {
    if (text === undefined || isPercent(text)) continue;
    work.fault(`${pointer}/${name}`, 'percent', '应为 0 到 100 之间、小数不超过八位的数', 'it must be from 0 to 100, with at most eight decimals');
    return undefined;
  }
  return { percent, method: typed.method, ...(uncertainty !== undefined && { uncertainty }) };
}

/** Moistures at both ends of a time in store. */
export interface Moistures {
  readonly before?: Moisture;
  readonly after?: Moisture;
}

/** A mass at one end: as typed, and in milligrams. */
export interface Weighed {
  readonly massMg: bigint;
  readonly typed: TypedMass;
}

/**
 * Dry matter before and after, in kilograms, as decimal text, where moisture is on record at both ends: water comes and
 * goes, dry matter cannot come from nothing. `verdict` says whether the two agree within what was typed.
 */
export function dryMatterOf(before: Weighed, after: Weighed, moistures: Moistures) {
  if (moistures.before === undefined || moistures.after === undefined) return undefined;
  const part = ({ massMg, typed }: Weighed, moisture: Moisture) => ({ massMg, uncertaintyMg: typedResolution(typed), moisture });
  const { in: was = 0n, out: is = 0n, verdict, basis } = balanceDryMatter([part(before, moistures.before)], [part(after, moistures.after)]);
  return { before: dryKilograms(was), after: dryKilograms(is), difference: dryKilograms(is - was), uom: 'KGM', verdict, ...(basis !== undefined && { basis }) };
}
