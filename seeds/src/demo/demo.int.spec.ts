import { AsyncLocalStorage } from 'node:async_hooks';
/** The demonstration on a real database: it dies half-way, goes on, and adds up to the gram. */
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Log } from '@daodi/log';
import { Config, createApp, createDataSource, freshDatabase, type FreshDatabase, PlatformModule, readConfig } from '@daodi/platform';
import { operatorLink } from '@daodi/registry';
import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { DataSource } from 'typeorm';
import { API_MODULES } from '../../../apps/api/src/api.modules';
import { MIGRATIONS } from '../../../apps/cli/src/migrations';
import { openLoopbackDoor } from '../../../apps/standalone/src/loopback-door';
import { RESOLVER_MODULES } from '../../../apps/resolver/src/resolver.modules';
import { playDemo } from './index';
import { ORGANISATIONS } from './data/organisations';
import { season } from './data/season';

interface Amounts {
  readonly [name: string]: number;
}

const grams = (kilograms: number): number => Math.round(kilograms * 1000);
const PACK_GRAMS = 100;

describe('the demonstration', () => {
  let database: FreshDatabase;
  let app: NestFastifyApplication;
  let folder: string;
  let baseUrl: string;
  const credentials = () => JSON.parse(readFileSync(join(folder, 'demo-credentials.json'), 'utf8'));
  const keyOf = (code: string): string => credentials().organisations.find((one: { code: string }) => one.code === code).apiKey;
  const get = async (code: string, path: string): Promise<any> => {
    const response = await fetch(`${baseUrl}${path}`, { headers: { authorization: `Bearer ${keyOf(code)}` } });
    if (response.status !== 200) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  const trace = (code: string, epc: string, direction: string) => get(code, `/api/v1/trace?epc=${encodeURIComponent(epc)}&direction=${direction}`);
  /** Steps with their sums, as those who made them see them. */
  const asTheirMakersSee = async (steps: { eventID: string }[]): Promise<any[]> => {
    const whole = new Map<string, unknown>();
    for (const code of ['ANZE-LQ', 'ANZE-JG', 'HOUMA-YP']) {
      const { items } = await get(code, '/api/v1/batches?limit=500');
      for (const { uri } of items) {
        for (const step of (await trace(code, uri, 'back')).steps) if (step.in !== undefined) whole.set(step.eventID, step);
      }
    }
    return steps.map((step) => whole.get(step.eventID) ?? step);
  };
  const acts = season(2026);
  const year = (): number => JSON.parse(readFileSync(join(folder, 'demo-season.json'), 'utf8')).year;
  const batchOf = async (code: string, wanted: Readonly<Record<string, unknown>>): Promise<string> => {
    const { items } = await get(code, '/api/v1/batches?limit=500');
    const found = items.filter((item: Record<string, unknown>) => Object.entries(wanted).every(([name, value]) => item[name] === value));
    expect(found).toHaveLength(1);
    return found[0].uri;
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'daodi-demo-'));
    database = await freshDatabase(MIGRATIONS);
    const arranging = await createDataSource({ url: database.serviceUrl }).initialize();
    await arranging.query('INSERT INTO installation (is_demo) VALUES (true)');
    await arranging.destroy();
    const config = readConfig({ DAODI_LOG_LEVEL: 'silent', DAODI_DATA: folder });
    const platform = PlatformModule.forRoot({ config, database, role: 'service', migrations: MIGRATIONS });
    @Module({ imports: [platform, ...API_MODULES, ...RESOLVER_MODULES] })
    class DemoRoot {}
    app = await createApp(config, DemoRoot, pino({ level: 'silent' }));
    await app.listen({ port: 0, host: '127.0.0.1' });
    baseUrl = await app.getUrl();
  });
  afterAll(async () => {
    jest.restoreAllMocks();
    await app?.close();
    await database?.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('goes on where a start died, with the same sign-ins, and does nothing twice', async () => {
    const stage = { baseUrl, dataFolder: folder, operatorLink: () => operatorLink(app.get(DataSource), app.get(Config)) };
    const real = globalThis.fetch;
    // The product has answered, but whoever asked is dead: the worst moment, for what was done is not known to be. All that
    // a dead start had under way is dead with it, also what would only ask when the next start is at work.
    const underWay = new Set<Promise<Response>>();
    const start = new AsyncLocalStorage<{ path: string; left: number }>();
    jest.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
      const mine = start.getStore();
      if (mine === undefined) return real(input, init);
      if (mine.left <= 0) throw new Error('power cut');
      const asked = real(input, init);
      underWay.add(asked);
      const response = await asked;
      if (mine.left <= 0 || (new URL(String(input)).pathname === mine.path && init?.method === 'POST' && --mine.left <= 0)) throw new Error('power cut');
      return response;
    });
    const passwords = () => credentials().organisations.flatMap(({ users }: { users: { password: string }[] }) => users.map(({ password }) => password));
    let first: string[] | undefined;
    // After setting up; after a key was made and before it was written down; among imports; in what happens as it is played.
    for (const [path, nth] of [['/setup', 1], ['/api/v1/api-keys', 4], ['/api/v1/plots', 5], ['/api/v1/harvests', 20], ['/api/v1/aggregations', 1]] as const) {
      const failure: Error = await start.run({ path, left: nth }, () => playDemo(stage)).then(() => new Error('it finished'), (error: Error) => error);
      if (failure.message !== 'power cut') throw failure;
      // Nobody starts it again faster than the product ends what it had been asked.
      await Promise.allSettled(underWay);
      first ??= passwords();
    }
    jest.restoreAllMocks();
    const told: number[] = [];
    await playDemo({ ...stage, progress: (done, acts) => told.push(done / acts) });
    expect([told.length, told.at(-1)]).toEqual([acts.length, 1]);
    expect(passwords()).toEqual(first);
    await app.get(Log).drain();
    // Each act leaves one event, packing one more for the serials, a correction two; reports, their signatures, releases, holds, batch records, slips and what is registered none.
    const events = acts.filter(({ path }) => !/test-reports|releases|holds|production-orders|\/(scales|pickers|slips|zones|input-products|input-lots|input-counts|sops|environment-tests|unified-seasons|supplier-audits|gap-evaluations)$/.test(path)).length + 3;
    const { items } = await get('OPERATOR', '/api/v1/organisations?limit=500');
    expect(items.map(({ code }: { code: string }) => code).sort()).toEqual(ORGANISATIONS.map(({ code }) => code).sort());
    expect(Number(await countOf(database, `SELECT count(*) FROM entry WHERE kind = 'event'`))).toBe(events);
    expect(Number(await countOf(database, `SELECT count(*) FROM entry WHERE type = 'person'`))).toBe(passwords().length);
    expect(Number(await countOf(database, `SELECT count(*) FROM api_key WHERE status = 'active'`))).toBe(11);
    expect(Number(await countOf(database, `SELECT count(*) FROM api_key WHERE status = 'ended'`))).toBeGreaterThan(0);
    expect(Number(await countOf(database, 'SELECT count(DISTINCT idempotency.key) - count(*) AS count FROM idempotency'))).toBe(0);
  }, 600_000);

  it('was brought in as imports under grants that have ended, but for what happened as it was played', async () => {
    const { items } = await get('OPERATOR', '/api/v1/import-grants?limit=500');
    expect(items.map(({ live }: { live: boolean }) => live)).toEqual(items.map(() => false));
    const now = acts.filter(({ isNow }) => isNow);
    expect(items.reduce((sum: number, { acts: count }: { acts: number }) => sum + count, 0)).toBe(acts.length - now.length);
    const provenances = `SELECT count(*) FROM entry WHERE kind = 'event' AND provenance`;
    expect(Number(await countOf(database, `${provenances} = 'form'`))).toBe(now.length);
    expect(Number(await countOf(database, `${provenances} NOT IN ('form', 'import')`))).toBe(0);
  });

  it('can come in by a door beside that of a product with a certificate', async () => {
    const door = await openLoopbackDoor(app);
    const { status, body } = await fetch(`${door.baseUrl}/api/v1/me`, { headers: { authorization: `Bearer ${keyOf('ANZE-LQ')}` } }).then(async (answer) => ({ status: answer.status, body: (await answer.json()) as object }));
    expect([status, body]).toEqual([200, await get('ANZE-LQ', '/api/v1/me')]);
    expect((await fetch(`${door.baseUrl}/api/v1/me`)).status).toBe(401);
    door.close();
    await expect(fetch(`${door.baseUrl}/healthz`)).rejects.toThrow();
  });

  it('has a ridge sprayed by the label, of which nothing is found and GAP may be said, and one sprayed with what is banned, which is held', async () => {
    const code = (await batchOf('HOUMA-YP', { lotNumber: `LJ-${year()}-0815` })).split('/').at(-1);
    expect(await get('HOUMA-YP', `/api/v1/batches/${code}/gap`)).toMatchObject({ mayPrint: true, reasons: [] });
    const { items } = await get('ANZE-LQ', '/api/v1/findings?limit=500');
    const ofInputs = items.filter(({ rule }: { rule: string }) => /^(harvest-in-safety-interval|input-|sop-not-in-force|growth-years-claimed)/.test(rule));
    expect(ofInputs.map(({ rule, numbers }: any) => [rule, numbers.uses[0].input, numbers.uses[0].used]).sort()).toEqual(
      ['input-banned', 'input-off-label'].map((rule) => [rule, '3%克百威颗粒剂（演示）', `${year()}-06-12`]),
    );
  });

  it('has standards made up for it, of which two people of each organisation confirmed every limit', async () => {
    const asked = (code: string, goods: string) => get(code, `/api/v1/standards/binding?day=${year()}-09-10&${goods}`);
    const green = `herb=lianqiao&form=decoction-piece&grade=${encodeURIComponent('青翘')}`;
    for (const code of ['ANZE-LQ', 'ANZE-JG', 'HOUMA-YP', 'LINFEN-ZY', 'LINFEN-DYF']) {
      const { standards, lacksStatutory } = await asked(code, green);
      expect([code, lacksStatutory, standards.map(({ standard }: any) => [standard.fictional, standard.grade])]).toEqual([code, false, [[true, '青翘']]]);
      expect(standards.flatMap(({ limits }: any) => limits.map(({ state }: any) => state))).toEqual(Array(7).fill('confirmed'));
    }
    const [{ id: product }] = (await get('LINFEN-ZY', '/api/v1/products')).items;
    expect((await asked('LINFEN-ZY', `product=${product}&form=medicine`)).standards).toMatchObject([{ statutory: true, standard: { family: 'registration' } }]);
    expect((await asked('LINFEN-JG', green)).standards[0].limits[0].state).toBe('unconfirmed');
  });

  it('keeps its sign-ins for its owner only, in the shape it promises', () => {
    expect(statSync(join(folder, 'demo-credentials.json')).mode & 0o777).toBe(0o600);
    const { organisations, ...rest } = credentials();
    expect(rest).toEqual({});
    for (const organisation of organisations) {
      expect(Object.keys(organisation)).toEqual(['code', 'name', 'type', 'apiKey', 'users']);
      expect(organisation.apiKey).toMatch(/^dk_[\w-]{43}$/);
      for (const user of organisation.users) {
        expect(Object.keys(user)).toEqual(['login', 'password', 'role']);
        expect(user.password).toMatch(/^[\w-]{16}$/);
      }
    }
    const passwords = organisations.flatMap(({ users }: { users: { password: string }[] }) => users.map(({ password }) => password));
    expect(new Set(passwords).size).toBe(passwords.length);
  });

  it('traces a pack on the shelf back to the slopes, complete, every step to the gram', async () => {
    const packs = await batchOf('HOUMA-YP', { kind: 'retail' });
    const answer = await trace('LINFEN-DYF', packs, 'back');
    expect(answer).toMatchObject({ complete: true, gaps: [] });
    expect(answer.nodes.filter(({ kind }: { kind: string }) => kind === 'crop')).toHaveLength(1);
    // The shop is told that every step adds up; the sums of steps whose by-products are not its to see, their makers see.
    const weighed = answer.steps.filter(({ undetermined }: { undetermined?: string }) => undetermined === undefined);
    expect(weighed.map(({ unexplained }: Amounts) => unexplained)).toEqual([0, 0, 0, 0]);
    expect((await asTheirMakersSee(weighed)).map(({ in: into, out, lost }: Amounts) => [into, out, lost])).toEqual([
      [812.5, 812.5, 0], [804, 274, 530], [270.8, 270.5, 0.3], [160.2, 160, 0.2],
    ]);
  });

  it('accounts for every gram of the harvest, from the field to the shelf', async () => {
    const packs = await batchOf('HOUMA-YP', { kind: 'retail' });
    const answer = await trace('LINFEN-DYF', packs, 'back');
    answer.steps = await asTheirMakersSee(answer.steps);
    const amounts = new Map<string, Amounts>(answer.reconciliation.map(({ node, ...rest }: { node: string }) => [node, rest]));
    const fresh = await batchOf('ANZE-LQ', { lotNumber: `岭上-${year()}-08` });
    expect([...amounts.values()].map(({ unexplained }) => unexplained)).toEqual([0, 0, 0, 0, 0]);
    // What went another way than into the packs: by-products, drying, samples, a shortfall on the way, and stock.
    const isWeighed = (one: Amounts): boolean => (one.uom as unknown) === 'KGM';
    const intoSteps = answer.steps.reduce((sum: number, { in: into = 0 }: Amounts) => sum + grams(into), 0);
    const bulk = [...amounts.values()].filter(isWeighed);
    const leftBulk = bulk.reduce((sum, one) => sum + grams(one.out as number), 0);
    const samples = leftBulk - intoSteps;
    const stock = bulk.reduce((sum, one) => sum + grams(one.held as number) + grams(one.lost as number), 0);
    const inSteps = answer.steps.reduce((sum: number, { lost = 0 }: Amounts) => sum + grams(lost), 0);
    const outOfSteps = answer.steps.reduce((sum: number, { out = 0 }: Amounts) => sum + grams(out), 0);
    const ofUse = answer.nodes.reduce((sum: number, { id, quantity }: { id: string; quantity: number }) => {
      if (id === fresh || quantity === undefined) return sum;
      return sum + (id === packs ? quantity * PACK_GRAMS : grams(quantity));
    }, 0);
    const byProducts = outOfSteps - ofUse;
    const onShelf = (amounts.get(packs) as Amounts).in as number;
    expect({ samples, stock, inSteps, byProducts, onShelf }).toEqual({ samples: 900, stock: 101_800, inSteps: 530_500, byProducts: 19_300, onShelf: 1600 });
    expect(samples + stock + inSteps + byProducts + onShelf * PACK_GRAMS).toBe(grams((amounts.get(fresh) as Amounts).in as number));
  });

  it('follows the packs forward to the till', async () => {
    const packs = await batchOf('HOUMA-YP', { kind: 'retail' });
    const answer = await trace('LINFEN-DYF', packs, 'forward');
    expect(answer).toMatchObject({ complete: true, gaps: [] });
    const [reconciled] = answer.reconciliation.filter(({ node }: { node: string }) => node === packs);
    // Five packs for the laboratory, three over the counter; two cartons of 200 went to the pharmacy.
    expect(reconciled).toMatchObject({ in: 1600, out: 8, held: 1592, lost: 0, unexplained: 0 });
    const { items } = await get('LINFEN-DYF', '/api/v1/holdings?limit=500');
    expect(items.find(({ batch }: { batch: string }) => batch === packs)).toMatchObject({ state: 'available', quantity: 397 });
  });

  it('leaves one batch untested and one failed', async () => {
    const untested = await batchOf('XIANGFEN-DH', { lotNumber: `SD-${year()}-1015` });
    expect((await get('XIANGFEN-DH', `/api/v1/test-reports?batch=${encodeURIComponent(untested)}`)).items).toEqual([]);
    const failed = await batchOf('ANZE-LQ', { lotNumber: `LQ-${year()}-1012` });
    const { items } = await get('ANZE-LQ', `/api/v1/test-reports?batch=${encodeURIComponent(failed)}`);
    expect(items.map(({ status, verdict }: { status: string; verdict: string }) => [status, verdict])).toEqual([['approved', 'fail']]);
    for (const [login, batch, rule] of [['anze-quality', failed, 'report-failed'], ['xiangfen-quality', untested, 'no-passing-report']] as const) {
      const refused = await fetch(`${baseUrl}/api/v1/releases`, {
        method: 'POST', body: JSON.stringify({ batch, decision: 'released', reason: '试放行' }), headers: { authorization: `Bearer ${await signIn(login)}`, 'content-type': 'application/json' },
      });
      const { reasons } = (await refused.json()) as { reasons: { rule: string }[] };
      expect([refused.status, reasons.map((reason) => reason.rule)]).toEqual([409, expect.arrayContaining([rule])]);
    }
  });

  it('traces a box of the compound medicine back to every plot of four herbs, complete, every step to the milligram', async () => {
    const boxes = await batchOf('LINFEN-ZY', { kind: 'retail' });
    const answer = await trace('LINFEN-DYF', boxes, 'back');
    expect(answer).toMatchObject({ complete: true, gaps: [] });
    const crops = answer.nodes.filter(({ kind }: { kind: string }) => kind === 'crop');
    const herbs = crops.map(({ herb }: { herb: string }) => herb).sort();
    expect(new Set(herbs)).toEqual(new Set(['dangshen', 'dihuang', 'huangqin', 'lianqiao']));
    // Eight crops on sixteen tending areas, and four crops of each root on twelve plots.
    expect(crops).toHaveLength(8 + 3 * 4);
    const land = acts.flatMap(({ path, body }) => (path === '/api/v1/crops' ? [body.plots as string[]] : [])).filter((plots) => plots.length > 1 && !plots.includes('@land/east-slope'));
    expect(new Set(land.flat()).size).toBe(16 + 3 * 12);
    expect(land).toHaveLength(crops.length);
    const weighed = answer.steps.filter(({ undetermined }: { undetermined?: string }) => undetermined === undefined);
    expect(weighed.length).toBeGreaterThan(25);
    expect(weighed.map(({ unexplained }: Amounts) => unexplained)).toEqual(weighed.map(() => 0));
    expect(answer.steps.every(({ writtenLater }: { writtenLater?: true }) => writtenLater === true)).toBe(true);
  });

  it('has a batch record of the compound medicine, complete and reviewed, whose trace goes back to the plots of four herbs', async () => {
    const { items } = await get('LINFEN-ZY', '/api/v1/production-orders');
    const record = await get('LINFEN-ZY', `/api/v1/production-orders/${items[0].id}/batch-record`);
    expect([items.length, record.complete, record.reasons]).toEqual([1, true, []]);
    expect(record.steps.map(({ step, balancePercent }: { step: string; balancePercent: string }) => [step, balancePercent])).toEqual(
      ['extraction', 'concentration', 'drying', 'formulation', 'packing'].map((step) => [step, '100.00']),
    );
    const [product] = record.products;
    expect([product.pieces, product.trace.complete, product.trace.gaps]).toEqual(['4750', true, []]);
    expect(new Set(product.trace.composition.parts.map(({ herb }: { herb: string }) => herb))).toEqual(new Set(['lianqiao', 'dihuang', 'huangqin', 'dangshen']));
  });

  it('has a public page for that box, which says what was written later', async () => {
    const page = await pageOf(await batchOf('LINFEN-ZY', { kind: 'retail' }));
    expect(page).toMatchObject({ demo: true, standing: 'released', release: { state: 'released', isHeld: false }, openProblems: { blocking: 0, warning: 0 } });
    expect(page.origins.map(({ en }: { en: string }) => en)).toEqual([
      'Pingshun County, Changzhi, Shanxi', 'Jiang County, Yuncheng, Shanxi', 'Xiangfen County, Linfen, Shanxi', 'Anze County, Linfen, Shanxi',
    ]);
    const told = page.steps.filter(({ kind }: { kind: string }) => ['harvest', 'processing', 'packing'].includes(kind));
    expect(told.length).toBeGreaterThan(10);
    expect(told.filter(({ writtenLater }: { writtenLater?: string }) => writtenLater === undefined)).toEqual([]);
  });

  it('shows a corrected harvest on the page of what was made of it', async () => {
    const [lot, failed] = [await batchOf('ANZE-JG', { lotNumber: `QQ-${year()}-0902` }), await batchOf('ANZE-LQ', { lotNumber: `LQ-${year()}-1012` })];
    const { steps, standing } = await pageOf(lot);
    expect(standing).toBe('released');
    expect(steps.flatMap(({ corrections }: { corrections: object[] }) => corrections)).toHaveLength(1);
    expect(await pageOf(failed)).toMatchObject({ standing: 'failed', release: { isHeld: true } });
  });

  it('says of the mixture what is proven and what is declared, and that some of it came back', async () => {
    const mixture = await batchOf('ANZE-JG', { lotNumber: `P-${year()}-1012` });
    const page = await pageOf(mixture);
    expect(page.composition.parts.map(({ proof, percent, places: [{ zh }] }: any) => `${percent} % ${zh} ${proof}`)).toEqual(['60.0 % 山西省临汾市安泽县 proven', '40.0 % 河南省 declared']);
    expect(page.claims).toEqual({ proven: false, year: year(), grade: '青翘' });
    const sold = await batchOf('ANZE-JG', { lotNumber: `P-${year()}-1012-1` });
    const [reconciled] = (await trace('ANZE-JG', sold, 'forward')).reconciliation.filter(({ node }: { node: string }) => node === sold);
    expect(reconciled).toMatchObject({ held: 5, unexplained: 0 });
    // Nobody had opened what came back: that is a note.
    expect((await pageOf(sold)).openProblems).toEqual({ blocking: 0, warning: 0 });
    const { items } = await get('ANZE-LQ', `/api/v1/slips?day=${year()}-08-30`);
    expect([items.length, new Set(items.map(({ picker }: { picker: string }) => picker)).size]).toEqual([9, 5]);
  });

  async function signIn(login: string): Promise<string> {
    const { password } = credentials().organisations.flatMap(({ users }: { users: object[] }) => users).find((user: { login: string }) => user.login === login);
    const response = await fetch(`${baseUrl}/api/v1/sessions`, { method: 'POST', body: JSON.stringify({ login, password }), headers: { 'content-type': 'application/json' } });
    return ((await response.json()) as { token: string }).token;
  }

  /** What the public reads of a batch, as JSON. */
  async function pageOf(uri: string): Promise<any> {
    const response = await fetch(`${baseUrl}/p/b/${uri.split('/').at(-1)}`, { headers: { accept: 'application/json' } });
    return response.json();
  }
});

async function countOf(database: FreshDatabase, sql: string): Promise<string> {
  const dataSource = await createDataSource({ url: database.ownerUrl }).initialize();
  const [{ count }] = await dataSource.query(sql);
  await dataSource.destroy();
  return count;
}
