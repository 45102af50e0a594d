import type { Bench, Prepared, Sample, Target } from './bench';
import { quantile, type Spread, spreadOf } from './statistics';

/** One side of one pair. */
export interface Measured {
  readonly unitsPerSecond: number;
  readonly p50Ms?: number;
  readonly p99Ms?: number;
  readonly figures?: Readonly<Record<string, number>>;
}

/** Ours and the baseline, measured one right after the other. */
export interface Pair {
  readonly ours: Measured;
  readonly baseline?: Measured;
  /** Work per second or time per unit, as the target asks; ours ÷ baseline. */
  readonly ratio?: number;
}

/** What a run of a bench found. */
export interface Result {
  readonly pairs: readonly Pair[];
  readonly ours: Spread;
  readonly baseline?: Spread;
  readonly ratio?: Spread;
  /** Over all our latencies together. */
  readonly p50Ms?: number;
  readonly p99Ms?: number;
  readonly isMet: boolean;
}

/**
 * Measures pairs, the order of the two turned in every other pair (A B, B A, …), so that a machine that slows down or
 * warms up favours neither.
 */
export async function measure(bench: Pick<Bench, 'target'>, prepared: Prepared, pairs: number, onPair: (pair: Pair, n: number) => void): Promise<Result> {
  const found: Pair[] = [];
  const latencies: number[] = [];
  for (let n = 0; n < pairs; n++) {
    const isOursFirst = n % 2 === 0;
    const first = isOursFirst ? await prepared.ours() : await prepared.baseline?.();
    const second = isOursFirst ? await prepared.baseline?.() : await prepared.ours();
    const [ours, baseline] = (isOursFirst ? [first, second] : [second, first]) as [Sample, Sample | undefined];
    for (const latency of ours.latenciesMs ?? []) latencies.push(latency);
    const pair = pairOf(bench.target, measuredOf(ours), baseline && measuredOf(baseline));
    found.push(pair);
    onPair(pair, n + 1);
  }
  return resultOf(bench.target, found, latencies);
}

function measuredOf({ units, seconds, latenciesMs, figures }: Sample): Measured {
  const hasLatencies = latenciesMs !== undefined && latenciesMs.length > 0;
  return {
    unitsPerSecond: units / seconds,
    ...(hasLatencies && { p50Ms: quantile(latenciesMs, 0.5), p99Ms: quantile(latenciesMs, 0.99) }),
    ...(figures !== undefined && { figures }),
  };
}

function pairOf({ timeAtMost }: Target, ours: Measured, baseline: Measured | undefined): Pair {
  if (baseline === undefined) return { ours };
  const throughput = ours.unitsPerSecond / baseline.unitsPerSecond;
  return { ours, baseline, ratio: timeAtMost === undefined ? throughput : 1 / throughput };
}

/** Puts the pairs together and judges them. A limit nothing was measured for is not met. */
export function resultOf(target: Target, pairs: readonly Pair[], latencies: readonly number[]): Result {
  const baseline = pairs.flatMap((pair) => pair.baseline?.unitsPerSecond ?? []);
  const ratios = pairs.flatMap(({ ratio }) => ratio ?? []);
  const ratio = ratios.length > 0 ? spreadOf(ratios) : undefined;
  const p99Ms = latencies.length > 0 ? quantile(latencies, 0.99) : undefined;
  const isMet =
    (target.throughputAtLeast === undefined || (ratio !== undefined && ratio.median >= target.throughputAtLeast)) &&
    (target.timeAtMost === undefined || (ratio !== undefined && ratio.median <= target.timeAtMost)) &&
    (target.p99AtMostMs === undefined || (p99Ms !== undefined && p99Ms <= target.p99AtMostMs));
  return {
    pairs,
    ours: spreadOf(pairs.map(({ ours }) => ours.unitsPerSecond)),
    ...(baseline.length > 0 && { baseline: spreadOf(baseline) }),
    ...(ratio !== undefined && { ratio }),
    ...(p99Ms !== undefined && { p50Ms: quantile(latencies, 0.5), p99Ms }),
    isMet,
  };
}
