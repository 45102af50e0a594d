/** A mass as one side weighed it, in milligrams. */
export interface Weighed {
  readonly massMg: bigint;
  /** What its scale cannot tell apart: see {@link scaleUncertainty}. */
  readonly uncertaintyMg: bigint;
}

/** How far two weighings of the same goods lie apart, and how far they may. */
export interface Agreement {
  readonly agrees: boolean;
  /** The second less the first: below zero where less was found. */
  readonly differenceMg: bigint;
  readonly toleranceMg: bigint;
  /** Of the tolerance: what the scales cannot tell apart, and what the step is allowed. */
  readonly divisionsMg: bigint;
  readonly allowanceMg: bigint;
}

/**
 * How far a net mass can lie from the truth because of its scale: one division for each reading. A division shown
 * stands for half a division either way; a net is the difference of two such displays (gross and tare, or the zero the
 * scale was tared to), so it is out by at most one. Of n packages weighed one by one each is out by as much, all to the
 * same side if the scale leans: so n divisions, added up and not averaged.
 *
 * What a scale is allowed to be wrong by law is another matter (verification scale interval, class, load) and is not
 * counted: it is not on record here.
 *
 * @param divisionMg absent where no scale is named: then nothing is known and nothing is allowed, 0
 */
export const scaleUncertainty = (divisionMg: bigint | undefined, readings: number): bigint => (divisionMg ?? 0n) * BigInt(readings);

/**
 * What of that stands beside a mass. A scale that cannot tell the goods from nothing, or was read so often that its
 * readings cannot, has not weighed them: it allows nothing, else the coarsest scale would let anything pass.
 */
export const meaningfulUncertainty = (uncertaintyMg: bigint, massMg: bigint): bigint => (uncertaintyMg < massMg ? uncertaintyMg : 0n);

/**
 * Whether two weighings of the same goods agree: |a − b| ≤ what both scales cannot tell apart + the allowance of what
 * lay between. Which came first plays no part.
 *
 * @param allowanceMg not negative; 0 where none is on record
 */
export function agreement(first: Weighed, second: Weighed, allowanceMg: bigint): Agreement {
  const differenceMg = second.massMg - first.massMg;
  const divisionsMg = first.uncertaintyMg + second.uncertaintyMg;
  const toleranceMg = divisionsMg + allowanceMg;
  const apart = differenceMg < 0n ? -differenceMg : differenceMg;
  return { agrees: apart <= toleranceMg, differenceMg, toleranceMg, divisionsMg, allowanceMg };
}
