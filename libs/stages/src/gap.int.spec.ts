import { createHash } from 'node:crypto';
import { UNIFIED } from '@daodi/herbal';
import { rebuild } from '@daodi/log';
import { GAP_SECTIONS, QUALITY_FOLLOWERS, QUALITY_MIGRATIONS, QUALITY_PROJECTIONS, QualityModule } from '@daodi/quality';
import { strFromU8, unzipSync } from 'fflate';
import { type Firm, FormsBench } from './testing/forms-bench';

let bench: FormsBench;
let coop: Firm;
let pharma: Firm;
let rival: Firm;
let base: string;
let plot: string;
beforeAll(async () => {
  bench = await FormsBench.open({ modules: [QualityModule], migrations: QUALITY_MIGRATIONS, projections: QUALITY_PROJECTIONS, followers: QUALITY_FOLLOWERS });
  [coop, pharma, rival] = [await bench.firm('ANZE-LQ', { roles: ['owner'] }), await bench.firm('PHARMA', { type: 'pharma-company', roles: ['owner', 'quality-head'] }), await bench.firm('RIVAL', { roles: ['owner', 'quality-head'] })];
  base = (await bench.done(coop, '/bases', { name: '东山基地', region: '141026' })).id;
  plot = (await bench.done(coop, '/plots', { baseId: base, name: '东坡', layer: 'crop', fromYear: 2026, boundary: SQUARE, datum: 'WGS-84' })).id;
});
afterAll(() => bench.close());

const SQUARE = { type: 'Polygon', coordinates: [[[112.2, 36.1], [112.21, 36.1], [112.21, 36.11], [112.2, 36.11], [112.2, 36.1]]] };
const SHA = createHash('sha256').update('培训').digest('hex');
const rules = (answer: { body: { reasons: { rule: string }[] } }) => answer.body.reasons.map(({ rule }) => rule);
const faults = (body: { errors?: { pointer: string; rule: string }[] }) => body.errors?.map(({ pointer, rule }) => `${pointer} ${rule}`);
const kg = (batch: string, quantity: string) => ({ batch, quantity, unit: 'kg' });

/** Harvested by the co-operative on its base and received by the firm. */
async function delivered(on: Firm = coop, land: string = plot): Promise<string> {
  const crop = (await bench.done(on, '/crops', { eventTime: '2023-03-20T09:00:00+08:00', herb: 'lianqiao', plots: [land], mode: 'wild-tended' })).batches[0].code;
  const batch = (await bench.done(on, '/harvests', { eventTime: '2026-08-20T09:30:00+08:00', crop, quantity: '100', unit: 'kg' })).batches[0].code;
  await bench.done(on, '/shipments', { eventTime: '2026-08-21T08:00:00+08:00', lines: [kg(batch, '100')], to: { organisation: pharma.code } });
  await bench.done(pharma, '/receipts', { eventTime: '2026-08-21T18:00:00+08:00', lines: [{ batch, accepted: { quantity: '100', unit: 'kg' } }], from: { organisation: on.code } });
  return batch;
}

it('a batch may carry the words once base, herb and season are unified with evidence and evaluated on an audit; by whoever evaluated alone', async () => {
  const batch = await delivered();
  const asked = (who: Firm = pharma) => bench.get(who, `/batches/${batch}/gap`);
  expect(rules(await asked())).toEqual(['not-evaluated', 'unified-missing']);
  expect((await asked(rival)).status).toBe(404);

  const season = { baseId: base, herb: 'lianqiao', year: 2026, scheme: 'six' };
  const evidence = { name: '培训签到', sha256: SHA };
  expect(faults((await bench.post(rival, '/unified-seasons', { ...season, ticks: [] })).body)).toEqual(['/baseId unknown-base']);
  const ticks = UNIFIED.six.map(({ code }) => ({ point: code, evidence: [evidence] }));
  expect(faults((await bench.post(coop, '/unified-seasons', { ...season, ticks: [{ point: 'pricing', evidence: [{ name: '合同', recordType: 'sop', record: plot }] }] })).body)).toEqual(['/ticks/0/point other-scheme', '/ticks/0/evidence/0/record unknown-record']);
  const unified = await bench.done(coop, '/unified-seasons', { ...season, ticks: ticks.map((tick, i) => (i === 0 ? { ...tick, evidence: [{ name: '口头' }] } : tick)) });
  expect((await bench.get(coop, `/unified-seasons/${unified.id}`)).body).toMatchObject({ missing: ['base-planning'] });
  expect((await asked()).body.reasons.find(({ rule }: { rule: string }) => rule === 'unified-missing').of).toEqual(['base-planning']);
  expect((await bench.send(coop, 'PATCH', `/unified-seasons/${unified.id}`, { ticks, why: '补证据' })).status).toBe(200);

  const evaluate = (who: Firm, audit?: string) => bench.done(who, '/gap-evaluations', { supplier: coop.code, baseId: base, herb: 'lianqiao', years: ['2026'], conclusion: 'conforms', on: '2026-07-10', audit });
  const auditBy = async (who: Firm, findings: object[] = []): Promise<string> => (await bench.done(who, '/supplier-audits', { supplier: coop.code, scope: '全过程', plannedOn: '2026-06-10', auditedOn: '2026-06-12', findings })).id;
  await evaluate(rival, await auditBy(rival));
  expect(rules(await asked())).toEqual(['not-evaluated']);
  await evaluate(pharma);
  expect(rules(await asked())).toEqual(['audit-missing']);
  const audit = await auditBy(pharma, [{ severity: 'major', found: '台账缺盘点' }]);
  expect(faults((await bench.post(rival, '/gap-evaluations', { supplier: coop.code, baseId: base, herb: 'lianqiao', years: ['26'], conclusion: 'conforms', on: '2026-07-10', audit })).body)).toEqual(['/audit unknown-audit', '/years/0 year']);
  await bench.done(pharma, '/gap-evaluations', { supplier: coop.code, baseId: base, herb: 'lianqiao', years: ['2025', '2026'], conclusion: 'conforms', on: '2026-07-11', audit });
  expect(rules(await asked())).toEqual(['audit-findings-open']);
  expect((await bench.send(pharma, 'PATCH', `/supplier-audits/${audit}`, { findings: [{ severity: 'major', found: '台账缺盘点', correction: '补盘', correctedOn: '2026-07-02' }], why: '整改确认' })).status).toBe(200);
  expect((await asked()).body).toMatchObject({ mayPrint: true, statement: '药材符合GAP要求', reasons: [] });
  expect(rules(await asked(coop))).toEqual(['not-evaluated']);

  const inspection = { authority: '省药监局', number: '12号', on: '2026-09-20', supplier: coop.code, baseId: base, herb: 'lianqiao', years: ['2026'], result: 'failed' };
  await bench.done(rival, '/extended-inspections', inspection);
  expect(rules(await asked())).toEqual([]);
  const authority = await bench.firm('GOV', { type: 'supervisor', roles: ['supervisor'] });
  await bench.done(authority, '/extended-inspections', inspection);
  expect(rules(await asked())).toEqual(['inspection-failed']);
});

it('a mixture may not, where one of its parts may not', async () => {
  const theirBase = (await bench.done(rival, '/bases', { name: '他社', region: '141026' })).id;
  const theirPlot = (await bench.done(rival, '/plots', { baseId: theirBase, name: '西坡', layer: 'crop', fromYear: 2026, boundary: SQUARE, datum: 'WGS-84' })).id;
  const [one, other] = [await delivered(), await delivered(rival, theirPlot)];
  const mixed = (await bench.done(pharma, '/processing', { eventTime: '2026-09-05T09:00:00+08:00', step: 'blending', inputs: [kg(one, '50'), kg(other, '50')], outputs: [{ quantity: '100', unit: 'kg' }] })).batches[0].code;
  const { body } = await bench.get(pharma, `/batches/${mixed}/gap`);
  expect(body.origins.map(({ organisation }: { organisation: string }) => organisation)).toEqual(expect.arrayContaining(['ANZE-LQ', 'RIVAL']));
  expect(body.reasons.filter(({ organisation }: { organisation?: string }) => organisation === 'RIVAL').map(({ rule }: { rule: string }) => rule)).toEqual(['not-evaluated', 'unified-missing']);
});

it('the file for an inspection has every section in its order, says which are empty, and holds nobody else’s records', async () => {
  const batch = await delivered();
  await bench.done(coop, '/environment-tests', { land: [plot], medium: 'soil', sampledOn: '2026-03-12', laboratory: '某检测', reportNumber: 'HJ-1', items: [{ test: '镉', value: '0.12', unit: 'mg/kg' }] });
  expect(faults((await bench.post(rival, '/environment-tests', { land: [plot], medium: 'soil', sampledOn: '2026-03-12', validUntil: '2025-01-01', laboratory: '某检测', reportNumber: 'HJ-1', items: [{ test: '镉', value: '0.12' }] })).body)).toEqual(['/validUntil days-order', '/land/0 unknown-land']);
  const path = `/gap-file?base=${base}&herb=lianqiao&year=2026`;
  expect((await bench.get(rival, path)).status).toBe(404);
  const response = await bench.app.inject({ method: 'GET', url: `/api/v1${path}`, headers: { authorization: `Bearer ${coop.token}` } });
  expect([response.statusCode, response.headers['content-type']]).toEqual([200, 'application/zip']);
  const files = unzipSync(response.rawPayload);
  const contents = strFromU8(files['00-contents.csv'] as Uint8Array).trim().split('\r\n').slice(1);
  expect(contents.map((row) => row.split(',')[1])).toEqual(GAP_SECTIONS.map(({ zh }) => zh));
  expect(contents.filter((row) => row.endsWith('nothing on record')).map((row) => row.split(',')[1])).toContain('包装');
  const harvests = JSON.parse(strFromU8(files['06-harvest.json'] as Uint8Array));
  expect(JSON.stringify(harvests)).toContain(batch);
  expect(JSON.parse(strFromU8(files['02-environment.json'] as Uint8Array))).toHaveLength(1);
  const all = Object.values(files).map((file) => strFromU8(file)).join('\n');
  expect([all.includes('他社'), all.includes('daodi:typed'), all.includes('"verified": false')]).toEqual([false, false, true]);
});

it('everything is the same after a rebuild', async () => {
  const tables = (await rebuild(bench.dataSource, bench.projections, [], 'all')).flatMap((one) => one.tables).filter(({ table }) => table === 'gap_record');
  expect(tables.map(({ rows }) => rows > 5)).toEqual([true]);
  for (const { before, after } of tables) expect(after).toBe(before);
});
