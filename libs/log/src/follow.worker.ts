import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { QueueFactory } from '@daodi/platform';
import { DataSource } from 'typeorm';
import type { FollowJob } from './doorbell';
import { catchUp } from './follow';
import { FOLLOWERS, type Follower } from './inline-projection';

/** How often the sweep looks for what a lost doorbell left behind. */
const SWEEP_EVERY_MS = 5_000;

/** Answers the doorbell: runs the named follower until it has reached the end of the log. */
@Injectable()
export class FollowWorker implements OnApplicationBootstrap {
  private readonly logger = new Logger(FollowWorker.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly queues: QueueFactory,
    @Inject(FOLLOWERS) private readonly followers: readonly Follower[],
  ) {}

  onApplicationBootstrap(): void {
    this.queues.worker<FollowJob>('follow', async ({ data }) => {
      const follower = this.followers.find(({ name }) => name === data.follower);
      // A job of a follower that only a newer or older version has is not this process's to run.
      if (follower) await catchUp(this.dataSource, follower);
    });
    this.queues.every('sweep-followers', SWEEP_EVERY_MS, async () => {
      for (const follower of this.followers) {
        await catchUp(this.dataSource, follower).catch((error: unknown) =>
          this.logger.error(`follower ${follower.name} failed: ${String(error)}`),
        );
      }
    });
  }
}
