import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { QUEUE, QueueFactory } from '@daodi/platform';
import { DataSource } from 'typeorm';
import { writeFindingDeliveries } from '../occasions/write-deliveries';
import { Deliver } from './deliver.service';

/** Data of a `deliver` job. Never business data. */
interface DeliverJob {
  readonly deliveryId: string;
}

const SWEEP_EVERY_MS = 5_000;
const RUNG_AT_ONCE_MAX = 500;
/** Tried at 0 s, 10 s, 30 s, … for about twenty minutes; then somebody has to look. */
const ATTEMPTS = 8;
const FIRST_REST_MS = 10_000;
/** A job that was asked for so long ago and is neither done nor dead was lost. */
const LOST_AFTER = '1 hour';

/** Looks for what is to be told, and sends it. */
@Injectable()
export class DeliverWorker implements OnApplicationBootstrap {
  constructor(
    private readonly dataSource: DataSource,
    private readonly queues: QueueFactory,
    private readonly deliver: Deliver,
  ) {}

  onApplicationBootstrap(): void {
    const worker = this.queues.worker<DeliverJob>(QUEUE.deliver, ({ data }) => this.deliver.run(data.deliveryId));
    worker.on('failed', (job, error) => {
      if (job === undefined || (job.attemptsMade < (job.opts.attempts ?? 1) && error.name !== 'UnrecoverableError')) return;
      this.dataSource.query(`UPDATE delivery SET state = 'failed', ended_at = clock_timestamp() WHERE id = $1 AND state = 'waiting'`, [job.data.deliveryId]).catch(() => undefined);
    });
    this.queues.every('sweep-notices', SWEEP_EVERY_MS, () => this.sweep());
  }

  /** Writes down what findings give to tell, and asks for the jobs of what waits. */
  async sweep(): Promise<void> {
    await writeFindingDeliveries(this.dataSource);
    const [waiting]: [{ id: string }[], number] = await this.dataSource.query(
      `UPDATE delivery SET rung_at = clock_timestamp() WHERE id IN (
         SELECT id FROM delivery WHERE state = 'waiting' AND (rung_at IS NULL OR rung_at < clock_timestamp() - $1::interval) ORDER BY made_at LIMIT $2)
       RETURNING id`,
      [LOST_AFTER, RUNG_AT_ONCE_MAX],
    );
    for (const { id } of waiting) {
      this.queues.ring(QUEUE.deliver, 'deliver', { deliveryId: id } satisfies DeliverJob, {
        deduplication: { id: `deliver:${id}` }, attempts: ATTEMPTS, backoff: { type: 'exponential', delay: FIRST_REST_MS }, removeOnComplete: true, removeOnFail: 1000,
      });
    }
  }
}
