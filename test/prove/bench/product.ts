import type { Follower, InlineProjection } from '@daodi/log';
import { catchUp, Log, rebuild } from '@daodi/log';
import { createApp, createDataSource, decideInstallation, freshDatabase, type FreshDatabase, PlatformModule, readConfig } from '@daodi/platform';
import { creditCodeCheck, operatorLink } from '@daodi/registry';
import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { DataSource } from 'typeorm';
import { API_MODULES } from '../../../apps/api/src/api.modules';
import { PROJECTIONS } from '../../../apps/api/src/projections';
import { MIGRATIONS } from '../../../apps/cli/src/migrations';
import { RESOLVER_MODULES } from '../../../apps/resolver/src/resolver.modules';
import { FOLLOWERS_HERE } from '../../../apps/worker/src/followers';
import { WORKER_MODULES } from '../../../apps/worker/src/worker.modules';

/** The host under which the product issues codes here. */
export const HOST = 'https://trace.example.cn';
export const PASSWORD = 'correct horse battery';

/** Somebody who may call. */
export interface Credential {
  readonly token: string;
}

/** An organisation admitted through the product's own doors, with what it registered. */
export interface Firm extends Credential {
  readonly code: string;
  readonly id: string;
  /** Its URN as a party of events. */
  readonly party: string;
  readonly owner: Credential & { readonly personId: string };
  readonly keyId: string;
  readonly site: string;
  readonly base: string;
  readonly plot: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  /** The body as JSON, or as text where it is none. */
  readonly body: any; // campaigns look into it freely
  readonly text: string;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS' | 'HEAD';

/**
 * The whole product as `npm start` composes it — the same modules, projections, followers and migrations — over a
 * database of its own. Everything in it came through its HTTP doors.
 */
export class Product {
  readonly projections: readonly InlineProjection[] = PROJECTIONS;
  readonly followers: readonly Follower[] = FOLLOWERS_HERE;
  private admitted = 0;
  private operatorSession?: Credential;

  private constructor(
    readonly database: FreshDatabase,
    readonly app: NestFastifyApplication,
    readonly dataSource: DataSource,
  ) {}

  /** @param workers false where nothing should follow the log or run jobs by itself @param settings besides those every product here has */
  static async open({ workers = true, demo = true, settings = {} }: { readonly workers?: boolean; readonly demo?: boolean; readonly settings?: Record<string, string> } = {}): Promise<Product> {
    const database = await freshDatabase(MIGRATIONS);
    await decideInstallation(database.serviceUrl, demo, demo);
    return Product.over(database, { workers, settings });
  }

  /** The product over a database that is there already. */
  static async over(database: FreshDatabase, { workers = true, settings = {} }: { readonly workers?: boolean; readonly settings?: Record<string, string> } = {}): Promise<Product> {
    const config = readConfig({ DAODI_LOG_LEVEL: 'silent', DAODI_PUBLIC_URL: HOST, ...settings });
    const platform = PlatformModule.forRoot({ config, database, role: 'service', migrations: MIGRATIONS });

    @Module({ imports: [platform, ...API_MODULES, ...(workers ? WORKER_MODULES : []), ...RESOLVER_MODULES] })
    class Root {}

    const app = await createApp(config, Root, pino({ level: process.env['DAODI_TEST_LOG'] === undefined ? 'silent' : 'error' }));
    return new Product(database, app, app.get(DataSource));
  }

  async close(): Promise<void> {
    await this.stop();
    await this.database.drop();
  }

  /** Ends the processes; the database stays. */
  async stop(): Promise<void> {
    await this.app.close();
  }

  /** Listens on a port of this machine, for what only real connections show. */
  async listen(): Promise<string> {
    await this.app.listen({ port: 0, host: '127.0.0.1' });
    return this.app.getUrl();
  }

  /** Sends a request as somebody, or as nobody. */
  async send(who: Credential | undefined, method: Method, url: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const isRaw = typeof body === 'string' || Buffer.isBuffer(body);
    const response = await this.app.inject({
      method,
      url,
      payload: body === undefined ? undefined : isRaw ? body : JSON.stringify(body),
      headers: {
        ...(who && { authorization: `Bearer ${who.token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        'accept-language': 'en',
        ...headers,
      },
    });
    return { status: response.statusCode, headers: response.headers, body: jsonOf(response.body), text: response.body };
  }

  /** Sends what must succeed. */
  async done(who: Credential | undefined, method: Method, url: string, body?: unknown, headers: Record<string, string> = {}): Promise<any> {
    const answer = await this.send(who, method, url, body, headers);
    if (answer.status >= 300) throw new Error(`${method} ${url}: ${answer.status} ${answer.text}`);
    return answer.body;
  }

  post(who: Credential, path: string, body: unknown, headers: Record<string, string> = {}): Promise<any> {
    return this.done(who, 'POST', `/api/v1${path}`, body, headers);
  }

  /** Sets the installation up as its operator would, once. */
  async operator(): Promise<Credential> {
    if (this.operatorSession !== undefined) return this.operatorSession;
    const link = (await operatorLink(this.dataSource, { publicUrl: HOST })) as string;
    const form = new URLSearchParams({
      token: new URL(link).searchParams.get('token') as string,
      name: '运营者', code: 'OPERATOR', creditCode: creditCode(999_999), region: '141000', personName: '运营人', login: 'operator', password: PASSWORD,
    });
    const answer = await this.send(undefined, 'POST', '/setup', form.toString(), { 'content-type': 'application/x-www-form-urlencoded' });
    if (answer.status !== 303) throw new Error(`set-up: ${answer.status} ${answer.text}`);
    const operator = await this.signIn('operator');
    for (const herb of HERBS) {
      // The catalogue the installation came with may have it.
      const known = await this.send(operator, 'GET', `/api/v1/herbs/${herb.code}`);
      if (known.status === 404) await this.post(operator, '/herbs', herb);
    }
    return (this.operatorSession = operator);
  }

  async signIn(login: string): Promise<Credential & { personId: string }> {
    const { token, personId } = await this.done(undefined, 'POST', '/api/v1/sessions', { login, password: PASSWORD });
    return { token, personId };
  }

  /** Admits an organisation; it makes itself a key and registers a site, a base and a plot. */
  async firm(code: string, type = 'cooperative', more: object = {}): Promise<Firm> {
    const operator = await this.operator();
    const login = `${code.toLowerCase()}-owner`;
    const owner = { name: `${code} 负责人`, login, password: PASSWORD };
    const { id } = await this.post(operator, '/organisations', {
      code, name: `${code} 社`, type, creditCode: creditCode(++this.admitted), region: '141026', owner, ...more,
    });
    const session = await this.signIn(login);
    const role = type === 'supervisor' ? 'supervisor' : 'machine';
    const key = await this.post(session, '/api-keys', { name: '系统', roles: [role] });
    const site = await this.post(session, '/sites', { kind: 'warehouse', name: '一号库', region: '141026' });
    const base = await this.post(session, '/bases', { name: '东山基地', region: '141026' });
    const plot = await this.post(session, '/plots', { baseId: base.id, name: '东坡', layer: 'crop', fromYear: 2023, boundary: SQUARE, datum: 'WGS-84' });
    const token = key.secret;
    return { code, id, party: `urn:daodi:org:${code}`, owner: session, keyId: key.id, token, site: site.id, base: base.id, plot: plot.id };
  }

  /** A person with these roles in a firm, signed in. */
  async person(firm: Firm, login: string, roles: readonly string[]): Promise<Credential & { personId: string }> {
    await this.post(firm.owner, '/people', { name: `姓名 ${login}`, login, password: PASSWORD, roles });
    return this.signIn(login);
  }

  /** The number of entries in the log. */
  async size(): Promise<number> {
    return Number(await this.app.get(Log).size());
  }

  /** Lets every follower read to the end of the log. */
  async settled(): Promise<void> {
    for (;;) {
      for (const follower of this.followers) await catchUp(this.dataSource, follower);
      // Another connection may hold a cursor just now: then its work is not ours to count on yet.
      const states = await this.app.get(Log).states();
      if (states.every(({ behind }) => behind <= 0n)) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Makes every projection anew. @returns tables that did not come out byte for byte as they were */
  async rebuilt(): Promise<{ readonly tables: number; readonly rows: number; readonly different: readonly string[] }> {
    const owner = await createDataSource({ url: this.database.ownerUrl, poolMax: 4 }).initialize();
    try {
      const parts = await rebuild(owner, this.projections, this.followers, 'all');
      const tables = parts.flatMap((part) => part.tables);
      return {
        tables: tables.length,
        rows: tables.reduce((sum, { rows }) => sum + rows, 0),
        different: tables.filter(({ before, after }) => before !== after).map(({ table }) => table),
      };
    } finally {
      await owner.destroy();
    }
  }

  /** What lies where, in base units: `CODE state quantity overdrawn` for one identifier, sorted. */
  async holdings(uri: string): Promise<string[]> {
    const rows: { code: string; state: string; quantity: string; overdrawn: string }[] = await this.dataSource.query(
      `SELECT o.code, h.state, sum(h.quantity) AS quantity, sum(h.overdrawn) AS overdrawn
         FROM holding h JOIN node n ON n.id = h.node JOIN identifier i ON i.id = n.identifier
         LEFT JOIN batch b ON b.identifier = i.id JOIN organisation o ON o.id = h.org
        WHERE b.uri = $1 OR i.canonical = $1 GROUP BY 1, 2 ORDER BY 1, 2`,
      [uri],
    );
    return rows.map((row) => `${row.code} ${row.state} ${row.quantity} ${row.overdrawn}`);
  }

  trace(who: Credential, epc: string, direction = 'both'): Promise<any> {
    return this.done(who, 'GET', `/api/v1/trace?epc=${encodeURIComponent(epc)}&direction=${direction}`);
  }
}

/** A made-up credit code with the right check character. */
export function creditCode(n: number): string {
  const body = `91141026MA0${String(n).padStart(6, '0')}`;
  return body + creditCodeCheck(body);
}

export const SQUARE = { type: 'Polygon', coordinates: [[[112.2, 36.1], [112.21, 36.1], [112.21, 36.11], [112.2, 36.11], [112.2, 36.1]]] };

const HERBS = [
  { code: 'lianqiao', name: '连翘', pinyin: 'lianqiao', latin: 'Forsythiae Fructus', part: '果实', verified: false, source: '测试', grades: ['青翘', '老翘'] },
  { code: 'huangqin', name: '黄芩', pinyin: 'huangqin', latin: 'Scutellariae Radix', part: '根', verified: false, source: '测试', grades: ['统货'] },
];

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
