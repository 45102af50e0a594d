import { createHash, randomUUID } from 'node:crypto';
import { readEvent } from '@daodi/epcis';
import { Doorbell, type Entry, FOLLOWERS, type Follower, INLINE_PROJECTIONS, type InlineProjection, Log, LOG_MIGRATIONS, readLog } from '@daodi/log';
import { createApp, freshDatabase, type FreshDatabase, type MigrationClass, PlatformModule, readConfig } from '@daodi/platform';
import { type Draft, record, REGISTRY_MIGRATIONS, REGISTRY_PROJECTIONS, RegistryModule, type Role, seal, SYSTEM } from '@daodi/registry';
import { bookOf, TRACE_MIGRATIONS, TraceModule, traceProjection } from '@daodi/trace';
import { type DynamicModule, Global, Module, type Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { DataSource } from 'typeorm';
import { STAGES_MIGRATIONS } from '../migrations';
import { STAGES_PROJECTIONS } from '../projections';
import { StagesModule } from '../stages.module';

/** An organisation that calls with an API key, and what it has registered. */
export interface Firm {
  readonly code: string;
  readonly organisationId: string;
  readonly token: string;
  readonly site: string;
  readonly plot: string;
  readonly person: string;
}

/** What was answered. */
export interface Answer {
  readonly status: number;
  readonly body: any; // tests look into it freely
  readonly headers: Readonly<Record<string, unknown>>;
}

/** What libs behind this one add. */
export interface FormsBenchOptions {
  readonly modules?: readonly (Type<unknown> | DynamicModule)[];
  readonly migrations?: readonly MigrationClass[];
  readonly projections?: readonly InlineProjection[];
  readonly followers?: readonly Follower[];
}

/** The forms as a real application over a database of its own, for tests. Everything in it stands in the log. */
export class FormsBench {
  readonly projections: readonly InlineProjection[];

  private constructor(
    readonly database: FreshDatabase,
    readonly app: NestFastifyApplication,
    readonly dataSource: DataSource,
    projections: readonly InlineProjection[],
  ) {
    this.projections = projections;
  }

  static async open({ modules = [], migrations = [], projections = [], followers = [] }: FormsBenchOptions = {}): Promise<FormsBench> {
    const allMigrations = [...LOG_MIGRATIONS, ...REGISTRY_MIGRATIONS, ...TRACE_MIGRATIONS, ...STAGES_MIGRATIONS, ...migrations];
    const allProjections = [...REGISTRY_PROJECTIONS, traceProjection, ...STAGES_PROJECTIONS, ...projections];
    const database = await freshDatabase(allMigrations);
    const config = readConfig({ DAODI_LOG_LEVEL: 'silent', DAODI_PUBLIC_URL: 'https://trace.example.cn' });

    @Global()
    @Module({
      providers: [Log, Doorbell, { provide: INLINE_PROJECTIONS, useValue: allProjections }, { provide: FOLLOWERS, useValue: followers }],
      exports: [Log],
    })
    class TestLog {}

    const platform = PlatformModule.forRoot({ config, database, role: 'service', migrations: allMigrations });
    @Module({ imports: [platform, TestLog, RegistryModule, TraceModule, StagesModule, ...modules] })
    class TestRoot {}

    const app = await createApp(config, TestRoot, pino({ level: 'silent' }));
    await app.get(Log).enrol();
    const bench = new FormsBench(database, app, app.get(DataSource), allProjections);
    await bench.say(SYSTEM.id, HERBS.map(([code, name]) => record('herb', code, 'created', {
      new: { name, pinyin: code, latin: code, part: '果实', grades: [], verified: false, source: 'test' },
    })));
    return bench;
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.database.drop();
  }

  /** Writes records as the system would. */
  async say(organisationId: string, drafts: readonly Draft[]): Promise<void> {
    const envelope = { organisationId, actor: SYSTEM, provenance: 'form', requestId: randomUUID(), capturedTime: new Date().toISOString() } as const;
    await this.app.get(Log).append({ decide: () => seal(envelope, drafts), respond: () => ({ status: 201, body: null }) });
  }

  /** Registers an organisation with a site, a plot, a person and a key. */
  async firm(code: string, more: { readonly type?: string; readonly gs1Prefix?: string; readonly roles?: readonly Role[] } = {}): Promise<Firm> {
    const [organisationId, site, plot, person] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
    const { type = 'cooperative', gs1Prefix, roles = ['machine'] } = more;
    await this.say(organisationId, [
      record('organisation', organisationId, 'created', { new: { code, name: `${code} 社`, type, region: '141026', gs1Prefix } }),
      record('site', site, 'created', { new: { kind: 'warehouse', name: '一号库', region: '141026', status: 'active' } }),
      record('plot', plot, 'created', { new: { name: '东坡', region: '141026', status: 'active', version: 1 } }),
      record('person', person, 'created', { new: { organisationId, name: '某人', login: `${code.toLowerCase()}-1`, roles: ['owner'], status: 'active' } }),
    ]);
    return { code, organisationId, site, plot, person, token: await this.key(organisationId, roles) };
  }

  /** A key with these roles. */
  async key(organisationId: string, roles: readonly Role[]): Promise<string> {
    const [id, token] = [randomUUID(), `dk_${randomUUID()}`];
    await this.say(organisationId, [record('api-key', id, 'created', { new: { name: 'test', roles, scopes: ['read', 'write'], status: 'active' } })]);
    await this.dataSource.query('INSERT INTO api_key_secret (key_id, secret_hash) VALUES ($1, $2)', [id, createHash('sha256').update(token, 'utf8').digest()]);
    return token;
  }

  /** A person with these roles, signed in. */
  async signedIn(organisationId: string, roles: readonly Role[]): Promise<{ readonly person: string; readonly token: string }> {
    const [person, token] = [randomUUID(), `ds_${randomUUID()}`];
    await this.say(organisationId, [record('person', person, 'created', { new: { organisationId, name: '某人', login: person, roles, status: 'active' } })]);
    await this.dataSource.query(`INSERT INTO session (token_hash, person_id, expires_at) VALUES ($1, $2, now() + interval '1 hour')`, [createHash('sha256').update(token, 'utf8').digest(), person]);
    return { person, token };
  }

  /** Sends a request as somebody, or as nobody. */
  async send(who: Pick<Firm, 'token'> | undefined, method: 'GET' | 'POST' | 'PATCH', path: string, body?: object, headers: Record<string, string> = {}): Promise<Answer> {
    const authorization: Record<string, string> = who === undefined ? {} : { authorization: `Bearer ${who.token}` };
    const response = await this.app.inject({ method, url: `/api/v1${path}`, payload: body, headers: { ...authorization, 'accept-language': 'en', ...headers } });
    return { status: response.statusCode, body: response.body === '' ? undefined : response.json(), headers: response.headers };
  }

  post(who: Pick<Firm, 'token'> | undefined, path: string, body: object, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send(who, 'POST', path, body, headers);
  }

  get(who: Pick<Firm, 'token'> | undefined, path: string): Promise<Answer> {
    return this.send(who, 'GET', path);
  }

  /** Posts what must succeed. */
  async done(who: Firm, path: string, body: object, headers: Record<string, string> = {}): Promise<Answer['body']> {
    const answer = await this.post(who, path, body, headers);
    if (answer.status !== 201) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  /** Registers a crop and harvests from it. @returns the fresh batch's code */
  async harvested(who: Firm, kilograms: string, eventTime = '2026-08-20T09:30:00+08:00', herb = 'lianqiao'): Promise<string> {
    const crop = await this.done(who, '/crops', { eventTime: '2023-03-20T09:00:00+08:00', herb, grade: '青翘', plots: [who.plot], mode: 'wild-tended' });
    const harvest = await this.done(who, '/harvests', { eventTime, crop: crop.batches[0].code, quantity: kilograms, unit: 'kg' });
    return harvest.batches[0].code;
  }

  /** The number of entries in the log. */
  async size(): Promise<number> {
    return Number(await this.app.get(Log).size());
  }

  /** Entries from a position on. */
  entriesFrom(position: number): Promise<Entry[]> {
    return readLog(this.dataSource, BigInt(position), 10_000);
  }

  /** What an organisation's book says of a batch, in milligrams or pieces. */
  async book(who: Firm, code: string) {
    const uri = code.includes(':') ? code : `https://trace.example.cn/b/${code}`;
    const entry = (await bookOf(this.dataSource, who.organisationId, [uri])).get(uri);
    if (entry === undefined) throw new Error('no book');
    return entry;
  }
}

const HERBS = [['lianqiao', '连翘'], ['huangqin', '黄芩'], ['dangshen', '党参']] as const;

/** The entries an act left, each as `kind:type`; throws unless they share one request id and every event is valid. */
export function leftBy(entries: readonly Entry[]): string[] {
  if (new Set(entries.map(({ requestId }) => requestId)).size > 1) throw new Error('entries of one act have several request ids');
  for (const entry of entries) {
    if (entry.kind !== 'event') continue;
    const reading = readEvent(entry.body, entry.context);
    if (!reading.ok) throw new Error(JSON.stringify(reading.faults));
  }
  return entries.map(({ kind, type }) => `${kind}:${type}`);
}
