/**
 * BullMQ as doorbell and job runner. Jobs carry ids, never data: they may be lost, doubled, or read by
 * whoever runs Redis. If the queue is gone we are late, never wrong: sweeps find what a lost job left.
 */
import { once } from 'node:events';
import { createPostgresBackend, withBackend, Queue, Worker, type Job, type JobsOptions, type WorkerOptions } from 'bullmq';
import type { Redis } from 'ioredis';
import { Pool } from 'pg';
import { SteadyClient } from './postgres/steady-client';
import { QUEUE_SCHEMA, type QueueName } from './queue-names';
import { openRedis, redisConnection } from './redis-place';
import { Sweeps } from './sweeps';
import type { Tracing } from './tracing/tracing';

/** Where the queues live: in PostgreSQL, unless a Redis is named. */
export interface QueuePlace {
  readonly postgresUrl: string;
  readonly redisUrl?: string;
  /** Hears, in a sentence without data, of what went wrong with a queue; nobody waits for its answer. */
  readonly warn: (sentence: string) => void;
  /** A job carries the traceparent of what asked for it, beside its ids. */
  readonly tracing?: Tracing;
}

/** How long a ring waits for a Redis that is only just being connected to. */
const REDIS_PATIENCE_MS = 2_000;
/** How long a worker waits after its connection broke. */
const REST_MS = 1_000;
/**
 * How soon a job whose worker died, or lost its connection, is run by another one: until then its doorbell is held to
 * be ringing. BullMQ's own times are half a minute each, made for jobs that must not run twice; ours may, as often as
 * it takes.
 */
const SOON_AGAIN: Partial<WorkerOptions> = { lockDuration: 10_000, stalledInterval: 5_000, maxStalledCount: 10, runRetryDelay: 1_000 };
/** Connections all queues of a process share; each worker's LISTEN takes one for itself. */
const POSTGRES_CONNECTIONS_MAX = 14;

/** Makes queues and workers on the one backend this process uses, and closes them all. */
export class QueueFactory {
  private readonly queues = new Map<QueueName, Queue>();
  private readonly workers: Worker[] = [];
  private readonly resting = new Set<Worker>();
  private readonly sweeps: Sweeps;
  /** Doorbells being rung; the value is what to ring next once the ring under way is done. */
  private readonly ringing = new Map<string, (() => void) | undefined>();
  private readonly pool?: Pool;
  private readonly redis?: Redis;
  private isClosing = false;

  constructor(private readonly place: QueuePlace) {
    this.sweeps = new Sweeps(place);
    if (place.redisUrl !== undefined) {
      // Without an offline queue a command fails at once while Redis is down, instead of holding its caller until it returns.
      this.redis = openRedis(place.redisUrl, { enableOfflineQueue: false, maxRetriesPerRequest: 1 });
      this.redis.on('error', (error) => this.warn('redis', error));
      return;
    }
    this.pool = new Pool({
      connectionString: place.postgresUrl,
      options: `-c search_path=${QUEUE_SCHEMA}`,
      Client: SteadyClient,
      max: POSTGRES_CONNECTIONS_MAX,
      keepAlive: true,
      application_name: 'daodi queues',
    });
    this.pool.on('error', () => this.isClosing || place.warn('a connection of the queues broke'));
  }

  /** The queue of this name; always the same object. */
  queue(name: QueueName): Queue {
    let queue = this.queues.get(name);
    if (queue === undefined) {
      queue = this.makeQueue(name);
      queue.on('error', (error) => this.warn(name, error));
      this.queues.set(name, queue);
    }
    return queue;
  }

  /**
   * Runs jobs of a queue. A job may run twice and may stop after any line; an error is retried as the job's
   * options say, an `UnrecoverableError` is not.
   */
  worker<D, R = void>(name: QueueName, process: (job: Job<D, R>) => Promise<R>, options: Partial<WorkerOptions> = {}): Worker<D, R> {
    const settings = { concurrency: 4, removeOnComplete: { count: 100 }, removeOnFail: { count: 1000 }, ...SOON_AGAIN, ...options };
    const worker = this.makeWorker(name, this.traced(name, process), settings);
    worker.on('error', (error) => {
      this.warn(name, error);
      this.rest(worker as Worker);
    });
    worker.on('failed', (job, error) => this.place.warn(`a job of the queue ${name} failed (${job?.id ?? 'unknown'}): ${error.name}`));
    this.workers.push(worker as Worker);
    return worker;
  }

  /**
   * Adds a job after a commit. Does not wait and does not throw: what was committed stays committed, whether or
   * not the queue is up. Rings of one doorbell (`deduplication.id`) that come faster than the queue takes them
   * are rung once.
   */
  ring(name: QueueName, jobName: string, data: object, options: JobsOptions = {}): void {
    if (this.isClosing) return;
    const traceparent = this.place.tracing?.current();
    const told = traceparent === undefined ? data : { ...data, traceparent };
    const bell = options.deduplication?.id;
    const key = `${name}/${bell}`;
    const again = () => this.ring(name, jobName, told, options);
    if (bell !== undefined) {
      if (this.ringing.has(key)) return void this.ringing.set(key, again);
      this.ringing.set(key, undefined);
    }
    this.add(name, jobName, told, options)
      .catch((error: unknown) => this.warn(name, error))
      .finally(() => {
        if (bell === undefined) return;
        const next = this.ringing.get(key);
        this.ringing.delete(key);
        next?.();
      });
  }

  /** Runs something from time to time, whether or not the queue is up: see {@link Sweeps.every}. */
  every(name: string, everyMs: number, run: () => Promise<unknown>): void {
    this.sweeps.every(name, everyMs, run);
  }

  /** Resolves once the queues can be asked; on PostgreSQL at once. @throws where Redis does not come back soon */
  ready(): Promise<void> {
    return this.redisReady();
  }

  /** Lets running jobs finish, then closes every connection. */
  async close(): Promise<void> {
    if (this.isClosing) return;
    this.isClosing = true;
    await this.sweeps.close();
    await Promise.allSettled(this.workers.map((worker) => worker.close()));
    await Promise.allSettled([...this.queues.values()].map((queue) => queue.close()));
    await this.pool?.end().catch(() => undefined);
    this.redis?.disconnect();
  }

  /** A job belongs to the trace of what asked for it. */
  private traced<D, R>(name: QueueName, process: (job: Job<D, R>) => Promise<R>): (job: Job<D, R>) => Promise<R> {
    const { tracing } = this.place;
    if (tracing === undefined || !tracing.isOn) return process;
    return (job) => {
      const { traceparent: parent } = (job.data ?? {}) as { traceparent?: string };
      return tracing.span(`job ${name}`, { 'messaging.destination.name': name, 'messaging.message.id': job.id ?? '' }, () => process(job), { parent, mayBegin: true, kind: 'consumer' });
    };
  }

  private async add(name: QueueName, jobName: string, data: object, options: JobsOptions): Promise<void> {
    await this.redisReady();
    await this.queue(name).add(jobName, data, { removeOnComplete: true, removeOnFail: 1000, ...options });
  }

  private makeQueue(name: QueueName): Queue {
    if (this.redis !== undefined) return new Queue(name, { connection: this.redis });
    return new postgres.Queue(name, { connection: this.pool! }) as unknown as Queue;
  }

  private makeWorker<D, R>(name: QueueName, process: (job: Job<D, R>) => Promise<R>, options: Partial<WorkerOptions>): Worker<D, R> {
    const { redisUrl } = this.place;
    if (redisUrl === undefined) {
      return new postgres.Worker(name, process as never, { ...options, connection: this.pool! } as never) as unknown as Worker<D, R>;
    }
    return new Worker<D, R>(name, process, { ...options, connection: redisConnection(redisUrl, { maxRetriesPerRequest: null }) });
  }

  /** BullMQ waits for ever for a connection; a ring gives up soon, for the sweep finds what it would have rung for. */
  private async redisReady(): Promise<void> {
    const { redis } = this;
    if (redis === undefined || redis.status === 'ready') return;
    await once(redis, 'ready', { signal: AbortSignal.timeout(REDIS_PATIENCE_MS) });
  }

  /**
   * Lets a worker whose connection broke wait before it asks again. BullMQ would ask in the same turn of the event
   * loop, for ever: the process would do nothing else, not even hear that it is to stop.
   */
  private rest(worker: Worker): void {
    if (this.isClosing || this.resting.has(worker)) return;
    this.resting.add(worker);
    worker.pause(true).catch(() => undefined);
    setTimeout(() => {
      this.resting.delete(worker);
      if (!this.isClosing) void worker.resume();
    }, REST_MS).unref();
  }

  private warn(name: QueueName | 'redis', error: unknown): void {
    if (this.isClosing) return;
    const { code, message } = error as NodeJS.ErrnoException;
    this.place.warn(`the queue ${name} does not answer: ${code ?? message}`);
  }
}

const postgres = withBackend(createPostgresBackend);
