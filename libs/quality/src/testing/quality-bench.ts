import { createHash, randomUUID } from 'node:crypto';
import { Global, Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Doorbell, type Follower, FOLLOWERS, INLINE_PROJECTIONS, type InlineProjection, Log, LOG_MIGRATIONS } from '@daodi/log';
import { createApp, createDataSource, freshDatabase, type FreshDatabase, PlatformModule, readConfig } from '@daodi/platform';
import { creditCodeCheck, operatorLink, REGISTRY_MIGRATIONS, REGISTRY_PROJECTIONS, RegistryModule } from '@daodi/registry';
import { batchCode, historyFollower, TRACE_MIGRATIONS, traceProjection } from '@daodi/trace';
import type { LightMyRequestResponse } from 'fastify';
import { pino } from 'pino';
import { DataSource } from 'typeorm';
import { QUALITY_FOLLOWERS, QUALITY_MIGRATIONS, QUALITY_PROJECTIONS, QualityModule } from '../index';

/** Who signed in. */
export interface Account {
  readonly organisationId: string;
  readonly personId: string;
  readonly token: string;
}

/** An organisation with a person for each role it needs. */
export interface Firm {
  readonly id: string;
  readonly code: string;
  readonly owner: Account;
  readonly as: Readonly<Record<string, Account>>;
}

export const PASSWORD = 'correct horse battery';
/** The herb of the test season. */
export const HERB = { code: 'lianqiao', name: '连翘', pinyin: 'lianqiao', latin: 'Forsythiae Fructus', part: '果实', verified: false, source: '测试', grades: ['青翘', '老翘'] } as const;
/** The page its standard was read on. */
export const PAGE = Buffer.from('%PDF-1.7\n1\n%%EOF');
export const PAGE_FILE = createHash('sha256').update(PAGE).digest('hex');

const WATER = { limitText: '10.0', unit: '%', direction: 'max' } as const;
const MIGRATIONS = [...LOG_MIGRATIONS, ...REGISTRY_MIGRATIONS, ...TRACE_MIGRATIONS, ...QUALITY_MIGRATIONS];

/** What the projections of a process are when quality is part of it. */
export const PROJECTIONS: readonly InlineProjection[] = [...REGISTRY_PROJECTIONS, traceProjection, ...QUALITY_PROJECTIONS];
export const BENCH_FOLLOWERS: readonly Follower[] = [historyFollower, ...QUALITY_FOLLOWERS];

/** Quality as a real application over a database of its own, for tests. Events are said straight into the log. */
export class QualityBench {
  private organisations = 0;
  /** The standard of the library that firms confirm as they are admitted, and its limits. */
  private standard?: { readonly id: string; readonly readings: readonly object[] };

  private constructor(
    readonly database: FreshDatabase,
    readonly app: NestFastifyApplication,
    readonly dataSource: DataSource,
    /** Keeps the platform's library. */
    readonly operator: Pick<Account, 'token'>,
  ) {}

  /** @param isStandardless without the standard that every other bench has: made up, of 连翘, with a limit of water alone */
  static async open({ isStandardless = false } = {}): Promise<QualityBench> {
    const database = await freshDatabase(MIGRATIONS);
    const seed = await createDataSource({ url: database.serviceUrl }).initialize();
    await seed.query('INSERT INTO installation (is_demo) VALUES (true)');
    await seed.destroy();
    const config = readConfig({ DAODI_LOG_LEVEL: 'silent' });

    @Global()
    @Module({
      providers: [Log, Doorbell, { provide: INLINE_PROJECTIONS, useValue: PROJECTIONS }, { provide: FOLLOWERS, useValue: BENCH_FOLLOWERS }],
      exports: [Log],
    })
    class TestLog {}

    @Module({ imports: [PlatformModule.forRoot({ config, database, role: 'service', migrations: MIGRATIONS }), TestLog, RegistryModule, QualityModule] })
    class TestRoot {}

    const app = await createApp(config, TestRoot, pino({ level: 'silent' }));
    await app.get(Log).enrol();
    const dataSource = app.get(DataSource);
    const link = await operatorLink(dataSource, { publicUrl: 'http://localhost:3000' });
    const form = new URLSearchParams({
      token: new URL(link as string).searchParams.get('token') as string,
      name: '运营者', code: 'OPERATOR', creditCode: creditCode(999_999), region: '141000', personName: '运营人', login: 'operator', password: PASSWORD,
    });
    await app.inject({ method: 'POST', url: '/setup', payload: form.toString(), headers: { 'content-type': 'application/x-www-form-urlencoded' } });
    const bench = new QualityBench(database, app, dataSource, { token: '' });
    const opened = new QualityBench(database, app, dataSource, await bench.signIn('operator'));
    if (!isStandardless) await opened.publishStandard();
    return opened;
  }

  /** As the operator publishes a statutory standard, so that goods can be judged by one. */
  private async publishStandard(): Promise<void> {
    await this.send(this.operator, 'POST', '/api/v1/herbs', HERB);
    const response = await this.send(this.operator, 'POST', '/api/v1/standards', {
      family: 'pharmacopoeia', name: '测试药典 连翘', edition: '一版', herb: HERB.code, effectiveFrom: '2020-01-01', source: '测试', limits: [{ item: '水分', ...WATER, page: '1' }],
    });
    if (response.statusCode !== 201) throw new Error(response.body);
    this.standard = { id: response.json().id, readings: [{ limit: 'L1', ...WATER }] };
  }

  /** One person of a firm confirms the standard of the bench. */
  private async confirm(who: Pick<Account, 'token'> | undefined): Promise<void> {
    await this.send(who, 'PUT', `/api/v1/files/${PAGE_FILE}`, { file: PAGE.toString('base64') });
    const body = { version: this.standard?.id, page: { number: '1', file: PAGE_FILE }, readings: this.standard?.readings, complete: true };
    const response = await this.send(who, 'POST', '/api/v1/standard-confirmations', body);
    if (response.statusCode !== 201) throw new Error(response.body);
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.database.drop();
  }

  /** Sends a request as somebody, or as nobody. */
  send(who: Pick<Account, 'token'> | undefined, method: 'GET' | 'POST' | 'PUT' | 'PATCH', url: string, body?: object, headers: Record<string, string> = {}): Promise<LightMyRequestResponse> {
    const authorization: Record<string, string> = who === undefined ? {} : { authorization: `Bearer ${who.token}` };
    return this.app.inject({ method, url, payload: body, headers: { ...authorization, ...headers } });
  }

  /** Admits an organisation with one person for each of these roles, under the role's name; a quality head confirms the standard with the owner. */
  async firm(code: string, type: string, roles: readonly string[] = []): Promise<Firm> {
    const login = code.toLowerCase();
    const response = await this.send(this.operator, 'POST', '/api/v1/organisations', {
      code, name: `${code} 公司`, type, creditCode: creditCode(++this.organisations), region: '141026', owner: { name: '负责人', login, password: PASSWORD },
    });
    if (response.statusCode !== 201) throw new Error(response.body);
    const owner = await this.signIn(login);
    const as: Record<string, Account> = {};
    for (const role of roles) as[role] = await this.person(owner, `${login}-${role}`, [role]);
    if (this.standard !== undefined && as['quality-head'] !== undefined) for (const who of [owner, as['quality-head']]) await this.confirm(who);
    return { id: response.json().id, code, owner: { ...owner, organisationId: response.json().id }, as };
  }

  /** Adds a person with roles and signs it in. */
  async person(owner: Account, login: string, roles: readonly string[]): Promise<Account> {
    const response = await this.send(owner, 'POST', '/api/v1/people', { name: `姓名 ${login}`, login, password: PASSWORD, roles });
    if (response.statusCode !== 201) throw new Error(response.body);
    return { ...(await this.signIn(login)), organisationId: owner.organisationId };
  }

  private async signIn(login: string): Promise<Account> {
    const response = await this.app.inject({ method: 'POST', url: '/api/v1/sessions', payload: { login, password: PASSWORD } });
    if (response.statusCode !== 201) throw new Error(response.body);
    const { token, personId } = response.json();
    return { organisationId: '', personId, token };
  }

  /** Says an event as an organisation; answers its eventID. */
  async say(firm: Firm, body: Record<string, unknown>): Promise<string> {
    const eventId = (body.eventID as string | undefined) ?? `urn:uuid:${randomUUID()}`;
    const eventTime = new Date(String(body.eventTime)).toISOString();
    await this.app.get(Log).append({
      decide: () => [{
        kind: 'event', type: String(body.type), organisationId: firm.id, actor: { kind: 'system', id: firm.id }, provenance: 'epcis',
        requestId: randomUUID(), eventId, eventTime, eventOffset: '+08:00', capturedTime: eventTime, context: null,
        body: { ...body, eventID: eventId }, declaration: body.errorDeclaration !== undefined,
      }],
      respond: () => ({ status: 201, body: null }),
    });
    return eventId;
  }

  /** Declares one of a firm's own events in error. */
  declare(firm: Firm, eventID: string, type: string, eventTime: string): Promise<string> {
    return this.say(firm, { type, eventID, eventTime, errorDeclaration: { declarationTime: eventTime, reason: 'incorrect_data' } });
  }

  /** Writes a record as an organisation, as another lib would. */
  async record(firm: Firm, type: string, subject: string, now: Record<string, unknown>): Promise<void> {
    await this.app.get(Log).append({
      decide: () => [{
        kind: 'record', type, organisationId: firm.id, actor: { kind: 'system', id: firm.id }, provenance: 'form', requestId: randomUUID(),
        capturedTime: '2026-01-01T00:00:00Z', context: null, body: { subject, change: 'created', new: now },
      }],
      respond: () => ({ status: 201, body: null }),
    });
  }

  /** Issues one of our codes to an organisation; answers its URI. */
  async issue(firm: Firm, herb: string | undefined, kind = 'batch', more: Record<string, unknown> = {}): Promise<string> {
    const code = batchCode(Uint8Array.from({ length: 10 }, () => Math.floor(Math.random() * 256)));
    const uri = `urn:daodi:b:${code}`;
    await this.record(firm, 'batch', code, { code, uri, kind, herb, ...more });
    return uri;
  }

  /** Brings every follower to the end. */
  drain(): Promise<void> {
    return this.app.get(Log).drain();
  }

  async size(): Promise<number> {
    return Number(await this.app.get(Log).size());
  }
}

function creditCode(n: number): string {
  const body = `91141026MA0${String(n).padStart(6, '0')}`;
  return body + creditCodeCheck(body);
}

/** Kilograms of a lot. */
export const kg = (epcClass: string, quantity: number) => ({ epcClass, quantity, uom: 'KGM' });

/** A day of the season at eight in the morning, UTC. */
export const day = (n: number): string => new Date(Date.UTC(2026, 7, n, 8)).toISOString();
