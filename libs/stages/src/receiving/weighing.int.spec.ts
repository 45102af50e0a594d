import { rebuild } from '@daodi/log';
import { record } from '@daodi/registry';
import { randomUUID } from 'node:crypto';
import { type Firm, FormsBench, leftBy } from '../testing/forms-bench';

let bench: FormsBench;
let coop: Firm;
let factory: Firm;
let scales: { coop: string; factory: string; expired: string };
beforeAll(async () => {
  bench = await FormsBench.open();
  [coop, factory] = [await bench.firm('ANZE-LQ', { roles: ['machine', 'owner'] }), await bench.firm('HUAIHE-YP', { type: 'decoction-piece-factory', roles: ['machine', 'owner'] })];
  const scale = async (firm: Firm, division: string, validUntil = '2027-03-11') =>
    (await bench.done(firm, '/scales', { name: '台秤', site: firm.site, division: { quantity: division, unit: 'kg' }, capacity: { quantity: '500', unit: 'kg' }, validUntil })).id as string;
  scales = { coop: await scale(coop, '0.1'), factory: await scale(factory, '0.2'), expired: await scale(coop, '0.1', '2026-08-01') };
});
afterAll(() => bench.close());

const kg = (quantity: string, weighing?: object) => ({ quantity, unit: 'kg', ...(weighing && { weighing }) });
const uri = (code: string) => `https://trace.example.cn/b/${code}`;
const pointers = (body: { errors?: { pointer: string; rule: string }[] }) => body.errors?.map(({ pointer, rule }) => `${pointer} ${rule}`);
const AT = '2026-09-01T08:00:00+08:00';
/** Harvested by the coop and shipped to the factory, weighed on the coop's scale. */
async function shipped(kilograms: string, weighing: object | undefined = { scale: scales.coop }): Promise<string> {
  const batch = await bench.harvested(coop, kilograms);
  await bench.done(coop, '/shipments', { eventTime: AT, to: { organisation: 'HUAIHE-YP' }, lines: [{ batch, ...kg(kilograms, weighing) }] });
  return batch;
}
const receipt = (batch: string, accepted: object, more: object = {}, body: object = {}) =>
  ({ eventTime: '2026-09-02T15:00:00+08:00', from: { organisation: 'ANZE-LQ' }, lines: [{ batch, accepted, ...more }], ...body });
const last = async () => (await bench.entriesFrom((await bench.size()) - 1))[0]?.body as Record<string, any>;

describe('a weighing', () => {
  it('stands in the event beside the quantity: gross, tare, packages, moisture, the scale as it stood that day', async () => {
    const crop = await bench.done(coop, '/crops', { eventTime: '2023-03-20T09:00:00+08:00', herb: 'lianqiao', plots: [coop.plot], mode: 'wild-tended' });
    const answer = await bench.done(coop, '/harvests', {
      eventTime: '2026-08-20T17:30:00+08:00', crop: crop.batches[0].code, quantity: '1625', unit: '斤',
      weighing: { scale: scales.coop, gross: '1660', tare: '35', packages: { count: 32, each: '50', odd: '25' }, moisture: { percent: '64.0', method: 'oven' } },
    });
    expect((await last())['daodi:weighing']).toEqual([{
      epcClass: uri(answer.batches[0].code), net: 812.5, gross: 830, tare: 17.5, uom: 'KGM', packages: { count: 32, each: 25, odd: 12.5 }, readings: 1,
      scale: `urn:daodi:scale:${scales.coop}`, division: 0.1, resolution: 0.5, validUntil: '2027-03-11', moisture: { percent: '64.0', method: 'oven' }, notes: ['above-capacity'],
    }]);
    expect(answer.notes).toEqual([expect.objectContaining({ rule: 'above-capacity', zh: '超过衡器最大秤量' })]);
    expect(leftBy(await bench.entriesFrom((await bench.size()) - 1))).toEqual(['event:TransformationEvent']);
  });

  it('whose numbers contradict each other is refused with both', async () => {
    const batch = await bench.harvested(coop, '10');
    const { body } = await bench.post(coop, '/shipments', {
      eventTime: AT, to: { organisation: 'HUAIHE-YP' },
      lines: [{ batch, ...kg('10', { gross: '11', tare: '0.5', packages: { count: 2, each: '4' }, scale: scales.factory, moisture: { percent: '101', method: 'oven' } }) }],
    });
    expect(pointers(body)).toEqual([
      '/lines/0/weighing/scale unknown-scale', '/lines/0/weighing/gross net-of-gross', '/lines/0/weighing/packages net-of-packages', '/lines/0/weighing/moisture/percent percent',
    ]);
    expect(body.errors[1].detail).toBe('gross less tare is 10.5 kg, and the quantity is 10 kg');
  });

  it('without a scale, or on one whose calibration ran out, is taken and says so', async () => {
    const batch = await bench.harvested(coop, '10');
    const ship = async (weighing: object) => (await bench.done(coop, '/shipments', { eventTime: AT, to: { organisation: 'HUAIHE-YP' }, lines: [{ batch, ...kg('1.05', weighing) }] })).notes.map(({ rule }: { rule: string }) => rule);
    expect(await ship({})).toEqual(['no-scale']);
    expect(await ship({ scale: scales.expired })).toEqual(['finer-than-division', 'calibration-expired']);
  });

  it('of pieces is none', async () => {
    const { body } = await bench.post(factory, '/receipts', receipt('urn:example:lot:9', { quantity: 3, unit: '件', weighing: { gross: 4 } }, {}, { acceptOverdrawn: true, reason: '未同步' }));
    expect(pointers(body)).toEqual(['/lines/0/accepted/weighing unit-dimension']);
  });
});

describe('a receipt whose weight agrees with the shipment’s', () => {
  it('books what is missing under its reason: shipped = received + short, and both numbers stay', async () => {
    const batch = await shipped('200');
    const answer = await bench.done(factory, '/receipts', receipt(batch, kg('199.8', { scale: scales.factory })));
    expect(answer.agreement).toEqual([{
      epcClass: uri(batch), shipped: 200, received: 199.8, difference: -0.2, tolerance: 0.3, divisions: 0.3, allowance: 0, isAllowanceOnRecord: false, uom: 'KGM', agrees: true, reason: 'scale-difference',
    }]);
    expect(await last()).toMatchObject({ quantityList: [{ quantity: 199.8 }], 'daodi:receipt': { accepted: [{ quantity: 199.8 }], short: [{ quantity: 0.2, reason: 'scale-difference' }] } });
    expect(await bench.book(factory, batch)).toMatchObject({ available: 199_800_000n, transit: 0n, overdrawn: 0n });
  });

  it('allows nothing by a scale that cannot tell the goods from nothing, nor by one said to have been read without end', async () => {
    const { id } = await bench.done(factory, '/scales', { name: '地磅', site: factory.site, division: { quantity: '1', unit: 't' } });
    for (const weighing of [{ scale: id }, { scale: scales.factory, weighings: 100_000 }]) {
      const batch = await shipped('200');
      const { status, body } = await bench.post(factory, '/receipts', receipt(batch, kg('390', weighing)));
      expect([status, body.type]).toEqual([409, 'urn:daodi:problem:received-more-than-shipped']);
    }
  });

  it('books what is too much as gained, and overdraws nothing', async () => {
    const batch = await shipped('200');
    await bench.done(factory, '/receipts', receipt(batch, kg('200.3', { scale: scales.factory })));
    expect(await last()).toMatchObject({ quantityList: [{ quantity: 200.3 }], 'daodi:receipt': { accepted: [{ quantity: 200 }], gained: [{ quantity: 0.3, reason: 'scale-difference' }] } });
    expect(await bench.book(factory, batch)).toMatchObject({ available: 200_300_000n, transit: 0n, overdrawn: 0n });
    const [totals] = await bench.dataSource.query('SELECT made, gained, lost, held FROM node WHERE id = $1', [(await bench.book(factory, batch)).node]);
    expect(totals).toEqual({ made: '200000000', gained: '300000', lost: '0', held: '200300000' });
  });

  it('that does not agree is warned of with the numbers, then taken as before', async () => {
    const batch = await shipped('200');
    const body = receipt(batch, kg('200.4', { scale: scales.factory }));
    const warned = await bench.post(factory, '/receipts', body);
    expect([warned.status, warned.body.type]).toEqual([409, 'urn:daodi:problem:received-more-than-shipped']);
    expect(warned.body.agreement).toEqual([expect.objectContaining({ shipped: 200, received: 200.4, difference: 0.4, tolerance: 0.3, isAllowanceOnRecord: false, agrees: false })]);
    await bench.done(factory, '/receipts', { ...body, acceptOverdrawn: true, reason: '对方磅秤偏差' });
    expect(await bench.book(factory, batch)).toMatchObject({ available: 200_000_000n, overdrawn: 400_000n });
  });

  it('leaves on its way what is missing beyond that, and what is said to be still to come', async () => {
    const [far, part] = [await shipped('200'), await shipped('200')];
    await bench.done(factory, '/receipts', receipt(far, kg('199.6', { scale: scales.factory })));
    expect(await bench.book(factory, far)).toMatchObject({ available: 199_600_000n, transit: 400_000n });
    await bench.done(factory, '/receipts', receipt(part, kg('199.8', { scale: scales.factory }), { moreToCome: true }));
    expect(await bench.book(factory, part)).toMatchObject({ available: 199_800_000n, transit: 200_000n });
  });

  it('adds what the receiver’s house allows in transport, by herb and season', async () => {
    await bench.done(factory, '/allowances', { step: 'transport', direction: 'loss', percent: '0.3', herb: 'lianqiao', months: [9], source: '合同第 6 条' });
    const batch = await shipped('200');
    const { agreement } = await bench.done(factory, '/receipts', receipt(batch, kg('199.2', { scale: scales.factory })));
    expect(agreement).toEqual([expect.objectContaining({ difference: -0.8, divisions: 0.3, allowance: 0.6, tolerance: 0.9, allowancePercent: '0.3', isAllowanceOnRecord: true, reason: 'transit-loss' })]);
    const october = await shipped('200');
    await bench.done(factory, '/receipts', { ...receipt(october, kg('199.2', { scale: scales.factory })), eventTime: '2026-10-02T15:00:00+08:00' });
    expect((await bench.book(factory, october)).transit).toBe(800_000n);
  });

  it('is compared anew when it is corrected', async () => {
    const batch = await shipped('200');
    const first = await bench.done(factory, '/receipts', receipt(batch, kg('199.8', { scale: scales.factory })));
    const { status, body } = await bench.post(factory, `/events/${encodeURIComponent(first.eventID)}/correction`, { reason: '读错', replacement: receipt(batch, kg('200.2', { scale: scales.factory })) });
    expect([status, body.agreement]).toEqual([201, [expect.objectContaining({ shipped: 200, received: 200.2, reason: 'scale-difference' })]]);
    expect(await bench.book(factory, batch)).toMatchObject({ available: 200_200_000n, transit: 0n, overdrawn: 0n });
  });
});

it('is made anew from the log as it was', async () => {
  await bench.say(coop.organisationId, [record('site', randomUUID(), 'created', { new: { kind: 'shop', name: '门市', region: '141026', status: 'active' } })]);
  const tables = (await rebuild(bench.dataSource, bench.projections, [], 'all')).flatMap((rebuilt) => rebuilt.tables);
  expect(tables.filter(({ before, after }) => before !== after)).toEqual([]);
  expect(tables.filter(({ table, rows }) => ['weighed', 'booked_difference', 'allowance'].includes(table) && rows > 0)).toHaveLength(3);
});
