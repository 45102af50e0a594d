import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { freePort } from '../standalone';
import { Part, type Role } from './part';
import { PostgresServer } from './postgres-server';
import { RedisServer } from './redis-server';

const CLI = join(__dirname, '..', '..', '..', '..', '..', 'apps', 'cli', 'start.mjs');
const ROLES: readonly Role[] = ['api', 'worker', 'resolver'];
const READY_WITHIN_MS = 90_000;

/** The product in parts: two processes of each role, a PostgreSQL server and a Redis, each of which can go and return. */
export class Deployment {
  parts: readonly Part[] = [];

  private constructor(
    readonly folder: string,
    readonly postgres: PostgresServer,
    readonly redis: RedisServer,
    private readonly settings: Readonly<Record<string, string>>,
  ) {}

  /** Makes both servers and brings the database up to this release. No process of ours runs yet. */
  static async make(settings: Readonly<Record<string, string>> = {}): Promise<Deployment> {
    const folder = mkdtempSync(join(tmpdir(), 'daodi-parts-'));
    mkdirSync(join(folder, 'postgres-server'), { mode: 0o700 });
    const postgres = await PostgresServer.make(join(folder, 'postgres-server'));
    const deployment = new Deployment(folder, postgres, await RedisServer.make(join(folder, 'redis')), { ...settings });
    await deployment.daodi('migrate');
    return deployment;
  }

  /** Starts two of each and waits until all are ready. @param redis false: the queues live in PostgreSQL */
  async start({ redis }: { readonly redis: boolean }): Promise<void> {
    const parts: Part[] = [];
    for (const role of ROLES) for (const n of [1, 2]) parts.push(await this.part(role, n, redis));
    this.parts = parts;
    // One after the other: six at once would compete for two processors until none is ready in time.
    for (const part of parts) {
      part.start();
      await this.ready([part]);
    }
  }

  /** Waits until these (by default all) may be sent requests. */
  async ready(parts: readonly Part[] = this.parts): Promise<void> {
    const until = Date.now() + READY_WITHIN_MS;
    for (const part of parts) {
      while (!(await part.isReady())) {
        if (Date.now() > until) throw new Error(`${part.name} is not ready after ${READY_WITHIN_MS / 1000} s: ${JSON.stringify(part.endings.at(-1))}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  }

  of(role: Role): readonly Part[] {
    return this.parts.filter((part) => part.role === role);
  }

  /** Runs the `daodi` command as the deployment's administrator. @returns its standard output */
  async daodi(...words: string[]): Promise<string> {
    const { ownerUrl, serviceUrl, resolverUrl } = this.postgres.urls;
    const roles = { DATABASE_URL: serviceUrl, DAODI_DATABASE_OWNER_URL: ownerUrl, DAODI_RESOLVER_DATABASE_URL: resolverUrl };
    const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], DAODI_DATA: join(this.folder, 'administrator'), ...this.settings, ...roles };
    const child = spawn(process.execPath, [CLI, ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    let complained = '';
    child.stdout.on('data', (chunk) => (said += String(chunk)));
    child.stderr.on('data', (chunk) => (complained += String(chunk)));
    const [code] = (await once(child, 'close')) as [number | null];
    if (code !== 0) throw new Error(`daodi ${words.join(' ')}: ${code} ${said}${complained}`);
    return said;
  }

  /** Looks into the database with a connection of its own. */
  async looking<T>(look: (db: Client) => Promise<T>): Promise<T> {
    const db = new Client(this.postgres.lookUrl);
    db.on('error', () => undefined);
    await db.connect();
    try {
      return await look(db);
    } finally {
      await db.end();
    }
  }

  /** Ends every process of ours in order. @returns the longest it took, in milliseconds */
  async stopParts(): Promise<number> {
    const took = await Promise.all(this.parts.map((part) => part.stop()));
    return Math.max(0, ...took);
  }

  /** Ends everything and leaves nothing behind. */
  async close(): Promise<void> {
    await this.stopParts();
    await this.redis.goes();
    await this.postgres.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async part(role: Role, n: number, redis: boolean): Promise<Part> {
    const { serviceUrl, resolverUrl } = this.postgres.urls;
    const database: Record<string, string> = role === 'resolver' ? { DATABASE_URL: resolverUrl, DAODI_RESOLVER_DATABASE_URL: resolverUrl } : { DATABASE_URL: serviceUrl };
    const own: Record<string, string> = { DAODI_LOG_LEVEL: 'warn', DAODI_DATABASE_POOL: '8', DAODI_DATA: join(this.folder, `${role}-${n}`), ...database, ...(redis && { REDIS_URL: this.redis.url }) };
    return new Part(`${role} ${n}`, role, await freePort(), join(this.folder, `${role}-${n}.log`), { ...this.settings, ...own });
  }
}
