import { Doorbell, FOLLOWERS, INLINE_PROJECTIONS, Log, LOG_MIGRATIONS } from '@daodi/log';
import { createApp, createDataSource, freshDatabase, type FreshDatabase, PlatformModule, readConfig } from '@daodi/platform';
import { Global, Module, type Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { LightMyRequestResponse } from 'fastify';
import { pino } from 'pino';
import { DataSource } from 'typeorm';
import standards from '../../../../seeds/standards.json';
import { REGISTRY_MIGRATIONS } from '../migrations';
import { creditCodeCheck } from '../organisations/credit-code';
import { REGISTRY_PROJECTIONS } from '../projection';
import { RegistryModule } from '../registry.module';
import { readReferenceLimits } from '../standards/reference-limits';
import { operatorLink } from '../setup/operator-link';

/** Who signed in, for tests. */
export interface Account {
  readonly organisationId: string;
  readonly personId: string;
  readonly token: string;
}

export const PASSWORD = 'correct horse battery';

/** A made-up credit code with the right check character. */
export function creditCode(n: number): string {
  const body = `91141026MA0${String(n).padStart(6, '0')}`;
  return body + creditCodeCheck(body);
}

/** The registry as a real application over a database of its own, for tests. */
export class RegistryBench {
  private organisations = 0;

  private constructor(
    readonly database: FreshDatabase,
    readonly app: NestFastifyApplication,
    readonly dataSource: DataSource,
    readonly operator: Account,
  ) {}

  static async open(extra: readonly Type<unknown>[] = [], demo = true, settings: Readonly<Record<string, string>> = {}): Promise<RegistryBench> {
    const database = await freshDatabase([...LOG_MIGRATIONS, ...REGISTRY_MIGRATIONS]);
    const config = readConfig({ DAODI_LOG_LEVEL: 'silent', ...settings });
    await insertInstallation(database, demo);

    @Global()
    @Module({
      providers: [Log, Doorbell, { provide: INLINE_PROJECTIONS, useValue: REGISTRY_PROJECTIONS }, { provide: FOLLOWERS, useValue: [] }],
      exports: [Log],
    })
    class TestLog {}

    const platform = PlatformModule.forRoot({ config, database, role: 'service', migrations: [...LOG_MIGRATIONS, ...REGISTRY_MIGRATIONS] });
    @Module({ imports: [platform, TestLog, RegistryModule.forRoot({ herbs: [], standards: readReferenceLimits(standards) }), ...extra] })
    class TestRoot {}

    const app = await createApp(config, TestRoot, pino({ level: 'silent' }));
    const dataSource = app.get(DataSource);
    const operator = await setUp(app, dataSource);
    return new RegistryBench(database, app, dataSource, operator);
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.database.drop();
  }

  /** Sends a request as somebody, or as nobody. */
  send(who: Pick<Account, 'token'> | undefined, method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, body?: object, headers: Record<string, string> = {}): Promise<LightMyRequestResponse> {
    const authorization: Record<string, string> = who === undefined ? {} : { authorization: `Bearer ${who.token}` };
    return this.app.inject({ method, url, payload: body, headers: { ...authorization, ...headers } });
  }

  /** Admits an organisation and signs its owner in. */
  async organisation(code: string, type = 'cooperative', more: object = {}): Promise<Account> {
    const login = `${code.toLowerCase()}-owner`;
    const owner = { name: `${code} 负责人`, login, password: PASSWORD };
    const body = { code, name: `${code} 社`, type, creditCode: creditCode(++this.organisations), region: '141026', owner, ...more };
    const response = await this.send(this.operator, 'POST', '/api/v1/organisations', body);
    if (response.statusCode !== 201) throw new Error(response.body);
    return signIn(this.app, login, response.json().id);
  }

  /** Adds a person with roles to somebody's organisation and signs it in. */
  async person(owner: Account, login: string, roles: readonly string[]): Promise<Account> {
    const response = await this.send(owner, 'POST', '/api/v1/people', { name: `姓名 ${login}`, login, password: PASSWORD, roles });
    if (response.statusCode !== 201) throw new Error(response.body);
    return signIn(this.app, login, owner.organisationId);
  }

  /** The number of entries in the log. */
  async size(): Promise<number> {
    return Number(await this.app.get(Log).size());
  }

  /** Kinds, types and request ids of the entries from a position on. */
  entriesFrom(position: number): Promise<{ kind: string; type: string; request_id: string }[]> {
    return this.dataSource.query('SELECT kind, type, request_id FROM entry WHERE position >= $1 ORDER BY position', [position]);
  }
}

async function insertInstallation(database: FreshDatabase, demo: boolean): Promise<void> {
  const dataSource = await createDataSource({ url: database.serviceUrl }).initialize();
  await dataSource.query('INSERT INTO installation (is_demo) VALUES ($1)', [demo]);
  await dataSource.destroy();
}

async function setUp(app: NestFastifyApplication, dataSource: DataSource): Promise<Account> {
  const link = await operatorLink(dataSource, { publicUrl: 'http://localhost:3000' });
  const form = new URLSearchParams({
    token: new URL(link as string).searchParams.get('token') as string,
    name: '运营者', code: 'OPERATOR', creditCode: creditCode(999_999), region: '141000', personName: '运营人', login: 'operator', password: PASSWORD,
  });
  const response = await app.inject({
    method: 'POST', url: '/setup', payload: form.toString(), headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  if (response.statusCode !== 303) throw new Error(`set-up: ${response.statusCode} ${response.body}`);
  const [{ id }] = await dataSource.query(`SELECT id FROM organisation WHERE code = 'OPERATOR'`);
  return signIn(app, 'operator', id);
}

async function signIn(app: NestFastifyApplication, login: string, organisationId: string): Promise<Account> {
  const response = await app.inject({ method: 'POST', url: '/api/v1/sessions', payload: { login, password: PASSWORD } });
  if (response.statusCode !== 201) throw new Error(`sign-in of ${login}: ${response.body}`);
  const { token, personId } = response.json();
  return { organisationId, personId, token };
}
