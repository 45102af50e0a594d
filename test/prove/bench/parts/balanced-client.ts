/** How long a try may take before the client gives it up as a proxy would, and before it is called a hang. */
const TRY_WITHIN_MS = 30_000;
/** A client that loses both servers waits this long. */
const PAUSE_MS = 100;
const RETRY_AFTER_MAX_MS = 2_000;
/** Tries of one request before the client gives up for good. */
const TRIES_MAX = 2_000;

/** Something to send until it is answered. */
export interface Sending {
  readonly method?: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Idempotency-Key: the same in every try. */
  readonly key?: string;
}

/** One try: when it began, how long it took, and the status; 0 where the connection broke, -1 where nothing came in time. */
export interface Try {
  readonly at: number;
  readonly ms: number;
  readonly status: number;
  readonly path: string;
}

/** The last answer. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/**
 * A client behind a plain load balancer: every try goes to the next server; a broken connection, a 503 and a request
 * already under way are tried again under the same key.
 */
export class BalancedClient {
  readonly tries: Try[] = [];
  /** When a request was last answered as it should be. */
  lastAnswerAt = Date.now();
  /** Tries under way. */
  underWay = 0;
  private turn = 0;

  constructor(private readonly servers: () => readonly string[]) {}

  /** @throws Error for any answer that a retry does not mend: such an answer is a fault of the product here */
  async send(sending: Sending): Promise<Answered> {
    for (let tries = 0; tries < TRIES_MAX; tries++) {
      const answer = await this.try(sending);
      if (answer === undefined) {
        if (tries % 2 === 1) await pause(PAUSE_MS);
        continue;
      }
      if (answer.status === 503 || answer.status === 409) {
        await pause(Math.min(RETRY_AFTER_MAX_MS, Number(answer.headers.get('retry-after') ?? 1) * 1_000));
        continue;
      }
      if (answer.status >= 500) {
        // Counted by who judges the tries; asked again as any client would.
        await pause(PAUSE_MS);
        continue;
      }
      if (answer.status >= 400) throw new Error(`${sending.path} ${sending.key ?? ''}: ${answer.status} ${answer.text.slice(0, 1_000)}`);
      return answer;
    }
    throw new Error(`${sending.path} ${sending.key ?? ''} is never answered`);
  }

  /** Tries that ended in a span of time, by path prefix. */
  between(from: number, to: number, prefix = '/'): Try[] {
    return this.tries.filter(({ at, ms, path }) => at + ms >= from && at + ms < to && path.startsWith(prefix));
  }

  private async try({ method = 'POST', path, headers, body, key }: Sending): Promise<Answered | undefined> {
    const servers = this.servers();
    const server = servers[this.turn++ % servers.length] as string;
    const at = Date.now();
    const from = performance.now();
    const note = (status: number) => {
      this.tries.push({ at, ms: performance.now() - from, status, path });
      if (status >= 200 && status < 400) this.lastAnswerAt = Date.now();
    };
    this.underWay += 1;
    try {
      const all = { ...(body !== undefined && { 'content-type': 'application/json' }), ...(key !== undefined && { 'idempotency-key': key }), ...headers };
      const response = await fetch(server + path, { method, headers: all, body, redirect: 'manual', signal: AbortSignal.timeout(TRY_WITHIN_MS) });
      const text = await response.text();
      note(response.status);
      return { status: response.status, headers: response.headers, text };
    } catch (error) {
      note((error as Error).name === 'TimeoutError' ? -1 : 0);
      return undefined;
    } finally {
      this.underWay -= 1;
    }
  }
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
