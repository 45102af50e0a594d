import { catchUp, rebuild } from '@daodi/log';
import { createDataSource } from '@daodi/platform';
import { Client } from 'pg';
import { PROJECTIONS } from '../../apps/api/src/projections';
import { FOLLOWERS_HERE } from '../../apps/worker/src/followers';
import type { BenchServer } from '../harness/bench-server';
import { Clients } from '../harness/load';
import { ProductProcess } from '../harness/product-processes';
import { type BenchOrganisation, setUpInstallation } from '../harness/set-up';
import { BlockCloner } from './clone-blocks';
import { genealogy, type Shape } from './genealogy';
import { blockOf, EVENTS_OF_CHAIN, type Hands, PREFIX, sayAll } from './season-block';

/** A log with a genealogy spread over it, and the api process that serves it. */
export interface Filled {
  readonly api: ProductProcess;
  readonly hands: Hands;
  readonly root: string;
  /** Entries in the log. */
  readonly size: number;
  /** Of its database. */
  readonly ownerUrl: string;
}

/** Chains of one block; a block is what is copied. */
const CHAINS_OF_BLOCK = 125;
/** How often the genealogy makes way for copies. */
const PARTS = 40;

/**
 * Fills a database with a log of about `events` events, in which a genealogy lies spread from beginning to end. The
 * genealogy and one block of ordinary business come through the product's own doors; the rest are copies of the block.
 * At the end every follower has read all of it.
 */
export async function fillLog(server: BenchServer, name: string, events: number, shape: Shape, chains = CHAINS_OF_BLOCK): Promise<Filled> {
  const urls = await server.database(name, true);
  const api = await ProductProcess.start('api', urls);
  const [coop, mill, shop] = (await setUpInstallation(api.url, urls.serviceUrl, ['COOP', 'MILL', 'SHOP'], {
    COOP: { gs1Prefix: PREFIX.coop }, MILL: { gs1Prefix: PREFIX.mill, type: 'decoction-piece-factory' }, SHOP: { gs1Prefix: PREFIX.shop, type: 'retailer' },
  })) as [BenchOrganisation, BenchOrganisation, BenchOrganisation];
  const hands: Hands = { coop, mill, shop };
  const owner = await createDataSource({ url: urls.ownerUrl, poolMax: 2 }).initialize();
  const client = new Client({ connectionString: urls.ownerUrl });
  await client.connect();
  const clients = new Clients(api.url, 16);
  const settled = async (): Promise<void> => {
    for (const follower of FOLLOWERS_HERE) await catchUp(owner, follower);
  };
  try {
    const from = new Date(Date.now() - 6 * 3_600_000);
    const first = await sizeOf(client);
    await sayAll(clients, blockOf(0, chains, hands, from));
    await owner.query('INSERT INTO follower (name) SELECT unnest($1::text[]) ON CONFLICT DO NOTHING', [FOLLOWERS_HERE.map((follower) => follower.name)]);
    await settled();
    const size = chains * EVENTS_OF_CHAIN;
    const cloner = new BlockCloner(client, first, size);
    await cloner.prepare();
    const { levels, root } = genealogy(shape, hands, from);
    const own = levels.reduce((sum, level) => sum + level.length, 0);
    const blocks = Math.max(0, Math.round((events - own) / size) - 1);
    const every = Math.ceil(levels.length / PARTS);
    let copied = 0;
    for (const [i, level] of levels.entries()) {
      await sayAll(clients, level);
      if ((i + 1) % every !== 0 && i + 1 < levels.length) continue;
      // What is copied is copied with what followers made of it, so their cursors pass over it.
      await settled();
      const due = Math.floor(((i + 1) * blocks) / levels.length);
      await cloner.copy(due - copied);
      await client.query('UPDATE follower SET position = (SELECT size FROM log_head)');
      copied = due;
    }
    await client.query('VACUUM ANALYZE');
    return { api, hands, root, size: await sizeOf(client), ownerUrl: urls.ownerUrl };
  } finally {
    clients.close();
    await client.end();
    await owner.destroy();
  }
}

const sizeOf = async (client: Client): Promise<number> => Number((await client.query('SELECT size FROM log_head')).rows[0].size);

/** Makes every projection anew. @returns the tables that did not come out byte for byte as they were copied */
export async function tablesCopiedWrongly(ownerUrl: string): Promise<string[]> {
  const owner = await createDataSource({ url: ownerUrl, poolMax: 2 }).initialize();
  try {
    const parts = await rebuild(owner, PROJECTIONS, FOLLOWERS_HERE, 'all');
    return parts.flatMap(({ tables }) => tables).filter(({ before, after }) => before !== after).map(({ table }) => table);
  } finally {
    await owner.destroy();
  }
}
