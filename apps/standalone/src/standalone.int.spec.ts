/** The product as a person starts it: real processes, real signals. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureLocalTls } from '@daodi/platform';

const START = join(__dirname, '..', 'start.mjs');

class Product {
  said = '';
  complained = '';
  private readonly exited: Promise<number | null>;
  private constructor(private readonly child: ChildProcess) {
    child.stdout!.on('data', (chunk) => (this.said += chunk));
    child.stderr!.on('data', (chunk) => (this.complained += chunk));
    this.exited = new Promise((resolve) => child.once('exit', (code) => resolve(code)));
  }

  static start(settings: Record<string, string>): Product {
    const env = { PATH: process.env.PATH, HOME: process.env.HOME, DAODI_DEMO: 'off', ...settings };
    return new Product(spawn(process.execPath, [START], { env, stdio: ['ignore', 'pipe', 'pipe'] }));
  }

  /** Waits for a text on standard output. */
  async says(text: string): Promise<void> {
    while (!this.said.includes(text)) {
      const ended = await Promise.race([once(this.child.stdout!, 'data').then(() => false), this.exited.then(() => true)]);
      if (ended && !this.said.includes(text)) throw new Error(`it ended without saying "${text}": ${this.said}${this.complained}`);
    }
  }

  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }

  ended(): Promise<number | null> {
    return this.exited;
  }
}

const READY = 'Ctrl-C stops it';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}

describe('npm start', () => {
  let folder: string;
  let port: number;
  const products: Product[] = [];
  const start = (settings: Record<string, string> = {}) => {
    const product = Product.start({ DAODI_DATA: folder, DAODI_PORT: String(port), ...settings });
    products.push(product);
    return product;
  };
  const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
  const postmaster = () => Number(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
  const isAlive = (pid: number) => {
    try {
      // What nobody has buried yet (state Z) is dead all the same.
      return process.kill(pid, 0) && !/^\d+ \(.*\) Z /s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    } catch {
      return false;
    }
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'daodi-product-'));
    port = await freePort();
  });
  afterEach(async () => {
    // What a failed test left running must not fail the next one.
    for (const product of products) product.signal('SIGTERM');
    await Promise.all(products.splice(0).map((product) => product.ended()));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('serves, refuses a second one over the same folder without harming the first, and stops everything on one signal', async () => {
    const first = start();
    await first.says(READY);
    expect((await get('/readyz')).status).toBe(200);
    expect(await (await get('/readyz')).json()).toMatchObject({ status: 'ready', checks: { database: true, migrations: true, followers: true, demo: true } });
    const server = postmaster();

    const second = start();
    expect(await second.ended()).toBe(1);
    expect(second.complained).toMatch(`already running on port ${port}`);
    expect(second.complained).not.toMatch(/\n\s+at /);
    expect((await get('/readyz')).status).toBe(200);

    first.signal('SIGINT');
    first.signal('SIGINT');
    expect(await first.ended()).toBe(0);
    expect(isAlive(server)).toBe(false);
    expect(first.complained).toBe('');
  });

  it('starts again after kill -9, whatever was left running', async () => {
    const killed = start();
    await killed.says(READY);
    const orphan = postmaster();
    killed.signal('SIGKILL');
    await killed.ended();
    expect(isAlive(orphan)).toBe(true);

    const next = start();
    await next.says(READY);
    expect(isAlive(orphan)).toBe(false);

    process.kill(postmaster(), 'SIGKILL');
    expect(await next.ended()).toBe(1);
    expect(next.complained).toMatch('The bundled PostgreSQL ended unexpectedly');
    const last = start();
    await last.says(READY);
    last.signal('SIGTERM');
    expect(await last.ended()).toBe(0);
  });

  it('stops what it had begun when it is stopped while starting', async () => {
    const early = start();
    await early.says('Starting the services');
    const server = postmaster();
    early.signal('SIGTERM');
    expect(await early.ended()).toBe(0);
    expect(isAlive(server)).toBe(false);
  });

  it('says in one sentence that the port is in use', async () => {
    const other = createServer().listen(port, '127.0.0.1');
    await once(other, 'listening');
    const product = start();
    expect(await product.ended()).toBe(1);
    other.close();
    expect(product.complained).toMatch(`Port ${port} is in use by another program`);
    expect(product.complained).toMatch(`端口 ${port} 已被其他程序占用`);
    expect(product.complained).not.toMatch(/\n\s+at /);
  });

  it('plays the demonstration over https too, whatever certificate is served', async () => {
    const mine = mkdtempSync(join(tmpdir(), 'daodi-product-tls-'));
    await ensureLocalTls(mine, { dns: ['localhost', 'box.local'], ip: ['127.0.0.1'] }, new Date());
    const product = start({ DAODI_DATA: mine, DAODI_DEMO: 'on' });
    await product.says(READY);
    expect(product.said).toMatch(`https://localhost:${port}/`);
    product.signal('SIGTERM');
    expect(await product.ended()).toBe(0);
    rmSync(mine, { recursive: true, force: true });
  });

  it('names every bad setting and starts nothing', async () => {
    const product = start({ DAODI_PORT: 'many', DAODI_DEMO: 'maybe' });
    expect(await product.ended()).toBe(1);
    expect(product.complained).toMatch(/DAODI_PORT[\s\S]*DAODI_DEMO/);
    expect(product.said).not.toMatch('Starting the database');
  });

  it('does not turn a real installation into a demo', async () => {
    const product = start({ DAODI_DEMO: 'on' });
    expect(await product.ended()).toBe(1);
    expect(product.complained).toMatch('is a real installation, which never changes');
  });
});
