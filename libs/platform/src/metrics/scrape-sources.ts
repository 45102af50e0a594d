/** How long what was read is good for: several watchers, or an impatient one, cost one reading. */
const FRESH_MS = 5_000;
/** How long a scrape waits for a source. */
const PATIENCE_MS = 2_000;

/** Figures that stand outside of the process, such as in the database. */
export interface ScrapeSource {
  /** Asks, and gives what sets the metrics. May fail or take for ever. */
  read(): Promise<() => void>;
  /** Takes the metrics back: a figure nobody could read is not shown, or it would look like a fresh one. */
  forget(): void;
}

interface Held {
  readonly source: ScrapeSource;
  readAt: number;
  /** One reading at a time: a source that hangs holds one connection, not one for each scrape. */
  reading?: Promise<void>;
}

/** Reads every source at most once in five seconds, and never waits longer than two for one. */
export class ScrapeSources {
  private readonly held: Held[] = [];

  add(source: ScrapeSource): void {
    this.held.push({ source, readAt: -Infinity });
  }

  /** Brings every source up to date as far as it answers. Never throws. */
  async refresh(): Promise<void> {
    await Promise.all(this.held.map((one) => this.refreshOne(one)));
  }

  private async refreshOne(one: Held): Promise<void> {
    if (performance.now() - one.readAt < FRESH_MS) return;
    one.reading ??= one.source
      .read()
      .then((show) => {
        show();
        one.readAt = performance.now();
      })
      .catch(() => one.source.forget())
      .finally(() => (one.reading = undefined));
    if (!(await isDoneWithin(one.reading, PATIENCE_MS))) one.source.forget();
  }
}

async function isDoneWithin(work: Promise<void>, withinMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => (timer = setTimeout(resolve, withinMs, false)));
  const isDone = await Promise.race([work.then(() => true), late]);
  clearTimeout(timer);
  return isDone;
}
