import { randomUUID } from 'node:crypto';
import { rebuild } from '@daodi/log';
import { BENCH_FOLLOWERS, day, type Firm, kg, PROJECTIONS, QualityBench } from '../testing/quality-bench';
import { harvest, planting } from '../testing/season';

let bench: QualityBench;
let coop: Firm;
let factory: Firm;
beforeAll(async () => {
  bench = await QualityBench.open();
  coop = await bench.firm('COOP', 'cooperative');
  factory = await bench.firm('FACTORY', 'decoction-piece-factory');
});
afterAll(() => bench.close());

/** Makes a product of that form of an own harvest; answers its batch and the making event. */
async function made(firm: Firm, form: string): Promise<{ lot: string; event: string }> {
  const product = randomUUID();
  await bench.record(firm, 'product', product, { name: '连翘', herbs: ['lianqiao'], form, status: 'active' });
  const [crop, bulk, lot] = [await bench.issue(firm, 'lianqiao', 'crop'), await bench.issue(firm, 'lianqiao'), await bench.issue(firm, 'lianqiao', 'batch', { productId: product })];
  await bench.say(firm, planting(crop, day(1)));
  await bench.say(firm, harvest(crop, bulk, 100, day(2)));
  return { lot, event: await bench.say(firm, { type: 'TransformationEvent', eventTime: day(3), inputQuantityList: [kg(bulk, 100)], outputQuantityList: [kg(lot, 100)] }) };
}
const found = async (firm: Firm, lot: string) => {
  await bench.drain();
  return (await bench.send(firm.owner, 'GET', `/api/v1/findings?batch=${encodeURIComponent(lot)}&rule=form-of-others`)).json().items;
};

it('notes what a type of organisation may not make, with the source it goes by, also told anew', async () => {
  const pieces = await made(coop, 'decoction-piece');
  const [finding, ...more] = await found(coop, pieces.lot);
  expect(finding).toMatchObject({ severity: 'note', accused: 'own', evidence: [pieces.event], numbers: { form: 'decoction-piece', type: 'cooperative', does: ['make'], verified: false } });
  for (const { tables } of await rebuild(bench.dataSource, PROJECTIONS, BENCH_FOLLOWERS, 'all')) for (const { table, before, after } of tables) expect([table, after]).toEqual([table, before]);
  expect([more, await found(coop, (await made(coop, 'herb')).lot), await found(factory, (await made(factory, 'decoction-piece')).lot)]).toEqual([[], [], []]);
});
