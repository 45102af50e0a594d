import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Config, QUEUE, QueueFactory } from '@daodi/platform';
import { DataSource } from 'typeorm';
import { pendingCaptures } from '../documents/capture-document';
import type { CaptureJob } from './capture-job';
import { CaptureRunner } from './capture-runner.service';

/** How often the sweep looks for documents whose job was lost or whose process died. */
const SWEEP_EVERY_MS = 15_000;
const SWEEP_DOCUMENTS_MAX = 1000;

/** Answers the bell of a captured document. */
@Injectable()
export class CaptureWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(CaptureWorker.name);
  private left = Promise.resolve();
  /** Documents that may be run just now, beside those that are; and who waits for one of these places. */
  private places = 1;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly dataSource: DataSource,
    private readonly queues: QueueFactory,
    private readonly runner: CaptureRunner,
    private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    // A running document holds one connection for its lock and needs another to append: two at once only where there is room.
    const concurrency = this.config.databasePoolMax >= 6 ? 2 : 1;
    this.places = concurrency;
    this.queues.worker<CaptureJob>(QUEUE.captureDocument, ({ data }) => this.run(data.captureId), { concurrency });
    // Run here and not rung for: where the queue is away, or holds to a job of a process that is gone, ringing is no use.
    this.queues.every('sweep-captures', SWEEP_EVERY_MS, () => this.runPending());
    // The queue takes a while to notice that the process which had a job is dead; a start need not wait for that.
    this.left = this.runPending().catch((error: unknown) => this.logger.warn(`captured documents wait for the sweep: ${(error as Error).name}`));
  }

  /** What a start found waiting needs the database until it has come to a stop. */
  beforeApplicationShutdown(): Promise<void> {
    return this.left;
  }

  /** Brings every waiting document to its end, one after the other (at start, by the sweep, in tests). */
  async runPending(): Promise<void> {
    const failures: unknown[] = [];
    // One that fails now must not keep the others waiting.
    for (const id of await pendingCaptures(this.dataSource, SWEEP_DOCUMENTS_MAX)) await this.run(id).catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  }

  /** Runs one document as soon as there is a place: jobs and sweep together take no more connections than there are. */
  private async run(id: string): Promise<void> {
    while (this.places === 0) await new Promise<void>((resolve) => this.waiting.push(resolve));
    this.places -= 1;
    try {
      await this.runner.run(id);
    } finally {
      this.places += 1;
      this.waiting.shift()?.();
    }
  }
}
