import type { Bench, Size, Target } from './bench';
import type { Machine } from './machine';
import type { Measured, Pair, Result } from './measure';
import type { Spread } from './statistics';

/** What bench/results/NAME.json holds. */
export interface Report extends Result, Pick<Bench, 'name' | 'measures' | 'against' | 'unit' | 'target'> {
  readonly size: Size;
  /** When it ended, ISO 8601. */
  readonly at: string;
  readonly machine: Machine;
}

/** One pair, as it is said while a bench runs. */
export function pairLine({ unit }: Pick<Bench, 'unit'>, { ours, baseline, ratio }: Pair, n: number): string {
  const side = ({ unitsPerSecond, p50Ms, p99Ms, figures }: Measured): string =>
    [
      `${number(unitsPerSecond)} ${unit}/s`,
      ...(p99Ms === undefined || p50Ms === undefined ? [] : [`p50 ${number(p50Ms)} ms, p99 ${number(p99Ms)} ms`]),
      ...Object.entries(figures ?? {}).map(([name, value]) => `${name} ${number(value)}`),
    ].join(', ');
  const against = baseline === undefined ? '' : ` | baseline ${side(baseline)} | ratio ${number(ratio as number)}`;
  return `pair ${n}: ours ${side(ours)}${against}`;
}

/** The whole, as it is said at the end. */
export function resultLines(report: Report): string[] {
  const { unit, ours, baseline, ratio, p50Ms, p99Ms, machine } = report;
  return [
    `ours ${spread(ours)} ${unit}/s${p99Ms === undefined ? '' : `; p50 ${number(p50Ms as number)} ms, p99 ${number(p99Ms)} ms`}`,
    ...(baseline === undefined ? [] : [`baseline ${spread(baseline)} ${unit}/s`]),
    ...(ratio === undefined ? [] : [`ratio ${spread(ratio)}`]),
    `target ${targetOf(report.target)}: ${report.size === 'full' ? (report.isMet ? 'met' : 'missed') : 'not judged in a small run'}`,
    machineLine(machine),
  ];
}

/** The machine, in one line. */
export const machineLine = ({ cpu, cores, memoryGigabytes, node, load }: Machine): string =>
  `${cores} × ${cpu}, ${memoryGigabytes} GB, Node ${node}, load ${load} at the start`;

/** A target in words. */
export function targetOf({ throughputAtLeast, timeAtMost, p99AtMostMs }: Target): string {
  return [
    ...(throughputAtLeast === undefined ? [] : [`throughput ratio ≥ ${throughputAtLeast}`]),
    ...(timeAtMost === undefined ? [] : [`time ratio ≤ ${timeAtMost}`]),
    ...(p99AtMostMs === undefined ? [] : [`p99 ≤ ${p99AtMostMs} ms`]),
  ].join(', ');
}

/** A median with how far the values reach. */
export const spread = ({ median, min, max }: Spread): string => `${number(median)} (${number(min)}–${number(max)})`;

/** Three digits say as much as a noisy machine knows. */
export const number = (value: number): string => (Math.abs(value) >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3))));
