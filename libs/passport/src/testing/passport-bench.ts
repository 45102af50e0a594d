import { randomUUID } from 'node:crypto';
import { GroupAppender, LOG_MIGRATIONS, type NewEntry } from '@daodi/log';
import { createApp, createDataSource, freshDatabase, type FreshDatabase, PlatformModule, readConfig } from '@daodi/platform';
import { QUALITY_MIGRATIONS, QUALITY_PROJECTIONS } from '@daodi/quality';
import { type Draft, event, record, REGISTRY_MIGRATIONS, REGISTRY_PROJECTIONS, seal, SYSTEM } from '@daodi/registry';
import { batchCode, TRACE_MIGRATIONS, traceProjection } from '@daodi/trace';
import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { LightMyRequestResponse } from 'fastify';
import { pino } from 'pino';
import type { DataSource } from 'typeorm';
import type { FindingFact, PlantFact, ReleaseFact, ReportFact } from '../domain/passport-facts';
import { fromQuality } from '../facts/from-quality';
import { QUALITY_SOURCE, type QualitySource } from '../facts/quality-source';
import { PublicPageController } from '../http/public-page.controller';
import { ResolverController } from '../http/resolver.controller';
import { PASSPORT_MIGRATIONS } from '../migrations';
import { PassportModule } from '../passport.module';
import { Passports } from '../passports.service';

type Json = Readonly<Record<string, unknown>>;

const MIGRATIONS = [...LOG_MIGRATIONS, ...REGISTRY_MIGRATIONS, ...TRACE_MIGRATIONS, ...QUALITY_MIGRATIONS, ...PASSPORT_MIGRATIONS];

/** What quality says, settable by a test; by node. */
export class SettableQuality implements QualitySource {
  release: readonly ReleaseFact[] = [];
  report: readonly ReportFact[] = [];
  finding: readonly FindingFact[] = [];
  plant: readonly PlantFact[] = [];

  releases = (_db: unknown, nodes: readonly string[]) => Promise.resolve(this.release.filter(({ node }) => nodes.includes(node)));
  reports = (_db: unknown, nodes: readonly string[]) => Promise.resolve(this.report.filter(({ node }) => nodes.includes(node)));
  findings = (_db: unknown, nodes: readonly string[]) => Promise.resolve(this.finding.filter(({ node }) => nodes.includes(node)));
  plants = (_db: unknown, nodes: readonly string[]) => Promise.resolve(this.plant.filter(({ node }) => nodes.includes(node)));
}

/**
 * The public's door over a database of its own, as the role `daodi_resolver` and nothing else; what is on record is
 * said through the log as the services say it.
 */
export class PassportBench {
  readonly quality = new SettableQuality();
  private codes = 0;

  private constructor(
    readonly database: FreshDatabase,
    readonly service: DataSource,
    private readonly appender: GroupAppender,
  ) {}

  app: NestFastifyApplication;

  /**
   * @param isReal true to ask quality itself instead of what a test sets
   * @param isKept true to compose the door as the product does: pages are kept, and quality itself is asked
   */
  static async open({ isDemo = false, isReal = false, isKept = false }: { readonly isDemo?: boolean; readonly isReal?: boolean; readonly isKept?: boolean } = {}): Promise<PassportBench> {
    const database = await freshDatabase(MIGRATIONS);
    const service = await createDataSource({ url: database.serviceUrl }).initialize();
    await service.query('INSERT INTO installation (is_demo) VALUES ($1)', [isDemo]);
    const projections = [...REGISTRY_PROJECTIONS, traceProjection, ...QUALITY_PROJECTIONS];
    const bench = new PassportBench(database, service, new GroupAppender(service, { projections, ring: () => undefined }));

    bench.app = await bench.door(isReal, isKept);
    await bench.write(SYSTEM.id, [record('public-url', 'https://trace.example.cn', 'created', { new: { host: 'trace.example.cn' } })]);
    return bench;
  }

  /** One more process at the same door, composed as the product does. Its owner closes it. */
  another(): Promise<NestFastifyApplication> {
    return this.door(true, true);
  }

  private door(isReal: boolean, isKept: boolean): Promise<NestFastifyApplication> {
    const config = readConfig({ DAODI_LOG_LEVEL: 'silent', DAODI_PUBLIC_URL: 'https://trace.example.cn' });
    const platform = PlatformModule.forRoot({ config, database: this.database, role: 'resolver', migrations: MIGRATIONS });
    @Module(isKept ? { imports: [platform, PassportModule] } : {
      imports: [platform],
      controllers: [ResolverController, PublicPageController],
      providers: [Passports, { provide: QUALITY_SOURCE, useValue: isReal ? fromQuality : this.quality }],
    })
    class Root {}
    return createApp(config, Root, pino({ level: 'silent' }));
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.service.destroy();
    await this.database.drop();
  }

  /** Asks the public's door. */
  get(url: string, headers: Record<string, string> = {}, method: 'GET' | 'HEAD' | 'OPTIONS' = 'GET'): Promise<LightMyRequestResponse> {
    return this.app.inject({ method, url, headers });
  }

  /** The passport as JSON. */
  async passport(path: string): Promise<any> { // tests look into it freely
    const response = await this.get(path, { accept: 'application/json' });
    return { status: response.statusCode, ...response.json() };
  }

  async write(organisationId: string, drafts: readonly Draft[], more: Partial<NewEntry> = {}): Promise<void> {
    const envelope = { organisationId, actor: SYSTEM, provenance: 'form', requestId: randomUUID(), capturedTime: '2026-10-01T00:00:00Z', ...more } as const;
    await this.appender.append({ decide: () => seal(envelope, drafts), respond: () => ({ status: 201, body: null }) });
  }

  /** Registers an organisation. @returns its id */
  async organisation(code: string, name: string, type: string, more: Json = {}): Promise<string> {
    const id = randomUUID();
    await this.write(id, [record('organisation', id, 'created', { new: { code, name, type, region: '141026', ...more } })]);
    return id;
  }

  /** Issues a code. @returns it */
  async issue(organisationId: string, kind: 'crop' | 'batch' | 'retail' | 'container', facts: Json = {}): Promise<string> {
    const code = batchCode(Uint8Array.from({ length: 10 }, (_, i) => (i < 2 ? (this.codes += 7) % 32 : (i * 11 + this.codes) % 32)));
    await this.write(organisationId, [record('batch', code, 'created', { new: { code, uri: uriOf(code), kind, ...facts } })]);
    return code;
  }

  /** Says an event; written down an hour later unless told otherwise. @returns its id */
  async say(organisationId: string, at: string, body: Json, more: Partial<NewEntry> = {}): Promise<string> {
    const eventID = (body['eventID'] as string | undefined) ?? `urn:uuid:${randomUUID()}`;
    const written = new Date(Date.parse(at) + 3_600_000).toISOString();
    const whole = { eventTime: at, eventTimeZoneOffset: '+08:00', ...body, eventID };
    await this.write(organisationId, [event(whole, null)], { capturedTime: written, ...more });
    return eventID;
  }

  /** The node of a code. */
  async node(code: string): Promise<string> {
    const [row] = await this.service.query('SELECT n.id FROM batch b JOIN node n ON n.identifier = b.identifier AND n.scope IS NULL WHERE b.code = $1', [code]);
    return row.id;
  }
}

/** The URI printed for a code. */
export const uriOf = (code: string): string => `https://trace.example.cn/b/${code}`;

/** A quantity of a code in kilograms. */
export const kg = (code: string, quantity: number) => ({ epcClass: uriOf(code), quantity, uom: 'KGM' });
/** A quantity of a code in pieces. */
export const pieces = (code: string, quantity: number) => ({ epcClass: uriOf(code), quantity });
