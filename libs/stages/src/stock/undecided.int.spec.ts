import { rebuild } from '@daodi/log';
import { type Firm, FormsBench } from '../testing/forms-bench';

let bench: FormsBench;
let store: Firm;
let head: Firm;
let buyer: Firm;
let zones: Record<'quarantine' | 'qualified' | 'rejected' | 'general', string>;
beforeAll(async () => {
  bench = await FormsBench.open();
  [store, buyer] = [await bench.firm('ANZE-LQ'), await bench.firm('HUAIHE-YP')];
  head = { ...store, ...(await bench.signedIn(store.organisationId, ['quality-head'])) };
  const token = await bench.key(store.organisationId, ['warehouse']);
  const zone = async (kind: string): Promise<string> => (await bench.done({ ...store, token }, '/zones', { site: store.site, zone: kind, name: `${kind} A-01` })).id;
  zones = { quarantine: await zone('quarantine'), qualified: await zone('qualified'), rejected: await zone('rejected'), general: await zone('general') };
});
afterAll(() => bench.close());

const AT = '2026-09-05T09:00:00+08:00';
const kg = (batch: string, quantity: string | number) => ({ batch, quantity, unit: 'kg' });
const urn = (id: string) => `urn:daodi:site:${id}`;
const faults = (body: { errors?: { pointer: string; rule: string }[] }) => body.errors?.map(({ pointer, rule }) => `${pointer} ${rule}`);
const storedIn = async (place: string, kilograms: string): Promise<string> => {
  const batch = await bench.harvested(store, kilograms);
  await bench.done(store, '/storage', { eventTime: '2026-08-21T09:00:00+08:00', site: place, lines: [kg(batch, kilograms)] });
  return batch;
};
const places = async (batch: string) => Object.fromEntries((await bench.book(store, batch)).availableAt);
const correct = (who: Firm, eventID: string, replacement?: object) => bench.post(who, `/events/${encodeURIComponent(eventID)}/correction`, { reason: '看错', replacement });

describe('what nobody has found fit', () => {
  it.each(['quarantine', 'rejected'] as const)('does not leave %s by a transfer or by being put elsewhere', async (kind) => {
    const batch = await storedIn(zones[kind], '10');
    const move = (to: string, more: object = {}) => bench.post(store, '/transfers', { eventTime: AT, from: zones[kind], to, lines: [kg(batch, '4')], ...more });
    for (const to of [zones.qualified, zones.general, store.site]) expect(faults((await move(to)).body)).toEqual(['/lines/0/batch decision-needed']);
    expect(faults((await move(zones.qualified, { underWay: true, acceptOverdrawn: true, reason: '急' })).body)).toEqual(['/lines/0/batch decision-needed']);
    const put = (lines: object[]) => bench.post(store, '/storage', { eventTime: AT, site: zones.qualified, lines });
    expect(faults((await put([kg(batch, '4')])).body)).toEqual(['/lines/0/batch decision-needed']);
    await bench.done(head, '/zone-decisions', { eventTime: AT, from: zones[kind], to: zones.qualified, lines: [kg(batch, '6')], basis: '检验报告 YD-1' });
    // What lies there already is not what was put there: more of it can only have come from the zone.
    expect(faults((await put([kg(batch, '6')])).body)).toEqual(['/lines/0/batch decision-needed']);
    expect(await places(batch)).toEqual({ [urn(zones[kind])]: 4_000_000n, [urn(zones.qualified)]: 6_000_000n });
  });

  it('is not carried out by a transfer, an arrival or a correction that names another place', async () => {
    const batch = await storedIn(zones.quarantine, '10');
    const more = { acceptOverdrawn: true, reason: '急' };
    const move = { eventTime: AT, from: zones.general, to: zones.qualified, lines: [kg(batch, '4')] };
    expect(faults((await bench.post(store, '/transfers', { ...move, ...more })).body)).toEqual(['/lines/0/batch decision-needed']);
    expect(faults((await bench.post(store, '/arrivals', { eventTime: AT, site: zones.qualified, lines: [kg(batch, '4')] })).body)).toEqual(['/lines/0/batch decision-needed']);
    const inner = await bench.done(store, '/transfers', { ...move, from: zones.quarantine, to: zones.rejected });
    for (const from of [zones.quarantine, zones.general]) expect(faults((await correct(store, inner.eventID, { ...move, from })).body)).toEqual(['/replacement/lines/0/batch decision-needed']);
    const other = await storedIn(zones.general, '10');
    const { eventID } = await bench.done(store, '/transfers', { ...move, lines: [kg(other, '4')] });
    expect((await correct(store, eventID, { ...move, lines: [kg(other, '7')] })).status).toBe(201);
    expect(await places(other)).toEqual({ [urn(zones.general)]: 3_000_000n, [urn(zones.qualified)]: 7_000_000n });
  });

  it.each(['shipments', 'sales', 'credit-sales'])('is not sent by %s unless whoever sends it knows', async (form) => {
    const batch = await storedIn(zones.quarantine, '10');
    const more = { shipments: { to: { organisation: buyer.code } }, 'credit-sales': { buyer: 'K-1', amount: '10', dueOn: '2026-12-31' } }[form];
    const send = (quantity: string, rest: object = {}) => bench.post(store, `/${form}`, { eventTime: '2026-09-06T09:00:00+08:00', lines: [kg(batch, quantity)], ...more, ...rest });
    const warned = await send('4', { acceptOverdrawn: true, reason: '急' });
    expect([warned.status, warned.body.type, warned.body.lines]).toMatchObject([409, 'urn:daodi:problem:undecided', [{ wanted: 4, available: 0, missing: 4 }]]);
    await bench.done(head, '/zone-decisions', { eventTime: AT, from: zones.quarantine, to: zones.qualified, lines: [kg(batch, '6')], basis: '检验报告 YD-1' });
    expect((await send('1', { site: zones.quarantine })).body.type).toBe('urn:daodi:problem:undecided');
    expect((await send('3', { site: zones.qualified })).status).toBe(201);
    expect((await send('4', { site: zones.qualified })).body.lines).toMatchObject([{ wanted: 4, available: 3, missing: 1 }]);
    expect(faults((await send('4', { site: zones.qualified, acceptUndecided: true })).body)).toEqual(['/reason reason-missing']);
    expect((await send('4', { site: zones.qualified, acceptUndecided: true, reason: '退回供货方' })).status).toBe(201);
    expect((await bench.book(store, batch)).available).toBe(3_000_000n);
  });
});

it('a split of what nobody has found fit is warned of, for its parts have codes of their own', async () => {
  const batch = await storedIn(zones.quarantine, '10');
  const split = { eventTime: AT, site: zones.general, batch, parts: [{ quantity: '5', unit: 'kg' }] };
  expect((await bench.post(store, '/splits', split)).body).toMatchObject({ type: 'urn:daodi:problem:undecided', lines: [{ wanted: 5, available: 0, missing: 5 }] });
  expect((await bench.post(store, '/splits', { ...split, site: zones.quarantine, acceptUndecided: true, reason: '分开存放' })).status).toBe(201);
});

it.each([
  ['processing', (batch: string) => ({ step: 'drying', inputs: [kg(batch, '5')], outputs: [{ quantity: '2', unit: 'kg' }] })],
  ['packing', (batch: string) => ({ inputs: [kg(batch, '5')], pieces: 50, netContent: { quantity: '100', unit: 'g' } })],
  ['gradings', (batch: string) => ({ batch, used: { quantity: '5', unit: 'kg' }, outputs: [{ grade: '一等', quantity: '5', unit: 'kg' }] })],
  ['repackings', (batch: string) => ({ batch, packages: { count: 1, quantity: '5', unit: 'kg' } })],
])('%s of what nobody has found fit is warned of', async (form, of) => {
  const batch = await storedIn(zones.rejected, '10');
  const body = { eventTime: AT, site: zones.general, ...of(batch) };
  expect((await bench.post(store, `/${form}`, body)).body).toMatchObject({ type: 'urn:daodi:problem:undecided', lines: [{ wanted: 5, available: 0, missing: 5 }] });
  expect((await bench.post(store, `/${form}`, { ...body, acceptUndecided: true, reason: '返工' })).status).toBe(201);
});

it('a mixture with some of what nobody has found fit is warned of', async () => {
  const [unfit, fit] = [await storedIn(zones.quarantine, '10'), await storedIn(zones.qualified, '10')];
  const mixture = { eventTime: AT, site: zones.qualified, inputs: [kg(unfit, '5'), kg(fit, '5')] };
  expect((await bench.post(store, '/mixtures', mixture)).body).toMatchObject({ type: 'urn:daodi:problem:undecided', lines: [{ wanted: 5, available: 0 }] });
  expect((await bench.post(store, '/mixtures', { ...mixture, acceptUndecided: true, reason: '返工' })).status).toBe(201);
});

describe('a decision', () => {
  it('is corrected and withdrawn by a head of quality alone', async () => {
    const batch = await storedIn(zones.quarantine, '10');
    const body = (to: string) => ({ eventTime: AT, from: zones.quarantine, to, lines: [kg(batch, '7')], basis: '检验报告 YD-1' });
    const { eventID } = await bench.done(head, '/zone-decisions', body(zones.rejected));
    const manager: Firm = { ...store, ...(await bench.signedIn(store.organisationId, ['manager'])) };
    const keyed: Firm = { ...store, token: await bench.key(store.organisationId, ['quality-head']) };
    for (const replacement of [body(zones.qualified), undefined]) {
      expect([(await correct(manager, eventID, replacement)).body.type, (await correct(keyed, eventID, replacement)).body.type]).toEqual(['urn:daodi:problem:not-permitted', 'urn:daodi:problem:person-needed']);
    }
    const { body: corrected } = await correct(head, eventID, body(zones.qualified));
    expect(await places(batch)).toEqual({ [urn(zones.quarantine)]: 3_000_000n, [urn(zones.qualified)]: 7_000_000n });
    const states = async () => (await bench.dataSource.query(`SELECT status, state ->> 'decision' AS decision FROM stock_record WHERE type = 'zone-decision' AND state -> 'lines' -> 0 ->> 'epcClass' LIKE $1`, [`%${batch}`]));
    expect(await states()).toEqual([{ status: 'active', decision: 'qualified' }]);
    expect((await correct(head, corrected.eventID)).status).toBe(201);
    expect([await places(batch), await states()]).toEqual([{ [urn(zones.quarantine)]: 10_000_000n }, [{ status: 'withdrawn', decision: 'qualified' }]]);
  });
});

describe('a retained sample that was destroyed', () => {
  it('stays destroyed when its drawing is corrected', async () => {
    const batch = await storedIn(zones.general, '10');
    const draw = (quantity: string) => ({ eventTime: AT, kind: 'retained', lines: [kg(batch, quantity)], retained: { place: '留样柜 2 层', until: '2026-10-01' } });
    const { eventID } = await bench.done(store, '/samples', draw('0.5'));
    const [{ id }] = (await bench.get(store, '/retained-samples')).body.items;
    await bench.done(store, `/retained-samples/${id}/destruction`, { eventTime: AT, destroyedBy: store.person, watchedBy: head.person, method: 'burning', reason: '到期' });
    expect((await correct(store, eventID, draw('0.4'))).status).toBe(201);
    expect((await bench.get(store, '/retained-samples')).body.items).toEqual([expect.objectContaining({ id, quantity: 0.4, status: 'destroyed', destroyed: expect.objectContaining({ watchedBy: head.person }) })]);
  });
});

it('is projected the same when everything is rebuilt from the first entry', async () => {
  const rebuilt = await rebuild(bench.dataSource, bench.projections, [], 'all');
  for (const { tables } of rebuilt) for (const { table, before, after } of tables) expect([table, after]).toEqual([table, before]);
});
