import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { QUEUE, QueueFactory } from '@daodi/platform';
import { DataSource } from 'typeorm';
import { type LabelJob, pendingSheets, ringLabel } from './label-job';
import { LabelRunner } from './label-runner.service';

/** How often the sweep looks for sheets whose job was lost or whose process died. */
const SWEEP_EVERY_MS = 15_000;
const SWEEP_SHEETS_MAX = 1000;

/** Answers the bell of a sheet of labels. */
@Injectable()
export class LabelWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(LabelWorker.name);
  private left = Promise.resolve();

  constructor(
    private readonly dataSource: DataSource,
    private readonly queues: QueueFactory,
    private readonly runner: LabelRunner,
  ) {}

  onApplicationBootstrap(): void {
    // Drawing is work for the processor: two at once would be no quicker.
    this.queues.worker<LabelJob>(QUEUE.renderLabel, ({ data }) => this.runner.run(data.sheetId), { concurrency: 1 });
    this.queues.every('sweep-labels', SWEEP_EVERY_MS, async () => {
      for (const id of await pendingSheets(this.dataSource, SWEEP_SHEETS_MAX)) ringLabel(this.queues, id);
    });
    // The queue takes a while to notice that the process which had a job is dead; a start need not wait for that.
    this.left = this.runPending().catch((error: unknown) => this.logger.warn(`sheets of labels wait for the sweep: ${(error as Error).name}`));
  }

  /** What a start found waiting needs the database until it has come to a stop. */
  beforeApplicationShutdown(): Promise<void> {
    return this.left;
  }

  /** Draws every waiting sheet, one after the other (at start, in tests). */
  async runPending(): Promise<void> {
    for (const id of await pendingSheets(this.dataSource, SWEEP_SHEETS_MAX)) await this.runner.run(id);
  }
}
