import { compare, dividedBy, type Exact, exact, times, ZERO } from './exact';
import { halfWidth } from './half-width';

/**
 * What a unit measures. Two units convert where they measure the same; a share of mass and a volume by mass (挥发油,
 * ml/g) never do, though both are printed as per cent.
 */
export type Dimension = 'mass-fraction' | 'volume-by-mass' | 'count-by-mass' | 'count-by-volume' | 'rotation' | 'plain';

export interface Unit {
  /** One spelling of it. */
  readonly code: string;
  readonly dimension: Dimension;
  /** How many of the dimension's base units one of it is: mg/kg, ml/kg, CFU/g, CFU/ml, degree, one. */
  readonly factor: Exact;
}

/** Decimal prefixes and their quotients alone: SI (BIPM, SI brochure, 9th edition, table 7); ppm and ppb as parts of mass, as residues are stated. */
const UNITS: readonly (readonly [code: string, dimension: Dimension, factor: Exact, spellings: readonly string[]])[] = [
  ['%', 'mass-fraction', exact(10_000n), ['%', '%(g/g)', '%(w/w)', '%(m/m)', 'g/100g']],
  ['‰', 'mass-fraction', exact(1_000n), ['‰']],
  ['mg/g', 'mass-fraction', exact(1_000n), ['mg/g', 'g/kg', '毫克/克', '克/千克']],
  ['mg/kg', 'mass-fraction', exact(1n), ['mg/kg', 'ppm', 'μg/g', 'ug/g', 'mcg/g', '毫克/千克', '毫克/公斤', '微克/克', 'mg·kg-1']],
  ['μg/kg', 'mass-fraction', exact(1n, 1_000n), ['μg/kg', 'ug/kg', 'mcg/kg', 'ppb', 'ng/g', '微克/千克', '微克/公斤']],
  ['%(ml/g)', 'volume-by-mass', exact(10n), ['%(ml/g)', '%(v/w)', '%(v/m)', 'ml/100g']],
  ['ml/g', 'volume-by-mass', exact(1_000n), ['ml/g']],
  ['ml/kg', 'volume-by-mass', exact(1n), ['ml/kg']],
  ['CFU/g', 'count-by-mass', exact(1n), ['cfu/g']],
  ['CFU/ml', 'count-by-volume', exact(1n), ['cfu/ml']],
  ['°', 'rotation', exact(1n), ['°', '度']],
  ['1', 'plain', exact(1n), ['1', 'ph', 'ph值']],
];

const BY_SPELLING: ReadonlyMap<string, Unit> = new Map(
  UNITS.flatMap(([code, dimension, factor, spellings]) => spellings.map((spelling) => [spelling, { code, dimension, factor }] as const)),
);

/** The unit a text names, in any spelling on record: width, capitals and blanks do not matter. Undefined where none is known. */
export function findUnit(text: string): Unit | undefined {
  return BY_SPELLING.get(halfWidth(text).replace(/\s/g, '').replaceAll('µ', 'μ').replaceAll('㎎', 'mg').replaceAll('㎏', 'kg').replaceAll('㎍', 'μg').toLowerCase());
}

/** The same amount in another unit, exactly. Undefined where the two do not measure the same. */
export function converted(value: Exact, from: Unit, to: Unit): Exact | undefined {
  return from.dimension === to.dimension ? dividedBy(times(value, from.factor), to.factor) : undefined;
}

/** Whether so much cannot be: less than nothing of what is counted or weighed, or more of a part than of the whole. */
export function isImpossible(value: Exact, { dimension, factor }: Unit): boolean {
  if (dimension === 'rotation') return false;
  if (compare(value, ZERO) < 0) return true;
  return dimension === 'mass-fraction' && compare(times(value, factor), exact(1_000_000n)) > 0;
}
