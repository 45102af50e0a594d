/** Notices: what an organisation wants to be told of, and how it is told. */
import type { Follower, InlineProjection } from '@daodi/log';
import { noticeFollower } from './occasions/notice.follower';
import { subscriptionsProjection } from './subscriptions/subscriptions.projection';

export { NOTIFY_MIGRATIONS } from './migrations';
export const NOTIFY_PROJECTIONS: readonly InlineProjection[] = [subscriptionsProjection];
export const NOTIFY_FOLLOWERS: readonly Follower[] = [noticeFollower];
export { NotifyModule, NotifyWorkerModule } from './notify.module';
export { NOTIFY_STATE } from './own-state';
