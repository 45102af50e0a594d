/** Fewest runs from which a band is learnt. Our own measure: quartiles of fewer say nothing. */
export const RUNS_TO_LEARN_FROM = 5;

/** What own runs came to, in hundredths of what went in per what came out. */
export interface LearntBand {
  readonly runs: number;
  readonly median: bigint;
  /** Beyond these a run is unlike the others; absent while there are too few. */
  readonly least?: bigint;
  readonly most?: bigint;
}

/**
 * The band of some ratios: from the quartiles one and a half times their distance outwards (Tukey's fences), which a single run
 * that went wrong does not move.
 *
 * @param ratios hundredths, in any order, one or more
 */
export function learntBand(ratios: readonly bigint[]): LearntBand {
  const sorted = [...ratios].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const last = sorted.length - 1;
  const at = (i: number): bigint => sorted[i] as bigint;
  const median = (at(Math.floor(last / 2)) + at(Math.ceil(last / 2))) / 2n;
  if (sorted.length < RUNS_TO_LEARN_FROM) return { runs: sorted.length, median };
  const [low, high] = [at(Math.floor(last / 4)), at(Math.ceil((last * 3) / 4))];
  const reach = ((high - low) * 3n) / 2n;
  return { runs: sorted.length, median, least: low > reach ? low - reach : 0n, most: high + reach };
}

/** Whether a run is unlike the others of its band; undefined while there is none. */
export function isUnlike(ratio: bigint, { least, most }: LearntBand): boolean | undefined {
  return least === undefined || most === undefined ? undefined : ratio < least || ratio > most;
}
