import type { Follower } from '@daodi/log';
import { QUALITY_FOLLOWERS } from '@daodi/quality';
import { historyFollower } from '@daodi/trace';

/** Whatever follows the log. */
export const FOLLOWERS_HERE: readonly Follower[] = [historyFollower, ...QUALITY_FOLLOWERS];
