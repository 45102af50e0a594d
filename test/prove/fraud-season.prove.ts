/**
 * A fraud season: named cheats beside what is odd about honest people, the one written from what is known of the trade
 * and not from the rules. It is played in several orders of arrival, each in an installation of its own. Every cheat is found
 * by an entry that shows it, against whose doing it is; nothing above a note stands against anybody honest; and the
 * findings are the same in every order.
 */
import assert from 'node:assert/strict';
import { Product } from './bench/product';
import { seed } from './bench/random';
import { type Found, findingsOf, shownTo } from './bench/season/findings';
import { isFound, isLeftAlone, linesOf } from './bench/season/judge';
import { asItHappened, backwards, type Order, phonesLate, shuffled } from './bench/season/orders';
import { SEASON } from './bench/season/season';
import { Stage } from './bench/season/stage';
import { campaign, type Tally } from './bench/tally';

/** What would tell how many kilograms went over another's scales. */
const OWN = 'own';

export const prove = campaign(async (tally) => {
  const cheats = SEASON.filter(({ guilt }) => guilt !== undefined);
  assert.equal(new Set(SEASON.map(({ name }) => name)).size, SEASON.length, 'two stories of one name');
  const chance = seed();
  const orders = [asItHappened(SEASON), phonesLate(SEASON, chance), backwards(SEASON), ...(tally.size === 'full' ? [shuffled(SEASON, chance + 1), phonesLate(SEASON, chance + 2)] : [])];
  let first: readonly Found[] | undefined;
  for (const order of orders) {
    const found = await played(tally, order);
    if (first !== undefined) await tally.holds(`${order.name}: the same findings as ${orders[0]?.name}`, () => isTheSame(found, first as readonly Found[]));
    first ??= found;
  }
  tally.say(`${cheats.length} cheats, ${SEASON.length - cheats.length} honest oddities, ${orders.length} orders: ${orders.map(({ name }) => name).join(', ')}`);
});

async function played(tally: Tally, order: Order): Promise<readonly Found[]> {
  const product = await Product.open({ workers: false });
  try {
    const from = Date.now();
    const stage = await Stage.set(product, SEASON);
    await stage.play(order.acts);
    await product.settled();
    const found = await findingsOf(stage);
    tally.say(`${order.name}: ${order.acts.length} acts in ${((Date.now() - from) / 1_000).toFixed(1)} s, ${found.length} findings`);
    for (const story of SEASON) {
      await tally.holds(`${order.name}: ${story.guilt === undefined ? 'left alone' : 'found'}: ${story.name}: ${story.told}`, () => {
        isFound(story, found, (act) => stage.entriesOf(story, act));
        isLeftAlone(story, found);
      });
      if (story.law !== undefined) await tally.holds(`${order.name}: the law: ${story.name}: ${story.told}`, () => story.law?.(stage.asking(story)));
    }
    for (const actor of stage.actors.values()) await tally.holds(`${order.name}: ${actor.code} reads no number of another’s`, async () => hasOwnNumbersOnly(await shownTo(product, actor.hands.key)));
    return found;
  } finally {
    await product.close();
  }
}

function hasOwnNumbersOnly(shown: readonly any[]): void {
  for (const { share, numbers, rule } of shown) assert.ok(share === OWN || numbers === undefined || Object.keys(numbers).length === 0, `${rule} of another: ${JSON.stringify(numbers)}`);
}

function isTheSame(found: readonly Found[], first: readonly Found[]): void {
  const lines = (all: readonly Found[]): readonly string[] => all.map((one) => linesOf([one]));
  const [here, there] = [new Set(lines(found)), new Set(lines(first))];
  const [more, fewer] = [[...here].filter((line) => !there.has(line)), [...there].filter((line) => !here.has(line))];
  assert.equal(more.length + fewer.length, 0, `more:\n${more.join('\n')}\nfewer:\n${fewer.join('\n')}`);
}
