/** What a scheduled sending came to. */
export interface Sending {
  /** From when each was due, not from when it could be sent: who waits in line waits, too. In milliseconds. */
  readonly latenciesMs: readonly number[];
  readonly failures: readonly string[];
  readonly seconds: number;
}

/** Length of a turn: what is due in it goes out together. */
const TURN_MS = 10;

/**
 * Sends on a schedule, whatever the answers do: a server that stalls is not asked less, and is told so by latencies.
 *
 * @param send sends one; resolves with nothing, or with what was wrong
 */
export async function sendOnSchedule<T>(items: Iterable<T>, perSecond: number, seconds: number, send: (item: T) => Promise<string | undefined>): Promise<Sending> {
  const latenciesMs: number[] = [];
  const failures: string[] = [];
  const open = new Set<Promise<void>>();
  const since = performance.now();
  const source = items[Symbol.iterator]();
  let sent = 0;
  const total = perSecond * seconds;
  while (sent < total) {
    const due = Math.min(total, Math.floor(((performance.now() - since) / 1000) * perSecond));
    for (; sent < due; sent++) {
      const { value, done } = source.next();
      if (done === true) throw new Error('there is nothing left to send');
      const at = since + (sent / perSecond) * 1000;
      const one = send(value).catch((error: unknown) => String(error)).then((wrong) => {
        latenciesMs.push(performance.now() - at);
        if (wrong !== undefined) failures.push(wrong);
        open.delete(one);
      });
      open.add(one);
    }
    await new Promise((resolve) => setTimeout(resolve, TURN_MS));
  }
  await Promise.all(open);
  return { latenciesMs, failures, seconds: (performance.now() - since) / 1000 };
}
