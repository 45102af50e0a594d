import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Client } from 'pg';
import { creditCode, PASSWORD } from './product';

/** The last thing a start says. */
const READY = 'Ctrl-C stops it';
const MAIN = join(__dirname, '..', '..', '..', 'apps', 'standalone', 'src', 'main.js');

interface StandaloneOptions {
  readonly demo?: boolean;
  readonly as?: number;
  readonly settings?: Readonly<Record<string, string>>;
}

/** The product as a process of its own, over a data folder: what a campaign starts, kills and starts again. */
export class Standalone {
  private said = '';

  private constructor(
    readonly folder: string,
    readonly port: number,
    private readonly child: ChildProcess,
    private readonly ended: Promise<void>,
  ) {}

  /**
   * Starts it and waits until it says that it is ready.
   *
   * @param as another user of this machine, by number; its folder must be its own
   * @param settings further settings, such as a database of one's own
   */
  static async start(folder: string, port: number, { demo = false, as, settings }: StandaloneOptions = {}): Promise<Standalone> {
    const env = {
      PATH: process.env['PATH'], HOME: as === undefined ? process.env['HOME'] : folder, DAODI_DATA: folder, DAODI_PORT: String(port), DAODI_LOG_LEVEL: 'error',
      ...(!demo && { DAODI_DEMO: 'off' }), ...settings,
    };
    const child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'pipe'], ...(as !== undefined && { uid: as, gid: as }) });
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    const product = new Standalone(folder, port, child, ended);
    await product.ready();
    return product;
  }

  get pid(): number {
    return this.child.pid as number;
  }

  /** Ends when the process has. */
  gone(): Promise<void> {
    return this.ended;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Waits until its demo has its whole season, which is played after it is ready. */
  async seasonPlayed(): Promise<void> {
    for (;;) {
      const { demoSeason } = (await (await fetch(`${this.url}/readyz`)).json()) as { demoSeason?: { complete: boolean } };
      if (demoSeason?.complete === true) return;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  /** Kills the process as a power cut would, and waits until it is gone. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }

  /** Lets it end in order. */
  async stop(): Promise<void> {
    this.child.kill('SIGTERM');
    await this.ended;
  }

  /** A connection of the superuser to its database, to look with. */
  async look(): Promise<Client> {
    const { superuser } = JSON.parse(readFileSync(join(this.folder, 'postgres-credentials.json'), 'utf8')) as { superuser: string };
    // Line 4 of postmaster.pid is the port (PostgreSQL, "miscadmin.h").
    const port = Number(readFileSync(join(this.folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[3]);
    const client = new Client({ host: '127.0.0.1', port, user: 'postgres', password: superuser, database: 'daodi' });
    await client.connect();
    return client;
  }

  /** Sets the new installation up and gives an API key of one organisation in it. */
  async keyOfFirstOrganisation(): Promise<string> {
    const token = /[?&]token=([A-Za-z0-9_-]+)/.exec(this.said)?.[1];
    if (token === undefined) throw new Error(`the start named no link to set it up: ${this.said}`);
    const form = new URLSearchParams({
      token, name: '运营者', code: 'OPERATOR', creditCode: creditCode(999_999), region: '141000', personName: '运营人', login: 'operator', password: PASSWORD,
    });
    const setUp = await fetch(`${this.url}/setup`, { method: 'POST', body: form, redirect: 'manual' });
    if (setUp.status !== 303) throw new Error(`set-up: ${setUp.status} ${await setUp.text()}`);
    const operator = await this.signIn('operator');
    const owner = { name: '负责人', login: 'owner', password: PASSWORD };
    await this.done(operator, '/api/v1/organisations', { code: 'COOP', name: '合作社', type: 'cooperative', creditCode: creditCode(1), region: '141026', owner });
    const key = await this.done(await this.signIn('owner'), '/api/v1/api-keys', { name: '系统', roles: ['machine'] });
    return String(key['secret']);
  }

  private async signIn(login: string): Promise<string> {
    return String((await this.done(undefined, '/api/v1/sessions', { login, password: PASSWORD }))['token']);
  }

  private async done(token: string | undefined, path: string, body: object): Promise<Record<string, unknown>> {
    const headers: Record<string, string> = { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) };
    const answer = await fetch(this.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Record<string, unknown>;
  }

  private async ready(): Promise<void> {
    let complained = '';
    this.child.stderr?.on('data', (chunk) => (complained = (complained + String(chunk)).slice(-5_000)));
    await new Promise<void>((resolve, reject) => {
      this.child.stdout?.on('data', (chunk) => {
        this.said += String(chunk);
        if (this.said.includes(READY)) resolve();
      });
      void this.ended.then(() => reject(new Error(`the start ended: ${this.said}${complained}`)));
    });
  }
}

/** A port of this machine that nobody uses. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
