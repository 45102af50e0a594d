/** The log: entries, append, inline projections, followers, erasure, rebuild. */
export type { Actor, Entry, NewEntry, Provenance, RecordBody } from './entry';
export { type Act, type Appended, GroupAppender, type StoredResponse, refuseConflicts } from './append';
export type { EventOutcome } from './same-event';
export { bind as bindIdempotency, type Bound, findBound, type IdempotencyKey, refuseOtherBody, requestDigest } from './idempotency';
export { FOLLOWERS, type Follower, INLINE_PROJECTIONS, type InlineProjection } from './inline-projection';
export { type FollowerFailure, followerFailures } from './follower-failures';
export { catchUp, enrol, type FollowerState, followerStates } from './follow';
export { type Digests, type Rebuilt, digests, rebuild, replay } from './rebuild';
export { eraseAgain, eraseBody, type ErasureElsewhere } from './erase';
export { digestOf } from './digest';
export { isoTime, lockLog, logSize, readEntries, readLog } from './store';
export { Log } from './log.service';
export { Doorbell } from './doorbell';
export { FollowWorker } from './follow.worker';
export { LOG_MIGRATIONS } from './migrations';
export { LOG_STATE, LOG_TABLES } from './own-state';
