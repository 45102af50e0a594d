import { Inject, Injectable } from '@nestjs/common';
import { Metrics, Tracing } from '@daodi/platform';
import { DataSource } from 'typeorm';
import { type Act, type Appended, GroupAppender } from './append';
import { FOLLOWERS, type Follower, INLINE_PROJECTIONS, type InlineProjection } from './inline-projection';
import { catchUp, enrol, followerStates } from './follow';
import { Doorbell } from './doorbell';
import { type AppendMetrics, appendMetrics, followMetrics } from './log-metrics';
import { AppendTraces } from './append-traces';
import { logSize } from './store';

/** The one door to the log: appends acts with the inline projections of this process, and wakes the followers. */
@Injectable()
export class Log {
  private readonly appender: GroupAppender;
  private readonly measured: AppendMetrics;
  private readonly traces?: AppendTraces;

  constructor(
    private readonly dataSource: DataSource,
    @Inject(INLINE_PROJECTIONS) projections: readonly InlineProjection[],
    @Inject(FOLLOWERS) private readonly followers: readonly Follower[],
    private readonly doorbell: Doorbell,
    metrics: Metrics,
    tracing: Tracing,
  ) {
    this.measured = appendMetrics(metrics);
    followMetrics(metrics, dataSource, followers);
    this.traces = tracing.isOn ? new AppendTraces(tracing) : undefined;
    this.appender = new GroupAppender(dataSource, {
      projections: this.traces?.traced(projections) ?? projections,
      ring: () => this.doorbell.ring(this.followers),
      committed: (acts, entries) => {
        this.measured.committed(acts);
        this.traces?.committed(entries);
      },
      around: this.traces?.around,
    });
  }

  /** Appends one act; see {@link Act}. Throws the Problem by which it was refused. */
  async append(act: Act): Promise<Appended> {
    this.traces?.asked(act);
    const since = performance.now();
    const appended = await this.appender.append(act);
    this.measured.appended(appended.entries, (performance.now() - since) / 1000);
    return appended;
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
