import { randomUUID } from 'node:crypto';
import { rebuild } from '@daodi/log';
import { record } from '@daodi/registry';
import { type Firm, FormsBench, leftBy } from '../testing/forms-bench';

let bench: FormsBench;
let coop: Firm;
let rival: Firm;
let other: string;
beforeAll(async () => {
  bench = await FormsBench.open();
  [coop, rival, other] = [await bench.firm('ANZE-LQ'), await bench.firm('RIVAL'), randomUUID()];
  await bench.say(coop.organisationId, [record('person', other, 'created', { new: { organisationId: coop.organisationId, name: '另一人', login: 'anze-2', roles: ['warehouse'], status: 'active' } })]);
});
afterAll(() => bench.close());

const AT = '2026-09-05T09:00:00+08:00';
const kg = (batch: string, quantity: string | number) => ({ batch, quantity, unit: 'kg' });
const faults = (body: { errors?: { pointer: string; rule: string }[] }) => body.errors?.map(({ pointer, rule }) => `${pointer} ${rule}`);
const uri = (code: string) => `https://trace.example.cn/b/${code}`;
const correct = (eventID: string, replacement?: object) => bench.post(coop, `/events/${encodeURIComponent(eventID)}/correction`, { reason: '看错', replacement });

describe('samples', () => {
  it('come back to their batch', async () => {
    const batch = await bench.harvested(coop, '10');
    await bench.done(coop, '/samples', { eventTime: AT, lines: [kg(batch, '0.5')] });
    expect(faults((await bench.post(rival, '/sample-returns', { eventTime: AT, lines: [kg(batch, '0.2')] })).body)).toEqual(['/lines/0/batch unknown-batch']);
    await bench.done(coop, '/sample-returns', { eventTime: '2026-09-06T09:00:00+08:00', site: coop.site, lines: [kg(batch, '0.2')], reason: '检验余样' });
    expect((await bench.book(coop, batch)).available).toBe(9_700_000n);
  });

  it('that are retained are listed until two people destroy them, and their mass is counted once', async () => {
    const batch = await bench.harvested(coop, '10');
    const draw = (quantity: string) => ({ eventTime: AT, kind: 'retained', lines: [kg(batch, quantity)], retained: { place: '留样柜 2 层', until: '2026-10-01' } });
    const size = await bench.size();
    const { eventID } = await bench.done(coop, '/samples', draw('0.5'));
    expect(leftBy(await bench.entriesFrom(size))).toEqual(['record:retained-sample', 'event:ObjectEvent']);
    expect((await correct(eventID, draw('0.4'))).status).toBe(201);
    const list = async (who: Firm, query = '') => (await bench.get(who, `/retained-samples${query}`)).body.items;
    const [kept, ...more] = await list(coop);
    expect([kept, more]).toEqual([expect.objectContaining({ batch: uri(batch), quantity: 0.4, place: '留样柜 2 层', due: '2026-10-01', status: 'kept' }), []]);
    expect([await list(rival), (await list(coop, '?within=36500')).length]).toEqual([[], 1]);
    const body = { eventTime: AT, destroyedBy: coop.person, watchedBy: coop.person, method: 'burning', reason: '到期' };
    const path = `/retained-samples/${kept.id}/destruction`;
    expect(faults((await bench.post(coop, path, body)).body)).toEqual(['/watchedBy same-person']);
    expect(faults((await bench.post(coop, path, { ...body, watchedBy: rival.person })).body)).toEqual(['/watchedBy unknown-person']);
    expect((await bench.post(rival, path, { ...body, destroyedBy: rival.person, watchedBy: rival.person })).status).toBe(404);
    await bench.done(coop, path, { ...body, watchedBy: other });
    expect((await bench.post(coop, path, { ...body, watchedBy: other })).body.type).toBe('urn:daodi:problem:already-destroyed');
    expect(await list(coop)).toEqual([expect.objectContaining({ status: 'destroyed', overdue: false, destroyed: expect.objectContaining({ watchedBy: other }) })]);
    expect((await bench.book(coop, batch)).available).toBe(9_600_000n);
    expect(JSON.stringify(await list(coop))).not.toContain('另一人');
  });

  it('that never were are no longer listed', async () => {
    const batch = await bench.harvested(coop, '10');
    const { eventID } = await bench.done(coop, '/samples', { eventTime: AT, kind: 'retained', lines: [kg(batch, '0.5')], retained: { place: 'A', until: '2027-01-01' } });
    await correct(eventID);
    expect((await bench.get(coop, '/retained-samples')).body.items.filter((item: { batch: string }) => item.batch === uri(batch))).toEqual([]);
  });
});

describe('a retest date', () => {
  it('is one for a batch, and is due on its day', async () => {
    const batch = await bench.harvested(coop, '10');
    const due = async (who: Firm, query = '') => (await bench.get(who, `/retests${query}`)).body.items;
    await bench.done(coop, '/retests', { eventTime: AT, batch, due: '2026-01-01', basis: '18 个月' });
    expect(await due(coop, '?within=0')).toEqual([expect.objectContaining({ batch: uri(batch), due: '2026-01-01', overdue: true })]);
    await bench.done(coop, '/retests', { eventTime: AT, batch, due: '2126-03-01' });
    expect([await due(coop, '?within=30'), (await due(coop)).map(({ overdue }: { overdue: boolean }) => overdue), await due(rival)]).toEqual([[], [false], []]);
    expect(faults((await bench.post(rival, '/retests', { eventTime: AT, batch, due: '2027-03-01' })).body)).toEqual(['/batch unknown-batch']);
  });
});

describe('what goes for good', () => {
  it('says how it was destroyed, by whom, and where the rest went', async () => {
    const batch = await bench.harvested(coop, '10');
    const body = { eventTime: AT, lines: [kg(batch, '2')], witness: coop.person, executor: coop.person, reason: '霉变', method: 'burning', place: '县处置中心', certificate: 'XH-1', residues: [{ what: '灰渣', quantity: '0.1', unit: 'kg', destination: 'landfill' }] };
    expect(faults((await bench.post(coop, '/destructions', body)).body)).toEqual(['/executor same-person']);
    const size = await bench.size();
    await bench.done(coop, '/destructions', { ...body, executor: other });
    expect((await bench.entriesFrom(size))[0]?.body['daodi:destruction']).toEqual({ method: 'burning', place: '县处置中心', certificate: 'XH-1', executor: other, residues: [{ what: '灰渣', quantity: 0.1, uom: 'KGM', destination: 'landfill' }] });
  });

  it('has a destination where it is waste, and is then no stock', async () => {
    const batch = await bench.harvested(coop, '10');
    const { batches: [product, waste] } = await bench.done(coop, '/processing', { eventTime: AT, step: 'sorting', inputs: [kg(batch, '10')], outputs: [{ quantity: '9', unit: 'kg' }, { role: 'waste', quantity: '1', unit: 'kg' }] });
    const open = async (who: Firm) => (await bench.get(who, '/waste-removals/open')).body.items;
    expect([await open(coop), await open(rival)]).toEqual([[expect.objectContaining({ code: waste.code, quantity: 1 })], []]);
    expect(faults((await bench.post(coop, '/waste-removals', { eventTime: AT, lines: [kg(product.code, '1')], destination: 'compost' })).body)).toEqual(['/lines/0/batch no-waste']);
    const body = { eventTime: '2026-09-06T09:00:00+08:00', lines: [kg(waste.code, '1')], destination: 'compost', receiver: '有机肥厂' };
    const { eventID } = await bench.done(coop, '/waste-removals', body);
    expect(await open(coop)).toEqual([]);
    await correct(eventID, { ...body, lines: [kg(waste.code, '0.8')] });
    expect(await open(coop)).toEqual([expect.objectContaining({ quantity: 0.2 })]);
  });
});

describe('a card', () => {
  it('adds up to what the book holds, at each place and in the whole house', async () => {
    const batch = await bench.harvested(coop, '10');
    await bench.done(coop, '/storage', { eventTime: '2026-08-21T09:00:00+08:00', site: coop.site, lines: [kg(batch, '8')] });
    await bench.done(coop, '/sales', { eventTime: AT, site: coop.site, lines: [kg(batch, '3')] });
    await bench.done(coop, '/stock-takes', { eventTime: '2026-09-06T09:00:00+08:00', site: coop.site, lines: [kg(batch, '4.9')], shortageReason: 'natural-loss' });
    const here = (await bench.get(coop, `/batches/${batch}/card?site=${coop.site}`)).body;
    expect(here.lines.map(({ what, in: into, out, balance }: Record<string, unknown>) => [what, into, out, balance])).toEqual([
      ['store', 8, undefined, 8], ['sell', undefined, 3, 5], ['stock-take', undefined, 0.1, 4.9],
    ]);
    expect(here.lines[2]).toMatchObject({ reason: 'natural-loss', place: '一号库', by: ['machine'], document: expect.any(String) });
    expect((await bench.get(coop, `/batches/${batch}/card`)).body.balance).toBe(6.9);
    expect((await bench.get(rival, `/batches/${batch}/card`)).status).toBe(404);
  });
});

it('is projected the same when everything is rebuilt from the first entry', async () => {
  const rebuilt = await rebuild(bench.dataSource, bench.projections, [], 'all');
  for (const { tables } of rebuilt) for (const { table, before, after } of tables) expect([table, after]).toEqual([table, before]);
});
