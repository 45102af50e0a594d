import { Agent, request as httpRequest } from 'node:http';

/** A request to send. */
export interface Sent {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** What came back. */
export interface Answered {
  readonly status: number;
  readonly body: Buffer;
  readonly ms: number;
}

/** Clients over connections that are kept alive, to one server. */
export class Clients {
  private readonly agent: Agent;

  /** @param count how many requests are under way at once, each over a connection of its own */
  constructor(
    private readonly url: string,
    private readonly count: number,
  ) {
    this.agent = new Agent({ keepAlive: true, maxSockets: count, maxFreeSockets: count });
  }

  /**
   * Sends requests, each client the next as soon as its last was answered.
   *
   * @returns latencies in milliseconds, in the order of the answers
   * @throws Error at the first answer of 300 or above
   */
  async sendAll(requests: readonly Sent[]): Promise<number[]> {
    const latencies: number[] = [];
    let next = 0;
    const client = async (): Promise<void> => {
      for (let sent = requests[next++]; sent !== undefined; sent = requests[next++]) {
        const { status, body, ms } = await this.send(sent);
        if (status >= 300) throw new Error(`${sent.method} ${sent.path}: ${status} ${body.toString('utf8').slice(0, 1_000)}`);
        latencies.push(ms);
      }
    };
    await Promise.all(Array.from({ length: this.count }, client));
    return latencies;
  }

  /** Sends one request and reads the whole answer. */
  send({ method, path, headers, body }: Sent): Promise<Answered> {
    const since = performance.now();
    return new Promise((resolve, reject) => {
      const length: Record<string, number> = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
      const outgoing = httpRequest(this.url + path, { method, agent: this.agent, headers: { ...headers, ...length } }, (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('end', () => resolve({ status: incoming.statusCode as number, body: Buffer.concat(chunks), ms: performance.now() - since }));
        incoming.on('error', reject);
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}
