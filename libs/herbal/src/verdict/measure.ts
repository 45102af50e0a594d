import { compare, dividedBy, type Exact, exact, magnitude, minus, plus, shown, tenTo, times, ZERO } from './exact';
import type { Determination } from './read-result';
import type { VerdictReason } from './reasons';
import { converted, isImpossible, type Unit } from './units';
import type { Basis } from './verdict';

/**
 * What a result leaves open: everything from `least` to `most` (absent: without end). A number is a point, and only a
 * point is rounded before it is compared; what is known by its ends alone passes where all of it passes and fails where
 * all of it fails.
 */
export interface Measure {
  readonly least?: Exact;
  readonly most?: Exact;
  /** Whether the end itself is outside, as of `<0.02`. */
  readonly isBelowMost?: boolean;
  readonly isAboveLeast?: boolean;
  /** What made it no point. */
  readonly because?: 'bound' | 'not-detected' | 'coarse' | 'basis';
  /** What half of the last digit stands for, in the unit of the measure. */
  readonly half: Exact;
}

export const isPoint = ({ least, most, because }: Measure): boolean =>
  because === undefined && least !== undefined && most !== undefined && compare(least, most) === 0;

/** Either what was measured, or why nothing was. */
export type Measured = { readonly measure: Measure } | { readonly because: VerdictReason };

/**
 * One determination as what it leaves open. 未检出 is anything from nothing to the limit of quantification: the two ends
 * that EFSA's lower and upper bound put in the place of what is not quantified, here both at once, so that no choice
 * between them makes a pass. A limit of detection does not do: what lies above it may be there uncounted.
 */
export function measureOf(determination: Determination, unit: Unit, loq: Exact | undefined): Measured {
  if (determination.kind === 'not-detected') {
    const most = determination.loq?.value ?? loq;
    return most === undefined || compare(most, ZERO) <= 0 ? { because: 'loq-missing' } : { measure: { least: ZERO, most, because: 'not-detected', isBelowMost: true, half: ZERO } };
  }
  if (determination.kind === 'range') {
    const { from, to } = determination;
    if (isImpossible(from.value, unit) || isImpossible(to.value, unit)) return { because: 'impossible-value' };
    return { measure: { least: from.value, most: to.value, because: 'bound', half: ZERO } };
  }
  const { value, decimals } = determination.number;
  if (isImpossible(value, unit)) return { because: 'impossible-value' };
  const half = dividedBy(tenTo(-decimals), exact(2n));
  const nothing = unit.dimension === 'rotation' ? undefined : ZERO;
  switch (determination.bound) {
    case '=':
      return { measure: { least: value, most: value, half } };
    case '<':
    case '≤':
      return { measure: { least: nothing, most: value, isBelowMost: determination.bound === '<', because: 'bound', half: ZERO } };
    case '>':
    case '≥':
      return { measure: { least: value, isAboveLeast: determination.bound === '>', because: 'bound', half: ZERO } };
  }
}

const addEnds = (a: Exact | undefined, b: Exact | undefined): Exact | undefined => (a === undefined || b === undefined ? undefined : plus(a, b));
const larger = (a: Exact, b: Exact): Exact => (compare(a, b) < 0 ? b : a);

/** The sum of two, open where either is. */
export const sumOf = (a: Measure, b: Measure): Measure => ({
  least: addEnds(a.least, b.least), most: addEnds(a.most, b.most), because: a.because ?? b.because, half: larger(a.half, b.half),
  isBelowMost: a.isBelowMost === true || b.isBelowMost === true, isAboveLeast: a.isAboveLeast === true || b.isAboveLeast === true,
});

/** The mean 平均值: first the mean, then one rounding. */
export function meanOf(measures: readonly [Measure, ...Measure[]]): Measure {
  const [first, ...rest] = measures;
  const sum = rest.reduce(sumOf, first);
  const count = exact(BigInt(measures.length));
  return { ...mapped(sum, (end) => dividedBy(end, count)), half: measures.map(({ half }) => half).reduce(larger) };
}

/** In another unit; undefined where the two do not convert. */
export function inUnit(measure: Measure, from: Unit, to: Unit): Measure | undefined {
  return from.dimension === to.dimension ? mapped(measure, (end) => converted(end, from, to) as Exact) : undefined;
}

/**
 * Onto the limit's basis: dried from as-is is divided by the dry part 1−w, as-is from dried multiplied with it. Where the
 * report does not say which it is, the result is both: for a limit from below the as-is number is the least it can be.
 *
 * @param dryPart 1−w where the report states a usable moisture
 */
export function onBasis(measure: Measure, has: Basis | undefined, wanted: Basis | undefined, dryPart: Exact | undefined): Measured {
  if (wanted === undefined || has === wanted) return { measure };
  const move = (part: Exact): Measure => mapped(measure, (end) => (wanted === 'dried' ? dividedBy(end, part) : times(end, part)));
  if (has !== undefined) return dryPart === undefined ? { because: 'moisture-missing' } : { measure: move(dryPart) };
  const moved = dryPart === undefined ? undefined : move(dryPart);
  return wanted === 'dried'
    ? { measure: { ...measure, most: moved?.most, because: measure.because ?? 'basis' } }
    : { measure: { ...measure, least: moved?.least ?? ZERO, because: measure.because ?? 'basis' } };
}

/** A result with fewer decimals than the limit stands for half of its last digit either way (10 for 9.5 to 10.5). */
export function asCoarseAsWritten(measure: Measure, decimals: number): Measure {
  if (compare(times(measure.half, exact(2n)), tenTo(-decimals)) <= 0) return measure;
  const least = measure.least === undefined ? undefined : minus(measure.least, measure.half);
  const isBelowNothing = least !== undefined && measure.least !== undefined && compare(measure.least, ZERO) >= 0 && compare(least, ZERO) < 0;
  return {
    ...measure, because: measure.because ?? 'coarse', least: isBelowNothing ? ZERO : least, most: measure.most === undefined ? undefined : plus(measure.most, measure.half),
  };
}

/** |X₁−X₂|/(X₁+X₂), per cent, of two numbers; undefined of any other count, or where both are nothing. */
export function relativeDeviation(determinations: readonly Determination[]): string | undefined {
  const [a, b, more] = determinations;
  if (a?.kind !== 'number' || b?.kind !== 'number' || more !== undefined || a.bound !== '=' || b.bound !== '=') return undefined;
  const sum = magnitude(plus(a.number.value, b.number.value));
  if (sum.over === 0n) return undefined;
  return shown(times(dividedBy(magnitude(minus(a.number.value, b.number.value)), sum), exact(100n)), 2);
}

function mapped(measure: Measure, end: (end: Exact) => Exact): Measure {
  return {
    ...measure, least: measure.least === undefined ? undefined : end(measure.least), most: measure.most === undefined ? undefined : end(measure.most), half: end(measure.half),
  };
}
