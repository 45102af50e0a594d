import { createHash, randomUUID } from 'node:crypto';
import { Doorbell, FOLLOWERS, type Follower, INLINE_PROJECTIONS, type InlineProjection, Log, LOG_MIGRATIONS } from '@daodi/log';
import { type Config, createApp, freshDatabase, type FreshDatabase, type MigrationClass, PlatformModule, readConfig } from '@daodi/platform';
import { REGISTRY_MIGRATIONS, RegistryModule, type Role } from '@daodi/registry';
import { type DynamicModule, Global, Module, type Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { LightMyRequestResponse } from 'fastify';
import { pino } from 'pino';
import { DataSource } from 'typeorm';
import { CaptureModule } from '../capture.module';
import { CAPTURE_MIGRATIONS } from '../migrations';
import { CaptureRunner } from '../run/capture-runner.service';
import { pendingCaptures } from '../documents/capture-document';

/** An organisation that calls with an API key. */
export interface Partner {
  readonly organisationId: string;
  readonly keyId: string;
  readonly token: string;
}

/** What libs behind this one add. */
export interface EpcisBenchOptions {
  readonly modules?: readonly (Type<unknown> | DynamicModule)[];
  readonly migrations?: readonly MigrationClass[];
  readonly projections?: readonly InlineProjection[];
  readonly followers?: readonly Follower[];
  readonly settings?: Partial<Pick<Config, 'captureEventsMax' | 'captureBytesMax'>>;
}

/** The EPCIS doors as a real application over a database of its own, for tests. Jobs run when a test says so. */
export class EpcisBench {
  private constructor(
    readonly database: FreshDatabase,
    readonly app: NestFastifyApplication,
    readonly dataSource: DataSource,
  ) {}

  static async open({ modules = [], migrations = [], projections = [], followers = [], settings = {} }: EpcisBenchOptions = {}): Promise<EpcisBench> {
    const all = [...LOG_MIGRATIONS, ...REGISTRY_MIGRATIONS, ...CAPTURE_MIGRATIONS, ...migrations];
    const database = await freshDatabase(all);
    const config = { ...readConfig({ DAODI_LOG_LEVEL: 'silent' }), ...settings };

    @Global()
    @Module({
      providers: [Log, Doorbell, { provide: INLINE_PROJECTIONS, useValue: projections }, { provide: FOLLOWERS, useValue: followers }],
      exports: [Log],
    })
    class TestLog {}

    const platform = PlatformModule.forRoot({ config, database, role: 'service', migrations: all });
    @Module({ imports: [platform, TestLog, RegistryModule, CaptureModule, ...modules], providers: [CaptureRunner] })
    class TestRoot {}

    const app = await createApp(config, TestRoot, pino({ level: 'silent' }));
    await app.get(Log).enrol();
    return new EpcisBench(database, app, app.get(DataSource));
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.database.drop();
  }

  /** Registers an organisation and a key of it directly in their tables: these tests are not about the registry. */
  async partner(code: string, roles: readonly Role[] = ['machine'], scopes: readonly string[] = ['read', 'write']): Promise<Partner> {
    const [organisationId, keyId, token] = [randomUUID(), randomUUID(), `dk_${randomUUID()}`];
    await this.dataSource.query(
      `INSERT INTO organisation (id, code, name, type, region, since_position) VALUES ($1, $2, $2, 'cooperative', '141026', -1)`,
      [organisationId, code],
    );
    await this.dataSource.query(`INSERT INTO party (identifier, organisation_id, since_position) VALUES ($1, $2, -1)`, [partyOf(code), organisationId]);
    await this.addKey(organisationId, keyId, token, roles, scopes);
    return { organisationId, keyId, token };
  }

  /** Another key of an organisation. */
  async key(of: Partner, roles: readonly Role[], scopes: readonly string[] = ['read', 'write']): Promise<Partner> {
    const [keyId, token] = [randomUUID(), `dk_${randomUUID()}`];
    await this.addKey(of.organisationId, keyId, token, roles, scopes);
    return { organisationId: of.organisationId, keyId, token };
  }

  /** Sends a request as somebody, or as nobody. */
  send(
    who: Pick<Partner, 'token'> | undefined,
    method: 'GET' | 'POST' | 'OPTIONS',
    url: string,
    body?: object | string | Buffer,
    headers: Record<string, string> = {},
  ): Promise<LightMyRequestResponse> {
    const authorization: Record<string, string> = who === undefined ? {} : { authorization: `Bearer ${who.token}` };
    const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
    const payload = typeof body === 'string' || Buffer.isBuffer(body) ? body : body && JSON.stringify(body);
    return this.app.inject({ method, url, payload, headers: { ...authorization, ...type, 'accept-language': 'en', ...headers } });
  }

  /** Captures a document and runs its job to the end. */
  async capture(who: Partner, document: object, behaviour?: 'rollback' | 'proceed'): Promise<CapturedJob> {
    const headers: Record<string, string> = behaviour === undefined ? {} : { 'GS1-Capture-Error-Behaviour': behaviour };
    const answer = await this.send(who, 'POST', '/epcis/capture', document, headers);
    if (answer.statusCode !== 202) throw new Error(answer.body);
    await this.runJobs();
    return (await this.send(who, 'GET', String(answer.headers.location))).json() as CapturedJob;
  }

  /** Runs every waiting job. */
  async runJobs(): Promise<void> {
    for (const id of await pendingCaptures(this.dataSource, 10_000)) await this.app.get(CaptureRunner).run(id);
  }

  /** The number of entries in the log. */
  async size(): Promise<number> {
    return Number(await this.app.get(Log).size());
  }

  private async addKey(organisationId: string, keyId: string, token: string, roles: readonly string[], scopes: readonly string[]): Promise<void> {
    await this.dataSource.query(
      `INSERT INTO api_key (id, organisation_id, name, roles, scopes, status, since_position) VALUES ($1, $2, 'test', $3, $4, 'active', -1)`,
      [keyId, organisationId, roles, scopes],
    );
    await this.dataSource.query('INSERT INTO api_key_secret (key_id, secret_hash) VALUES ($1, $2)', [
      keyId,
      createHash('sha256').update(token, 'utf8').digest(),
    ]);
  }
}

/** The party identifier of a test's organisation. */
export const partyOf = (code: string): string => `urn:daodi:org:${code}`;

/** The members of a job resource that tests look at. */
export interface CapturedJob {
  readonly captureID: string;
  readonly running: boolean;
  readonly success: boolean;
  readonly errors: readonly { readonly type: string; readonly pointer: string; readonly rule: string; readonly eventID?: string }[];
  readonly [member: string]: unknown;
}

const CONTEXT = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';

/** A small good event; its eventID and lot follow from the number. */
export function testEvent(n: number, more: object = {}): Record<string, unknown> {
  return {
    type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'storing', eventTime: '2026-09-01T08:30:00.000+08:00', eventTimeZoneOffset: '+08:00',
    eventID: `urn:uuid:00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
    quantityList: [{ epcClass: `urn:example:lot:${n}`, quantity: n, uom: 'KGM' }],
    ...more,
  };
}

/** An event that can be posted alone. */
export const bareEvent = (n: number, more: object = {}): Record<string, unknown> => ({ '@context': CONTEXT, ...testEvent(n, more) });

/** A document of events. */
export const testDocument = (eventList: readonly unknown[]): Record<string, unknown> => ({
  '@context': [CONTEXT], type: 'EPCISDocument', schemaVersion: '2.0', creationDate: '2026-09-01T09:00:00Z', epcisBody: { eventList },
});
