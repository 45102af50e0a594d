/**
 * The demo season, played by `daodi demo play` over HTTP against the product in parts: two api behind a balancer, while a
 * worker is killed and Redis forgets; then whoever scans a pack reads its page at either resolver.
 */
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { isStrict } from '@daodi/platform';
import { Balancer } from './bench/parts/balancer';
import { Deployment } from './bench/parts/deployment';
import { caughtUp } from './bench/parts/followers';
import { RedisServer } from './bench/parts/redis-server';
import { campaign } from './bench/tally';

const HOST = 'https://trace.example.cn';
/** The herb whose season has existed from the first release on. */
const HERB = '连翘';

export const prove = campaign(async (tally) => {
  if (!RedisServer.isHere()) {
    if (isStrict(process.env)) throw new Error('redis-server is not installed');
    return tally.say('skipped: redis-server is not installed');
  }
  const deployment = await Deployment.make({ DAODI_PUBLIC_URL: HOST, DAODI_DEMO: 'on' });
  let balancer: Balancer | undefined;
  try {
    await deployment.start({ redis: true });
    balancer = await Balancer.before(deployment.of('api').map(({ port }) => port));
    const { url } = balancer;
    await tally.holds('the season is played to its end, though a worker is killed and Redis forgets', async () => {
      const from = Date.now();
      const playing = deployment.daodi('demo', 'play', url);
      // Whether or not it fails before these: it is awaited below.
      playing.catch(() => undefined);
      for (const harm of [() => deployment.of('worker')[0]!.kill(), () => deployment.redis.flushAll(), () => deployment.of('worker')[1]!.kill()]) {
        await Promise.race([playing, pause(3_000)]);
        await harm();
      }
      await playing;
      tally.say(`played in ${((Date.now() - from) / 1_000).toFixed(1)} s over two api`);
    });
    await tally.holds('every follower is at the end of the log', async () => tally.say(`followers: ${(await caughtUp(deployment, 60)).toFixed(1)} s`));
    await tally.holds('played again it says nothing twice', async () => {
      const size = () => deployment.looking(async (db) => (await db.query('SELECT size FROM log_head')).rows[0].size as string);
      const before = await size();
      await deployment.daodi('demo', 'play', url);
      assert.equal(await size(), before);
      tally.say(`${before} entries`);
    });
    await tally.holds('a pack scanned leads to its page, marked as a demonstration, at either resolver', async () => {
      const code = await deployment.looking(aPack);
      for (const { url: resolver } of deployment.of('resolver')) {
        const link = await fetch(`${resolver}/b/${code}`, { redirect: 'manual', headers: { accept: 'text/html' } });
        assert.equal(link.status, 307);
        const to = new URL(String(link.headers.get('location')), resolver);
        const page = await (await fetch(resolver + to.pathname + to.search, { headers: { accept: 'text/html', 'accept-language': 'zh' } })).text();
        assert.match(page, new RegExp(HERB));
        assert.match(page, /演示/);
      }
    });
    await tally.holds('no process ended by itself', () => assert.deepEqual(deployment.parts.flatMap(({ endings }) => endings), []));
    await deployment.stopParts();
    await tally.holds('made anew from the log every table comes out the same', () => deployment.daodi('rebuild', 'all'));
  } finally {
    await balancer?.close();
    await deployment.close();
  }
});

/** The code of a batch counted in pieces: what stands on a shelf. */
async function aPack(db: { query(sql: string): Promise<{ rows: { code: string }[] }> }): Promise<string> {
  const { rows } = await db.query(
    `SELECT b.code FROM batch b JOIN line l ON l.identifier = b.identifier WHERE b.herb = 'lianqiao' AND l.unit = 'pcs' ORDER BY b.position LIMIT 1`,
  );
  assert.equal(rows.length, 1, 'the season packs something');
  return rows[0]!.code;
}
