import { TraceBench } from '../testing';

const at = (hour: number): string => `2026-08-01T${String(hour).padStart(2, '0')}:00:00Z`;
const kg = (epcClass: string, quantity: number) => ({ epcClass, quantity, uom: 'KGM' });
const make = (lot: string, quantity: number) => ({ type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning', eventTime: at(0), quantityList: [kg(lot, quantity)] });
const pack = (hour: number, parentID: string, lot: string, quantity: number) => ({ type: 'AggregationEvent', action: 'ADD', bizStep: 'packing', eventTime: at(hour), parentID, childQuantityList: [kg(lot, quantity)] });
const put = (hour: number, parentID: string, child: string) => ({ type: 'AggregationEvent', action: 'ADD', bizStep: 'packing', eventTime: at(hour), parentID, childEPCs: [child] });
const empty = (hour: number, parentID: string) => ({ type: 'AggregationEvent', action: 'DELETE', bizStep: 'unpacking', eventTime: at(hour), parentID, childEPCs: [] });
const move = (bizStep: string, hour: number, epc: string, from: string, to: string) => ({
  type: 'ObjectEvent', action: 'OBSERVE', bizStep, eventTime: at(hour), epcList: [epc],
  sourceList: [{ type: 'possessing_party', source: `urn:daodi:org:${from}` }], destinationList: [{ type: 'possessing_party', destination: `urn:daodi:org:${to}` }],
});
const BOX = 'urn:epc:id:sscc:9521234.1000000001';
const PALLET = 'urn:epc:id:grai:9521234.10000.1';
const [ONE, TWO, OUT] = ['urn:lot:1', 'urn:lot:2', 'urn:lot:out'] as const;

let bench: TraceBench;
let a: string;
let b: string;
beforeEach(async () => {
  bench = await TraceBench.open();
  [a, b] = [await bench.organisation('A', '9521234'), await bench.organisation('B')];
});
afterEach(() => bench.close());
const say = async (org: string, ...events: Record<string, unknown>[]): Promise<void> => {
  for (const event of events) await bench.say(org, event);
};
const ids = async (epc: string, direction: 'back' | 'forward'): Promise<string[]> => (await bench.trace(a, epc, direction)).nodes.map((n) => n.id);

it('follows through a container only what was inside at that time', async () => {
  await say(a, make(ONE, 5), make(TWO, 7), pack(1, BOX, ONE, 5), empty(2, BOX), pack(3, BOX, TWO, 7), put(4, PALLET, BOX), empty(5, PALLET));
  expect(await ids(PALLET, 'back')).toEqual([BOX, TWO, PALLET].sort());
  expect(await ids(ONE, 'forward')).toEqual([BOX, ONE].sort());
  expect(await ids(TWO, 'forward')).toEqual([BOX, TWO, PALLET].sort());
  const { edges } = await bench.trace(a, BOX, 'back');
  expect(edges.map(({ from, since, until }) => [from, since, until])).toEqual([
    [ONE, '2026-08-01T01:00:00.000000Z', '2026-08-01T02:00:00.000000Z'], [TWO, '2026-08-01T03:00:00.000000Z', undefined],
  ]);
});

it('moves with an outermost container what is inside, and its receiver may use it', async () => {
  await say(a, make(ONE, 10), pack(1, BOX, ONE, 6), put(2, PALLET, BOX), move('shipping', 3, PALLET, 'A', 'B'));
  expect(await bench.holdings(ONE)).toEqual(['A available 4000000 0', 'B transit 6000000 0']);
  await say(b, move('receiving', 4, PALLET, 'A', 'B'), empty(5, PALLET), empty(6, BOX), { type: 'TransformationEvent', eventTime: at(7), inputQuantityList: [kg(ONE, 6)], outputQuantityList: [kg(OUT, 5)] });
  expect(await bench.holdings(ONE)).toEqual(['A available 4000000 0']);
  expect(await bench.trace(b, OUT, 'back')).toMatchObject({ complete: true });
});

it('moves nothing that was packed after it left, and moves it when the earlier packing arrives late', async () => {
  await say(a, make(ONE, 10), move('shipping', 3, BOX, 'A', 'B'), pack(4, BOX, ONE, 6));
  expect(await bench.holdings(ONE)).toEqual(['A available 10000000 0']);
  await say(a, pack(1, BOX, ONE, 4));
  expect(await bench.holdings(ONE)).toEqual(['A available 6000000 0', 'B transit 4000000 0']);
});

it('does not follow a container that is said to hold itself for ever', async () => {
  await say(a, put(1, BOX, PALLET), put(2, PALLET, BOX), move('shipping', 3, BOX, 'A', 'B'));
  expect(await ids(BOX, 'back')).toEqual([BOX, PALLET].sort());
  expect((await bench.trace(a, BOX, 'both')).complete).toBe(false);
});

it('counts a serial as one piece of its lot', async () => {
  const lot = 'urn:epc:class:lgtin:9521234.100001.L1';
  const serial = (n: number) => `urn:epc:id:sgtin:9521234.100001.S${n}`;
  await say(a, { ...make(lot, 0), quantityList: [{ epcClass: lot, quantity: 10 }] },
    { type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning', eventTime: at(1), epcList: [serial(1), serial(2), serial(3)], ilmd: { 'cbvmda:lotNumber': 'L1' } },
    { type: 'AggregationEvent', action: 'ADD', bizStep: 'packing', eventTime: at(2), parentID: BOX, childEPCs: [serial(1), serial(2)] },
    move('shipping', 3, BOX, 'A', 'B'), move('retail_selling', 4, serial(3), 'A', 'A'));
  expect(await bench.holdings('https://id.gs1.org/01/19521234000010/10/L1')).toEqual(['A available 7 0', 'B transit 2 0']);
  await say(b, move('receiving', 4, BOX, 'A', 'B'), { type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'retail_selling', eventTime: at(5), epcList: [serial(2)] });
  expect(await bench.holdings('https://id.gs1.org/01/19521234000010/10/L1')).toEqual(['A available 7 0', 'B available 1 0']);
});

it('carries with a box a piece of the lot of a pack in it, though the pack was marked on record only after it left', async () => {
  const lot = 'urn:epc:class:lgtin:9521234.100001.L1';
  const serial = 'urn:epc:id:sgtin:9521234.100001.S1';
  const mark = { type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning', eventTime: at(1), epcList: [serial], ilmd: { 'cbvmda:lotNumber': 'L1' } };
  await say(a, { ...make(lot, 0), quantityList: [{ epcClass: lot, quantity: 10 }] }, put(2, BOX, serial), move('shipping', 3, BOX, 'A', 'B'));
  expect(await bench.holdings(lot)).toEqual(['A available 10 0']);
  await say(a, mark);
  expect(await bench.holdings(lot)).toEqual(['A available 9 0', 'B transit 1 0']);
  const carried: { path: string }[] = await bench.dataSource.query(`SELECT path FROM line WHERE path <> ''`);
  expect(carried.map(({ path }) => path.split('/').length)).toEqual([2]);
});
