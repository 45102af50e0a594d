import { rebuild } from '@daodi/log';
import { type Firm, FormsBench, leftBy } from '../testing/forms-bench';

let bench: FormsBench;
let coop: Firm;
let rival: Firm;
let zones: Record<'quarantine' | 'qualified' | 'rejected' | 'dispatch', string>;
beforeAll(async () => {
  bench = await FormsBench.open();
  [coop, rival] = [await bench.firm('ANZE-LQ'), await bench.firm('RIVAL')];
  const token = await bench.key(coop.organisationId, ['warehouse']);
  const zone = async (kind: string): Promise<string> => (await bench.done({ ...coop, token }, '/zones', { site: coop.site, zone: kind, name: `${kind} A-01` })).id;
  zones = { quarantine: await zone('quarantine'), qualified: await zone('qualified'), rejected: await zone('rejected'), dispatch: await zone('dispatch') };
});
afterAll(() => bench.close());

const AT = '2026-09-05T09:00:00+08:00';
const urn = (id: string) => `urn:daodi:site:${id}`;
const kg = (batch: string, quantity: string | number) => ({ batch, quantity, unit: 'kg' });
const faults = (body: { errors?: { pointer: string; rule: string }[] }) => body.errors?.map(({ pointer, rule }) => `${pointer} ${rule}`);
const left = async (run: () => Promise<unknown>) => {
  const size = await bench.size();
  await run();
  const entries = await bench.entriesFrom(size);
  return { kinds: leftBy(entries), bodies: entries.map(({ body }) => body) };
};
const correct = (eventID: string, replacement?: object) => bench.post(coop, `/events/${encodeURIComponent(eventID)}/correction`, { reason: '看错', replacement });
const storedIn = async (place: string, kilograms: string): Promise<string> => {
  const batch = await bench.harvested(coop, kilograms);
  await bench.done(coop, '/storage', { eventTime: '2026-08-21T09:00:00+08:00', site: place, lines: [kg(batch, kilograms)] });
  return batch;
};

describe('a zone', () => {
  it('is a place of a site of one’s own, and its kind never changes', async () => {
    const token = await bench.key(coop.organisationId, ['owner']);
    expect(faults((await bench.post({ token }, '/zones', { site: rival.site, zone: 'quarantine', name: 'x' })).body)).toEqual(['/site unknown-site']);
    expect(faults((await bench.post({ token }, '/zones', { site: zones.quarantine, zone: 'quarantine', name: 'x' })).body)).toEqual(['/site unknown-site']);
    expect((await bench.get({ token }, '/zones')).body.items).toHaveLength(4);
    expect((await bench.get(rival, `/zones/${zones.quarantine}`)).status).toBe(404);
    expect((await bench.get({ token }, '/sites')).body.items).toHaveLength(1);
    const changed = await bench.app.inject({ method: 'PATCH', url: `/api/v1/zones/${zones.quarantine}`, payload: { zone: 'qualified' }, headers: { authorization: `Bearer ${token}` } });
    expect(changed.statusCode).toBe(422);
  });

  it('is where goods lie, so that a whole site is not counted over it', async () => {
    const batch = await storedIn(zones.quarantine, '10');
    expect((await bench.book(coop, batch)).availableAt).toEqual(new Map([[urn(zones.quarantine), 10_000_000n]]));
    expect((await bench.get(coop, `/batches/${batch}`)).body.holdings).toEqual([{ state: 'available', site: urn(zones.quarantine), zone: 'quarantine', quantity: 10, uom: 'KGM' }]);
    const answer = await bench.post(coop, '/stock-takes', { eventTime: AT, site: coop.site, lines: [{ ...kg(batch, '9.8'), reason: 'drying-loss' }] });
    expect(faults(answer.body)).toContain('/lines/0/batch by-zone');
    await bench.done(coop, '/stock-takes', { eventTime: AT, site: zones.quarantine, lines: [{ ...kg(batch, '9.8'), reason: 'drying-loss' }] });
    expect((await bench.book(coop, batch)).availableAt).toEqual(new Map([[urn(zones.quarantine), 9_800_000n]]));
  });
});

describe('a transfer', () => {
  it('takes from the place it names and from no other', async () => {
    const batch = await storedIn(zones.dispatch, '10');
    const other = await storedIn(zones.qualified, '4');
    await bench.done(coop, '/transfers', { eventTime: AT, from: zones.dispatch, to: zones.qualified, lines: [kg(batch, '6')] });
    await bench.done(coop, '/transfers', { eventTime: '2026-09-05T10:00:00+08:00', from: zones.qualified, to: zones.rejected, lines: [kg(batch, '1'), kg(other, '4')] });
    expect((await bench.book(coop, batch)).availableAt).toEqual(new Map([[urn(zones.dispatch), 4_000_000n], [urn(zones.qualified), 5_000_000n], [urn(zones.rejected), 1_000_000n]].sort() as [string, bigint][]));
    expect(faults((await bench.post(coop, '/transfers', { eventTime: AT, from: rival.site, to: zones.qualified, lines: [kg(batch, '1')] })).body)).toEqual(['/from unknown-site']);
    expect((await bench.post(coop, '/transfers', { eventTime: AT, from: zones.qualified, to: zones.rejected, lines: [kg(batch, '6')] })).body).toMatchObject({ type: 'urn:daodi:problem:overdrawn', lines: [{ wanted: 6, available: 5 }] });
    expect(faults((await bench.post(rival, '/transfers', { eventTime: AT, from: rival.site, to: zones.qualified, lines: [kg(batch, '1')] })).body)).toEqual(['/lines/0/batch unknown-batch', '/to unknown-site']);
  });

  it('says where it is put and where it arrived: other forms may leave a place open, these may not', async () => {
    const batch = await storedIn(coop.site, '1');
    for (const path of ['/arrivals', '/storage']) {
      const refused = (await bench.post(coop, path, { eventTime: AT, lines: [kg(batch, '1')] })).body;
      expect([refused.type, refused.errors.map(({ pointer }: { pointer: string }) => pointer)]).toEqual(['urn:daodi:problem:invalid', ['/site']]);
    }
  });

  it('is under way until it arrives, and what is lost on the way is booked', async () => {
    const batch = await storedIn(coop.site, '10');
    await bench.done(coop, '/transfers', { eventTime: AT, from: coop.site, to: zones.qualified, lines: [kg(batch, '8')], underWay: true });
    expect((await bench.get(coop, '/transfers/under-way')).body.items).toEqual([{ batch: `https://trace.example.cn/b/${batch}`, to: urn(zones.qualified), quantity: 8, uom: 'KGM' }]);
    expect((await bench.get(rival, '/transfers/under-way')).body.items).toEqual([]);
    await bench.done(coop, '/arrivals', { eventTime: '2026-09-05T12:00:00+08:00', site: zones.qualified, lines: [kg(batch, '5')] });
    const { kinds } = await left(() => bench.done(coop, '/arrivals', { eventTime: '2026-09-05T15:00:00+08:00', site: zones.qualified, lines: [{ ...kg(batch, '2.9'), reason: 'transit-loss' }] }));
    expect(kinds).toEqual(['event:ObjectEvent', 'event:ObjectEvent']);
    expect((await bench.book(coop, batch)).availableAt).toEqual(new Map([[urn(coop.site), 2_000_000n], [urn(zones.qualified), 7_900_000n]].sort() as [string, bigint][]));
    expect((await bench.get(coop, '/transfers/under-way')).body.items).toEqual([]);
  });

  it('does not arrive twice: where nothing is under way there is nothing to differ from', async () => {
    const batch = await storedIn(coop.site, '30');
    await bench.done(coop, '/transfers', { eventTime: AT, from: coop.site, to: zones.qualified, lines: [kg(batch, '10')], underWay: true });
    const arrive = (...lines: object[]) => bench.post(coop, '/arrivals', { eventTime: '2026-09-05T12:00:00+08:00', site: zones.qualified, lines });
    const more = { ...kg(batch, '10.1'), reason: 'scale-difference' };
    expect(faults((await arrive(more, more)).body)).toEqual(['/lines/0/batch batch-twice', '/lines/1/batch batch-twice']);
    expect((await arrive(more)).status).toBe(201);
    expect(faults((await arrive(more)).body)).toEqual(['/lines/0/reason nothing-under-way']);
    expect((await bench.book(coop, batch)).available).toBe(30_100_000n);
  });
});

describe('no difference is booked without a reason', () => {
  it('in a stock-take: it is asked for with the numbers, and one that cannot be is refused', async () => {
    const [batch, more] = [await storedIn(coop.site, '10'), await storedIn(coop.site, '10')];
    const count = (lines: object[], rest: object = {}) => ({ eventTime: AT, site: coop.site, lines, ...rest });
    const asked = await bench.post(coop, '/stock-takes', count([kg(batch, '9.7'), kg(more, '10.2')]));
    expect([asked.status, faults(asked.body)]).toEqual([422, ['/lines/0/reason difference-without-reason', '/lines/1/reason difference-without-reason']]);
    expect(asked.body.errors[0].detail).toBe('the book says 10 kg, there is 9.7 kg, less by 0.3 kg: say why');
    expect(faults((await bench.post(coop, '/stock-takes', count([{ ...kg(more, '10.2'), reason: 'drying-loss' }]))).body)).toEqual(['/lines/0/reason reason-direction']);
    await bench.done(coop, '/stock-takes', count([kg(batch, '9.7'), kg(more, '10.2')], { shortageReason: 'natural-loss', surplusReason: 'count-surplus' }));
    const { items } = (await bench.get(coop, `/stock-takes?batch=${batch}`)).body;
    expect(items).toEqual([expect.objectContaining({ book: 10, counted: 9.7, difference: -0.3, reason: 'natural-loss', site: urn(coop.site), kind: 'stock-take' })]);
    expect((await bench.get(rival, `/stock-takes?batch=${batch}`)).body.items).toEqual([]);
  });

  it('counted in packages with moisture', async () => {
    const batch = await storedIn(coop.site, '310');
    const packages = { count: 12, each: '25', odd: '8.4', unit: 'kg' };
    expect(faults((await bench.post(coop, '/stock-takes', { eventTime: AT, lines: [{ ...kg(batch, 1), packages }] })).body)).toEqual(['/lines/0 quantity-or-packages']);
    await bench.done(coop, '/stock-takes', { eventTime: AT, site: coop.site, lines: [{ batch, packages, moisture: { percent: '11.80', method: 'oven' }, reason: 'drying-loss' }] });
    expect((await bench.get(coop, `/stock-takes?batch=${batch}`)).body.items).toEqual([expect.objectContaining({ counted: 308.4, difference: -1.6, moisture: { percent: '11.80', method: 'oven' } })]);
  });
});

describe('re-drying', () => {
  const change = (batch: string, before: string, after: string, more: object = {}) => ({ eventTime: AT, site: coop.site, change: 're-drying', lines: [{ batch, before, after, unit: 'kg', ...more }] });
  const moistures = { moistureBefore: { percent: '13.40', method: 'oven' }, moistureAfter: { percent: '11.20', method: 'oven' } };

  it('books what dried away on the same batch, and compares the dry matter', async () => {
    const batch = await storedIn(coop.site, '300');
    const { kinds, bodies } = await left(() => bench.done(coop, '/stock-changes', change(batch, '268', '261.4', moistures)));
    expect(kinds).toEqual(['event:ObjectEvent']);
    expect(bodies[0]).toMatchObject({ bizStep: 'stock_taking', 'daodi:adjustment': 'loss', 'daodi:stockChange': 're-drying', quantityList: [{ quantity: 6.6 }] });
    expect((await bench.book(coop, batch)).available).toBe(293_400_000n);
    const { items } = (await bench.get(coop, `/stock-changes?batch=${batch}`)).body;
    expect(items).toEqual([expect.objectContaining({ book: 268, counted: 261.4, reason: 'drying-loss', dryMatter: { before: '232.088', after: '232.1232', difference: '0.0352', uom: 'KGM', verdict: 'agrees' } })]);
    expect((await bench.get(coop, `/stock-takes?batch=${batch}`)).body.items).toEqual([]);
  });

  it('does not make heavier, and is corrected like any form', async () => {
    const batch = await storedIn(coop.site, '300');
    expect(faults((await bench.post(coop, '/stock-changes', change(batch, '261', '268'))).body)).toEqual(['/lines/0/after other-direction']);
    expect(faults((await bench.post(rival, '/stock-changes', change(batch, '268', '261'))).body)).toContain('/lines/0/batch unknown-batch');
    const { eventID } = await bench.done(coop, '/stock-changes', change(batch, '268', '261'));
    const answer = await correct(eventID, change(batch, '268', '262'));
    expect([answer.status, (await bench.book(coop, batch)).available]).toEqual([201, 294_000_000n]);
    expect((await bench.get(coop, `/stock-changes?batch=${batch}`)).body.items.map(({ counted }: { counted: number }) => counted)).toEqual([262]);
    expect((await correct(answer.body.eventID)).status).toBe(201);
    expect((await bench.book(coop, batch)).available).toBe(300_000_000n);
  });

  it('is stored once under its id', async () => {
    const batch = await storedIn(coop.site, '300');
    const body = { ...change(batch, '268', '261'), eventID: 'urn:uuid:0193f2a4-7c1e-4d3a-9b5e-2f6c8d1e4a70' };
    const [first, again] = [await bench.post(coop, '/stock-changes', body), await bench.post(coop, '/stock-changes', body)];
    expect([first.status, again.status]).toEqual([201, 200]);
    expect((await bench.book(coop, batch)).available).toBe(293_000_000n);
  });
});

describe('upkeep', () => {
  it('moves nothing, and carries what was read', async () => {
    const batch = await storedIn(zones.rejected, '10');
    const { kinds, bodies } = await left(() => bench.done(coop, '/upkeep', {
      eventTime: AT, site: zones.rejected, measures: ['turning', 'pest-check'], reading: { temperatureCelsius: '-2.5', humidityPercent: '58', source: 'device', device: 'TH-03' },
      checks: [{ batch, moisture: { percent: '12.5', method: 'meter' } }],
    }));
    expect(kinds).toEqual(['event:ObjectEvent']);
    expect(bodies[0]).toMatchObject({ 'daodi:upkeep': { measures: ['turning', 'pest-check'] }, 'daodi:moistures': [{ percent: '12.5' }] });
    expect(bodies[0]?.['quantityList']).toContainEqual({ epcClass: `https://trace.example.cn/b/${batch}` });
    expect(bodies[0]?.['sensorElementList']).toEqual([expect.objectContaining({ sensorReport: [{ type: 'gs1:Temperature', value: -2.5, uom: 'CEL' }, { type: 'gs1:RelativeHumidity', value: 58, uom: 'P1' }] })]);
    expect((await bench.book(coop, batch)).available).toBe(10_000_000n);
    expect(faults((await bench.post(coop, '/upkeep', { eventTime: AT, measures: ['turning'] })).body)).toEqual(['/batches no-goods']);
  });
});

describe('a decision on what lies in quarantine', () => {
  it('is the head of quality’s own, and moves what it decides on', async () => {
    const batch = await storedIn(zones.quarantine, '10');
    const body = { eventTime: AT, from: zones.quarantine, to: zones.qualified, lines: [kg(batch, '7')], basis: '检验报告 YD-1 符合规定' };
    expect((await bench.post(coop, '/zone-decisions', body)).status).toBe(403);
    const token = await bench.key(coop.organisationId, ['quality-head']);
    expect((await bench.post({ token }, '/zone-decisions', body)).body.type).toBe('urn:daodi:problem:person-needed');
  });
});

it('is projected the same when everything is rebuilt from the first entry', async () => {
  const rebuilt = await rebuild(bench.dataSource, bench.projections, [], 'all');
  for (const { tables } of rebuilt) for (const { table, before, after } of tables) expect([table, after]).toEqual([table, before]);
});
