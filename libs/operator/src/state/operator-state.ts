import { type CaptureBacklog, captureBacklog } from '@daodi/capture';
import { type FollowerFailure, followerFailures, followerStates } from '@daodi/log';
import { type QueueFactory, type QueueState, queueStates, type RunningProcess, runningProcesses } from '@daodi/platform';
import type { DataSource } from 'typeorm';
import { type Attention, attentionOf } from './attention';
import { type LogGrowth, logGrowth } from './log-growth';

/** How long a page waits for the queues, in milliseconds; Redis may be away. */
const QUEUES_WITHIN_MS = 2_500;

/** How one follower is doing. */
export interface FollowerLine {
  readonly name: string;
  readonly position: string;
  readonly behind: string;
  readonly lagSeconds: number;
  /** Why it stands still, where it does. */
  readonly failure?: Omit<FollowerFailure, 'name'>;
}

/** Everything the operator sees of the installation. No organisation, no event, no person is in it. */
export interface OperatorState {
  readonly at: string;
  readonly log: LogGrowth;
  readonly followers: readonly FollowerLine[];
  /** null where they do not answer. */
  readonly queues: readonly QueueState[] | null;
  readonly captures: CaptureBacklog;
  readonly processes: readonly RunningProcess[];
  /** What somebody should look at; empty when all is well. */
  readonly attention: readonly Attention[];
}

/** Reads the state of the installation, now. @param known the followers of this release; others stand still for ever */
export async function readOperatorState(dataSource: DataSource, queues: QueueFactory, known: readonly string[]): Promise<OperatorState> {
  const [log, states, failures, jobs, captures, processes] = await Promise.all([
    logGrowth(dataSource.manager), followerStates(dataSource), followerFailures(dataSource), askQueues(queues, queueStates), captureBacklog(dataSource.manager), runningProcesses(dataSource),
  ]);
  const followers = states.filter(({ name }) => known.includes(name)).map((state): FollowerLine => {
    const failed = failures.find(({ name }) => name === state.name);
    const failure = failed && { reason: failed.reason, failedAt: failed.failedAt, times: failed.times };
    return { name: state.name, position: state.position.toString(), behind: state.behind.toString(), lagSeconds: state.lagSeconds, failure };
  });
  const state = { at: new Date().toISOString(), log, followers, queues: jobs, captures, processes };
  return { ...state, attention: attentionOf(state) };
}

/** Asks the queues something. @returns null where they do not answer soon */
export async function askQueues<T>(queues: QueueFactory, ask: (queues: QueueFactory) => Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => (timer = setTimeout(resolve, QUEUES_WITHIN_MS, null)));
  try {
    return await Promise.race([queues.ready().then(() => ask(queues)), late]);
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}
