import { Doorbell, FOLLOWERS, INLINE_PROJECTIONS, Log, LOG_MIGRATIONS } from '@daodi/log';
import { createApp, createDataSource, freshDatabase, type FreshDatabase, PlatformModule, readConfig } from '@daodi/platform';
import { Global, Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { DataSource } from 'typeorm';
import { REGISTRY_MIGRATIONS } from '../migrations';
import { REGISTRY_PROJECTIONS } from '../projection';
import { RegistryModule } from '../registry.module';
import { creditCode, PASSWORD } from '../testing/registry-bench';
import { operatorLink } from './operator-link';

const HERBS = [{ code: 'lianqiao', name: '连翘', pinyin: 'lianqiao', latin: 'Forsythiae Fructus', part: '果实', grades: [], verified: false, source: '测试' }];
const PUBLIC_URL = 'http://localhost:3000';

describe('the operator’s one-time link', () => {
  let database: FreshDatabase;
  let app: NestFastifyApplication;
  let dataSource: DataSource;
  beforeAll(async () => {
    const migrations = [...LOG_MIGRATIONS, ...REGISTRY_MIGRATIONS];
    database = await freshDatabase(migrations);
    const config = readConfig({ DAODI_LOG_LEVEL: 'silent' });
    const first = await createDataSource({ url: database.serviceUrl }).initialize();
    await first.query('INSERT INTO installation (is_demo) VALUES (false)');
    await first.destroy();
    @Global()
    @Module({ providers: [Log, Doorbell, { provide: INLINE_PROJECTIONS, useValue: REGISTRY_PROJECTIONS }, { provide: FOLLOWERS, useValue: [] }], exports: [Log] })
    class TestLog {}
    @Module({ imports: [PlatformModule.forRoot({ config, database, role: 'service', migrations }), TestLog, RegistryModule.forRoot({ herbs: HERBS, standards: [] })] })
    class Root {}
    app = await createApp(config, Root, pino({ level: 'silent' }));
    dataSource = app.get(DataSource);
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  const tokenOf = async () => new URL((await operatorLink(dataSource, { publicUrl: PUBLIC_URL })) as string).searchParams.get('token') as string;
  const open = (token: string) => app.inject({ method: 'GET', url: `/setup?token=${token}` });
  const send = (token: string, more: Record<string, string> = {}) => {
    const form = { token, name: '运营者 <b>', code: 'OP', creditCode: creditCode(1), region: '141000', personName: '某人', login: 'operator', password: PASSWORD, ...more };
    return app.inject({ method: 'POST', url: '/setup', payload: new URLSearchParams(form).toString(), headers: { 'content-type': 'application/x-www-form-urlencoded' } });
  };

  it('opens nothing for a token that was never made, was replaced, or is over', async () => {
    const replaced = await tokenOf();
    const over = await tokenOf();
    await dataSource.query(`UPDATE setup_token SET expires_at = clock_timestamp() - interval '1 second'`);
    for (const token of ['', 'du_x', replaced, over]) {
      expect((await open(token)).statusCode).toBe(404);
      expect((await send(token || 'x')).statusCode).toBe(404);
    }
    expect(await app.get(Log).size()).toBe(0n);
  });

  it('takes what is no text for no token', async () => {
    const response = await app.inject({ method: 'POST', url: '/setup', payload: { token: { toString: 1 }, login: ['x'] } });
    expect([response.statusCode, response.headers['content-type']]).toEqual([422, 'text/html; charset=utf-8']);
    expect(response.body).toContain('name="token" value=""');
  });

  it('shows a form without script in both languages as often as it is opened, and uses nothing up', async () => {
    const token = await tokenOf();
    for (let i = 0; i < 3; i++) {
      const page = await open(token);
      expect([page.statusCode, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
      expect(page.body).toContain('统一社会信用代码 <span lang="en">Unified social credit code</span>');
      expect(page.body).not.toContain('<script');
    }
  });

  it('gives back what was typed with what is wrong, without the password and without taking it as HTML', async () => {
    const page = await send(await tokenOf(), { creditCode: '91350100M000100Y44' });
    expect(page.statusCode).toBe(422);
    expect(page.body).toContain('统一社会信用代码的校验码不正确');
    expect(page.body).toContain('value="运营者 &lt;b&gt;"');
    expect(page.body).not.toContain(PASSWORD);
  });

  it('makes one operator of two people who send it at once, with the herbs, and never opens again', async () => {
    const token = await tokenOf();
    const answers = await Promise.all([send(token), send(token, { login: 'second', code: 'OP2', creditCode: creditCode(2) })]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([303, 404]);
    expect(answers.find(({ statusCode }) => statusCode === 303)?.headers.location).toBe('/api/docs');
    const types = await dataSource.query('SELECT type, actor_kind FROM entry ORDER BY position');
    expect(types.map(({ type, actor_kind }: Record<string, string>) => `${type} ${actor_kind}`)).toEqual(['organisation system', 'person system', 'credential system', 'herb system']);
    expect((await open(token)).statusCode).toBe(404);
    expect(await operatorLink(dataSource, { publicUrl: PUBLIC_URL })).toBeUndefined();
  });
});
