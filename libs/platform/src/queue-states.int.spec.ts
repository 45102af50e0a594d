import { isStrict } from './config';
import { QUEUE } from './queue-names';
import { deadJobs, queueStates, replayDeadJob } from './queue-states';
import { QueueFactory, type QueuePlace } from './queues';
import { freshDatabase, type FreshDatabase } from './testing/fresh-database';

const redisUrl = process.env.DAODI_TEST_REDIS_URL;

function contract(emptyPlace: () => Promise<Omit<QueuePlace, 'warn'>>): void {
  let queues: QueueFactory;
  beforeEach(async () => {
    queues = new QueueFactory({ ...(await emptyPlace()), warn: () => undefined });
  });
  afterEach(() => queues.close());
  const state = async () => (await queueStates(queues)).find(({ queue }) => queue === QUEUE.renderLabel)!;
  const until = async (holds: () => Promise<boolean>) => {
    while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
  };

  it('tells of every queue what waits in it and for how long', async () => {
    const hourAgo = Date.now() - 3_600_000;
    await queues.queue(QUEUE.renderLabel).add('render', { sheetId: 'a' }, { timestamp: hourAgo });
    await queues.queue(QUEUE.renderLabel).add('render', { sheetId: 'b' });
    await queues.queue(QUEUE.renderLabel).add('render', { sheetId: 'c' }, { delay: 60_000, timestamp: hourAgo - 1 });
    const { oldestAgeSeconds, ...counts } = await state();
    expect(counts).toEqual({ queue: 'render-label', waiting: 2, active: 0, delayed: 1, failed: 0 });
    expect(oldestAgeSeconds).toBeGreaterThanOrEqual(3600);
    expect(oldestAgeSeconds).toBeLessThan(3660);
    expect((await queueStates(queues)).map(({ queue }) => queue).sort()).toEqual(Object.values(QUEUE).sort());
  });

  it('shows a dead job without its message, and runs it again once what was broken is mended', async () => {
    let isMended = false;
    const done: string[] = [];
    queues.worker<{ sheetId: string }>(QUEUE.renderLabel, async ({ data }) => {
      if (!isMended) throw new TypeError(`font missing for 张三 13800000000`);
      done.push(data.sheetId);
    });
    const ring = () => queues.ring(QUEUE.renderLabel, 'render', { sheetId: 'sheet-1' }, { attempts: 2 });
    ring();
    await until(async () => (await state()).failed === 1);
    ring();
    await until(async () => (await state()).failed === 2);

    const [dead, ...others] = await deadJobs(queues);
    expect(others).toEqual([]);
    expect(dead).toMatchObject({ queue: 'render-label', name: 'render', about: 'sheet-1', attempts: 2, reason: 'TypeError', times: 2 });
    expect(JSON.stringify(dead)).not.toMatch(/font|13800000000/);

    isMended = true;
    expect(await replayDeadJob(queues, QUEUE.renderLabel, dead!.id)).toBe(true);
    await until(async () => done.length === 1);
    await until(async () => (await state()).failed === 0);
    expect(done).toEqual(['sheet-1']);
    expect(await deadJobs(queues)).toEqual([]);
    expect(await replayDeadJob(queues, QUEUE.renderLabel, dead!.id)).toBe(false);
  });

  it('lets a job that is run again use all its attempts once more', async () => {
    let runs = 0;
    queues.worker(QUEUE.deliver, async () => {
      runs += 1;
      throw new RangeError('still broken');
    });
    queues.ring(QUEUE.deliver, 'deliver', { delivery: 'd1' }, { attempts: 3 });
    await until(async () => (await deadJobs(queues)).length === 1);
    await replayDeadJob(queues, QUEUE.deliver, (await deadJobs(queues))[0]!.id);
    await until(async () => runs === 6);
    await until(async () => (await deadJobs(queues)).length === 1);
    expect((await deadJobs(queues))[0]).toMatchObject({ attempts: 3, reason: 'RangeError' });
  });
}

describe('what the queues tell, on PostgreSQL', () => {
  const databases: FreshDatabase[] = [];
  afterAll(() => Promise.all(databases.map((database) => database.drop())));
  contract(async () => {
    const database = await freshDatabase([]);
    databases.push(database);
    return { postgresUrl: database.serviceUrl };
  });
});

const whenRedis = redisUrl === undefined && !isStrict() ? describe.skip : describe;
whenRedis('what the queues tell, on Redis (DAODI_TEST_REDIS_URL)', () => {
  it('has a server to test with', () => {
    expect(redisUrl).toBeDefined();
  });
  contract(async () => {
    const place = { postgresUrl: 'postgresql://unused', redisUrl };
    const queues = new QueueFactory({ ...place, warn: () => undefined });
    for (const name of Object.values(QUEUE)) await queues.queue(name).obliterate({ force: true });
    await queues.close();
    return place;
  });
});
