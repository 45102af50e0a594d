/** Asks the queues, and the Redis they may live in. */
import { openRedis, QueueFactory, type QueueState, queueStates } from '@daodi/platform';
import type { RedisFacts } from './judge-queues';

/** How long an answer is waited for, in milliseconds. */
const PATIENCE_MS = 5_000;

/** @throws Error where it does not answer in time */
export async function probeRedis(url: string): Promise<RedisFacts> {
  const redis = openRedis(url, { lazyConnect: true, connectTimeout: PATIENCE_MS, retryStrategy: () => null, sentinelRetryStrategy: () => null, maxRetriesPerRequest: 0 });
  let broke: Error | undefined;
  redis.on('error', (error) => (broke = error));
  try {
    await redis.connect();
    const info = await redis.info();
    const value = (name: string) => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1] ?? '';
    return { version: value('redis_version'), maxmemoryPolicy: value('maxmemory_policy'), isAppendOnly: value('aof_enabled') === '1' };
  } catch (error) {
    throw broke ?? error;
  } finally {
    redis.disconnect();
  }
}

/** @throws Error where they do not answer in time */
export async function probeQueues(postgresUrl: string, redisUrl: string | undefined): Promise<QueueState[]> {
  const queues = new QueueFactory({ postgresUrl, redisUrl, warn: () => undefined });
  let timer: NodeJS.Timeout | undefined;
  try {
    const late = new Promise<never>((_, reject) => (timer = setTimeout(() => reject(new Error('no answer')), PATIENCE_MS)));
    return await Promise.race([queueStates(queues), late]);
  } finally {
    clearTimeout(timer);
    await queues.close();
  }
}
