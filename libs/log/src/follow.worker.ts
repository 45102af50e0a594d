import { setTimeout as rest } from 'node:timers/promises';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { forgetDeadJobs, isDatabaseLost, QueueFactory, Tracing } from '@daodi/platform';
import { DataSource } from 'typeorm';
import type { FollowJob } from './doorbell';
import { catchUp } from './follow';
import { noteFailure } from './follower-failures';
import { FOLLOWERS, type Follower } from './inline-projection';

/** How often the sweep looks for what a lost doorbell left behind. */
const SWEEP_EVERY_MS = 5_000;

/**
 * How long a follower rests after it reached the end of the log. While entries come in one after the other it takes
 * what has gathered, some at a time: each round costs the same dozen questions, for one entry or for a hundred.
 */
const REST_MS = 150;

/** Answers the doorbell: runs the named follower until it has reached the end of the log. */
@Injectable()
export class FollowWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(FollowWorker.name);
  private readonly stopping = new AbortController();
  /** Followers that failed here and have not caught up here since. */
  private readonly failing = new Set<string>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly queues: QueueFactory,
    @Inject(FOLLOWERS) private readonly followers: readonly Follower[],
    private readonly tracing: Tracing,
  ) {}

  onApplicationBootstrap(): void {
    this.queues.worker<FollowJob>('follow', async ({ data }) => {
      const follower = this.followers.find(({ name }) => name === data.follower);
      // A job of a follower that only a newer or older version has is not this process's to run.
      if (follower === undefined) return;
      await this.run(follower);
      // Rung meanwhile, it is called again when this job is done.
      await rest(REST_MS, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    });
    this.queues.every('sweep-followers', SWEEP_EVERY_MS, async () => {
      for (const follower of this.followers) {
        await this.run(follower).catch((error: unknown) => this.report(follower, error));
      }
    });
  }

  onModuleDestroy(): void {
    this.stopping.abort();
  }

  /** By name and code: the message may quote what was being written. */
  private report({ name }: Follower, error: unknown): void {
    if (isDatabaseLost(error)) return this.logger.warn(`follower ${name} waits for the database`);
    const { name: kind, code } = error as { name?: string; code?: string };
    this.logger.error(`follower ${name} failed: ${kind ?? typeof error} ${code ?? ''}`);
  }

  /** Brings a follower to the end of the log; where it fails, keeps that for the operator to see. */
  private async run(follower: Follower): Promise<void> {
    try {
      await this.tracing.span(`advance ${follower.name}`, {}, async () => {
        this.tracing.note({ 'daodi.entries': await catchUp(this.dataSource, follower) });
      });
      if (this.failing.delete(follower.name)) this.forgetDead(follower);
    } catch (error) {
      this.failing.add(follower.name);
      await noteFailure(this.dataSource, follower.name, error).catch(() => undefined);
      throw error;
    }
  }

  /** What died while the follower failed has no work left once it has caught up. Does not wait and does not throw. */
  private forgetDead({ name }: Follower): void {
    forgetDeadJobs(this.queues, 'follow', (data) => (data as FollowJob).follower === name).catch((error: unknown) =>
      this.logger.warn(`dead jobs of follower ${name} stay: ${(error as Error).name}`),
    );
  }
}
