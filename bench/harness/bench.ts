/** How large a bench is run: small as a smoke in every test run, full to be believed. */
export type Size = 'small' | 'full';

/** One measurement of one side. */
export interface Sample {
  /** How much was done, in the bench's unit. */
  readonly units: number;
  readonly seconds: number;
  /** How long each request took, where single requests matter. */
  readonly latenciesMs?: readonly number[];
  /** Further numbers worth keeping, by a name with its unit (`residentMegabytes`). */
  readonly figures?: Readonly<Record<string, number>>;
}

/** What has to hold; each that is named. */
export interface Target {
  /** Work per second, ours ÷ baseline, median of the pairs. */
  readonly throughputAtLeast?: number;
  /** Time per unit, ours ÷ baseline, median of the pairs. */
  readonly timeAtMost?: number;
  /** 99th percentile of all our latencies together. */
  readonly p99AtMostMs?: number;
}

/** What a bench gets to set itself up with. */
export interface BenchRun {
  readonly size: Size;
  readonly say: (line: string) => void;
  /** Where profiles of the product's processes go, if they are wanted; a bench that can make none ignores it. */
  readonly profileFolder?: string;
}

/** A bench that is set up. Both sides do the same work on the same server; neither runs while the other does. */
export interface Prepared {
  /** Measures the product once. It returns when nothing of its work is left that would disturb the other side. */
  ours(): Promise<Sample>;
  /** Measures the baseline once; absent where there is only a limit and nothing to compare with. */
  baseline?(): Promise<Sample>;
  tearDown(): Promise<void>;
}

/** A bench: `bench/NAME.bench.ts` exports one as `bench`. */
export interface Bench {
  /** As its file. */
  readonly name: string;
  /** What ours does, in one sentence. */
  readonly measures: string;
  /** What the baseline does, in one sentence. */
  readonly against?: string;
  /** What is counted, in the plural. */
  readonly unit: string;
  readonly target: Target;
  /** Pairs of a full run where they are not the usual number. */
  readonly pairs?: number;
  /** Sets up, warms up, and throws where the two sides would not do the same work. */
  setUp(run: BenchRun): Promise<Prepared>;
}
