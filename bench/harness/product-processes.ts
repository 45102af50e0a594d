import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { type DatabaseUrls, searchPath } from '@daodi/platform';

/** What a process can play; see apps/. */
export type Role = 'standalone' | 'api' | 'worker' | 'resolver';

/** How long a process may take to become ready. */
const READY_WITHIN_MS = 60_000;

/** One process of the product, started from the build as `npm start` starts it. */
export class ProductProcess {
  private said = '';

  private constructor(
    readonly role: Role,
    readonly url: string,
    private readonly child: ChildProcess,
    private readonly ended: Promise<void>,
  ) {}

  /**
   * Starts it and waits until it is ready.
   *
   * @param settings environment beside the database and the port, e.g. `DAODI_DATA` for a standalone
   * @param nodeFlags for Node itself, e.g. `--cpu-prof`
   */
  static async start(role: Role, database: Required<DatabaseUrls>, settings: Readonly<Record<string, string>> = {}, nodeFlags: readonly string[] = []): Promise<ProductProcess> {
    const port = await freePort();
    const env = {
      PATH: searchPath(), DAODI_PORT: String(port), DAODI_LOG_LEVEL: 'error', DAODI_DEMO: 'off',
      DATABASE_URL: database.serviceUrl, DAODI_RESOLVER_DATABASE_URL: database.resolverUrl, ...settings,
    };
    const main = join(__dirname, '..', '..', 'apps', role, 'src', 'main.js');
    const child = spawn(process.execPath, [...nodeFlags, main], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    const product = new ProductProcess(role, `http://127.0.0.1:${port}`, child, ended);
    await product.ready();
    return product;
  }

  get pid(): number {
    return this.child.pid as number;
  }

  /** Lets it end in order. */
  async stop(): Promise<void> {
    this.child.kill('SIGTERM');
    await this.ended;
  }

  private async ready(): Promise<void> {
    for (const stream of [this.child.stdout, this.child.stderr]) stream?.on('data', (chunk) => (this.said = (this.said + String(chunk)).slice(-5_000)));
    let hasEnded = false;
    void this.ended.then(() => (hasEnded = true));
    for (const until = Date.now() + READY_WITHIN_MS; !hasEnded && Date.now() < until; await new Promise((resolve) => setTimeout(resolve, 50))) {
      const answer = await fetch(`${this.url}/readyz`).catch(() => undefined);
      if (answer?.status === 200) return;
    }
    this.child.kill('SIGKILL');
    throw new Error(`the ${this.role} process did not become ready: ${this.said}`);
  }
}

/** A port of this machine that nobody uses. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
