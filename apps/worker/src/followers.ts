import type { Follower } from '@daodi/log';
import { NOTIFY_FOLLOWERS } from '@daodi/notify';
import { QUALITY_FOLLOWERS } from '@daodi/quality';
import { historyFollower } from '@daodi/trace';

/** Whatever follows the log. */
export const FOLLOWERS_HERE: readonly Follower[] = [historyFollower, ...QUALITY_FOLLOWERS, ...NOTIFY_FOLLOWERS];
