import { TraceBench } from '../testing';

/** Saying is not having: what a rival says about my batch moves nothing of mine and tells the rival nothing. */

const HOST = 'daodi.example';
const CODE = '0123456789';
const MINE = `https://${HOST}/b/${CODE}T`;
const OPAQUE = 'urn:example:lot:连翘-2026';
const GTIN_LOT = 'urn:epc:class:lgtin:9521234.100001.L1';
const at = (day: number): string => `2026-08-${String(day).padStart(2, '0')}T08:00:00Z`;
const kg = (epcClass: string, quantity: number) => ({ epcClass, quantity, uom: 'KGM' });
const party = (code: string): string => `urn:daodi:org:${code}`;
const parties = (from: string, to: string) => ({
  sourceList: [{ type: 'possessing_party', source: party(from) }],
  destinationList: [{ type: 'possessing_party', destination: party(to) }],
});

let bench: TraceBench;
let me: string;
let rival: string;
let buyer: string;
beforeEach(async () => {
  bench = await TraceBench.open();
  me = await bench.organisation('ME', '9521234');
  rival = await bench.organisation('RIVAL');
  buyer = await bench.organisation('BUYER');
  await bench.record(me, 'public-url', { host: HOST });
  await bench.record(me, 'batch', { code: `${CODE}T`, uri: MINE, kind: 'batch', herb: '连翘' });
});
afterEach(() => bench.close());

const make = (epc: string) => ({ type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning', eventTime: at(1), quantityList: [kg(epc, 100)] });
const attacks: [string, (epc: string) => Record<string, unknown>][] = [
  ['consumes it', (epc) => ({ type: 'TransformationEvent', eventTime: at(2), inputQuantityList: [kg(epc, 100)], outputQuantityList: [kg('urn:rival:out', 50)] })],
  ['makes a product out of it', (epc) => ({ type: 'TransformationEvent', eventTime: at(2), inputQuantityList: [kg(epc, 1)], outputQuantityList: [kg('urn:rival:product', 1)] })],
  ['destroys it', (epc) => ({ type: 'ObjectEvent', action: 'DELETE', bizStep: 'destroying', eventTime: at(2), quantityList: [kg(epc, 100)] })],
  ['receives what was never shipped', (epc) => ({ type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'receiving', eventTime: at(2), quantityList: [kg(epc, 100)], ...parties('ME', 'RIVAL') })],
  ['ships it from me to itself', (epc) => ({ type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'shipping', eventTime: at(2), quantityList: [kg(epc, 100)], ...parties('ME', 'RIVAL') })],
  ['ships it to me', (epc) => ({ type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'shipping', eventTime: at(0 + 1), quantityList: [kg(epc, 100)], ...parties('RIVAL', 'ME') })],
  ['ships it to my buyer', (epc) => ({ type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'shipping', eventTime: at(2), quantityList: [kg(epc, 100)], ...parties('RIVAL', 'BUYER') })],
  ['makes the same identifier', (epc) => make(epc)],
  ['makes it out of its own', (epc) => ({ type: 'TransformationEvent', eventTime: at(1), inputQuantityList: [kg('urn:rival:in', 9)], outputQuantityList: [kg(epc, 9)] })],
  ['packs it into its own box', (epc) => ({ type: 'AggregationEvent', action: 'ADD', bizStep: 'packing', eventTime: at(2), parentID: 'urn:rival:box', childQuantityList: [kg(epc, 100)] })],
  ['sells it', (epc) => ({ type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'retail_selling', eventTime: at(2), quantityList: [kg(epc, 100)] })],
  ['takes stock of it', (epc) => ({ type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'stock_taking', 'daodi:adjustment': 'loss', eventTime: at(2), quantityList: [kg(epc, 100)] })],
];

/** My season: made, dried, half of it shipped to the buyer, who received it. */
async function season(epc: string): Promise<string> {
  const eventID = 'urn:uuid:11111111-1111-4111-8111-111111111111';
  await bench.say(me, { ...make(epc), eventID });
  await bench.say(me, { type: 'TransformationEvent', eventTime: at(2), inputQuantityList: [kg(epc, 60)], outputQuantityList: [kg(`${OPAQUE}-干`, 20)] });
  await bench.say(me, { type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'shipping', eventTime: at(3), quantityList: [kg(epc, 30)], ...parties('ME', 'BUYER') });
  await bench.say(buyer, { type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'receiving', eventTime: at(4), quantityList: [kg(epc, 30)], ...parties('ME', 'BUYER') });
  return eventID;
}

async function view(epc: string): Promise<unknown> {
  const holdings = (await bench.holdings(epc)).filter((row) => !row.startsWith('RIVAL'));
  return { holdings, mine: await bench.trace(me, epc), buyers: await bench.trace(buyer, epc, 'back'), dried: await bench.trace(me, `${OPAQUE}-干`) };
}

describe.each([['a code we issued', MINE], ['a lot under my prefix', GTIN_LOT], ['a name nobody owns', OPAQUE]])('%s', (_, epc) => {
  it.each(attacks)('stays as it was when a rival %s, before me or after me', async (_name, attack) => {
    await season(epc);
    const before = await view(epc);
    expect(before).toMatchObject({ mine: { complete: true }, buyers: { complete: true }, dried: { complete: true } });
    await bench.say(rival, attack(epc));
    expect(await view(epc)).toEqual(before);

    const other = await TraceBench.open();
    const first = bench;
    bench = other;
    try {
      me = await bench.organisation('ME', '9521234');
      rival = await bench.organisation('RIVAL');
      buyer = await bench.organisation('BUYER');
      await bench.record(me, 'public-url', { host: HOST });
      await bench.record(me, 'batch', { code: `${CODE}T`, uri: MINE, kind: 'batch', herb: '连翘' });
      await bench.say(rival, attack(epc));
      await season(epc);
      const strip = (v: unknown): string => JSON.stringify(v).replace(/urn:uuid:[0-9a-f-]+/g, 'id');
      expect(strip(await view(epc))).toEqual(strip(before));
    } finally {
      await first.close();
    }
  });

  it('does not let a rival declare my event in error', async () => {
    const eventID = await season(epc);
    const before = await view(epc);
    await bench.say(rival, { ...make(epc), eventID, errorDeclaration: { declarationTime: at(5) } });
    expect(await view(epc)).toEqual(before);
  });
});

it('shows the rival its own claim, which is never complete, alike whether my batch exists or not', async () => {
  const neverIssued = `https://${HOST}/b/ZZZZZZZZZZA`;
  await season(MINE);
  const attack = attacks[1]?.[1] as (epc: string) => Record<string, unknown>;
  await bench.say(rival, attack(MINE));
  await bench.say(rival, { ...attack(neverIssued), outputQuantityList: [kg('urn:rival:product2', 1)] });
  const [one, other] = [await bench.trace(rival, MINE), await bench.trace(rival, neverIssued)];
  expect(one.complete).toBe(false);
  expect(one.gaps.map((g) => g.reason)).toContain('claimed');
  const anonymous = (t: unknown): string =>
    JSON.stringify(t).replaceAll(MINE, 'X').replaceAll(neverIssued, 'X').replaceAll('product2', 'product').replace(/urn:uuid:[0-9a-f-]+/g, 'id');
  expect(anonymous(one)).toEqual(anonymous(other));
  expect((await bench.trace(rival, 'urn:rival:product', 'back')).complete).toBe(false);
});

it('shows the rival none of my history for claiming to have used my batch', async () => {
  await season(MINE);
  const dried = `${OPAQUE}-干`;
  for (const [name, epc] of [['one', MINE], ['two', dried]] as const) {
    await bench.say(rival, { type: 'TransformationEvent', eventTime: at(5), inputQuantityList: [kg(epc, 1)], outputQuantityList: [kg(`urn:rival:${name}`, 1)] });
    const trace = await bench.trace(rival, `urn:rival:${name}`, 'back');
    expect(trace.nodes.map((n) => n.id).sort()).toEqual([epc, `urn:rival:${name}`].sort());
    expect(trace.nodes.find((n) => n.id === epc)).toEqual({ id: epc, kind: 'batch' });
    expect(trace.complete).toBe(false);
  }
});

it('leaves goods of a supplier nobody registered mine, whoever ships the same name to me, before or after', async () => {
  const raw = 'urn:example:raw:1';
  const receive = {
    type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'receiving', eventTime: at(2), quantityList: [kg(raw, 100)],
    sourceList: [{ type: 'possessing_party', source: 'urn:example:supplier' }], destinationList: [{ type: 'possessing_party', destination: party('ME') }],
  };
  const ship = { type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'shipping', eventTime: at(1), quantityList: [kg(raw, 30)], ...parties('RIVAL', 'ME') };
  const look = async (): Promise<unknown> => [await bench.trace(me, raw), (await bench.holdings(raw)).filter((row) => row.startsWith('ME available'))];
  await bench.say(me, receive);
  const before = await look();
  await bench.say(rival, { ...ship, sourceList: [{ type: 'possessing_party', source: 'urn:example:supplier' }] });
  await bench.say(rival, ship);
  await bench.say(rival, { type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning', eventTime: at(1), quantityList: [{ epcClass: raw, quantity: 7 }] });
  expect(await look()).toEqual(before);
});
