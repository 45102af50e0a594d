import { TraceBench } from '../testing';

/** What a stranger says with my names, in shapes other than those of the plain attacks, and what it may learn. */

const at = (minute: number): string => `2026-08-01T00:${String(minute).padStart(2, '0')}:00Z`;
const kg = (epcClass: string, quantity: number) => ({ epcClass, quantity, uom: 'KGM' });
const pcs = (epcClass: string, quantity: number) => ({ epcClass, quantity });
const make = (minute: number, ...quantityList: object[]) => ({ type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning', eventTime: at(minute), quantityList });
const mark = (minute: number, serial: string, lot: string) => ({ type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning', eventTime: at(minute), epcList: [serial], ilmd: { 'daodi:ofBatch': lot } });
const use = (minute: number, inputQuantityList: object[], outputQuantityList: object[]) => ({ type: 'TransformationEvent', eventTime: at(minute), inputQuantityList, outputQuantityList });
const pack = (minute: number, parentID: string, ...childQuantityList: object[]) => ({ type: 'AggregationEvent', action: 'ADD', bizStep: 'packing', eventTime: at(minute), parentID, childQuantityList });
const empty = (minute: number, parentID: string) => ({ type: 'AggregationEvent', action: 'DELETE', bizStep: 'unpacking', eventTime: at(minute), parentID, childEPCs: [] });
const move = (bizStep: string, minute: number, from: string, to: string, what: object) => ({
  type: 'ObjectEvent', action: 'OBSERVE', bizStep, eventTime: at(minute), ...what,
  sourceList: [{ type: 'possessing_party', source: `urn:daodi:org:${from}` }], destinationList: [{ type: 'possessing_party', destination: `urn:daodi:org:${to}` }],
});
const OWNED = 'urn:epc:class:lgtin:9521234.100001.L1';
const OPEN = 'urn:example:lot:1';
const OWNED_SERIAL = 'urn:epc:id:sgtin:9521234.100001.S1';

let bench: TraceBench;
let me: string;
let buyer: string;
let rival: string;
beforeEach(async () => {
  bench = await TraceBench.open();
  [me, buyer, rival] = [await bench.organisation('ME', '9521234'), await bench.organisation('BUYER'), await bench.organisation('RIVAL')];
});
afterEach(() => bench.close());
const say = async (org: string, ...events: Record<string, unknown>[]): Promise<void> => {
  for (const event of events) await bench.say(org, event);
};
const mine = async (epc: string): Promise<string[]> => (await bench.holdings(epc)).filter((row) => !row.startsWith('RIVAL'));

it('does not let a rival decide whether my lot counts in pieces or in kilograms', async () => {
  await say(rival, make(0, pcs(OWNED, 5)));
  await say(me, make(1, kg(OWNED, 100)));
  expect(await mine(OWNED)).toEqual(['ME available 100000000 0']);
  expect(await bench.trace(me, OWNED)).toMatchObject({ complete: true });
});

describe.each([OWNED, OPEN])('what kind of thing %s is', (lot) => {
  it.each([
    ['packs something into it', pack(0, lot, kg('urn:rival:lot', 1))],
    ['looks at it as if it were a single thing', { type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'inspecting', eventTime: at(0), epcList: [lot] }],
  ])('is not for a rival to say who %s', async (_, attack) => {
    await say(rival, attack);
    await say(me, make(1, kg(lot, 100)));
    expect((await bench.trace(me, lot)).nodes).toMatchObject([{ kind: 'batch' }]);
  });
});

it('does not let a rival who uses the name of my box empty it', async () => {
  const box = 'urn:example:box:1';
  await say(me, make(0, kg(OPEN, 10)), pack(1, box, kg(OPEN, 6)));
  await say(rival, empty(2, box));
  await say(me, move('shipping', 3, 'ME', 'BUYER', { epcList: [box] }));
  expect(await mine(OPEN)).toEqual(['BUYER transit 6000000 0', 'ME available 4000000 0']);
});

it.each([OWNED_SERIAL, 'urn:example:serial:1'])('does not let a rival say of which lot my pack %s is', async (serial) => {
  await say(rival, make(0, pcs('urn:rival:lot', 5)), mark(0, serial, 'urn:rival:lot'));
  await say(me, make(1, pcs(OWNED, 10)), mark(2, serial, OWNED), move('shipping', 3, 'ME', 'BUYER', { epcList: [serial] }));
  expect(await mine(OWNED)).toEqual(['BUYER transit 1 0', 'ME available 9 0']);
});

it.each([OWNED_SERIAL, 'urn:example:serial:1'])('counts a pack %s marked twice as one piece', async (serial) => {
  await say(me, make(1, pcs(OWNED, 10)), mark(2, serial, OWNED), mark(2, serial, OWNED), move('shipping', 3, 'ME', 'BUYER', { epcList: [serial] }));
  expect(await mine(OWNED)).toEqual(['BUYER transit 1 0', 'ME available 9 0']);
});

it('does not tell how much of its own a buyer put to mine, nor what came of it', async () => {
  await say(me, make(0, kg(OWNED, 10)), move('shipping', 1, 'ME', 'BUYER', { quantityList: [kg(OWNED, 10)] }));
  await say(buyer, move('receiving', 2, 'ME', 'BUYER', { quantityList: [kg(OWNED, 10)] }), make(2, kg('urn:buyer:other', 7)), use(3, [kg(OWNED, 10), kg('urn:buyer:other', 7)], [kg('urn:buyer:out', 16)]));
  const { steps } = await bench.trace(me, OWNED, 'forward');
  expect(steps).toHaveLength(1);
  expect(steps[0]).toMatchObject({ undetermined: 'withheld' });
  expect(steps[0]).not.toHaveProperty('in');
  expect((await bench.trace(buyer, 'urn:buyer:out', 'back')).steps).toMatchObject([{ in: 17, out: 16 }]);
});

it('does not take for an origin what the asker claims of another\'s lot', async () => {
  await say(me, move('shipping', 1, 'ME', 'BUYER', { quantityList: [kg(OWNED, 10)] }));
  await say(buyer, move('receiving', 2, 'ME', 'BUYER', { quantityList: [kg(OWNED, 10)] }), make(0, kg(OWNED, 10)));
  const { complete, gaps } = await bench.trace(buyer, OWNED, 'back');
  expect(complete).toBe(false);
  expect(gaps.map(({ reason }) => reason)).toContain('no-origin');
});

it('balances a transformation told in several events as one, with all its losses', async () => {
  const part = { transformationID: 'urn:example:drying:1' };
  await say(me, make(0, kg(OPEN, 12)),
    { ...use(1, [kg(OPEN, 5)], []), ...part, 'daodi:losses': [{ quantity: 1, uom: 'KGM' }] },
    { ...use(2, [kg(OPEN, 7)], [kg('urn:example:dried', 9)]), ...part, 'daodi:losses': [{ quantity: 2, uom: 'KGM' }] });
  const { steps, edges } = await bench.trace(me, 'urn:example:dried', 'back');
  expect(steps).toMatchObject([{ in: 12, out: 9, lost: 3, unexplained: 0 }]);
  expect(edges).toMatchObject([{ from: OPEN, to: 'urn:example:dried', quantity: 12, uom: 'KGM' }]);
});
