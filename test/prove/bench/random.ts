/** A reproducible source of chance: a campaign says its seed, and the same seed gives the same run. */
export class Chance {
  constructor(private state: number) {}

  /** A number from 0 to just below 1 (mulberry32). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from 0 to below n. */
  below(n: number): number {
    return Math.floor(this.next() * n);
  }

  one<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }
}

/** The seed of this run: given by DAODI_SEED, else of the clock. */
export const seed = (): number => Number(process.env['DAODI_SEED'] ?? Date.now() % 1_000_000);
