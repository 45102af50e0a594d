import { once } from 'node:events';
import { createServer } from 'node:net';
import { isStrict } from './config';
import { QUEUE } from './queue-names';
import { QueueFactory } from './queues';
import { freshDatabase, type FreshDatabase } from './testing/fresh-database';

const redisUrl = process.env.DAODI_TEST_REDIS_URL;

/** Resolves when `isDone` holds; checked on every call of the returned function. */
function untilTrue(isDone: () => boolean): { check: () => void; done: Promise<void> } {
  let resolve!: () => void;
  const done = new Promise<void>((r) => (resolve = r));
  return { check: () => isDone() && resolve(), done };
}

function contract(place: () => { postgresUrl: string; redisUrl?: string }): void {
  let queues: QueueFactory;
  beforeEach(async () => {
    queues = new QueueFactory({ ...place(), warn: () => undefined });
    if (place().redisUrl) await queues.queue(QUEUE.follow).obliterate({ force: true });
  });
  afterEach(() => queues.close());

  it('runs a job that was rung for', async () => {
    const ran = new Promise((resolve) => queues.worker<{ follower: string }>(QUEUE.follow, async ({ data }) => resolve(data)));
    queues.ring(QUEUE.follow, 'follow', { follower: 'findings' });
    await expect(ran).resolves.toEqual({ follower: 'findings' });
  });

  it('runs again after the ring that came while it was running, and needs few runs for a thousand rings', async () => {
    let runs = 0;
    let release!: () => void;
    const held = new Promise<void>((resolve) => (release = resolve));
    const first = untilTrue(() => runs === 1);
    const second = untilTrue(() => runs === 2);
    queues.worker(QUEUE.follow, async () => {
      runs += 1;
      first.check();
      second.check();
      if (runs === 1) await held;
    });
    const ring = () => queues.ring(QUEUE.follow, 'follow', {}, { deduplication: { id: 'findings', keepLastIfActive: true } });
    ring();
    await first.done;
    for (let i = 0; i < 1000; i += 1) ring();
    release();
    await second.done;
    await queues.close();
    expect(runs).toBeLessThan(10);
  });

  it('rests when its connection broke, instead of asking for ever in one turn of the event loop, and works on after', async () => {
    let resolve!: (data: unknown) => void;
    const ran = new Promise((r) => (resolve = r));
    const worker = queues.worker(QUEUE.deliver, async ({ data }) => resolve(data));
    await worker.waitUntilReady();
    const resumed = new Promise<void>((r) => worker.once('resumed', () => r()));
    worker.emit('error', new Error('Client has encountered a connection error and is not queryable'));
    expect(worker.isPaused()).toBe(true);
    queues.ring(QUEUE.deliver, 'deliver', { subscription: 'a' });
    await expect(ran).resolves.toEqual({ subscription: 'a' });
    await resumed;
    expect(worker.isPaused()).toBe(false);
  });

  it('tries a failed job again', async () => {
    let attempts = 0;
    const ran = new Promise<void>((resolve) =>
      queues.worker(QUEUE.captureDocument, async () => {
        attempts += 1;
        if (attempts === 1) throw new Error('power cut');
        resolve();
      }),
    );
    queues.ring(QUEUE.captureDocument, 'append', { id: 1 }, { attempts: 3 });
    await ran;
    expect(attempts).toBe(2);
  });
}

describe('queues on PostgreSQL', () => {
  let database: FreshDatabase;
  beforeAll(async () => {
    database = await freshDatabase([]);
  });
  afterAll(() => database.drop());
  contract(() => ({ postgresUrl: database.serviceUrl }));

  it('warns and goes on when the database is away', async () => {
    const warned = new Promise<string>((warn) => {
      const queues = new QueueFactory({ postgresUrl: 'postgresql://nobody@127.0.0.1:1/none', warn });
      queues.ring(QUEUE.follow, 'follow', {});
    });
    await expect(warned).resolves.toMatch('ECONNREFUSED');
  });
});

const whenRedis = redisUrl === undefined && !isStrict() ? describe.skip : describe;
whenRedis('queues on Redis (DAODI_TEST_REDIS_URL)', () => {
  it('has a server to test with', () => {
    expect(redisUrl).toBeDefined();
  });
  contract(() => ({ postgresUrl: 'postgresql://unused', redisUrl }));
});

describe('queues while Redis is away', () => {
  it('neither hold the caller nor forget to warn', async () => {
    const silent = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as { port: number };
    let queues!: QueueFactory;
    const warned = new Promise<string>((warn) => {
      queues = new QueueFactory({ postgresUrl: 'postgresql://unused', redisUrl: `redis://127.0.0.1:${port}`, warn });
      queues.ring(QUEUE.follow, 'follow', { follower: 'findings' });
    });
    await expect(warned).resolves.toMatch('does not answer');
    await queues.close();
    silent.close();
  });
});
