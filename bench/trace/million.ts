import { Client } from 'pg';
import { Product } from '../../test/prove/bench/product';
import { BlockCloner } from './clone-blocks';
import { genealogy, type Shape } from './genealogy';
import { blockOf, EVENTS_OF_CHAIN, type Hands, PREFIX, sayAll } from './season-block';

/** A log with a genealogy spread over it. */
export interface Filled {
  readonly product: Product;
  readonly hands: Hands;
  readonly root: string;
  /** Entries in the log. */
  readonly size: number;
}

/** Chains of one block; a block is what is copied. */
const CHAINS_OF_BLOCK = 125;

/**
 * Fills a fresh database with a log of about `events` events, in which a genealogy lies spread from beginning to end.
 * The genealogy and one block of ordinary business come through the product's own doors; the rest are copies of the
 * block. Nothing follows the log meanwhile; at the end every follower has read all of it.
 */
export async function fillLog(events: number, shape: Shape, chains = CHAINS_OF_BLOCK): Promise<Filled> {
  const product = await Product.open({ workers: false });
  const hands: Hands = {
    coop: await product.firm('COOP', 'cooperative', { gs1Prefix: PREFIX.coop }),
    mill: await product.firm('MILL', 'decoction-piece-factory', { gs1Prefix: PREFIX.mill }),
    shop: await product.firm('SHOP', 'retailer', { gs1Prefix: PREFIX.shop }),
  };
  const from = new Date(Date.now() - 6 * 3_600_000);
  const first = await product.size();
  await sayAll(product, blockOf(0, chains, hands, from));
  await product.settled();
  const client = new Client({ connectionString: product.database.ownerUrl });
  await client.connect();
  try {
    const size = chains * EVENTS_OF_CHAIN;
    const cloner = new BlockCloner(client, first, size);
    await cloner.prepare();
    const { levels, root } = genealogy(shape, hands, from);
    const own = levels.reduce((sum, level) => sum + level.length, 0);
    const blocks = Math.max(0, Math.round((events - own) / size) - 1);
    let copied = 0;
    for (const [i, level] of levels.entries()) {
      await sayAll(product, level, 16);
      const due = Math.floor(((i + 1) * blocks) / levels.length);
      if (due === copied) continue;
      // What is copied is copied with what followers made of it, so their cursors pass over it.
      await product.settled();
      await cloner.copy(due - copied);
      await client.query('UPDATE follower SET position = (SELECT size FROM log_head)');
      copied = due;
    }
    await product.settled();
    await client.query('VACUUM ANALYZE');
    return { product, hands, root, size: await product.size() };
  } finally {
    await client.end();
  }
}
