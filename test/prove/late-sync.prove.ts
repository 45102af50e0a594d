/**
 * A shipment entered in town before its harvests have synced is taken and stands amber at the buyer's; it becomes
 * complete by itself when they arrive. Tried in every order in which the events of a chain can reach us.
 */
import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { bare, crop, kgs, passing } from './bench/field';
import { type Firm, Product } from './bench/product';
import { campaign, type Size, type Tally } from './bench/tally';

/** The chain, in the order in which it happened: two organisations, one lot and what the buyer makes of it. */
const CHAIN = ['harvest one', 'harvest two', 'drying', 'shipment', 'receipt', 'slicing'] as const;
type Step = (typeof CHAIN)[number];

/** What the buyer's lot leans on. */
const ROOTS: readonly Step[] = ['harvest one', 'harvest two', 'drying', 'shipment'];

export const prove = campaign(async (tally) => {
  const product = await Product.open({ workers: false });
  try {
    const coop = await product.firm('COOP', 'cooperative', { gs1Prefix: '9521234' });
    const buyer = await product.firm('BUYER', 'decoction-piece-factory', { gs1Prefix: '9525678' });
    const orders = ordersOf(tally.size);
    const chain = CHAIN.filter((step) => orders[0]?.includes(step));
    const wanted = await arrive(product, coop, buyer, 'asithappened', chain, undefined);
    let late = 0;
    for (const order of orders) {
      late += 1;
      await tally.holds(`in the order ${order.join(', ')}`, () => arrive(product, coop, buyer, `L${late}`, order, wanted));
    }
    await tally.holds('by the forms: warned of, taken with a reason, amber at the buyer’s, complete when the phone has synced', () => byForms(product, coop, buyer));
    await tally.holds('the tables come out the same when they are made anew', async () => {
      assert.deepEqual((await product.rebuilt()).different, []);
    });
    tally.say(`${orders.length} orders of ${chain.length} events`);
  } finally {
    await product.close();
  }
});

/** Every order there is; small tries every order of what the shipment leans on, with the receipt somewhere in between. */
function ordersOf(size: Size): Step[][] {
  if (size === 'full') return permutations(CHAIN);
  return permutations(ROOTS).map((order, i) => [...order.slice(0, i % 5), 'receipt', ...order.slice(i % 5)]);
}

/** Sends the chain of one season in an order, looking at the buyer's trace after each arrival. */
async function arrive(product: Product, coop: Firm, buyer: Firm, season: string, order: readonly Step[], wanted: unknown): Promise<unknown> {
  const lots = lotsOf(season);
  const events = eventsOf(coop, buyer, lots, season);
  const here = new Set<Step>();
  for (const step of order) {
    const { who, body } = events[step];
    const answer = await product.send(who, 'POST', '/epcis/events', body);
    assert.equal(answer.status, 201, `${step}: ${answer.text}`);
    here.add(step);
    await product.settled();
    await isAmberUntilProven(product, buyer, lots, here);
  }
  const seen = await sightOf(product, coop, buyer, lots, season);
  if (wanted !== undefined) assert.deepEqual(seen, wanted);
  return seen;
}

/** The buyer's sight of the lot shipped to it, and of what it made of it, while only some of the chain is here. */
async function isAmberUntilProven(product: Product, buyer: Firm, lots: Lots, here: ReadonlySet<Step>): Promise<void> {
  const dried = await sight(product, buyer, lots.dried);
  const isNamed = here.has('shipment') || here.has('receipt') || here.has('slicing');
  assert.equal(dried.status, isNamed ? 200 : 404);
  // What was used before it was received stands as a debt of the buyer's until the receipt arrives.
  const owes = here.has('slicing') && !here.has('receipt');
  if (isNamed) judged(dried.body, ROOTS.every((step) => here.has(step)) && !owes);
  if (here.has('shipment')) for (const reason of missing(lots, here)) assert.ok(dried.body.gaps.some((gap: Gap) => isDeepStrictEqual(gap, reason)), `${JSON.stringify(reason)} does not stand in ${JSON.stringify(dried.body.gaps)}`);
  const sliced = await sight(product, buyer, lots.sliced);
  assert.equal(sliced.status, here.has('slicing') ? 200 : 404);
  if (here.has('slicing')) judged(sliced.body, CHAIN.every((step) => here.has(step)));
}

interface Gap {
  readonly at: string;
  readonly reason: string;
  readonly quantity?: number;
  readonly uom?: string;
}

/** What must stand against the shipped lot: no origin, and more gone than there, wherever an event is missing. */
function missing(lots: Lots, here: ReadonlySet<Step>): Gap[] {
  const without = (at: string, quantity: number): Gap[] => [{ at, reason: 'no-origin' }, { at, reason: 'overdrawn', quantity, uom: 'KGM' }];
  if (!here.has('drying')) return without(lots.dried, 30);
  return [...(here.has('harvest one') ? [] : without(lots.one, 40)), ...(here.has('harvest two') ? [] : without(lots.two, 60.5))];
}

function judged(trace: { complete: boolean; gaps: unknown[] }, isComplete: boolean): void {
  assert.equal(trace.complete, isComplete, `complete is ${trace.complete}: ${JSON.stringify(trace.gaps)}`);
  assert.equal(trace.gaps.length > 0, !isComplete, 'a reason stands exactly where it is not complete');
}

const sight = (product: Product, who: Firm, epc: string) => product.send(who, 'GET', `/api/v1/trace?epc=${encodeURIComponent(epc)}&direction=back`);

/** Everything both sides see at the end, without the season's own names. */
async function sightOf(product: Product, coop: Firm, buyer: Firm, lots: Lots, season: string): Promise<unknown> {
  const seen: unknown[] = [];
  for (const who of [coop, buyer]) {
    for (const lot of Object.values(lots)) {
      for (const direction of ['back', 'forward', 'both']) {
        const { status, body } = await product.send(who, 'GET', `/api/v1/trace?epc=${encodeURIComponent(lot)}&direction=${direction}`);
        const { instance: _, ...told } = body;
        seen.push([who.code, lot, direction, status, told]);
      }
    }
  }
  for (const lot of Object.values(lots)) seen.push(await holdingsOf(product, lot));
  return JSON.parse(JSON.stringify(seen).replaceAll(season, 'SEASON'));
}

async function holdingsOf(product: Product, lot: string): Promise<unknown> {
  return product.dataSource.query(
    `SELECT o.code, h.state, h.quantity, h.overdrawn FROM holding h JOIN node n ON n.id = h.node JOIN organisation o ON o.id = h.org
      WHERE n.id IN (SELECT node FROM line WHERE spelled = $1) ORDER BY 1, 2`,
    [lot],
  );
}

interface Lots {
  readonly one: string;
  readonly two: string;
  readonly dried: string;
  readonly sliced: string;
}

const lotsOf = (season: string): Lots => ({
  one: `urn:epc:class:lgtin:9521234.012345.${season}A`,
  two: `urn:epc:class:lgtin:9521234.012345.${season}B`,
  dried: `urn:epc:class:lgtin:9521234.023456.${season}C`,
  sliced: `urn:epc:class:lgtin:9525678.034567.${season}D`,
});

function eventsOf(coop: Firm, buyer: Firm, lots: Lots, season: string): Record<Step, { readonly who: Firm; readonly body: object }> {
  const say = (who: Firm, type: string, eventTime: string, more: object) => ({ who, body: bare(type, eventTime, { eventID: `urn:example:${season}:${eventTime}`, ...more }) });
  // A harvest as a partner's system tells it: the lot comes to be.
  const harvest = (out: string, quantity: number, eventTime: string) =>
    say(coop, 'ObjectEvent', eventTime, { action: 'ADD', bizStep: 'commissioning', quantityList: [kgs(out, quantity)] });
  const shipped = { quantityList: [kgs(lots.dried, 30)], ...passing(coop, buyer) };
  return {
    'harvest one': harvest(lots.one, 40, '2026-08-18T09:00:00+08:00'),
    'harvest two': harvest(lots.two, 60.5, '2026-08-19T09:00:00+08:00'),
    drying: say(coop, 'TransformationEvent', '2026-08-22T17:00:00+08:00', {
      bizStep: 'creating_class_instance', inputQuantityList: [kgs(lots.one, 40), kgs(lots.two, 60.5)], outputQuantityList: [kgs(lots.dried, 30)],
    }),
    shipment: say(coop, 'ObjectEvent', '2026-09-01T08:00:00+08:00', { action: 'OBSERVE', bizStep: 'shipping', ...shipped }),
    receipt: say(buyer, 'ObjectEvent', '2026-09-02T15:00:00+08:00', { action: 'OBSERVE', bizStep: 'receiving', ...shipped }),
    slicing: say(buyer, 'TransformationEvent', '2026-09-05T10:00:00+08:00', {
      bizStep: 'creating_class_instance', inputQuantityList: [kgs(lots.dried, 30)], outputQuantityList: [kgs(lots.sliced, 29)],
    }),
  };
}

/** A bag was labelled in the hills with a code issued before; the town ships it while the phone has no network. */
async function byForms(product: Product, coop: Firm, buyer: Firm): Promise<void> {
  const growing = await crop(product, coop);
  const [{ code, uri }] = (await product.post(coop, '/batch-codes', { count: 1 })).codes;
  const shipment = { eventTime: '2026-08-21T08:00:00+08:00', to: { organisation: buyer.code }, lines: [{ batch: code, quantity: '30.5', unit: 'kg' }] };
  const warned = await product.send(coop, 'POST', '/api/v1/shipments', shipment);
  assert.deepEqual([warned.status, warned.body.lines], [409, [{ epcClass: uri, wanted: 30.5, available: 0, missing: 30.5, uom: 'KGM' }]]);
  await product.post(coop, '/shipments', { ...shipment, acceptOverdrawn: true, reason: '采收记录尚未同步' });
  await product.post(buyer, '/receipts', { eventTime: '2026-08-21T15:00:00+08:00', from: { organisation: coop.code }, lines: [{ batch: uri, accepted: { quantity: '30.5', unit: 'kg' } }], acceptOverdrawn: true, reason: '对方尚未同步' });
  await product.settled();
  for (const who of [coop, buyer]) judged((await sight(product, who, uri)).body, false);
  const synced = { eventTime: '2026-08-20T09:30:00+08:00', crop: growing, quantity: '30.5', unit: 'kg', code };
  await product.post(coop, '/harvests', synced, { 'x-captured-time': '2026-08-20T09:31:00+08:00', 'x-device': 'phone-1;counter=7' });
  await product.settled();
  for (const who of [coop, buyer]) judged((await sight(product, who, uri)).body, true);
  assert.deepEqual(await product.holdings(uri), ['BUYER available 30500000 0']);
}

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, i) => permutations([...items.slice(0, i), ...items.slice(i + 1)]).map((rest) => [item, ...rest]));
}
