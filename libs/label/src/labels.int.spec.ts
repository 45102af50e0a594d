import { createHash, randomUUID } from 'node:crypto';
import { Doorbell, FOLLOWERS, INLINE_PROJECTIONS, Log, LOG_MIGRATIONS } from '@daodi/log';
import { PASSPORT_MIGRATIONS } from '@daodi/passport';
import { createApp, createDataSource, freshDatabase, type FreshDatabase, PlatformModule, readConfig } from '@daodi/platform';
import { QUALITY_MIGRATIONS, QUALITY_PROJECTIONS } from '@daodi/quality';
import { type Draft, event, record, REGISTRY_MIGRATIONS, REGISTRY_PROJECTIONS, RegistryModule, seal, SYSTEM } from '@daodi/registry';
import { batchCode, TRACE_MIGRATIONS, traceProjection } from '@daodi/trace';
import { Global, Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { DataSource } from 'typeorm';
import { LabelModule } from './label.module';

const MIGRATIONS = [...LOG_MIGRATIONS, ...REGISTRY_MIGRATIONS, ...TRACE_MIGRATIONS, ...QUALITY_MIGRATIONS, ...PASSPORT_MIGRATIONS];
const GTIN = '09521234500018';

/** Labels as a real application, with sign-in. */
class Bench {
  private codes = 0;

  private constructor(
    readonly database: FreshDatabase,
    readonly app: NestFastifyApplication,
  ) {}

  static async open(isDemo: boolean, publicUrl?: string): Promise<Bench> {
    const database = await freshDatabase(MIGRATIONS);
    const seed = await createDataSource({ url: database.serviceUrl }).initialize();
    await seed.query('INSERT INTO installation (is_demo) VALUES ($1)', [isDemo]);
    await seed.destroy();
    const config = readConfig({ DAODI_LOG_LEVEL: 'silent', DAODI_PUBLIC_URL: publicUrl });

    @Global()
    @Module({
      providers: [Log, Doorbell, { provide: INLINE_PROJECTIONS, useValue: [...REGISTRY_PROJECTIONS, traceProjection, ...QUALITY_PROJECTIONS] }, { provide: FOLLOWERS, useValue: [] }],
      exports: [Log],
    })
    class TestLog {}
    @Module({ imports: [PlatformModule.forRoot({ config, database, role: 'service', migrations: MIGRATIONS }), TestLog, RegistryModule, LabelModule] })
    class Root {}
    return new Bench(database, await createApp(config, Root, pino({ level: 'silent' })));
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.database.drop();
  }

  async write(organisationId: string, drafts: readonly Draft[]): Promise<void> {
    const envelope = { organisationId, actor: SYSTEM, provenance: 'form', requestId: randomUUID(), capturedTime: '2026-10-01T00:00:00Z' } as const;
    await this.app.get(Log).append({ decide: () => seal(envelope, drafts), respond: () => ({ status: 201, body: null }) });
  }

  /** An organisation with a key that may read only. */
  async firm(code: string, gs1Prefix?: string): Promise<{ id: string; token: string }> {
    const [id, key, token] = [randomUUID(), randomUUID(), `dk_${randomUUID()}`];
    await this.write(id, [
      record('organisation', id, 'created', { new: { code, name: code, type: 'cooperative', region: '141026', gs1Prefix } }),
      record('api-key', key, 'created', { new: { name: 'test', roles: ['machine'], scopes: ['read'], status: 'active' } }),
    ]);
    await this.app.get(DataSource).query('INSERT INTO api_key_secret (key_id, secret_hash) VALUES ($1, $2)', [key, createHash('sha256').update(token, 'utf8').digest()]);
    return { id, token };
  }

  async issue(organisationId: string, facts: object = {}, change: 'created' | 'ended' = 'created', code?: string): Promise<string> {
    const own = code ?? batchCode(Uint8Array.from({ length: 10 }, (_, i) => (i === 0 ? ++this.codes : i)));
    await this.write(organisationId, [record('batch', own, change, { new: { code: own, uri: `https://trace.example.cn/b/${own}`, kind: 'batch', ...facts } })]);
    return own;
  }

  get(who: { token: string } | undefined, path: string) {
    return this.app.inject({ method: 'GET', url: `/api/v1/batches/${path}`, headers: who === undefined ? {} : { authorization: `Bearer ${who.token}` } });
  }
}

describe('labels', () => {
  let bench: Bench;
  let maker: { id: string; token: string };
  let stranger: { id: string; token: string };
  beforeAll(async () => {
    bench = await Bench.open(false, 'https://trace.example.cn');
    maker = await bench.firm('MAKER', '9521234');
    stranger = await bench.firm('STRANGER');
    await bench.write(SYSTEM.id, [record('public-url', 'x', 'created', { new: { host: 'trace.example.cn' } })]);
  });
  afterAll(() => bench.close());

  const uriIn = (svg: string) => /<title>([^<]+)<\/title>/.exec(svg)?.[1];

  it('are for nobody who is not signed in, and for no stranger, who cannot tell whether the batch exists', async () => {
    const code = await bench.issue(maker.id);
    const never = batchCode(Uint8Array.from({ length: 10 }, () => 31));
    for (const file of ['qr.svg', 'qr.png']) {
      expect((await bench.get(undefined, `${code}/${file}`)).statusCode).toBe(401);
      const [theirs, none, garbage] = await Promise.all([bench.get(stranger, `${code}/${file}`), bench.get(stranger, `${never}/${file}`), bench.get(stranger, `ABC/${file}`)]);
      const plain = (body: string) => body.replace(/urn:uuid:[^"]+/, '');
      expect([theirs.statusCode, none.statusCode, garbage.statusCode]).toEqual([404, 404, 404]);
      expect(plain(theirs.body)).toBe(plain(none.body));
      expect(plain(garbage.body)).toBe(plain(none.body));
    }
  });

  it('carry our own URI where there is no GTIN', async () => {
    const code = await bench.issue(maker.id, { lotNumber: 'A1' });
    const svg = await bench.get(maker, `${code.toLowerCase()}/qr.svg`);
    expect([svg.statusCode, svg.headers['content-type'], uriIn(svg.body)]).toEqual([200, 'image/svg+xml; charset=utf-8', `https://trace.example.cn/b/${code}`]);
    expect(svg.body).not.toContain('演示');
    const png = await bench.get(maker, `${code}/qr.png?size=200&level=H`);
    expect([png.statusCode, png.headers['content-type'], png.rawPayload.subarray(1, 4).toString()]).toEqual([200, 'image/png', 'PNG']);
  });

  it('carry the Digital Link of a lot of an own product, if it leads to just this batch', async () => {
    const product = randomUUID();
    await bench.write(maker.id, [record('product', product, 'created', { new: { name: 'p', herbs: [], form: 'herb', gtin: GTIN, status: 'active' } })]);
    const of = async (lotNumber: string) => {
      const code = await bench.issue(maker.id, { productId: product, lotNumber });
      return { code, uri: uriIn((await bench.get(maker, `${code}/qr.svg`)).body) };
    };
    expect((await of('LQ260912')).uri).toBe(`https://trace.example.cn/01/${GTIN}/10/LQ260912`);
    expect((await of('A/B')).uri).toBe(`https://trace.example.cn/01/${GTIN}/10/A%2FB`);
    const again = await of('LQ260912');
    expect(again.uri).toBe(`https://trace.example.cn/b/${again.code}`);
    const chinese = await of('甲-1');
    expect(chinese.uri).toBe(`https://trace.example.cn/b/${chinese.code}`);
    const others = await bench.issue(stranger.id, { productId: product, lotNumber: 'X' });
    expect(uriIn((await bench.get(stranger, `${others}/qr.svg`)).body)).toBe(`https://trace.example.cn/b/${others}`);
  });

  it('are for whoever holds the batch too', async () => {
    const code = await bench.issue(maker.id);
    const line = [{ epcClass: `https://trace.example.cn/b/${code}`, quantity: 1, uom: 'KGM' }];
    const at = { eventTime: '2026-09-01T00:00:00Z', eventTimeZoneOffset: '+08:00' };
    await bench.write(maker.id, [
      event({ type: 'ObjectEvent', eventID: `urn:uuid:${randomUUID()}`, ...at, action: 'ADD', bizStep: 'commissioning', quantityList: line }, null),
      event({ type: 'ObjectEvent', eventID: `urn:uuid:${randomUUID()}`, ...at, action: 'OBSERVE', bizStep: 'shipping', quantityList: line, destinationList: [{ type: 'possessing_party', destination: 'urn:daodi:org:STRANGER' }] }, null),
    ]);
    expect((await bench.get(stranger, `${code}/qr.svg`)).statusCode).toBe(200);
  });

  it('are not printed for a withdrawn code', async () => {
    const code = await bench.issue(maker.id);
    await bench.issue(maker.id, {}, 'ended', code);
    const answer = await bench.get(maker, `${code}/qr.svg`);
    expect([answer.statusCode, answer.json().type]).toEqual([409, 'urn:daodi:problem:code-withdrawn']);
  });

  it.each(['size=0', 'size=63', 'size=4097', 'size=abc', 'size=1.5', 'level=X', 'level=m', 'colour=red'])('refuse %s', async (query) => {
    const code = await bench.issue(maker.id);
    const answer = await bench.get(maker, `${code}/qr.png?${query}`);
    expect(answer.statusCode).toBe(422);
    expect(answer.json().errors[0].pointer).toBe(`/${query.split('=')[0]}`);
  });
});

describe('labels before the public address is set', () => {
  it('are refused in a real installation, and say 演示 in a demo', async () => {
    for (const isDemo of [false, true]) {
      const bench = await Bench.open(isDemo);
      try {
        const maker = await bench.firm('MAKER');
        const answer = await bench.get(maker, `${await bench.issue(maker.id)}/qr.svg`);
        if (isDemo) expect(answer.body).toMatch(/<text[^>]*>演示 DEMO<\/text>/);
        else expect(answer.json()).toMatchObject({ status: 409, type: 'urn:daodi:problem:public-url-needed', detail: expect.stringContaining('DAODI_PUBLIC_URL') });
      } finally {
        await bench.close();
      }
    }
  });
});
