/**
 * 64 clients ship from one batch at once, over real connections: exactly what was in it moves, the rest stands
 * overdrawn. Who does not accept an overdraft is refused as soon as what is left does not suffice, and never later.
 */
import assert from 'node:assert/strict';
import { atOnce } from './bench/at-once';
import { bare, harvested, kgs, passing, uriOf } from './bench/field';
import { type Firm, Product } from './bench/product';
import { campaign, type Tally } from './bench/tally';

const CLIENTS = 64;
const HARVEST_MG = 100_000_000n;
/** 64 × 3.7 kg = 236.8 kg want to leave; 27 × 3.7 kg = 99.9 kg fit. */
const EACH_KG = 3.7;
const EACH_MG = 3_700_000n;
const WANTED_MG = EACH_MG * BigInt(CLIENTS);

export const prove = campaign(async (tally) => {
  const product = await Product.open();
  try {
    const [coop, buyer] = [await product.firm('COOP'), await product.firm('BUYER', 'processor')];
    const url = await product.listen();
    const runs = tally.size === 'full' ? 50 : 3;
    for (let run = 1; run <= runs; run++) {
      await acceptingRace(tally, product, url, coop, buyer, run);
      if (run <= Math.ceil(runs / 5)) await carefulRace(tally, product, url, coop, buyer, run);
    }
    tally.say(`${runs} races of ${CLIENTS} clients`);
  } finally {
    await product.close();
  }
});

/** Every second client ships by the form, the others by an EPCIS event. */
async function acceptingRace(tally: Tally, product: Product, url: string, coop: Firm, buyer: Firm, run: number): Promise<void> {
  const code = await harvested(product, coop, '100');
  const statuses = await together(url, coop, (n) => (n % 2 === 0 ? formOf(code, buyer, true) : eventOf(code, coop, buyer, n)));
  await tally.holds(`race ${run}: everyone is taken, and exactly the harvest moves`, async () => {
    assert.deepEqual([...new Set(statuses)], [201]);
    await balances(product, coop, buyer, code, HARVEST_MG, WANTED_MG - HARVEST_MG);
  });
}

/** Nobody accepts an overdraft: as many are taken as fit, the others are told so. */
async function carefulRace(tally: Tally, product: Product, url: string, coop: Firm, buyer: Firm, run: number): Promise<void> {
  const code = await harvested(product, coop, '100');
  const statuses = await together(url, coop, () => formOf(code, buyer, false));
  await tally.holds(`race ${run} without accepting: 27 fit and 37 are warned`, async () => {
    assert.equal(statuses.filter((status) => status === 201).length, 27);
    assert.equal(statuses.filter((status) => status === 409).length, CLIENTS - 27);
    await balances(product, coop, buyer, code, 27n * EACH_MG, 0n);
  });
}

async function balances(product: Product, coop: Firm, buyer: Firm, code: string, moved: bigint, overdrawn: bigint): Promise<void> {
  const left = HARVEST_MG - moved;
  const ofCoop = left > 0n || overdrawn > 0n ? [`COOP available ${left} ${overdrawn}`] : [];
  assert.deepEqual(await product.holdings(uriOf(code)), [`BUYER transit ${moved} 0`, ...ofCoop]);
  await product.settled();
  for (const who of [coop, buyer]) {
    const trace = await product.trace(who, uriOf(code));
    const balance = trace.reconciliation.find((one: { node: string }) => one.node === uriOf(code));
    const { in: made, held, out, unexplained } = balance;
    assert.deepEqual([who.code, made, held, out, unexplained], [who.code, 100, 100, 0, 0]);
    const gap = trace.gaps.filter(({ reason }: { reason: string }) => reason === 'overdrawn');
    assert.deepEqual(gap, overdrawn === 0n ? [] : [{ at: uriOf(code), reason: 'overdrawn', quantity: Number(overdrawn) / 1e6, uom: 'KGM' }]);
    assert.equal(trace.complete, overdrawn === 0n, `${who.code} complete: ${JSON.stringify(trace.gaps)}`);
  }
}

interface Request {
  readonly path: string;
  readonly body: object;
}

const formOf = (batch: string, buyer: Firm, acceptOverdrawn: boolean): Request => ({
  path: '/api/v1/shipments',
  body: {
    eventTime: '2026-09-01T08:00:00+08:00', to: { organisation: buyer.code }, lines: [{ batch, quantity: EACH_KG, unit: 'kg' }],
    ...(acceptOverdrawn && { acceptOverdrawn, reason: '同时发货' }),
  },
});

const eventOf = (code: string, coop: Firm, buyer: Firm, n: number): Request => ({
  path: '/epcis/events',
  body: bare('ObjectEvent', '2026-09-01T08:00:00+08:00', {
    eventID: `urn:example:race:${code}:${n}`, action: 'OBSERVE', bizStep: 'shipping', quantityList: [kgs(uriOf(code), EACH_KG)], ...passing(coop, buyer),
  }),
});

/** Sends one request of each client at once. */
const together = async (url: string, who: Firm, requestOf: (n: number) => Request): Promise<number[]> =>
  (await atOnce(url, CLIENTS, (n) => ({ token: who.token, ...requestOf(n) }))).map(({ status }) => status);
