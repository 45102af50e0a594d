import { rebuild } from '@daodi/log';
import { BENCH_FOLLOWERS, day, type Firm, kg, PROJECTIONS, QualityBench } from '../testing/quality-bench';
import { harvest, planting, shipping } from '../testing/season';

let bench: QualityBench;
let hands: Firm[];
beforeAll(async () => {
  bench = await QualityBench.open();
  hands = [];
  for (const code of ['HAND-A', 'HAND-B', 'HAND-C', 'HAND-D']) hands.push(await bench.firm(code, 'processor', ['quality-head']));
});
afterAll(() => bench.close());

/** What a firm's inbox says of a batch: `severity rule share`. */
async function seen(firm: Firm, batch: string): Promise<string[]> {
  await bench.drain();
  const page = await bench.send(firm.owner, 'GET', `/api/v1/findings?batch=${encodeURIComponent(batch)}`);
  return page.json().items.map((f: { severity: string; rule: string; share: string }) => `${f.severity} ${f.rule} ${f.share}`).sort();
}
const numbersOf = async (firm: Firm, batch: string, rule: string) =>
  (await bench.send(firm.owner, 'GET', `/api/v1/findings?batch=${encodeURIComponent(batch)}&rule=${rule}`)).json().items[0]?.numbers;

async function harvested(firm: Firm, kilograms: number): Promise<string> {
  const [crop, fresh] = [await bench.issue(firm, 'lianqiao', 'crop'), await bench.issue(firm, 'lianqiao')];
  await bench.say(firm, planting(crop, day(1)));
  await bench.say(firm, harvest(crop, fresh, kilograms, day(2)));
  return fresh;
}
/** A receipt whose weight agreed: what is short was booked within the tolerance. */
const receipt = (lot: string, shipped: number, got: number, tolerance: number, sender: Firm, receiver: Firm, time: string) => ({
  ...shipping(lot, got, sender, receiver, time), bizStep: 'receiving',
  'daodi:receipt': { accepted: [kg(lot, got)], short: [kg(lot, shipped - got)] },
  'daodi:agreement': [{ epcClass: lot, shipped, received: got, tolerance, reason: 'transit-loss' }],
});
const weighed = (epcClass: string, of: string, net: number, percent: string, method = 'oven') =>
  ({ epcClass, of, net, uom: 'KGM', readings: 1, division: 0.1, resolution: 0.1, moisture: { percent, method } });

describe('differences booked along a chain', () => {
  it('warn when they are together more than any one agreement allows, in every share that rests on them, and close with the correction', async () => {
    const [a, b, c, d] = hands as [Firm, Firm, Firm, Firm];
    const lot = await harvested(a, 1000);
    await bench.say(a, shipping(lot, 1000, a, b, day(3)));
    await bench.say(b, receipt(lot, 1000, 992, 10, a, b, day(4)));
    await bench.say(b, shipping(lot, 992, b, c, day(5)));
    expect(await seen(b, lot)).toEqual([]);
    const second = await bench.say(c, receipt(lot, 992, 984, 10, b, c, day(6)));
    expect(await seen(c, lot)).toEqual(['warning differences-add-up own']);
    const made = await bench.issue(d, 'lianqiao');
    await bench.say(c, shipping(lot, 984, c, d, day(7)));
    await bench.say(d, { type: 'TransformationEvent', eventTime: day(8), inputQuantityList: [kg(lot, 984)], outputQuantityList: [kg(made, 984)] });
    expect(await seen(d, made)).toEqual(['warning differences-add-up own']);
    expect(await numbersOf(d, made, 'differences-add-up')).toEqual({
      differences: 2, percent: '1.6064516', largestTolerancePercent: '1.0080646', bookedHere: [], uom: 'KGM',
    });
    expect(await seen(b, lot)).toEqual([]);
    await bench.declare(c, second, 'ObjectEvent', day(6));
    await bench.say(c, receipt(lot, 992, 991, 10, b, c, day(6)));
    expect([await seen(c, lot), await seen(d, made)].flat().filter((finding) => finding.includes('add-up'))).toEqual([]);
  });

  it('are found behind what was made before the booking arrived', async () => {
    const [a, b, c] = hands as [Firm, Firm, Firm];
    const lot = await harvested(a, 1000);
    const [cut, made] = [await bench.issue(c, 'lianqiao'), await bench.issue(c, 'lianqiao')];
    await bench.say(a, shipping(lot, 1000, a, b, day(3)));
    await bench.say(b, receipt(lot, 1000, 991, 10, a, b, day(4)));
    await bench.say(b, shipping(lot, 991, b, c, day(5)));
    await bench.say(c, { type: 'TransformationEvent', eventTime: day(7), inputQuantityList: [kg(lot, 900)], outputQuantityList: [kg(cut, 900)] });
    await bench.say(c, { type: 'TransformationEvent', eventTime: day(8), inputQuantityList: [kg(cut, 900)], outputQuantityList: [kg(made, 900)] });
    expect((await seen(c, made)).filter((finding) => finding.includes('add-up'))).toEqual([]);
    await bench.say(c, receipt(lot, 991, 982, 10, b, c, day(6)));
    expect(await seen(c, made)).toEqual(['warning differences-add-up own']);
  });
});

describe('dry matter', () => {
  it('that comes from nothing blocks by measured moistures, warns by a table’s, and closes with the correction', async () => {
    const [a] = hands as [Firm];
    const fresh = await harvested(a, 200);
    const dry = async (method: string, out: number) => {
      const made = await bench.issue(a, 'lianqiao');
      const id = await bench.say(a, {
        type: 'TransformationEvent', eventTime: day(4), inputQuantityList: [kg(fresh, 100)], outputQuantityList: [kg(made, out)], 'daodi:losses': [{ cause: 'drying', quantity: 100 - out, uom: 'KGM' }],
        'daodi:weighing': [weighed(fresh, 'input', 100, '65.0', method), weighed(made, 'output', out, '11.0')],
      });
      return { made, id };
    };
    const [measured, table] = [await dry('oven', 41), await dry('table', 41)];
    expect([await seen(a, measured.made), await seen(a, table.made)]).toEqual([['blocking dry-matter-gained own'], ['warning dry-matter-doubtful own']]);
    // 40.9 kg at most 11.05 % water, less 100.1 kg at least 64.95 %.
    expect(await numbersOf(a, measured.made, 'dry-matter-gained')).toEqual({ gains: [{ at: 'step', events: [measured.id], in: 35, out: 36.49, gainedAtLeast: 1.2955, uom: 'KGM' }] });
    await bench.declare(a, measured.id, 'TransformationEvent', day(4));
    expect(await seen(a, measured.made)).toEqual([]);
    expect(await seen(a, (await dry('oven', 39)).made)).toEqual([]);
  });

  it('cannot grow in a store, whether the batch is said to have become heavier or lighter', async () => {
    const [a] = hands as [Firm];
    const change = async (adjustment: 'gain' | 'loss', [before, wet]: [number, string], [after, dry]: [number, string], method = 'oven') => {
      const lot = await harvested(a, 100);
      const id = await bench.say(a, {
        type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'stock_taking', eventTime: day(5), quantityList: [kg(lot, Math.abs(after - before))], 'daodi:adjustment': adjustment,
        'daodi:counts': [{ epcClass: lot, book: before, counted: after, uom: 'KGM', moistureBefore: { percent: wet, method }, moisture: { percent: dry, method } }],
      });
      return { lot, id };
    };
    const regained = await change('gain', [100, '10.0'], [160, '10.0']);
    expect(await seen(a, regained.lot)).toEqual(['blocking dry-matter-gained own']);
    expect(await numbersOf(a, regained.lot, 'dry-matter-gained')).toEqual({ gains: [{ at: 'store', events: [regained.id], in: 90, out: 144, gainedAtLeast: 52.07, uom: 'KGM' }] });
    expect(await seen(a, (await change('loss', [100, '15.0'], [99, '10.0'])).lot)).toEqual(['blocking dry-matter-gained own']);
    expect(await seen(a, (await change('gain', [100, '10.0'], [160, '10.0'], 'estimate')).lot)).toEqual(['warning dry-matter-doubtful own']);
    expect(await seen(a, (await change('gain', [100, '10.0'], [103, '12.7'])).lot)).toEqual([]);
    await bench.declare(a, regained.id, 'ObjectEvent', day(5));
    expect(await seen(a, regained.lot)).toEqual([]);
  });

  it('cannot grow on a lorry either', async () => {
    const [a, b] = hands as [Firm, Firm];
    const lot = await harvested(a, 100);
    const at = (event: Record<string, unknown>, percent: string) => ({ ...event, 'daodi:weighing': [{ ...weighed(lot, '', 100, percent), of: undefined }] });
    await bench.say(a, at(shipping(lot, 100, a, b, day(3)), '14.0'));
    const id = await bench.say(b, at({ ...shipping(lot, 100, a, b, day(4)), bizStep: 'receiving' }, '10.0'));
    expect(await seen(b, lot)).toEqual(['blocking dry-matter-gained own']);
    await bench.declare(b, id, 'ObjectEvent', day(4));
    await bench.say(b, at({ ...shipping(lot, 100, a, b, day(4)), bizStep: 'receiving' }, '14.2'));
    expect(await seen(b, lot)).toEqual([]);
  });
});

it('a scale out of calibration and an unusual drying only warn', async () => {
  const [a] = hands as [Firm];
  const fresh = await bench.issue(a, 'lianqiao', 'batch', { grade: '青翘', form: 'fresh' });
  const crop = await bench.issue(a, 'lianqiao', 'crop');
  const made = await bench.issue(a, 'lianqiao', 'batch', { grade: '青翘', form: 'dried', role: 'product' });
  await bench.say(a, { ...harvest(crop, fresh, 100, day(2)), 'daodi:weighing': [{ epcClass: fresh, net: 100, readings: 1, resolution: 1, notes: ['calibration-expired'] }] });
  await bench.say(a, { type: 'TransformationEvent', eventTime: day(4), inputQuantityList: [kg(fresh, 100)], outputQuantityList: [kg(made, 15)], 'daodi:losses': [{ cause: 'drying', quantity: 85, uom: 'KGM' }] });
  expect([await seen(a, fresh), await seen(a, made)].flat().filter((finding) => /scale|yield/.test(finding))).toEqual(['warning scale-expired own', 'warning yield-unusual own']);
  expect(await numbersOf(a, made, 'yield-unusual')).toMatchObject({ steps: [{ fresh: 100, dried: 15, freshPerDry: 6.66, usual: [2.5, 3.5], verified: false }] });
});

it('is the same made anew from the log', async () => {
  await bench.drain();
  const tables = (await rebuild(bench.dataSource, PROJECTIONS, BENCH_FOLLOWERS, 'all')).flatMap((rebuilt) => rebuilt.tables);
  expect(tables.filter(({ before, after }) => before !== after)).toEqual([]);
  expect(tables.filter(({ table, rows }) => ['weighed', 'booked_difference', 'finding'].includes(table) && rows > 0)).toHaveLength(3);
});
