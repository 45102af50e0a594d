import { createHash } from 'node:crypto';
import { rebuild } from '@daodi/log';
import { REGISTRY_PROJECTIONS } from '../projection';
import { type Account, RegistryBench } from '../testing/registry-bench';

const PAGE = Buffer.from('%PDF-1.7\n177\n%%EOF');
const FILE = createHash('sha256').update(PAGE).digest('hex');
const MOISTURE = { item: '水分', limitText: '10.0', unit: '%', direction: 'max', chapter: '0832', page: '177' };
const EXTRACT = { item: '浸出物', limitText: '30.0', unit: '%', direction: 'min', chapter: '2201', page: '178' };

describe('standards', () => {
  let bench: RegistryBench;
  let owner: Account;
  let head: Account;
  let other: Account;
  let stranger: Account;
  beforeAll(async () => {
    bench = await RegistryBench.open();
    [owner, stranger] = [await bench.organisation('STD-1'), await bench.organisation('STD-2')];
    [head, other] = [await bench.person(owner, 'std-head', ['quality-head']), await bench.person(owner, 'std-tester', ['lab-tester'])];
    await bench.send(bench.operator, 'POST', '/api/v1/herbs', { code: 'lianqiao', name: '连翘', pinyin: 'lianqiao', latin: 'Forsythiae Fructus', part: '果实', verified: false, source: '测试', grades: ['青翘'] });
  });
  beforeAll(() => handIn(owner));
  afterAll(() => bench.close());

  const body = (more: object = {}) => ({
    family: 'pharmacopoeia', name: '药典一部 连翘', edition: '2020 年版', herb: 'lianqiao', form: 'herb', grade: '青翘', effectiveFrom: '2020-12-30', source: '印刷本', limits: [MOISTURE, EXTRACT], ...more,
  });
  const enter = (who: Account, more: object = {}) => bench.send(who, 'POST', '/api/v1/standards', body(more));
  const house = (more: object = {}) => enter(head, { family: 'house', name: '内控 青翘', ...more });
  const reading = (limit: string, limitText: string, direction = 'max') => ({ limit, limitText, unit: '%', direction });
  const confirm = (who: Account, version: string, ...readings: object[]) => bench.send(who, 'POST', '/api/v1/standard-confirmations', { version, page: { number: '177', file: FILE }, readings });
  const handIn = (who: Account) => bench.send(who, 'PUT', `/api/v1/files/${FILE}`, { file: PAGE.toString('base64') });
  const get = async (who: Account, path: string) => (await bench.send(who, 'GET', path)).json();
  const rules = (response: { json(): { errors: { pointer: string; rule: string }[] } }) => response.json().errors.map(({ pointer, rule }) => `${pointer} ${rule}`);
  const bindingOn = (who: Account, day: string, more = '') => get(who, `/api/v1/standards/binding?herb=lianqiao&form=herb&grade=${encodeURIComponent('青翘')}&day=${day}${more}`);

  it('of the library are the operator’s, and all read them; an organisation’s own nobody else reads', async () => {
    const library = (await enter(bench.operator)).json();
    const own = (await house()).json();
    expect([library.platform, library.version, library.limits[0].id, library.limits[0].itemCode, own.platform, own.shared]).toEqual([true, 1, 'L1', 'moisture', false, false]);
    expect((await bench.send(other, 'POST', '/api/v1/standards', body())).statusCode).toBe(403);
    for (const who of [head, stranger]) expect((await get(who, `/api/v1/standards/${library.id}`)).name).toBe('药典一部 连翘');
    const missing = await bench.send(stranger, 'GET', '/api/v1/standards/0193f2a4-7c1e-7d3a-9b5e-2f6c8d1e4a70');
    for (const path of ['', '/versions']) {
      const answer = await bench.send(stranger, 'GET', `/api/v1/standards/${own.id}${path}`);
      expect([answer.statusCode, answer.json().type, answer.json().title]).toEqual([404, missing.json().type, missing.json().title]);
    }
    for (const [method, path, sent] of [['PATCH', `/api/v1/standards/${own.id}`, { why: 'x', shared: true }], ['POST', `/api/v1/standards/${own.id}/versions`, { ...newVersion(), why: 'x' }]] as const) {
      expect([path, (await bench.send(stranger, method, path, sent)).statusCode]).toEqual([path, 404]);
    }
    expect((await confirm(stranger, own.id, reading('L1', '10.0'))).statusCode).toBe(404);
    expect((await bench.send(stranger, 'POST', '/api/v1/standard-bindings', { version: own.id, herb: 'lianqiao', from: '2026-01-01' })).statusCode).toBe(404);
    expect((await get(stranger, '/api/v1/standards')).items.map(({ id }: { id: string }) => id)).not.toContain(own.id);
    expect((await bench.send(head, 'PATCH', `/api/v1/standards/${library.id}`, { why: 'x', status: 'ended' })).statusCode).toBe(404);
  });
  const newVersion = (more: object = {}) => ({ name: '药典一部 连翘', edition: '2025 年版', effectiveFrom: '2025-10-01', source: '印刷本', limits: [{ ...MOISTURE, limitText: '9.0' }], why: '新版施行', ...more });

  it('say everything that is wrong at once', async () => {
    const answer = await enter(head, { herb: 'nothing', effectiveTo: '2019-01-01', limits: [{ ...MOISTURE, limitText: '不得过10' }, { ...EXTRACT, unit: undefined }], fictional: true, piece: 'x', region: '14' });
    expect(rules(answer).sort()).toEqual(['/effectiveTo days-order', '/herb unknown-herb', '/limits/0/limitText limit-number', '/limits/1/unit unit-missing', '/name fictional-unnamed', '/piece piece-of-decoction-piece', '/region region-of-provincial']);
    expect(rules(await enter(head, { family: 'provincial', herb: undefined }))).toEqual(['/herb herb-missing', '/region region-missing']);
  });

  it('count for an organisation when two of its people read the same, and for no other', async () => {
    const { id } = (await enter(bench.operator, { grade: '老翘' })).json();
    const states = async (who: Account) => (await get(who, `/api/v1/standards/${id}`)).limits.map(({ state }: { state: string }) => state);
    expect(await states(head)).toEqual(['unconfirmed', 'unconfirmed']);
    expect((await confirm(head, id, reading('L1', '10.0'), reading('L2', '30.0', 'min'))).statusCode).toBe(201);
    await confirm(head, id, reading('L1', '10.0'));
    expect(await states(head)).toEqual(['once', 'once']);
    const { missingPages } = await get(head, `/api/v1/standards/${id}`);
    expect(missingPages).toEqual([
      { page: '177', limits: [{ id: 'L1', item: '水分', state: 'once', confirmedBy: [head.personId] }] }, { page: '178', limits: [{ id: 'L2', item: '浸出物', state: 'once', confirmedBy: [head.personId] }] },
    ]);
    const slip = (await confirm(other, id, reading('L1', '１０．０'), reading('L2', '30', 'min'))).json();
    expect(await states(head)).toEqual(['confirmed', 'disagreement']);
    expect(await states(stranger)).toEqual(['unconfirmed', 'unconfirmed']);
    expect((await bench.send(stranger, 'GET', `/api/v1/standard-confirmations/${slip.id}`)).statusCode).toBe(404);
    expect((await bench.send(stranger, 'POST', `/api/v1/standard-confirmations/${slip.id}/withdrawal`, { why: 'x' })).statusCode).toBe(404);
    expect((await bench.send(other, 'POST', `/api/v1/standard-confirmations/${slip.id}/withdrawal`, { why: '看错' })).statusCode).toBe(200);
    expect(await states(head)).toEqual(['once', 'once']);
    await confirm(other, id, reading('L1', '10.0'), reading('L2', '30.0', 'min'));
    expect(await states(head)).toEqual(['confirmed', 'confirmed']);
    const missing = async () => (await get(head, '/api/v1/standards/missing-pages?herb=lianqiao')).items.find((item: { id: string }) => item.id === id);
    expect(await missing()).toMatchObject({ missingPages: [], completeness: { state: 'unconfirmed' } });
    const whole = { version: id, page: { number: '177', file: FILE }, readings: [reading('L1', '10.0')], complete: true };
    for (const who of [head, other]) await bench.send(who, 'POST', '/api/v1/standard-confirmations', whole);
    expect((await get(head, `/api/v1/standards/${id}`)).completeness).toEqual({ state: 'confirmed', confirmedBy: [head.personId, other.personId], disagreeing: [] });
    expect(await missing()).toBeUndefined();
    expect((await get(head, '/api/v1/standards/missing-pages?herb=lianqiao')).items.map((item: { id: string }) => item.id)).not.toContain(id);
    expect((await get(stranger, '/api/v1/standards/missing-pages?herb=lianqiao')).items.map((item: { id: string }) => item.id)).toContain(id);
    expect((await get(head, `/api/v1/standard-confirmations?version=${id}`)).items).toHaveLength(6);
    expect((await get(stranger, '/api/v1/standard-confirmations')).items).toEqual([]);
  });

  it('are confirmed from a page that is there, handed in by the organisation itself', async () => {
    const library = (await enter(bench.operator, { name: '药典 页' })).json().id;
    const by = async (who: Account) => rules(await confirm(who, library, reading('L1', '10.0')));
    expect(await by(stranger)).toEqual(['/page/file page-missing']);
    await handIn(stranger);
    expect((await confirm(stranger, library, reading('L1', '10.0'))).statusCode).toBe(201);
  });

  it('are confirmed by people themselves: by no key, in nobody’s place, and of limits that are there', async () => {
    const { id } = (await house({ name: '内控 二' })).json();
    const key = (await bench.send(owner, 'POST', '/api/v1/api-keys', { name: '系统', roles: ['quality-head'] })).json().secret;
    const sent = { version: id, page: { number: '1', file: FILE }, readings: [reading('L1', '10.0')] };
    expect((await bench.send({ token: key }, 'POST', '/api/v1/standard-confirmations', sent)).json().type).toBe('urn:daodi:problem:person-needed');
    expect((await bench.send(head, 'POST', '/api/v1/standard-confirmations', sent, { 'x-on-behalf-of': other.personId })).json().type).toBe('urn:daodi:problem:person-needed');
    expect(rules(await confirm(head, id, reading('L9', '1'), reading('L1', '1'), reading('L1', '1')))).toEqual(['/readings/0/limit unknown-limit', '/readings/2/limit limit-twice']);
  });

  it('have versions that stay: a later edition from its day on, a correction from the first, one after the other', async () => {
    const first = (await house({ name: '内控 三', edition: '一版' })).json();
    await bench.send(head, 'POST', '/api/v1/standard-bindings', { version: first.id, herb: 'lianqiao', from: '2020-01-01' });
    const add = async (of: string, more: object) => bench.send(head, 'POST', `/api/v1/standards/${of}/versions`, newVersion({ name: '内控 三', ...more }));
    const second = (await add(first.id, { edition: '二版' })).json();
    expect((await add(first.id, {})).json()).toMatchObject({ type: 'urn:daodi:problem:not-latest-version', latestVersion: 2 });
    const third = (await add(second.id, { edition: '二版', correction: true, limits: [{ ...MOISTURE, limitText: '9.5' }] })).json();
    expect([second.supersedes, second.herb, second.family, third.version, third.standardId]).toEqual([first.id, 'lianqiao', 'house', 3, first.id]);
    const bound = async (day: string) => (await bindingOn(head, day)).standards.filter(({ standard }: any) => standard.standardId === first.id).map(({ standard }: any) => [standard.version, standard.limits[0].limitText]);
    expect([await bound('2025-09-30'), await bound('2025-10-01')]).toEqual([[[1, '10.0']], [[3, '9.5']]]);
    expect((await get(head, `/api/v1/standards/${second.id}`))).toMatchObject({ holds: false, limits: [{ limitText: '9.0' }, ] });
    expect((await get(head, `/api/v1/standards/${first.id}`))).toMatchObject({ holds: true, holdsTo: '2025-09-30' });
    expect((await get(head, `/api/v1/standards/${third.id}/versions`)).items.map(({ version, limitCount }: any) => [version, limitCount])).toEqual([[1, 2], [2, 1], [3, 1]]);
    const listed = async (query: string) => (await get(head, `/api/v1/standards?search=${encodeURIComponent('内控 三')}${query}`)).items.map(({ version }: any) => version);
    expect([await listed(''), await listed('&day=2025-09-30'), await listed('&day=2026-01-01'), await listed('&family=gi'), await listed('&herb=lianqiao&form=herb')]).toEqual([[1, 2, 3], [1], [3], [], [1, 2, 3]]);
  });

  it('of others bind as they were when they were bound, and once shared stay readable', async () => {
    const theirs = (await bench.send(await bench.person(stranger, 'std2-head', ['quality-head']), 'POST', '/api/v1/standards', body({ family: 'contract', name: '购销合同附件', shared: true }))).json();
    const { id, pinned } = (await bench.send(head, 'POST', '/api/v1/standard-bindings', { version: theirs.id, herb: 'lianqiao', from: '2026-01-01' })).json();
    expect(pinned).toBe(theirs.id);
    expect(rules(await bench.send(stranger, 'PATCH', `/api/v1/standards/${theirs.id}`, { why: 'x', shared: false }))).toEqual(['/shared stays-shared']);
    expect((await bench.send(stranger, 'PATCH', `/api/v1/standards/${theirs.id}`, { why: '作废', status: 'ended' })).statusCode).toBe(200);
    const names = async () => (await bindingOn(head, '2026-06-01')).standards.map(({ standard }: any) => standard.name);
    expect(await names()).toContain('购销合同附件');
    expect((await bench.send(stranger, 'PATCH', `/api/v1/standard-bindings/${id}`, { why: 'x', status: 'ended' })).statusCode).toBe(404);
    expect(rules(await bench.send(head, 'PATCH', `/api/v1/standard-bindings/${id}`, { why: 'x', to: '2025-01-01' }))).toEqual(['/to days-order']);
    await bench.send(head, 'PATCH', `/api/v1/standard-bindings/${id}`, { why: '合同期满', to: '2026-05-31' });
    expect(await names()).not.toContain('购销合同附件');
    expect(rules(await bench.send(head, 'POST', '/api/v1/standard-bindings', { version: theirs.id, product: theirs.id, from: '2026-01-01', to: '2025-01-01' }))).toEqual(['/product unknown-product', '/to days-order']);
  });

  it('come in and go out as tables: all or only good ones, every wrong cell named, none twice', async () => {
    const titles = '标准类别,标准名称,品种,形态,施行日期,来源,检验项目,方向,限度,单位';
    const row = (name: string, item: string, limit: string, more = '连翘') => `内控,${name},${more},药材,2026-01-01,企业标准,${item},不得过,${limit},%`;
    const send = (who: Account, take: string, ...rows: string[]) =>
      bench.send(who, 'POST', '/api/v1/standards/imports', { take, file: Buffer.from(`\ufeff${[titles, ...rows].join('\r\n')}`).toString('base64') });
    const mixed = [row('好', '水分', '10.0'), row('坏', '水分', '不得过10'), row('好', '总灰分', '4.0'), row('坏', '总灰分', '4.0'), row('无', '水分', '1', '人参果')];
    const size = await bench.size();
    const refused = await send(head, 'all', ...mixed);
    expect([refused.statusCode, refused.json().type, await bench.size()]).toEqual([422, 'urn:daodi:problem:table-refused', size]);
    expect(refused.json().cells.map(({ row: number, column, rule }: any) => [number, column.zh, rule])).toEqual([[3, '限度', 'limit-number'], [6, '品种', 'cell-unreadable']]);
    const taken = (await send(head, 'good', ...mixed)).json();
    expect([taken.entered.map(({ name, limits }: any) => [name, limits]), taken.faultCount]).toEqual([[['好', 2]], 2]);
    expect((await send(head, 'good', ...mixed)).json().cells.map(({ rule }: any) => rule)).toContain('standard-on-record');
    expect((await send(stranger, 'all', row('好', '水分', '10.0'))).statusCode).toBe(201);
    expect((await send(other, 'all', row('好', '水分', '10.0'))).statusCode).toBe(403);

    for (const format of ['csv', 'xlsx']) {
      const out = await bench.send(head, 'GET', `/api/v1/standards/export?format=${format}&id=${taken.entered[0].id}`);
      expect([out.statusCode, out.headers['content-type'], out.headers['content-disposition']]).toEqual([200, expect.stringContaining(format === 'csv' ? 'text/csv' : 'spreadsheetml'), expect.stringContaining(`standards.${format}`)]);
      const again = await bench.send(await bench.person(owner, `std-${format}`, ['quality-head']), 'POST', '/api/v1/standards/imports', { take: 'all', file: out.rawPayload.toString('base64') });
      expect(again.json().cells.map(({ rule }: any) => rule)).toEqual(['standard-on-record']);
    }
    const theirs = (await bench.send(stranger, 'GET', '/api/v1/standards/export?format=csv')).body;
    expect([theirs.includes('药典一部'), theirs.includes('内控 三')]).toEqual([true, false]);
  });

  it('are the same when they are made anew from the log', async () => {
    const tables = (await rebuild(bench.dataSource, REGISTRY_PROJECTIONS, [], 'standards')).flatMap((rebuilt) => rebuilt.tables);
    expect(tables.filter(({ after, before }) => after !== before)).toEqual([]);
    expect(tables.filter(({ table, rows }) => table.startsWith('standard') && rows > 0)).toHaveLength(3);
  });
});

it('made up are for a demonstration only', async () => {
  const bench = await RegistryBench.open([], false);
  try {
    const answer = await bench.send(bench.operator, 'POST', '/api/v1/standards', {
      family: 'house', name: '虚构标准（演示）', effectiveFrom: '2020-01-01', source: '虚构', fictional: true, limits: [MOISTURE],
    });
    expect(answer.json().errors.map(({ rule }: { rule: string }) => rule)).toEqual(['fictional-in-earnest']);
  } finally {
    await bench.close();
  }
});
