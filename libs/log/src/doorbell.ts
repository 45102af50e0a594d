import { Injectable } from '@nestjs/common';
import { QueueFactory } from '@daodi/platform';
import type { Follower } from './inline-projection';

/** Data of a `follow` job: the follower to run. Never business data. */
export interface FollowJob {
  readonly follower: string;
}

/** Wakes followers after a commit. */
@Injectable()
export class Doorbell {
  constructor(private readonly queues: QueueFactory) {}

  /** Does not wait and does not throw: what was captured is captured, whether or not the queue is up. */
  ring(followers: readonly Follower[]): void {
    for (const { name } of followers) {
      this.queues.ring('follow', 'follow', { follower: name } satisfies FollowJob, {
        deduplication: { id: `follow:${name}`, keepLastIfActive: true },
        removeOnComplete: true,
        removeOnFail: 100,
      });
    }
  }
}
