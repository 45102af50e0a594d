import { createHash } from 'node:crypto';
import { checkDigit } from '@daodi/gs1';
import { rebuild } from '@daodi/log';
import fc from 'fast-check';
import { ROLES } from './sign-in/role';
import { REGISTRY_PROJECTIONS } from './projection';
import { type Account, creditCode, PASSWORD, RegistryBench } from './testing/registry-bench';
import { mutated } from './testing/mutate';
import { type Operation, operationsOf } from './testing/routes';

const SQUARE = { type: 'Polygon', coordinates: [[[112.2, 36.1], [112.21, 36.1], [112.21, 36.11], [112.2, 36.11], [112.2, 36.1]]] };

/** Ids of one organisation's things, by the path whose `:id` they fill. */
type Things = Record<string, string>;

describe('every route of the registry', () => {
  let bench: RegistryBench;
  let operations: Operation[];
  let mine: Account;
  let things: Things;
  let rival: Account;
  let supervisor: Account;
  const people = new Map<string, Account>();

  beforeAll(async () => {
    bench = await RegistryBench.open();
    await bench.send(bench.operator, 'POST', '/api/v1/herbs', HERB('lianqiao', '连翘'));
    operations = await operationsOf(bench.app);
    [mine, rival] = [await bench.organisation('MINE', 'cooperative', { gs1Prefix: '9521234' }), await bench.organisation('RIVAL', 'processor')];
    supervisor = await bench.organisation('SUPERVISOR', 'supervisor');
    things = await furnish(bench, mine, supervisor);
    for (const role of ROLES.filter((name) => !['operator', 'supervisor', 'owner'].includes(name))) {
      people.set(role, await bench.person(rival, `rival-${role}`, [role]));
    }
    people.set('owner', rival).set('supervisor', supervisor);
  });
  afterAll(() => bench.close());

  const whoOf = (path: string, own: Things): Account =>
    /organisations$|herbs|jurisdictions/.test(path) ? bench.operator : ((/input-allowances|sops|gap-evaluations/.test(path) ? own.head : own.owner) as unknown as Account);
  const urlOf = (path: string, ids: Things): string => path.replace(/\{id\}/, ids[path.split('/{')[0] as string] ?? mine.organisationId).replace('{code}', 'lianqiao').replace('{sha256}', ids['/api/v1/files'] ?? '0'.repeat(64));

  it('is documented with its roles, and with what it leaves if it changes something', () => {
    expect(operations.length).toBeGreaterThan(40);
    for (const { method, path, roles, entries } of operations) {
      expect([path, roles === undefined]).toEqual([path, false]);
      if (method !== 'GET') expect([method, path, Array.isArray(entries)]).toEqual([method, path, true]);
    }
  });

  it('needs a sign-in unless it is public', async () => {
    const size = await bench.size();
    const open: string[] = [];
    for (const { method, path } of operations) {
      const response = await bench.send(undefined, method as 'GET', urlOf(path, things), method === 'GET' ? undefined : {});
      if (response.statusCode !== 401) open.push(`${method} ${path}`);
    }
    expect(open.sort()).toEqual(['GET /healthz', 'GET /metrics', 'GET /readyz', 'POST /api/v1/sessions', 'POST /setup'].filter((route) => operations.some(({ method, path }) => route === `${method} ${path}`)).sort());
    expect(await bench.size()).toBe(size);
  });

  it('refuses every role it does not name, in one’s own organisation too', async () => {
    const size = await bench.size();
    for (const { method, path, roles } of operations) {
      if (!Array.isArray(roles) || roles.length === 0) continue;
      for (const role of [...people.keys()].filter((name) => !roles.includes(name))) {
        if (role === 'supervisor' && roles.includes('owner')) continue;
        const response = await bench.send(people.get(role), method as 'GET', urlOf(path, things), method === 'GET' ? undefined : VALID[`${method} ${path}`]);
        expect([role, method, path, response.statusCode]).toEqual([role, method, path, 403]);
      }
    }
    expect(await bench.size()).toBe(size);
  });

  it('answers for another organisation’s things exactly as for things that do not exist', async () => {
    const nowhere = Object.fromEntries(Object.keys(things).map((path) => [path, '11111111-1111-4111-8111-111111111111']));
    const size = await bench.size();
    let asked = 0;
    for (const { method, path, roles } of operations) {
      if (!path.includes('{id}') || path === '/api/v1/organisations/{id}' && method === 'GET') continue;
      for (const [role, account] of people) {
        if (!Array.isArray(roles) || (roles.length > 0 && !roles.includes(role))) continue;
        const body = method === 'GET' ? undefined : VALID[`${method} ${path}`];
        const foreign = await bench.send(account, method as 'GET', urlOf(path, things), body);
        const none = await bench.send(account, method as 'GET', urlOf(path, nowhere), body);
        expect([role, method, path, foreign.statusCode, told(foreign.json())]).toEqual([role, method, path, 404, told(none.json())]);
        asked++;
      }
    }
    expect(asked).toBeGreaterThan(60);
    expect(await bench.size()).toBe(size);
  });

  it('lists to nobody what belongs to another organisation', async () => {
    const mineOnly = Object.entries(things).filter(([path]) => path.startsWith('/api') && path !== '/api/v1/organisations').map(([, id]) => id);
    for (const { method, path } of operations.filter((operation) => operation.method === 'GET' && !operation.path.includes('{'))) {
      if (path === '/api/v1/organisations') continue;
      for (const account of people.values()) {
        if (account === supervisor && path === '/api/v1/jurisdictions') continue;
        const { body } = await bench.send(account, method as 'GET', path);
        for (const id of [...mineOnly, 'MINE 负责人', 'mine-owner']) expect([path, body.includes(id)]).toEqual([path, false]);
      }
    }
  });

  it('does not put another organisation’s things into what one registers', async () => {
    const size = await bench.size();
    const plot = { baseId: things['/api/v1/bases'], name: '偷来的地', layer: 'crop', fromYear: 2026, boundary: SQUARE, datum: 'WGS-84' };
    const refusals = [
      await bench.send(rival, 'POST', '/api/v1/plots', plot),
      ...(await Promise.all(
        [['organisation', mine.organisationId], ['base', things['/api/v1/bases']], ['product', things['/api/v1/products']], ['person', mine.personId]].map(([type, id]) =>
          bench.send(rival, 'POST', '/api/v1/certificates', { kind: 'GAP', number: '1', issuer: '某局', validFrom: '2026-01-01', subject: { type, id } }),
        ),
      )),
      await bench.send(rival, 'POST', '/api/v1/products', { name: '连翘', herbs: ['lianqiao'], form: 'herb', gtin: '09521234000013' }),
    ];
    expect(refusals.map(({ statusCode }) => statusCode)).toEqual([422, 422, 422, 422, 422, 422]);
    expect(await bench.size()).toBe(size);
  });

  it('leaves exactly the entries its documentation names, under one request id, and none when refused', async () => {
    const own = await furnish(bench, await bench.organisation('LEAVES', 'brand-owner', { gs1Prefix: '9525678' }), supervisor);
    let walked = 0;
    for (const { method, path, entries } of operations.filter((operation) => operation.method !== 'GET' && (operation.entries?.length ?? 0) > 0)) {
      const body = VALID[`${method} ${path}`];
      if (path === '/setup') continue;
      const who = whoOf(path, own);
      const before = await bench.size();
      const url = urlOf(path, own);
      expect((await bench.send(who, method as 'POST', url, { nonsense: true })).statusCode).toBe(method === 'DELETE' ? 200 : 422);
      if (method !== 'DELETE') {
        expect(await bench.size()).toBe(before);
        const response = await bench.send(who, method as 'POST', url, withOwn(body, own));
        expect([path, response.statusCode < 300, response.body]).toEqual([path, true, response.body]);
      }
      const left = await bench.entriesFrom(before);
      expect(new Set(left.map(({ request_id }) => request_id)).size).toBe(1);
      const counted = (type: string) => left.filter((entry) => `${entry.kind}:${entry.type}` === type).length;
      for (const { kind, type, count } of entries ?? []) {
        const n = counted(`${kind}:${type}`);
        expect([path, type, count === '1' ? n === 1 : count === '1..n' ? n >= 1 : n >= 0]).toEqual([path, type, true]);
      }
      expect(left.every(({ kind, type }) => entries?.some((entry) => entry.kind === kind && entry.type === type))).toBe(true);
      walked++;
    }
    expect(walked).toBeGreaterThan(20);
  });

  it('answers a thousand strange requests without failing, with pointers, and stores nothing of those it refuses', async () => {
    const own = await furnish(bench, await bench.organisation('STRANGE', 'brand-owner', { gs1Prefix: '9527777' }), supervisor);
    const owner = own.owner as unknown as Account;
    const routes = operations.filter(({ method, path }) => (method === 'POST' || method === 'PATCH') && path !== '/setup' && `${method} ${path}` in VALID);
    let size = await bench.size();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...routes).chain((route) => fc.tuple(fc.constant(route), mutated(withOwn(VALID[`${route.method} ${route.path}`], own) as object))),
        async ([{ method, path }, body]) => {
          const who = whoOf(path, own);
          const response = await bench.app.inject({
            method, url: urlOf(path, own), payload: JSON.stringify(body), headers: { authorization: `Bearer ${who.token}`, 'content-type': 'application/json' },
          });
          expect([path, body, response.statusCode < 500]).toEqual([path, body, true]);
          const after = await bench.size();
          if (response.statusCode >= 400) expect([path, after]).toEqual([path, size]);
          if (response.statusCode === 422) expect(response.json().errors.every(({ pointer }: { pointer: unknown }) => typeof pointer === 'string')).toBe(true);
          size = after;
        },
      ),
      { numRuns: 1000 },
    );
    for (const url of ['/api/v1/herbs/%00', '/api/v1/herbs?search=%00', '/api/v1/sites/%00', '/api/v1/sites/%ff', '/api/v1/log?requestId=%00', '/api/v1/people?cursor=%00', '/setup?token=%00']) {
      expect([url, (await bench.send(owner, 'GET', url)).statusCode < 500]).toEqual([url, true]);
    }
  });

  it('is rebuilt from the log, row for row', async () => {
    const rebuilt = await rebuild(bench.dataSource, REGISTRY_PROJECTIONS, [], 'all');
    const tables = rebuilt.flatMap((projection) => projection.tables);
    expect(tables).toHaveLength(REGISTRY_PROJECTIONS.flatMap((projection) => projection.tables).length);
    for (const { table, rows, before, after } of tables) expect([table, rows > 0, after]).toEqual([table, true, before]);
  });
});

const HERB = (code: string, name: string) => ({ code, name, pinyin: code, latin: 'Forsythiae Fructus', part: '果实', verified: false, source: '测试', grades: ['青翘', '老翘'] });

const FILE = (text: string): Buffer => Buffer.from(`%PDF-1.7\n${text}\n%%EOF`);
const digestOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** What is told of a refusal, without the number of the request. */
function told({ instance: _, ...rest }: { instance?: string }): object {
  return rest;
}

const STANDARD = { family: 'house', name: '内控', herb: 'lianqiao', form: 'herb', effectiveFrom: '2026-01-01', source: '企业标准', limits: [{ item: '水分', limitText: '10.0', unit: '%', direction: 'max' }] };

/** Bodies that would be accepted from the right caller. */
const VALID: Record<string, object> = {
  'POST /api/v1/organisations': { code: 'NEW', name: '新社', type: 'cooperative', creditCode: creditCode(500_000), region: '141026', owner: { name: '新', login: 'new-owner', password: PASSWORD } },
  'PATCH /api/v1/organisations/{id}': { name: '改名社', why: '更名' },
  'POST /api/v1/people': { name: '新人', login: 'new-person', password: PASSWORD, roles: ['warehouse'] },
  'PATCH /api/v1/people/{id}': { name: '改名' },
  'POST /api/v1/people/{id}/password': { password: 'another password' },
  'POST /api/v1/people/{id}/erasure': { why: '本人要求' },
  'POST /api/v1/api-keys': { name: '系统', roles: ['machine'] },
  'DELETE /api/v1/api-keys/{id}': {},
  'POST /api/v1/sites': { kind: 'workshop', name: '车间', region: '141026', dailyCapacityKg: 80000 },
  'PATCH /api/v1/sites/{id}': { name: '改名库', dailyCapacityKg: '8.5e4', why: '更名' },
  'POST /api/v1/bases': { name: '基地', region: '141026' },
  'PATCH /api/v1/bases/{id}': { name: '改名基地' },
  'POST /api/v1/plots': { baseId: '', name: '地块', layer: 'crop', fromYear: 2026, boundary: SQUARE, datum: 'GCJ-02', declaredMu: '1500' },
  'PATCH /api/v1/plots/{id}': { boundary: SQUARE, datum: 'WGS-84', why: '重测' },
  'POST /api/v1/tending-areas': { baseId: '', name: '抚育区', layer: 'understorey', fromYear: 2026, boundary: SQUARE, datum: 'BD-09' },
  'PATCH /api/v1/tending-areas/{id}': { declaredMu: 900 },
  'POST /api/v1/herbs': HERB('dihuang', '地黄'),
  'POST /api/v1/products': { name: '连翘', herbs: ['lianqiao'], form: 'decoction-piece', netContent: { value: 0.5, unit: 'KGM' } },
  'POST /api/v1/certificates': { kind: 'GAP', number: 'G-1', issuer: '某局', validFrom: '2026-01-01', validTo: '2027-01-01', subject: { type: 'base', id: '' } },
  'POST /api/v1/jurisdictions': { organisationId: '', regionPrefix: '1410', stage: 'all', herb: 'lianqiao' },
  'DELETE /api/v1/jurisdictions/{id}': {},
  'POST /api/v1/import-grants': { run: 'paper', reason: '纸质台账', until: new Date(Date.now() + 86_400_000).toISOString(), sources: ['采收台账'] },
  'DELETE /api/v1/import-grants/{id}': {},
  'POST /api/v1/allowances': { step: 'transport', direction: 'loss', percent: '0.3', herb: 'lianqiao', months: [7, 8], source: '合同第 6 条' },
  'PATCH /api/v1/allowances/{id}': { percent: 0.2, why: '改用密封包装' },
  'POST /api/v1/zones': { site: '', zone: 'quarantine', name: '待验区 A-01' },
  'PATCH /api/v1/zones/{id}': { name: '待验区 A-02' },
  'POST /api/v1/pickers': { kind: 'household', name: '王某某' },
  'PATCH /api/v1/pickers/{id}': { kind: 'member' },
  'POST /api/v1/pickers/{id}/erasure': { why: '本人要求' },
  'POST /api/v1/land-contracts': { land: [''], kind: 'lease', party: '某村村民委员会', from: '2024-03-01', to: '2029-02-28', areaMu: '866' },
  'PATCH /api/v1/land-contracts/{id}': { to: '2034-02-28' },
  'POST /api/v1/rotation-plans': { baseId: '', year: 2026, resting: [''] },
  'PATCH /api/v1/rotation-plans/{id}': { reason: '三年轮采' },
  'POST /api/v1/disasters': { land: [''], kind: 'frost', from: '2026-04-12', affectedMu: 120 },
  'PATCH /api/v1/disasters/{id}': { lossPercent: 60 },
  'POST /api/v1/opening-notices': { region: '141026', herb: 'lianqiao', grade: '青翘', from: '2026-07-15', number: '安政告 9', source: '县政府网站' },
  'PATCH /api/v1/opening-notices/{id}': { from: '2026-07-18' },
  'POST /api/v1/gi-quotas': { name: '安泽连翘', year: 2026, registeredKg: '36000', source: '用标核准通知' },
  'PATCH /api/v1/gi-quotas/{id}': { registeredKg: 40000, why: '看错' },
  'POST /api/v1/accreditations': { scheme: 'CMA', number: '2304', validFrom: '2024-01-01', validTo: '2029-12-31', scope: [{ test: '水分' }] },
  'PATCH /api/v1/accreditations/{id}': { validTo: '2027-06-30', why: '被撤销' },
  'POST /api/v1/instrument-templates': { name: '液相', instrument: 'HPLC-03', sampleColumn: '样品编号', results: [{ column: '水分', test: '水分', unit: '%' }] },
  'PATCH /api/v1/instrument-templates/{id}': { status: 'ended', why: '换仪器' },
  'POST /api/v1/links': { anchor: '', linkType: 'gs1:pip', href: 'https://example.cn/', title: '商品信息' },
  'PATCH /api/v1/links/{id}': { title: '商品说明', why: '改版' },
  'POST /api/v1/input-products': { name: '0.3%苦参碱水剂', kind: 'pesticide', registrationNumber: 'PD20102101', ingredients: [{ name: '苦参碱' }], crops: [{ crop: '连翘', herb: 'lianqiao', safetyIntervalDays: 14 }] },
  'PATCH /api/v1/input-products/{id}': { registrationNumber: 'PD20102102', why: '看错' },
  'POST /api/v1/input-lots': { product: '', supplier: '某农资店', boughtOn: '2026-05-20', quantity: '20', unit: 'L' },
  'PATCH /api/v1/input-lots/{id}': { status: 'ended', why: '重复登记' },
  'POST /api/v1/input-counts': { lot: '', kind: 'left', on: '2026-09-30', quantity: '20', unit: 'L' },
  'PATCH /api/v1/input-counts/{id}': { status: 'ended', why: '重复登记' },
  'POST /api/v1/input-allowances': { basis: 'sop', number: 'SOP-1', source: '质量管理负责人批准', herb: 'lianqiao', ingredients: ['苦参碱'], safetyIntervalDays: 21, from: '2026-03-01', papers: [{ name: '消解试验' }] },
  'PATCH /api/v1/input-allowances/{id}': { to: '2028-12-31', why: '到期' },
  'POST /api/v1/environment-tests': { land: [''], medium: 'soil', sampledOn: '2026-03-12', laboratory: '某检测', reportNumber: 'HJ-1', items: [{ test: '镉', value: '0.12', unit: 'mg/kg' }] },
  'PATCH /api/v1/environment-tests/{id}': { status: 'ended', why: '重复登记' },
  'POST /api/v1/unified-seasons': { baseId: '', herb: 'lianqiao', year: 2026, scheme: 'six', ticks: [] },
  'PATCH /api/v1/unified-seasons/{id}': { ticks: [{ point: 'inputs', evidence: [{ name: '口头' }] }], why: '补充' },
  'POST /api/v1/supplier-audits': { supplier: 'MINE', scope: '全过程', plannedOn: '2026-06-10' },
  'PATCH /api/v1/supplier-audits/{id}': { auditedOn: '2026-06-12', why: '已实施' },
  'POST /api/v1/gap-evaluations': { supplier: 'MINE', baseId: '', herb: 'lianqiao', years: ['2026'], conclusion: 'conforms', on: '2026-07-10' },
  'PATCH /api/v1/gap-evaluations/{id}': { status: 'ended', why: '重新评估' },
  'POST /api/v1/extended-inspections': { authority: '省药监局', number: '检 1', on: '2026-09-20', supplier: 'MINE', baseId: '', herb: 'lianqiao', years: ['2026'], result: 'passed' },
  'PATCH /api/v1/extended-inspections/{id}': { status: 'ended', why: '重复登记' },
  'PUT /api/v1/files/{sha256}': { file: FILE('walked').toString('base64') },
  'POST /api/v1/sops': { code: 'SOP-2', version: '1', title: '干燥规程', scope: 'processing', from: '2026-03-01' },
  'PATCH /api/v1/sops/{id}': { to: '2028-12-31', why: '新版生效' },
  'POST /api/v1/standards': STANDARD,
  'POST /api/v1/standards/imports': { take: 'all', file: Buffer.from('标准类别,标准名称,品种,形态,施行日期,来源,检验项目,方向,限度,单位\n内控,导入,连翘,药材,2026-01-01,企业标准,水分,不得过,10.0,%').toString('base64') },
  'PATCH /api/v1/standards/{id}': { effectiveTo: '2030-12-31', why: '到期' },
  'POST /api/v1/standards/{id}/versions': { name: '内控', effectiveFrom: '2027-01-01', source: '企业标准', limits: STANDARD.limits, why: '修订' },
  'POST /api/v1/standard-confirmations': { version: '', page: { number: '1', file: digestOf(FILE('furnished')) }, readings: [{ limit: 'L1', limitText: '10.0', unit: '%', direction: 'max' }] },
  'POST /api/v1/standard-confirmations/{id}/withdrawal': { why: '看错' },
  'POST /api/v1/standard-bindings': { version: '', herb: 'lianqiao', from: '2026-01-01' },
  'PATCH /api/v1/standard-bindings/{id}': { to: '2026-12-31', why: '期满' },
  'POST /api/v1/scales': { name: '一号台秤', site: '', division: { quantity: '0.1', unit: 'kg' }, capacity: { quantity: 500, unit: 'kg' }, calibratedOn: '2026-03-12', validUntil: '2027-03-11' },
  'PATCH /api/v1/scales/{id}': { from: '2026-09-01', calibratedOn: '2026-09-01', validUntil: '2027-08-31' },
};

/** Fills the ids of one's own things into a body. */
function withOwn(body: object | undefined, own: Things): object | undefined {
  if (body === undefined) return undefined;
  const filled = structuredClone(body) as Record<string, unknown>;
  if (filled.product === '') filled.product = own['/api/v1/input-products'];
  if (filled.lot === '') filled.lot = own['/api/v1/input-lots'];
  if (filled.version === '') filled.version = own['/api/v1/standards'];
  if ('site' in filled) filled.site = own['/api/v1/sites'];
  if ('baseId' in filled) filled.baseId = own['/api/v1/bases'];
  for (const list of ['land', 'resting']) if (list in filled) filled[list] = [own['/api/v1/plots']];
  if (filled.anchor === '') filled.anchor = own.anchor;
  if ('subject' in filled) filled.subject = { type: 'base', id: own['/api/v1/bases'] };
  if ('organisationId' in filled) filled.organisationId = own.supervisorId;
  return filled;
}

/** Registers one thing of each kind for an organisation. */
async function furnish(bench: RegistryBench, owner: Account, supervisor: Account): Promise<Things> {
  const things: Things = { '/api/v1/organisations': owner.organisationId, supervisorId: supervisor.organisationId };
  const add = async (who: Account, path: string, body: object) => {
    const response = await bench.send(who, 'POST', path, body);
    if (response.statusCode !== 201) throw new Error(`${path}: ${response.body}`);
    things[path] = response.json().id;
  };
  const [{ gs1_prefix: prefix }] = await bench.dataSource.query('SELECT gs1_prefix FROM organisation WHERE id = $1', [owner.organisationId]);
  const digits = `0${prefix}`.padEnd(13, '0');
  things.anchor = `https://id.gs1.org/01/${digits}${checkDigit(digits)}`;
  const login = `p-${owner.organisationId.slice(0, 8)}`;
  await add(owner, '/api/v1/people', { name: `姓名 ${login}`, login, password: PASSWORD, roles: ['warehouse'] });
  await add(owner, '/api/v1/api-keys', VALID['POST /api/v1/api-keys'] as object);
  await add(owner, '/api/v1/sites', VALID['POST /api/v1/sites'] as object);
  await add(owner, '/api/v1/allowances', VALID['POST /api/v1/allowances'] as object);
  await add(owner, '/api/v1/scales', withOwn(VALID['POST /api/v1/scales'], things) as object);
  await add(owner, '/api/v1/zones', withOwn(VALID['POST /api/v1/zones'], things) as object);
  await add(owner, '/api/v1/pickers', VALID['POST /api/v1/pickers'] as object);
  await add(owner, '/api/v1/bases', VALID['POST /api/v1/bases'] as object);
  await add(owner, '/api/v1/plots', withOwn(VALID['POST /api/v1/plots'], things) as object);
  await add(owner, '/api/v1/tending-areas', withOwn(VALID['POST /api/v1/tending-areas'], things) as object);
  for (const path of ['land-contracts', 'rotation-plans', 'disasters', 'opening-notices', 'gi-quotas', 'links', 'instrument-templates', 'accreditations']) {
    await add(owner, `/api/v1/${path}`, withOwn(VALID[`POST /api/v1/${path}`], things) as object);
  }
  await add(owner, '/api/v1/products', VALID['POST /api/v1/products'] as object);
  await add(owner, '/api/v1/certificates', withOwn(VALID['POST /api/v1/certificates'], things) as object);
  const head = await bench.person(owner, `h-${owner.organisationId.slice(0, 8)}`, ['quality-head']);
  for (const path of ['input-products', 'input-lots', 'input-counts']) await add(owner, `/api/v1/${path}`, withOwn(VALID[`POST /api/v1/${path}`], things) as object);
  for (const path of ['input-allowances', 'sops']) await add(head, `/api/v1/${path}`, VALID[`POST /api/v1/${path}`] as object);
  for (const path of ['environment-tests', 'unified-seasons', 'supplier-audits', 'extended-inspections']) await add(owner, `/api/v1/${path}`, withOwn(VALID[`POST /api/v1/${path}`], things) as object);
  await add(head, '/api/v1/gap-evaluations', withOwn(VALID['POST /api/v1/gap-evaluations'], things) as object);
  const { statusCode } = await bench.app.inject({ method: 'PUT', url: `/api/v1/files/${digestOf(FILE('furnished'))}`, payload: { file: FILE('furnished').toString('base64') }, headers: { authorization: `Bearer ${owner.token}` } });
  if (statusCode !== 201) throw new Error('a file was not taken');
  for (const path of ['standards', 'standard-confirmations', 'standard-bindings']) await add(owner, `/api/v1/${path}`, withOwn(VALID[`POST /api/v1/${path}`], things) as object);
  things['/api/v1/files'] = digestOf(FILE('walked'));
  await add(owner, '/api/v1/import-grants', { ...VALID['POST /api/v1/import-grants'], run: 'furnished' });
  await bench.send(owner, 'POST', '/api/v1/sites', VALID['POST /api/v1/sites'], { 'x-import-run': 'furnished' });
  await add(bench.operator, '/api/v1/jurisdictions', withOwn(VALID['POST /api/v1/jurisdictions'], things) as object);
  return { ...things, owner: owner as never, head: head as never };
}
