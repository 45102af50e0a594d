/** How large a campaign is run: small in every test run, full on demand. */
export type Size = 'small' | 'full';

/** What the runner gives a campaign. */
export interface Campaign {
  readonly size: Size;
  readonly say: (line: string) => void;
}

/** What a campaign gives back. */
export interface Outcome {
  readonly passed: number;
  readonly failed: number;
}

/** Counts what holds and what does not, each as a sentence a person can read. */
export class Tally {
  private passed = 0;
  private failed = 0;

  constructor(private readonly campaign: Campaign) {}

  get size(): Size {
    return this.campaign.size;
  }

  say(line: string): void {
    this.campaign.say(line);
  }

  /** Tries one sentence. A failure is said in full and the campaign goes on. */
  async holds(sentence: string, work: () => Promise<unknown> | unknown): Promise<void> {
    try {
      await work();
      this.passed += 1;
    } catch (error) {
      this.failed += 1;
      this.say(`✗ ${sentence}`);
      this.say(`  ${(error instanceof Error ? (error.stack ?? error.message) : String(error)).slice(0, 6_000).replaceAll('\n', '\n  ')}`);
    }
  }

  outcome(): Outcome {
    return { passed: this.passed, failed: this.failed };
  }
}

/** Makes a campaign of work with a tally; what the work itself throws is a failure too. */
export function campaign(work: (tally: Tally) => Promise<void>): (given: Campaign) => Promise<Outcome> {
  return async (given) => {
    const tally = new Tally(given);
    await tally.holds('the campaign itself ran to its end', () => work(tally));
    return tally.outcome();
  };
}
