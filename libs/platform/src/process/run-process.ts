/** The life of a process: start, serve, and on a signal give back everything it took, in reverse order. */
import { StartFailure, type Bilingual } from '../start-failure';

/** How long one thing may take to close before the next one is closed anyway, in milliseconds. */
const CLOSE_WITHIN_MS = 20_000;
/** The same when something broke: what depends on it will hardly close in order. */
const CLOSE_BROKEN_WITHIN_MS = 3_000;

/** Thrown inside a start that is being called off; nobody needs to catch it. */
class Stopped extends Error {}

/** What a process took and must give back. */
export class Closing {
  private readonly closers: (() => Promise<void> | void)[] = [];
  private isClosing = false;

  /** Remembers how to close something. If the process is already stopping, it is closed here and now. */
  async add(close: () => Promise<void> | void): Promise<void> {
    if (!this.isClosing) return void this.closers.push(close);
    await settle(close, CLOSE_WITHIN_MS);
    throw new Stopped();
  }

  /** Closes everything, last taken first. What fails to close does not keep the rest from closing. */
  async close(withinMs = CLOSE_WITHIN_MS): Promise<void> {
    this.isClosing = true;
    for (let close = this.closers.pop(); close !== undefined; close = this.closers.pop()) await settle(close, withinMs);
  }
}

async function settle(close: () => Promise<void> | void, withinMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, withinMs)));
  try {
    await Promise.race([close(), late]);
  } catch {
    // It could not be closed in order; the process ends in any case.
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Runs a process until it is told to stop (SIGINT, SIGTERM, SIGHUP) or `start` reports that it cannot go on.
 * A second signal changes nothing: the first one is being answered. A {@link StartFailure} becomes two sentences on
 * standard error and exit code 1; any other error also shows where it came from.
 *
 * @param start takes things and adds each to `closing`; calls `fail` when something it took broke later
 */
export function runProcess(start: (closing: Closing, fail: (failure: StartFailure) => void) => Promise<void>): void {
  const closing = new Closing();
  let ending: Promise<void> | undefined;
  let started: Promise<unknown> = Promise.resolve();
  const end = (code: number) => {
    ending ??= (async () => {
      await closing.close(code === 0 ? CLOSE_WITHIN_MS : CLOSE_BROKEN_WITHIN_MS);
      // A start under way meets closed things, fails, and is heard no more; what it still took was closed by `add`.
      await Promise.race([started, new Promise((resolve) => setTimeout(resolve, CLOSE_WITHIN_MS))]);
      process.exit(code);
    })();
  };
  const fail = (error: unknown) => {
    if (ending === undefined) explain(error);
    end(1);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(0));
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);
  started = start(closing, fail).catch((error: unknown) => {
    if (!(error instanceof Stopped)) fail(error);
  });
}

/** Says on standard error why the process ends. */
export function explain(error: unknown): void {
  if (error instanceof StartFailure) return say(error.sentence);
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
}

function say({ zh, en }: Bilingual): void {
  process.stderr.write(`\n${zh}\n${en}\n`);
}
