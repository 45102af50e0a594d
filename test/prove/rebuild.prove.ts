/** Whatever was said, in whatever order: made anew from the first entry, every table comes out byte for byte the same. */
import assert from 'node:assert/strict';
import { CODES, history, PREFIXES, told } from './bench/history';
import { type Firm, Product } from './bench/product';
import { Chance, seed } from './bench/random';
import { campaign } from './bench/tally';
import { CASES, isMutating, makeWorld, NEED_WORKERS, operationsOf } from './bench/world';

export const prove = campaign(async (tally) => {
  const product = await Product.open({ workers: false });
  const from = seed();
  try {
    const world = await makeWorld(product);
    await tally.holds('after one of every act the API knows', async () => {
      for (const { route, method } of (await operationsOf(product)).filter((one) => isMutating(one) && !NEED_WORKERS.has(one.route))) {
        const ready = await CASES[route]?.(world);
        if (ready !== undefined && ready.who.token !== '') await product.done(ready.who, method, ready.url, ready.body);
      }
      const { different, tables, rows } = await product.rebuilt();
      assert.deepEqual(different, []);
      tally.say(`${tables} tables, ${rows} rows after one of every act`);
    });
    const firms: Firm[] = [];
    // The prefixes of the first world are taken; these are others of the same licence.
    for (const [i, code] of CODES.entries()) firms.push(await product.firm(code, 'processor', i < 2 ? {} : { gs1Prefix: PREFIXES[i] }));
    const count = tally.size === 'full' ? 60 : 6;
    for (let n = 0; n < count; n++) {
      const chance = new Chance(from + n);
      const said = history(chance, firms, `${from}-${n}`);
      const order = chance.below(2) === 0 ? said : shuffled(said, chance);
      for (const { who, body } of order) await product.done(who, 'POST', '/epcis/events', body);
      await product.settled();
      if (n % 3 !== 2) continue;
      await tally.holds(`after random histories up to ${from}-${n}`, async () => assert.deepEqual((await product.rebuilt()).different, [], told(order)));
    }
    tally.say(`${count} random histories, DAODI_SEED=${from}`);
  } finally {
    await product.close();
  }
});

function shuffled<T>(items: readonly T[], chance: Chance): T[] {
  return items.map((item) => ({ item, key: chance.next() })).sort((a, b) => a.key - b.key).map(({ item }) => item);
}
