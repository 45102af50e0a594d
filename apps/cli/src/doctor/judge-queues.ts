/** What is to be said of the queues and of the Redis they may live in. Pure: the facts come in. */
import type { QueueState } from '@daodi/platform';
import { type Check, duration, ok, warning, wrong } from './check';

/** Redis as `INFO` tells of it. */
export interface RedisFacts {
  readonly version: string;
  readonly maxmemoryPolicy: string;
  readonly isAppendOnly: boolean;
}

export function judgeRedis({ version, maxmemoryPolicy, isAppendOnly }: RedisFacts): Check[] {
  const eviction = maxmemoryPolicy === 'noeviction'
    ? ok('redis', `Redis ${version} 可用`, `Redis ${version} answers`)
    : wrong('redis', { zh: `Redis 的 maxmemory-policy 是 ${maxmemoryPolicy}：内存紧张时会丢弃任务`, en: `Redis has maxmemory-policy ${maxmemoryPolicy}: short of memory it throws jobs away` }, { zh: 'CONFIG SET maxmemory-policy noeviction，并写入 redis.conf', en: 'CONFIG SET maxmemory-policy noeviction, and in redis.conf' });
  if (isAppendOnly) return [eviction];
  return [eviction, warning('redis-persistence', { zh: 'Redis 没有启用 AOF：重启后任务要等清扫程序重新发现', en: 'Redis has no AOF: after its restart jobs wait until the sweep finds them anew' }, { zh: 'appendonly yes', en: 'appendonly yes' })];
}

/** A doorbell is answered within seconds; a job that is due this long has nobody who takes it. */
const WAITING_WRONG_SECONDS = 600;

export function judgeQueues(states: readonly QueueState[]): Check[] {
  const oldest = [...states].sort((a, b) => b.oldestAgeSeconds - a.oldestAgeSeconds)[0];
  const by = duration(oldest?.oldestAgeSeconds ?? 0);
  const checks = [
    oldest === undefined || oldest.oldestAgeSeconds < WAITING_WRONG_SECONDS
      ? ok('queues', '任务队列正常', 'The queues move')
      : wrong('queues', { zh: `队列 ${oldest.queue} 的任务已等 ${by.zh} 无人处理`, en: `A job of the queue ${oldest.queue} has waited for ${by.en}` }, { zh: '确认 worker 在运行', en: 'See that a worker runs' }),
  ];
  const dead = states.filter(({ failed }) => failed > 0);
  if (dead.length === 0) return checks;
  const list = dead.map(({ queue, failed }) => `${queue} ${failed}`).join(', ');
  return [...checks, warning('dead-jobs', { zh: `有屡次失败的任务：${list}`, en: `Jobs ran out of attempts: ${list}` }, { zh: '运营者在 /operator 查看原因，排除后重试', en: 'The operator sees why at /operator, and runs them again once that is mended' })];
}
