/**
 * A stall's day, over HTTP against the product as it is started: twelve purchases, four of them without code, nine
 * splits, three mixtures, some grading and repacking, sales on credit, two returns. Beside it this campaign keeps a book
 * of exact fractions. Then every bag there is has per cents by origin, year and proof that are right, on its trace, its
 * public page and its label; nothing claims more than all of it has; and all that came in is there, sold, or lost on record.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Chance, seed } from './bench/random';
import { HOST } from './bench/product';
import type { Bag } from './bench/stall/bag';
import { checkComposition, checkLabel, checkMarked, checkPage, checkPrivate, toldParts, traceOf } from './bench/stall/check';
import { PRIVATE, StallDay } from './bench/stall/day';
import { type Market, openMarket } from './bench/stall/market';
import { freePort, Standalone } from './bench/standalone';
import { campaign, type Tally } from './bench/tally';

/** Bags looked at at once: labels are drawn by a job that takes one sheet after the other. */
const AT_ONCE = 10;

export const prove = campaign(async (tally) => {
  const folder = mkdtempSync(join(tmpdir(), 'daodi-stall-'));
  const product = await Standalone.start(join(folder, 'data'), await freePort(), { settings: { DAODI_PUBLIC_URL: HOST } });
  try {
    const market = await openMarket(product);
    const first = seed();
    const days = tally.size === 'full' ? 12 : 1;
    tally.say(`seed ${first}`);
    const played: StallDay[] = [];
    for (let n = 0; n < days; n++) {
      const day = new StallDay(market, new Chance(first + n), `2026-10-${String(n + 10).padStart(2, '0')}`);
      played.push(day);
      await tally.holds(`day ${n + 1}: everything the stall keeper typed was taken`, () => play(day));
    }
    for (const [n, day] of played.entries()) await checkDay(tally, market, day, `day ${n + 1}`);
    await checkStock(tally, market, played);
  } finally {
    await product.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});

/** 12 purchases, 9 splits, 3 mixtures, 2 returns, and what else a stall does. */
async function play(day: StallDay): Promise<void> {
  for (let n = 0; n < 8; n++) await day.buyWithCode(n);
  for (let n = 0; n < 4; n++) await day.buyWithoutCode(n);
  const ofOneHerb = (bag: Bag): boolean => [...bag.parts.keys()].every((key) => key.endsWith('|lianqiao'));
  const [proven, declared] = [day.bags.slice(0, 8), day.bags.slice(8)];
  for (let n = 0; n < 3; n++) await day.split(day.any());
  // Of several counties, all proven; then with something only declared; then with another herb, and of the first two.
  const one = await day.mix([proven[0], proven[1], proven[5]] as Bag[]);
  for (let n = 0; n < 2; n++) await day.split(n === 0 ? one : day.any(ofOneHerb));
  const two = await day.mix([one, declared[0], proven[3]] as Bag[]);
  for (let n = 0; n < 2; n++) await day.split(n === 0 ? two : day.any());
  const three = await day.mix([two, declared[2], declared[3], one] as Bag[]);
  await day.grade(day.any(ofOneHerb));
  await day.grade(two);
  await day.repack(three);
  await day.split(three);
  await day.split(day.bags.at(-1) as Bag);
  const sales = [await day.sell(three), await day.sell(day.any()), await day.sell(one)];
  for (const sale of sales.slice(0, 2)) await day.takeBack(sale);
}

async function checkDay(tally: Tally, market: Market, day: StallDay, name: string): Promise<void> {
  const { stall } = market;
  const told: string[] = [];
  const several = day.bags.filter(({ parts }) => parts.size > 1);
  const check = async (bag: Bag): Promise<void> => {
    const what = `${name}: ${bag.code} (${bag.by}: ${toldParts(bag)})`;
    let trace: Record<string, any> = {};
    await tally.holds(`${what}: what its trace says it consists of and claims`, async () => checkComposition(bag, (trace = await traceOf(stall, bag))));
    told.push(JSON.stringify(trace));
    await tally.holds(`${what}: its public page`, async () => told.push(await checkPage(stall.url, bag, trace, day.returned.has(bag))));
    await tally.holds(`${what}: its label`, async () => told.push(await checkLabel(stall, bag, trace)));
  };
  for (let n = 0; n < day.bags.length; n += AT_ONCE) await Promise.all(day.bags.slice(n, n + AT_ONCE).map(check));
  await tally.holds(`${name}: what came back is marked until it is tested`, () => checkMarked(stall, day.bags, day.returned));
  await tally.holds(`${name}: no page, label or trace tells who sold, who bought or what it cost`, () => checkPrivate(told));
  tally.say(`${name}: ${day.bags.length} bags, ${several.length} of several origins, up to ${Math.max(...day.bags.map(({ parts }) => parts.size))} of them`);
}

/** Every bag holds what is left of it, what came back lies apart, and the stall has all that came in less what left. */
async function checkStock(tally: Tally, { stall, apart }: Market, days: readonly StallDay[]): Promise<void> {
  const held = new Map<string, bigint>();
  let [away, next] = [0n, ''];
  do {
    const page = await stall.get(`/api/v1/holdings?limit=500${next}`);
    for (const { code, quantity, site } of page.items as { code: string; quantity: number; site?: string }[]) {
      const mg = BigInt(Math.round(quantity * 1_000_000));
      held.set(code, (held.get(code) ?? 0n) + mg);
      if (site === `urn:daodi:site:${apart}`) away += mg;
    }
    next = page.next === undefined ? '' : `&cursor=${page.next}`;
  } while (next !== '');
  const sum = (of: (day: StallDay) => bigint): bigint => days.reduce((total, day) => total + of(day), 0n);
  await tally.holds('every bag holds what is left of it, to the milligram', () => {
    for (const { bags } of days) for (const { code, left, by } of bags) assert.equal(held.get(code) ?? 0n, left, `${code}, ${by}`);
  });
  await tally.holds('what came in is there, sold, or lost on record', () => {
    assert.equal([...held.values()].reduce((total, mg) => total + mg, 0n), sum(({ takenIn, sold, lost }) => takenIn - sold - lost));
  });
  await tally.holds('what came back lies apart', () => assert.ok(away > 0n));
  await tally.holds('the buyer owes what was sold, less what came back', async () => {
    const { items } = await stall.get(`/api/v1/credits?buyer=${PRIVATE.buyer}&limit=500`);
    assert.equal(items.length, 3 * days.length);
    assert.equal(items.filter(({ open }: { open: string }) => open !== PRIVATE.amount).length, 2 * days.length);
  });
  const kilograms = (mg: bigint): string => `${Number(mg) / 1e6} kg`;
  tally.say(`in ${kilograms(sum(({ takenIn }) => takenIn))}, sold ${kilograms(sum(({ sold }) => sold))}, lost ${kilograms(sum(({ lost }) => lost))}, there ${kilograms([...held.values()].reduce((total, mg) => total + mg, 0n))}`);
}
