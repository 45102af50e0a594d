import type { DataSource } from 'typeorm';
import { isoTime } from './store';

type Db = Pick<DataSource, 'query'>;

/** Why a follower stands still. */
export interface FollowerFailure {
  readonly name: string;
  /** The error's class and code. */
  readonly reason: string;
  readonly failedAt: string;
  /** How often it failed at this entry, one after the other. */
  readonly times: number;
}

/** Notes that a follower failed where its cursor stands. */
export async function noteFailure(db: Db, name: string, error: unknown): Promise<void> {
  await db.query(
    `INSERT INTO follower_failure AS f (name, position, reason, failed_at, times)
     SELECT name, position, $2, clock_timestamp(), 1 FROM follower WHERE name = $1
     ON CONFLICT (name) DO UPDATE SET position = EXCLUDED.position, reason = EXCLUDED.reason, failed_at = EXCLUDED.failed_at,
       times = CASE WHEN f.position = EXCLUDED.position THEN f.times + 1 ELSE 1 END`,
    [name, reasonOf(error)],
  );
}

/** Failures that still hold: the cursor has not moved since, and there is something to apply. */
export async function followerFailures(db: Db): Promise<FollowerFailure[]> {
  return db.query(
    `SELECT f.name, x.reason, ${isoTime('x.failed_at')} AS "failedAt", x.times
       FROM follower f JOIN follower_failure x ON x.name = f.name AND x.position = f.position CROSS JOIN log_head h
      WHERE f.position < h.size ORDER BY f.name`,
  );
}

/** `QueryFailedError 23505`: enough to know where to look, and nothing of what was being applied. */
function reasonOf(error: unknown): string {
  const { name, code } = (error ?? {}) as { name?: unknown; code?: unknown };
  const kind = typeof name === 'string' && /^\w{1,60}$/.test(name) ? name : 'Error';
  return typeof code === 'string' && /^[\w-]{1,40}$/.test(code) ? `${kind} ${code}` : kind;
}
