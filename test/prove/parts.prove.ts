/**
 * The product in parts — two api, two worker, two resolver processes on a PostgreSQL server and a Redis — while each
 * process is killed in turn, Redis forgets everything and is away, PostgreSQL is restarted and killed again and again:
 * what was acknowledged is stored once, followers are soon at the end of the log, captures are answered without Redis.
 */
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { isStrict } from '@daodi/platform';
import { BalancedClient } from './bench/parts/balanced-client';
import { Deployment } from './bench/parts/deployment';
import { effectsOnce, storedOnce } from './bench/parts/counts';
import { firstOrganisation } from './bench/parts/first-organisation';
import { caughtUp } from './bench/parts/followers';
import { Load } from './bench/parts/load';
import { secondBySecond, spanOf, told } from './bench/parts/pace-table';
import type { Going } from './bench/parts/postgres-server';
import { PublicReader } from './bench/parts/public-reader';
import { RedisServer } from './bench/parts/redis-server';
import { StallWatch } from './bench/parts/stall-watch';
import { campaign, type Tally } from './bench/tally';

interface Measure {
  readonly postsPerSecond: number;
  readonly documents: number;
  readonly documentEvents: number;
  /** Load without any harm, before the first. */
  readonly calmMs: number;
  readonly withoutRedisMs: number;
  readonly postmasterKills: number;
  /** The load is spread over about this long. */
  readonly documentsWithinMs: number;
}
const SIZES: Readonly<Record<Tally['size'], Measure>> = {
  small: { postsPerSecond: 20, documents: 15, documentEvents: 100, calmMs: 1_000, withoutRedisMs: 5_000, postmasterKills: 2, documentsWithinMs: 30_000 },
  full: { postsPerSecond: 200, documents: 100, documentEvents: 200, calmMs: 10_000, withoutRedisMs: 60_000, postmasterKills: 10, documentsWithinMs: 200_000 },
};
const CAUGHT_UP_WITHIN_S = 60;
const HOST = 'https://trace.example.cn';
/** Groups commit one after the other: on a machine that is busy with other things a whole group takes a moment. */
const GAP_MAX_MS = 5_000;
/** Sooner than a sweep would find it. */
const BELL_WITHIN_MS = 1_000;
/** How long a database is away that is being restarted. */
const AWAY_MS = 1_000;

export const prove = campaign(async (tally) => {
  if (!RedisServer.isHere()) {
    if (isStrict(process.env)) throw new Error('redis-server is not installed');
    return tally.say('skipped: redis-server is not installed');
  }
  const deployment = await Deployment.make({ DAODI_PUBLIC_URL: HOST });
  // A machine that does other things besides cannot keep the full pace; what was asked of it is said.
  const pace = Number(process.env['DAODI_TEST_POSTS_PER_SECOND']) || SIZES[tally.size].postsPerSecond;
  tally.say(`single posts a second: ${pace}`);
  const field = new Field(tally, deployment, { ...SIZES[tally.size], postsPerSecond: pace });
  try {
    await deployment.start({ redis: true });
    await field.open();
    await field.killEachInTurn();
    await field.redisForgets();
    await field.redisIsAway();
    for (const how of ['fast', 'immediate'] as const) await field.postgresRestarts(how);
    for (let n = 1; n <= field.measure.postmasterKills; n++) await field.postgresRestarts('kill -9', n);
    await field.settles('on Redis');
    await field.moveQueues();
    for (let n = 1; n <= field.measure.postmasterKills; n++) await field.postgresRestarts('kill -9', n);
    await field.settles('on PostgreSQL alone');
    await field.ends();
  } finally {
    await field.close();
    await deployment.close();
  }
});

class Field {
  private readonly api = new BalancedClient(() => this.deployment.of('api').map(({ url }) => url));
  private readonly reader = new PublicReader(() => this.deployment.of('resolver').map(({ url }) => url));
  private readonly watch = new StallWatch(this.deployment, this.api, (line) => this.tally.say(line));
  private load?: Load;
  private databaseWasThereUntil = Infinity;

  constructor(
    private readonly tally: Tally,
    private readonly deployment: Deployment,
    readonly measure: Measure,
  ) {}

  async open(): Promise<void> {
    const link = (await this.deployment.daodi('operator-link')).trim();
    const { token, crops } = await firstOrganisation(this.api, link);
    this.reader.start(`/b/${crops[0]}`);
    this.watch.start();
    this.load = new Load(this.api, token, crops);
    this.load.start(this.measure);
    const from = Date.now();
    await pause(this.measure.calmMs);
    this.tally.say(`nothing wrong: ${told(spanOf(this.api.between(from, Date.now()), from, Date.now()))}`);
  }

  async killEachInTurn(): Promise<void> {
    for (const part of this.deployment.parts) {
      await this.disturbed(`kill -9 of ${part.name}`, async () => {
        await part.kill();
        await this.deployment.ready([part]);
      });
    }
  }

  async redisForgets(): Promise<void> {
    await this.disturbed('FLUSHALL', () => this.deployment.redis.flushAll());
  }

  /** The API must not notice: every try is answered, in every second. */
  async redisIsAway(): Promise<void> {
    const { withoutRedisMs } = this.measure;
    await this.deployment.redis.goes();
    const from = Date.now();
    await pause(withoutRedisMs);
    const to = Date.now();
    const [captures, forms] = ['/epcis', '/api'].map((door) => spanOf(this.api.between(from, to, door), from, to));
    this.tally.say(`Redis away for ${withoutRedisMs / 1_000} s: captures ${told(captures!)}`);
    this.tally.say(`Redis away for ${withoutRedisMs / 1_000} s: forms ${told(forms!)}`);
    this.tally.say(`second by second, answers and the longest wait: ${secondBySecond(this.api.between(from, to), from, to)}`);
    await this.tally.holds(`without Redis every capture and form is answered, never more than ${GAP_MAX_MS / 1_000} s apart`, () => {
      assert.deepEqual([captures?.otherwise, forms?.otherwise], [{}, {}]);
      assert.ok(captures!.longestGapMs <= GAP_MAX_MS, `${captures!.longestGapMs} ms without an answer`);
    });
    await this.disturbed(`Redis away for ${withoutRedisMs / 1_000} s`, () => this.deployment.redis.returns());
  }

  async postgresRestarts(how: Going, n?: number): Promise<void> {
    this.databaseWasThereUntil = Math.min(this.databaseWasThereUntil, Date.now());
    await this.disturbed(`PostgreSQL ${how}${n === undefined ? '' : ` ${n}`}`, async () => {
      await this.deployment.postgres.goes(how);
      // Of the many kills most are short, as a supervisor restarts at once; their moment is any.
      await pause(how === 'kill -9' ? Math.random() * 500 : AWAY_MS);
      await this.deployment.postgres.returns();
    });
  }

  /** Does harm, waits for what it takes to mend it, and says how long followers needed from then. */
  private async disturbed(harm: string, harming: () => Promise<void>): Promise<void> {
    await harming();
    await this.tally.holds(`${harm}: every follower reads what the log held within ${CAUGHT_UP_WITHIN_S} s, load going on`, async () => {
      const seconds = await caughtUp(this.deployment, CAUGHT_UP_WITHIN_S, false);
      this.tally.say(`${harm}: followers caught up ${seconds.toFixed(1)} s after the return; ${this.load?.inFlight} requests under way`);
    });
  }

  /** Ends the load: what is sent is acknowledged, and all that follows is done within the time. */
  async settles(where: string): Promise<void> {
    const load = this.load as Load;
    await load.stop();
    await this.tally.holds(`${where}: every follower is at the end of the log within ${CAUGHT_UP_WITHIN_S} s`, async () => {
      this.tally.say(`${where}: at the end of the log after ${(await caughtUp(this.deployment, CAUGHT_UP_WITHIN_S)).toFixed(1)} s`);
    });
    await this.tally.holds(`${where}: within ${CAUGHT_UP_WITHIN_S} s the bell rings again, sooner than any sweep`, () => this.bellRings(where, load));
    await this.tally.holds(`${where}: acknowledged is stored, once, as it was sent, and nothing else`, () => this.deployment.looking((db) => storedOnce(db, load.acknowledged)));
    await this.tally.holds(`${where}: no effect is there twice`, () => this.deployment.looking((db) => effectsOnce(db, load.acknowledged)));
    this.tally.say(`${where}: ${load.acknowledged.events.length} events and ${load.acknowledged.harvests.size} harvests acknowledged and stored, ${load.acknowledged.documents.length} documents`);
  }

  private async bellRings(where: string, load: Load): Promise<void> {
    const from = Date.now();
    for (;;) {
      const lags: number[] = [];
      for (let n = 0; n < 5; n++) {
        await load.one();
        lags.push((await caughtUp(this.deployment, CAUGHT_UP_WITHIN_S)) * 1_000);
        // At any moment between two sweeps.
        await pause(Math.random() * 500);
      }
      const median = lags.sort((a, b) => a - b)[2] as number;
      const seconds = (Date.now() - from) / 1_000;
      if (median > BELL_WITHIN_MS && seconds < CAUGHT_UP_WITHIN_S) continue;
      this.tally.say(`${where}: ${seconds.toFixed(1)} s later an entry is followed after ${lags.map((ms) => ms.toFixed(0)).join(', ')} ms`);
      return assert.ok(median <= BELL_WITHIN_MS, `${median} ms`);
    }
  }

  /** The same deployment without Redis: started anew, the load begins again. */
  async moveQueues(): Promise<void> {
    await this.stopsInOrder();
    await this.deployment.start({ redis: false });
    this.load?.start({ ...this.measure, documents: Math.ceil(this.measure.documents / 10), documentsWithinMs: this.measure.documentsWithinMs / 10 });
    await pause(this.measure.calmMs);
  }

  async ends(): Promise<void> {
    await this.stopsInOrder();
    await this.tally.holds('no answer was a fault of ours or came too late', () => {
      const wrong = this.api.tries.filter(({ status }) => status === -1 || (status >= 500 && status !== 503));
      assert.deepEqual(wrong.slice(0, 3), []);
    });
    const lines = this.deployment.parts.map((part) => `${part.name} ${part.lines()}`);
    this.tally.say(`log lines, warnings and worse: ${lines.join(', ')}`);
    await this.tally.holds('no process met an error nobody foresaw', () => {
      assert.deepEqual(this.deployment.parts.flatMap((part) => part.errors().map((line) => `${part.name} ${line.slice(0, 900)}`)).slice(0, 5), []);
    });
    await this.tally.holds('the public page answered a reader who asks both resolvers', () => this.reader.judge(this.databaseWasThereUntil));
    this.tally.say(this.reader.told());
    await this.tally.holds('projections made anew are byte for byte what they were', () => this.deployment.daodi('rebuild', 'all'));
  }

  async close(): Promise<void> {
    this.reader.stop();
    this.watch.stop();
    await this.load?.stop().catch(() => undefined);
  }

  private async stopsInOrder(): Promise<void> {
    await this.tally.holds('no process ended by itself', () => {
      assert.deepEqual(this.deployment.parts.flatMap(({ name, endings }) => endings.map((ending) => ({ name, ...ending }))), []);
    });
    await this.tally.holds('every process ends within 20 s of being told to', async () => {
      const took = await this.deployment.stopParts();
      this.tally.say(`told to end, the slowest process took ${(took / 1_000).toFixed(1)} s`);
      assert.ok(took < 20_000, `${took} ms`);
    });
  }
}
