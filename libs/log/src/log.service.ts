import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type Act, type Appended, GroupAppender } from './append';
import { FOLLOWERS, type Follower, INLINE_PROJECTIONS, type InlineProjection } from './inline-projection';
import { catchUp, enrol, followerStates } from './follow';
import { Doorbell } from './doorbell';
import { logSize } from './store';

/** The one door to the log: appends acts with the inline projections of this process, and wakes the followers. */
@Injectable()
export class Log {
  private readonly appender: GroupAppender;

  constructor(
    private readonly dataSource: DataSource,
    @Inject(INLINE_PROJECTIONS) projections: readonly InlineProjection[],
    @Inject(FOLLOWERS) private readonly followers: readonly Follower[],
    private readonly doorbell: Doorbell,
  ) {
    this.appender = new GroupAppender(dataSource, { projections, ring: () => this.doorbell.ring(this.followers) });
  }

  /** Appends one act; see {@link Act}. Throws the Problem by which it was refused. */
  append(act: Act): Promise<Appended> {
    return this.appender.append(act);
  }

  /** The number of entries. */
  size(): Promise<bigint> {
    return logSize(this.dataSource);
  }

  /** Gives every follower its cursor; called once at start. */
  enrol(): Promise<void> {
    return enrol(this.dataSource, this.followers);
  }

  /** Brings every follower to the end of the log here and now (tests, the CLI, the sweep). */
  async drain(): Promise<void> {
    for (const follower of this.followers) await catchUp(this.dataSource, follower);
  }

  /** How far each follower is. */
  states(): ReturnType<typeof followerStates> {
    return followerStates(this.dataSource);
  }
}
