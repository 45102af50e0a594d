import { createDataSource } from '@daodi/platform';
import { TraceBench } from '../testing';
import { recount } from './recount';
import { recountIfDue } from './recount.sweep';

let bench: TraceBench;
let coop: string;
const lot = 'urn:example:lot:9521234.1.A';
const kg = (quantity: number, epcClass = lot) => ({ epcClass, quantity, uom: 'KGM' });
/** Three in the night, and noon, in China. */
const [night, noon] = [new Date('2026-09-01T19:00:00Z'), new Date('2026-09-01T04:00:00Z')];

beforeAll(async () => {
  bench = await TraceBench.open();
  coop = await bench.organisation('COOP');
  await bench.say(coop, { type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning', eventTime: '2026-08-01T08:00:00Z', quantityList: [kg(100)] });
  await bench.say(coop, { type: 'TransformationEvent', eventTime: '2026-08-02T08:00:00Z', inputQuantityList: [kg(40)], outputQuantityList: [kg(12, `${lot}B`)] });
  // More than there is: what is missing is owed, and no part of any balance.
  await bench.say(coop, { type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'retail_selling', eventTime: '2026-08-03T08:00:00Z', quantityList: [kg(90)] });
  await bench.say(coop, { type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'stock_taking', eventTime: '2026-08-04T08:00:00Z', quantityList: [kg(2, `${lot}B`)], 'daodi:adjustment': 'gain' });
});
afterAll(() => bench.close());

it('finds nothing where every balance follows from its lines', async () => {
  const counted = await recount(bench.dataSource);
  expect(counted.differing).toEqual([]);
  expect(counted.batches).toBeGreaterThanOrEqual(2);
});

it('counts at night, once, whichever process asks', async () => {
  expect(await recountIfDue(bench.dataSource, noon)).toBe(false);
  expect([await recountIfDue(bench.dataSource, night), await recountIfDue(bench.dataSource, night)]).toEqual([true, false]);
  expect(await bench.dataSource.query('SELECT day::text, differing FROM recount')).toEqual([{ day: '2026-09-02', differing: 0 }]);
});

it('says which total of which batch no longer follows, and puts nothing right', async () => {
  // A table went wrong behind the log's back.
  const owner = await createDataSource({ url: bench.database.ownerUrl }).initialize();
  await owner.query(`UPDATE node n SET sold = sold + 1000000 FROM identifier i WHERE i.id = n.identifier AND i.canonical = $1`, [lot]);
  await owner.destroy();
  const [node] = await bench.dataSource.query('SELECT n.id FROM node n JOIN identifier i ON i.id = n.identifier WHERE i.canonical = $1', [lot]);
  const before = await recount(bench.dataSource);
  expect(before.differing.map(({ node: of, total }) => [of, total])).toEqual([[node.id, 'sold'], [node.id, 'balance']]);
  expect(BigInt(before.differing[0]?.kept ?? '0') - BigInt(before.differing[0]?.counted ?? '0')).toBe(1_000_000n);
  expect(await recountIfDue(bench.dataSource, new Date('2026-09-02T19:00:00Z'))).toBe(true);
  expect((await bench.dataSource.query('SELECT differing, differences FROM recount ORDER BY day DESC LIMIT 1'))[0]).toMatchObject({ differing: 1, differences: [{ total: 'sold' }, { total: 'balance' }] });
  expect(await recount(bench.dataSource)).toEqual(before);
});
