/**
 * A year of one store over real connections, against a floor that is simulated apart: heaps of dry matter and water that
 * the season wets and dries and a scale that shows 10 g. After every stock-take and what it booked, the book is what lies
 * on the floor; no difference stands anywhere without its reason; dry matter is balanced where moisture was measured.
 */
import assert from 'node:assert/strict';
import { Product } from './bench/product';
import { Chance, seed } from './bench/random';
import { DIVISION_MG, Floor, massOf } from './bench/store/floor';
import { keyOf, Moves } from './bench/store/moves';
import { everything, kg, openStore, type PlaceName, PLACES, post, send, type Store } from './bench/store/store';
import { campaign, type Tally } from './bench/tally';

const SIZES = { small: { batches: 12, movements: 84 }, full: { batches: 400, movements: 3_000 } } as const;
const START = Date.UTC(2025, 8, 1);
const MONTHS = 12;
const MONTH_MS = Math.floor((365 * 86_400_000) / MONTHS);

export const prove = campaign(async (tally) => {
  const product = await Product.open({ workers: false });
  try {
    const from = seed();
    const { batches, movements } = SIZES[tally.size];
    tally.say(`seed ${from}: ${batches} batches, ${movements} movements`);
    const chance = new Chance(from);
    const store = await openStore(product);
    const moves = new Moves(store, new Floor(chance), new Map(), chance);
    const began = Date.now();
    const counted = { takes: 0, lines: 0, differences: 0 };
    for (let month = 0; month < MONTHS; month++) {
      await live(moves, chance, month, Math.ceil(batches / MONTHS), Math.round((movements * (month + 1)) / MONTHS) - Math.round((movements * month) / MONTHS), batches);
      moves.floor.pass((month + 8) % 12);
      for (const place of PLACES) await takeStock(tally, moves, month, place, counted);
    }
    tally.say(`${movements} movements of ${moves.arrived} batches and ${moves.batches.length - moves.arrived} made of them, and ${counted.takes} stock-takes of ${counted.lines} lines in ${Math.round((Date.now() - began) / 1000)} s; ${counted.differences} lines differed`);
    await lookBack(tally, store, moves, counted.differences);
  } finally {
    await product.close();
  }
});

const iso = (ms: number): string => new Date(ms).toISOString().replace('Z', '+00:00');

/** A month of movements; batches come in as they are due. */
async function live(moves: Moves, chance: Chance, month: number, due: number, movements: number, batches: number): Promise<void> {
  const step = Math.floor((MONTH_MS - 12 * 3_600_000) / (movements + 1));
  for (let n = 0; n < movements; n++) {
    const at = START + month * MONTH_MS + n * step;
    const [now, later] = [iso(at), iso(at + Math.floor(step / 2))];
    const isDue = n < due && moves.arrived < batches;
    const turn = [
      () => moves.leave(now), () => moves.leave(now), () => moves.leave(now), () => moves.transfer(now, later), () => moves.decide(now), () => moves.dry(now),
      () => moves.destroy(now), () => moves.lookAfter(now),
    ];
    const happened = isDue ? await moves.arrive(now, later) : await chance.one(turn)();
    if (!happened && !(await moves.decide(now))) await moves.lookAfter(now);
  }
}

/** Counts everything at a place: first without a reason, which is refused where anything differs, then with them. */
async function takeStock(tally: Tally, moves: Moves, month: number, place: PlaceName, counted: { takes: number; lines: number; differences: number }): Promise<void> {
  const { store, floor, ledger } = moves;
  const there = moves.batches.filter((batch) => moves.booked(batch, place) > 0 || floor.weigh(keyOf(batch, place)) > 0);
  if (there.length === 0) return;
  const eventTime = iso(START + (month + 1) * MONTH_MS - 6 * 3_600_000 + PLACES.indexOf(place) * 60_000);
  const lines = there.map((batch) => ({ batch, quantity: kg(floor.weigh(keyOf(batch, place))), unit: 'kg' }));
  const differing = there.filter((batch) => moves.booked(batch, place) !== floor.weigh(keyOf(batch, place)));
  const body = { eventTime, site: store.places[place], lines };
  const name = `month ${month + 1}, ${place}`;
  await tally.holds(`${name}: the book is what the slips add up to`, async () => assert.deepEqual(await bookAt(store, place), ledgerAt(moves, place)));
  await tally.holds(`${name}: ${differing.length} differences are asked for, with the numbers`, async () => {
    if (differing.length === 0) return;
    const { status, body: refused } = await send(store, store.firm, 'POST', '/stock-takes', body);
    assert.equal(status, 422);
    assert.deepEqual(refused.errors.map(({ rule }: { rule: string }) => rule), differing.map(() => 'difference-without-reason'));
    assert.match(refused.errors[0].detail, /^the book says [\d.]+ kg, there is [\d.]+ kg, (more|less) by [\d.]+ kg: say why$/);
  });
  await post(store, '/stock-takes', { ...body, lines: lines.map((line, i) => ({ ...line, reason: why(moves, there[i] as string, place) })) });
  for (const batch of there) ledger.set(keyOf(batch, place), floor.weigh(keyOf(batch, place)));
  await tally.holds(`${name}: then the book is what lies on the floor`, async () => {
    const book = await bookAt(store, place);
    assert.deepEqual(book, ledgerAt(moves, place));
    for (const batch of there) {
      const apart = Math.abs((book.get(batch) ?? 0) - massOf(floor.heap(keyOf(batch, place))));
      assert.ok(apart <= DIVISION_MG / 2 + 1, `${batch} is ${apart} mg apart`);
    }
  });
  counted.takes += 1;
  counted.lines += lines.length;
  counted.differences += differing.length;
}

/** What the keeper of the store would say. */
function why(moves: Moves, batch: string, place: PlaceName): string | undefined {
  const by = moves.floor.weigh(keyOf(batch, place)) - moves.booked(batch, place);
  if (by === 0) return undefined;
  if (Math.abs(by) <= 2 * DIVISION_MG) return 'scale-difference';
  return by > 0 ? 'moisture-regain' : 'drying-loss';
}

const ledgerAt = (moves: Moves, place: PlaceName): Map<string, number> =>
  sorted(moves.batches.map((batch) => [batch, moves.booked(batch, place)] as const).filter(([, mg]) => mg > 0));

/** What the book holds at a place, by code. */
async function bookAt(store: Store, place: PlaceName): Promise<Map<string, number>> {
  const site = `urn:daodi:site:${store.places[place]}`;
  const held = (await everything(store, '/holdings')).filter((holding) => holding.state === 'available' && holding.site === site);
  return sorted(held.map(({ code, quantity }) => [code, Math.round(quantity * 1_000_000)] as const));
}

const sorted = (rows: readonly (readonly [string, number])[]): Map<string, number> => new Map([...rows].sort(([a], [b]) => (a < b ? -1 : 1)));

/** What stands at the end of the year. */
async function lookBack(tally: Tally, store: Store, moves: Moves, differences: number): Promise<void> {
  const takes = await everything(store, '/stock-takes');
  const changes = await everything(store, '/stock-changes');
  await tally.holds('no difference stands without a reason', () => {
    const differing = takes.filter(({ difference }) => difference !== 0);
    assert.equal(differing.length, differences);
    for (const one of [...differing, ...changes.filter(({ difference }) => difference !== 0)]) assert.equal(typeof one.reason, 'string', JSON.stringify(one));
  });
  await tally.holds('dry matter is balanced where moisture was measured, and what was told wrongly shows', () => {
    const balanced = changes.filter(({ dryMatter }) => dryMatter !== undefined);
    assert.equal(balanced.length, moves.dried);
    assert.equal(balanced.filter(({ dryMatter }) => dryMatter.verdict === 'gained').length, moves.falselyDried);
    tally.say(`${balanced.length} re-dryings balanced on dry matter, ${moves.falselyDried} of them cannot be`);
  });
  await tally.holds('mass is conserved batch by batch, and nothing is owed', async () => {
    const [{ wrong, nodes }] = await store.product.dataSource.query(
      `SELECT count(*) FILTER (WHERE made + taken_in + gained <> consumed + sampled + sold + lost + held OR overdrawn <> 0)::int AS wrong, count(*)::int AS nodes FROM node WHERE unit = 'mg'`,
    );
    tally.say(`${nodes} batches and products`);
    assert.equal(wrong, 0);
  });
  await tally.holds('another organisation sees nothing of it and cannot count it', async () => {
    const rival = await store.product.firm('RIVAL');
    for (const path of ['/holdings', '/stock-takes', '/stock-changes']) assert.deepEqual(await everything(store, path, rival), []);
    const [batch] = moves.batches;
    const answers = await Promise.all([
      send(store, rival, 'POST', '/stock-takes', { eventTime: iso(START), lines: [{ batch, quantity: '1', unit: 'kg', reason: 'scale-difference' }] }),
      send(store, rival, 'POST', '/upkeep', { eventTime: iso(START), measures: ['turning'], batches: [batch] }),
      send(store, rival, 'POST', '/stock-changes', { eventTime: iso(START), change: 're-drying', lines: [{ batch, before: '2', after: '1', unit: 'kg' }] }),
    ]);
    assert.deepEqual(answers.map(({ status, body }) => [status, body.type]), answers.map(() => [422, 'urn:daodi:problem:unknown-batch']));
  });
  await tally.holds('rebuilt from the first entry, every table is the same', async () => assert.deepEqual((await store.product.rebuilt()).different, []));
}
