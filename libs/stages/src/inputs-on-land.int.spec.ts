import { randomUUID } from 'node:crypto';
import { catchUp, rebuild } from '@daodi/log';
import { QUALITY_FOLLOWERS, QUALITY_MIGRATIONS, QUALITY_PROJECTIONS, QualityModule } from '@daodi/quality';
import { record } from '@daodi/registry';
import { historyFollower } from '@daodi/trace';
import { type Firm, FormsBench } from './testing/forms-bench';

const FOLLOWERS = [historyFollower, ...QUALITY_FOLLOWERS];
let bench: FormsBench;
let coop: Firm;
let rival: Firm;
let head: Firm;
let west: string;
beforeAll(async () => {
  bench = await FormsBench.open({ modules: [QualityModule], migrations: QUALITY_MIGRATIONS, projections: QUALITY_PROJECTIONS, followers: FOLLOWERS });
  [coop, rival] = [await bench.firm('ANZE-LQ', { roles: ['owner'] }), await bench.firm('RIVAL', { roles: ['owner', 'quality-head'] })];
  head = { ...coop, token: (await bench.signedIn(coop.organisationId, ['quality-head'])).token };
  west = randomUUID();
  await bench.say(coop.organisationId, [record('plot', west, 'created', { new: { name: '西坡', region: '141026', status: 'active', version: 1 } })]);
});
afterAll(() => bench.close());

const PESTICIDE = { name: '0.3%苦参碱水剂', kind: 'pesticide', registrationNumber: 'PD20102101', ingredients: [{ name: '苦参碱', content: '0.3%' }], crops: [{ crop: '连翘', herb: 'lianqiao', safetyIntervalDays: 14 }] };
const product = async (more: object = {}): Promise<string> => (await bench.done(coop, '/input-products', { ...PESTICIDE, ...more })).id;
const lotOf = async (of: string, more: object = {}): Promise<string> => (await bench.done(coop, '/input-lots', { product: of, supplier: '某农资店', boughtOn: '2026-05-20', quantity: '10', unit: 'L', ...more })).id;
const crop = async (herb = 'lianqiao'): Promise<string> =>
  (await bench.done(coop, '/crops', { eventTime: '2023-03-20T09:00:00+08:00', herb, plots: [coop.plot, west], since: '2023-03-20', mode: 'wild-tended' })).batches[0].code;
const spray = (on: string, day: string, input: object, more: object = {}) =>
  bench.done(coop, '/field-work', { eventTime: `${day}T07:00:00+08:00`, crop: on, work: 'plant-protection', inputsUsed: [{ quantity: '1', unit: 'L', ...input }], ...more });
const pick = async (from: string, day: string, more: object = {}): Promise<string> =>
  (await bench.done(coop, '/harvests', { eventTime: `${day}T17:00:00+08:00`, crop: from, quantity: '100', unit: 'kg', ...more })).batches[0].code;

interface Found {
  readonly rule: string;
  readonly severity: string;
  readonly numbers: any; // looked into freely
}
async function findings(batch: string): Promise<Found[]> {
  for (const follower of FOLLOWERS) await catchUp(bench.dataSource, follower);
  return (await bench.get(coop, `/findings?batch=${batch}`)).body.items.filter(({ rule }: Found) => rule !== 'written-late');
}
const found = async (batch: string): Promise<string[]> => (await findings(batch)).map(({ severity, rule }) => `${severity} ${rule}`).sort();
/** Rules that stand against a release now, beside the missing report and standard. */
async function against(batch: string): Promise<string[]> {
  const { body } = await bench.post(head, '/releases', { batch, decision: 'released', standard: '内控标准' });
  return body.reasons.map(({ rule }: { rule: string }) => rule).filter((rule: string) => rule !== 'no-passing-report' && rule !== 'no-statutory-standard').sort();
}
const faults = (body: { errors?: { pointer: string; rule: string }[] }) => body.errors?.map(({ pointer, rule }) => `${pointer} ${rule}`);

describe('the safety interval', () => {
  it('counts days of China from the last use, whichever is told first, on the land that was sprayed', async () => {
    const lot = await lotOf(await product());
    const sprayed = await crop();
    const answer = await spray(sprayed, '2026-06-10', { lot }, { plots: [coop.plot], areaMu: '12.5', operator: coop.person, weather: { sky: '晴' } });
    expect(answer.earliestHarvest).toBe('2026-06-24');
    const view = (await bench.get(coop, `/crops/${sprayed}/input-uses`)).body;
    expect([view.earliestHarvest, view.by.used, view.plots.map(({ earliestHarvest }: { earliestHarvest?: string }) => earliestHarvest)]).toEqual(['2026-06-24', '2026-06-10', ['2026-06-24', undefined]]);
    expect((await bench.get(coop, `/batches/${sprayed}`)).body.harvest).toMatchObject({ earliestHarvest: '2026-06-24', by: { used: '2026-06-10' } });
    const [early, onTheDay, elsewhere, anywhere] = [
      await pick(sprayed, '2026-06-23', { plots: [coop.plot] }), await pick(sprayed, '2026-06-24', { plots: [coop.plot] }), await pick(sprayed, '2026-06-23', { plots: [west] }), await pick(sprayed, '2026-06-23'),
    ];
    expect([await found(early), await found(onTheDay), await found(elsewhere), await found(anywhere)]).toEqual([['blocking harvest-in-safety-interval'], [], [], ['blocking harvest-in-safety-interval']]);
    expect((await findings(early))[0]?.numbers.uses).toEqual([{ input: '0.3%苦参碱水剂', used: '2026-06-10', picked: '2026-06-23', safetyIntervalDays: 14, earliestHarvest: '2026-06-24' }]);
    expect([await against(early), await against(onTheDay)]).toEqual([['harvest-in-safety-interval'], []]);

    const other = await crop();
    const before = await pick(other, '2026-06-23');
    expect([await found(before), await against(before)]).toEqual([[], []]);
    await spray(other, '2026-06-23', { inputProduct: await product() }, { eventTime: '2026-06-23T18:00:00+08:00' });
    expect(await found(before)).toEqual([]);
    const late = await spray(other, '2026-06-10', { lot });
    expect([await found(before), await against(before)]).toEqual([['blocking harvest-in-safety-interval'], ['harvest-in-safety-interval']]);
    expect((await bench.post(coop, `/events/${encodeURIComponent(late.eventID)}/correction`, { reason: '记错种植批' })).status).toBe(201);
    expect([await found(before), await against(before)]).toEqual([[], []]);
  });

  it('begins at midnight in China', async () => {
    const one = await crop();
    await spray(one, '', { inputProduct: await product() }, { eventTime: '2026-06-10T23:30:00Z' });
    expect((await bench.get(coop, `/crops/${one}/input-uses`)).body.earliestHarvest).toBe('2026-06-25');
  });

  it('follows the product’s record when that is corrected', async () => {
    const wrong = await product({ crops: [{ crop: '连翘', herb: 'lianqiao', safetyIntervalDays: 7 }] });
    const one = await crop();
    await spray(one, '2026-06-10', { inputProduct: wrong });
    const batch = await pick(one, '2026-06-20');
    expect(await found(batch)).toEqual([]);
    expect((await bench.send(coop, 'PATCH', `/input-products/${wrong}`, { crops: PESTICIDE.crops, why: '看错标签' })).status).toBe(200);
    expect(await found(batch)).toEqual(['blocking harvest-in-safety-interval']);
  });
});

describe('a banned input', () => {
  it('blocks from the day of the ban on, whatever it is called, and not the day before', async () => {
    const banned = { name: '20%灭多威乳油', ingredients: [{ name: '灭多威' }] };
    const [on, before] = [await crop(), await crop()];
    await spray(on, '2026-06-01', { inputProduct: await product(banned) });
    await spray(before, '2026-05-31', { inputProduct: await product(banned) });
    const [breach, none] = [await pick(on, '2026-08-20'), await pick(before, '2026-08-20')];
    expect([await found(breach), await found(none)]).toEqual([['blocking input-banned'], []]);
    expect([await against(breach), await against(none)]).toEqual([['input-banned'], []]);
    const disguised = await crop();
    await spray(disguised, '2026-06-01', { product: '3%克百威颗粒肥', kind: 'fertiliser' });
    expect(await found(await pick(disguised, '2026-08-20'))).toEqual(['blocking input-banned']);
    const doubtful = await crop();
    await spray(doubtful, '2026-06-01', { inputProduct: await product({ name: '乐果乳油', ingredients: [{ name: '乐果' }] }) });
    expect(await found(await pick(doubtful, '2026-08-20'))).toEqual(['warning input-ban-unverified']);
  });
});

describe('a use beyond the label', () => {
  it('is recorded, warned of, and lacks a residue test until an allowance with evidence says otherwise', async () => {
    const one = await crop('huangqin');
    await spray(one, '2026-06-10', { inputProduct: await product() });
    const batch = await pick(one, '2026-09-20');
    expect([await found(batch), await against(batch)]).toEqual([['warning input-off-label'], ['residue-test-missing']]);
    expect((await bench.get(coop, `/crops/${one}/input-uses`)).body).toMatchObject({ undetermined: ['0.3%苦参碱水剂'], uses: [{ standing: 'off-label' }] });
    const allowance = { basis: 'sop', number: 'SOP-7 第 3 版', source: '质量管理负责人批准', herb: 'huangqin', ingredients: ['苦参碱'], safetyIntervalDays: 30, from: '2026-03-01' };
    expect(faults((await bench.post(head, '/input-allowances', { ...allowance, papers: [] })).body)).toEqual(['/papers no-evidence']);
    expect((await bench.post(coop, '/input-allowances', { ...allowance, papers: [{ name: '消解试验' }] })).status).toBe(403);
    expect((await bench.post(rival, '/input-allowances', { ...allowance, papers: [{ name: '消解试验' }] })).status).toBe(201);
    expect(await found(batch)).toEqual(['warning input-off-label']);
    const { id } = await bench.done(head, '/input-allowances', { ...allowance, papers: [{ name: '消解试验' }] });
    expect([await found(batch), await against(batch)]).toEqual([[], []]);
    await bench.send(head, 'PATCH', `/input-allowances/${id}`, { status: 'ended', why: '证据不足' });
    expect([await found(batch), await against(batch)]).toEqual([['warning input-off-label'], ['residue-test-missing']]);
  });

  it('is asked of what was made of the harvest, and of nothing picked before it', async () => {
    const one = await crop('huangqin');
    const before = await pick(one, '2026-06-01');
    await spray(one, '2026-06-10', { product: '自配药剂' }, { appliedBy: 'others' });
    const batch = await pick(one, '2026-09-20');
    const dried = (await bench.done(coop, '/processing', { eventTime: '2026-09-25T09:00:00+08:00', step: 'drying', inputs: [{ batch, quantity: '100', unit: 'kg' }], outputs: [{ quantity: '35', unit: 'kg' }], losses: [{ cause: 'drying', quantity: '65', unit: 'kg' }] })).batches[0].code;
    expect([await against(before), await against(batch), await against(dried)]).toEqual([[], ['residue-test-missing'], ['residue-test-missing']]);
    expect((await findings(batch))[0]?.numbers.uses).toEqual([{ input: '自配药剂', used: '2026-06-10', residueTests: ['自配药剂'], appliedBy: 'others' }]);
  });
});

describe('stock of inputs', () => {
  it('warns where bought is not used, left and given back, and where it was used before it was bought', async () => {
    const of = await product();
    const [lot, one, two] = [await lotOf(of), await crop(), await crop()];
    await spray(one, '2026-06-10', { lot, quantity: '4' });
    await spray(two, '2026-06-11', { lot, quantity: '500', unit: 'mL' });
    const count = (kind: string, quantity: string | number) => bench.done(coop, '/input-counts', { lot, kind, on: '2026-09-30', quantity, unit: 'L' });
    expect(await found(one)).toEqual([]);
    await count('returned', '2');
    await count('left', '3.5');
    expect(await found(one)).toEqual([]);
    await spray(two, '2026-08-11', { lot, quantity: '1' });
    expect([await found(one), await found(two)]).toEqual([['warning input-balance'], ['warning input-balance']]);
    expect((await findings(one))[0]?.numbers.lots).toMatchObject([{ bought: '10', used: '5.5', unexplained: '1', uom: 'LTR' }]);
    await count('left', '2.5');
    expect([await found(one), await found(two)]).toEqual([[], []]);
    await spray(two, '2026-05-19', { lot: await lotOf(of), quantity: '1' });
    expect([await found(one), await found(two)]).toEqual([[], ['warning input-bought-after-use']]);
  });

  it('is the organisation’s own: another’s product, lot, SOP and crop do not exist', async () => {
    const of = await product();
    const lot = await lotOf(of);
    const sop = (await bench.done(head, '/sops', { code: 'SOP-1', version: '1', title: '田间规程', scope: 'field', from: '2026-01-01' })).id;
    for (const path of [`/input-products/${of}`, `/input-lots/${lot}`, `/sops/${sop}`]) {
      expect([path, (await bench.get(coop, path)).status, (await bench.get(rival, path)).status]).toEqual([path, 200, 404]);
    }
    expect(faults((await bench.post(rival, '/input-lots', { product: of, supplier: 'x', boughtOn: '2026-05-20', quantity: '1', unit: 'L' })).body)).toEqual(['/product unknown-input']);
    const one = await crop();
    expect((await bench.get(rival, `/crops/${one}/input-uses`)).status).toBe(404);
    const theirs = (await bench.done(rival, '/crops', { eventTime: '2023-03-20T09:00:00+08:00', herb: 'lianqiao', plots: [rival.plot], mode: 'wild-tended' })).batches[0].code;
    const body = { eventTime: '2026-06-10T07:00:00+08:00', crop: theirs, work: 'plant-protection', inputsUsed: [{ lot, quantity: '1', unit: 'L' }], plots: [coop.plot], operator: coop.person, sop };
    expect(faults((await bench.post(rival, '/field-work', body)).body)).toEqual(['/plots/0 unknown-land', '/operator unknown-person', '/inputsUsed/0/lot unknown-input-lot', '/inputsUsed/0/product no-input', '/sop unknown-sop']);
  });

  it('tells how a use would stand before it is saved', async () => {
    const [of, one] = [await product(), await crop()];
    expect((await bench.get(coop, `/crops/${one}/input-uses?product=${of}&day=2026-06-10`)).body.ifUsed).toMatchObject({ standing: 'registered', earliestHarvest: '2026-06-24', bans: [] });
    expect((await bench.get(coop, `/crops/${one}/input-uses?product=${randomUUID()}`)).status).toBe(404);
  });
});

it('more years of growth than the crop has stood are warned of', async () => {
  const one = await crop();
  expect([await found(await pick(one, '2026-08-20', { growthYears: 4 })), await found(await pick(one, '2026-08-20', { growthYears: 5 }))]).toEqual([[], ['warning growth-years-claimed']]);
});

it('work names its version of an SOP: one that was not in force is noted, hours beyond what it allows are warned of, whichever is told first', async () => {
  const sop = async (more: object): Promise<string> => (await bench.done(head, '/sops', { code: 'SOP-LQ-03', version: '1', title: '蒸制干燥', scope: 'processing', from: '2026-01-01', pickedToProcessedHours: 12, ...more })).id;
  const first = await sop({});
  const dry = async (eventTime: string, of: string): Promise<string> => {
    const batch = await pick(await crop(), '2026-08-20');
    const body = { eventTime, step: 'steaming', sop: of, inputs: [{ batch, quantity: '100', unit: 'kg' }], outputs: [{ quantity: '100', unit: 'kg' }] };
    return (await bench.done(coop, '/processing', body)).batches[0].code;
  };
  const [soon, late] = [await dry('2026-08-21T05:00:00+08:00', first), await dry('2026-08-21T05:06:00+08:00', first)];
  expect([await found(soon), await found(late)]).toEqual([[], ['warning processed-late']]);
  expect((await findings(late))[0]?.numbers.work).toEqual([{ day: '2026-08-21', sop: 'SOP-LQ-03', version: '1', hours: 12.1, hoursAllowed: 12 }]);
  await sop({ version: '3', from: '2026-08-22' });
  expect(await found(soon)).toEqual([]);
  await sop({ version: '2', from: '2026-08-21' });
  expect((await findings(soon))[0]?.numbers.work).toEqual([{ day: '2026-08-21', sop: 'SOP-LQ-03', version: '1', standing: 'superseded', newer: '2' }]);
  expect(await against(soon)).toEqual([]);
});

it('everything is the same after a rebuild', async () => {
  for (const follower of FOLLOWERS) await catchUp(bench.dataSource, follower);
  const tables = (await rebuild(bench.dataSource, bench.projections, FOLLOWERS, 'all')).flatMap((one) => one.tables).filter(({ table }) => /^(input_record|input_stock|finding)$/.test(table));
  expect(tables.map(({ table }) => table).sort()).toEqual(['finding', 'input_record', 'input_stock']);
  for (const { table, before, after } of tables) expect([table, after]).toEqual([table, before]);
});
