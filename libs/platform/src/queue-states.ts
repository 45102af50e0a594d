/** What the queues hold, told alike whether they live in PostgreSQL or in Redis. */
import type { Job, Queue } from 'bullmq';
import { QUEUE, type QueueName } from './queue-names';
import type { QueueFactory } from './queues';

/** How many jobs of a queue are in which state. */
export interface QueueState {
  readonly queue: QueueName;
  readonly waiting: number;
  readonly active: number;
  /** Put off on purpose: a schedule's next run, or a retry that waits. */
  readonly delayed: number;
  /** Dead: out of attempts. Kept until somebody runs them again or newer ones push them out. */
  readonly failed: number;
  /** How long ago the oldest job that should be running was asked for, in seconds; 0 where there is none. */
  readonly oldestAgeSeconds: number;
}

/** A job that ran out of attempts. Says what failed, never with what. */
export interface DeadJob {
  readonly queue: QueueName;
  readonly id: string;
  readonly name: string;
  /** The id in the job's data: a follower's name, a document's id. */
  readonly about?: string;
  readonly failedAt: string;
  readonly attempts: number;
  /** The class of the error; its message may quote what was being worked on. */
  readonly reason: string;
  /** How often the same job died, this time included. */
  readonly times: number;
}

const NAMES: readonly QueueName[] = Object.values(QUEUE);
/** States of a job that should be running. */
const DUE = ['active', 'waiting', 'prioritized'] as const;
/** Dead jobs looked at in each queue. */
const DEAD_MAX = 200;

/** The state of every queue. Waits for the queue to answer, so the caller sets the limit of its patience. */
export function queueStates(queues: QueueFactory, now: () => number = Date.now): Promise<QueueState[]> {
  return Promise.all(
    NAMES.map(async (name) => {
      const queue = queues.queue(name);
      const counts = await queue.getJobCounts('waiting', 'prioritized', 'active', 'delayed', 'failed');
      const ends = await Promise.all(DUE.map((type) => bothEnds(queue, type, counts[type] ?? 0)));
      const asked = ends.flat().map(({ timestamp }) => timestamp);
      return {
        queue: name,
        waiting: (counts.waiting ?? 0) + (counts.prioritized ?? 0),
        active: counts.active ?? 0,
        delayed: counts.delayed ?? 0,
        failed: counts.failed ?? 0,
        oldestAgeSeconds: asked.length === 0 ? 0 : Math.max(0, (now() - Math.min(...asked)) / 1000),
      };
    }),
  );
}

/** The first and the last job of a state: one of them is the oldest, and which one depends on where the queue lives. */
async function bothEnds(queue: Queue, type: (typeof DUE)[number], count: number): Promise<Job[]> {
  if (count === 0) return [];
  const ends = await Promise.all([...new Set([0, count - 1])].map((at) => queue.getJobs([type], at, at)));
  return ends.flat();
}

/** Every dead job, the latest first; the same job that died again and again is one line. */
export async function deadJobs(queues: QueueFactory): Promise<DeadJob[]> {
  const all = await Promise.all(NAMES.map(async (name) => linesOf(name, await queues.queue(name).getFailed(0, DEAD_MAX - 1))));
  return all.flat().sort((a, b) => (a.failedAt < b.failedAt ? 1 : -1));
}

/**
 * Runs a dead job again, with all its attempts. Its earlier deaths go with it.
 *
 * @returns false where there is no such dead job (any more)
 */
export async function replayDeadJob(queues: QueueFactory, name: QueueName, id: string): Promise<boolean> {
  const dead = await queues.queue(name).getFailed(0, DEAD_MAX - 1);
  const wanted = dead.find((job) => job.id === id);
  if (wanted === undefined) return false;
  await wanted.retry('failed', { resetAttemptsMade: true, resetAttemptsStarted: true });
  for (const job of dead) if (job !== wanted && sameWork(job) === sameWork(wanted)) await job.remove().catch(() => undefined);
  return true;
}

/** Removes dead jobs that have no work left. @param isMoot asked with the ids in the job's data */
export async function forgetDeadJobs(queues: QueueFactory, name: QueueName, isMoot: (data: unknown) => boolean): Promise<void> {
  const dead = await queues.queue(name).getFailed(0, DEAD_MAX - 1);
  for (const job of dead) if (isMoot(job.data)) await job.remove().catch(() => undefined);
}

/** Each ask has a trace of its own; the work is the same. */
const sameWork = ({ name, data }: Job): string => `${name} ${JSON.stringify({ ...data, traceparent: undefined })}`;

function linesOf(queue: QueueName, jobs: readonly Job[]): DeadJob[] {
  const lines = new Map<string, { job: Job; times: number }>();
  for (const job of jobs) {
    const known = lines.get(sameWork(job));
    const latest = known !== undefined && (known.job.finishedOn ?? 0) > (job.finishedOn ?? 0) ? known.job : job;
    lines.set(sameWork(job), { job: latest, times: (known?.times ?? 0) + 1 });
  }
  return [...lines.values()].map(({ job, times }) => ({
    queue, id: job.id ?? '', name: job.name, about: idIn(job.data), times,
    failedAt: new Date(job.finishedOn ?? job.timestamp).toISOString(), attempts: job.attemptsMade, reason: errorClass(job),
  }));
}

/** Jobs carry ids; whatever else one should carry is not shown. */
function idIn(data: unknown): string | undefined {
  const { traceparent: _, ...ids } = (data ?? {}) as Record<string, unknown>;
  return Object.values(ids).find((value): value is string => typeof value === 'string' && /^[A-Za-z0-9-]{1,64}$/.test(value));
}

/** The stack begins with the error's name; of anything else it is only told that it was no error. */
function errorClass({ stacktrace, failedReason }: Job): string {
  const first = stacktrace?.at(-1) ?? stacktrace?.[0] ?? failedReason ?? '';
  return /^([A-Z][A-Za-z]{2,60})(?=[:\n\s]|$)/.exec(first)?.[1] ?? 'Error';
}
