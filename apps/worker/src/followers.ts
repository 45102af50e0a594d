import type { Follower } from '@daodi/log';
import { historyFollower } from '@daodi/trace';

/** Whatever follows the log. */
export const FOLLOWERS_HERE: readonly Follower[] = [historyFollower];
