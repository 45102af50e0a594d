import { isoTime } from '@daodi/log';
import type { EntityManager } from 'typeorm';

/** How the log grows. */
export interface LogGrowth {
  readonly size: string;
  /** Entries recorded in the past minute. */
  readonly entriesLastMinute: number;
  /** Absent while the log is empty. */
  readonly lastEntryAt?: string;
  readonly lastEntryAgeSeconds?: number;
}

/**
 * Reads how the log grows. The record time rises with the position, so the first entry of the past minute is found by
 * halving: some twenty look-ups of one row each, however large the log is, and no index on the time.
 */
export async function logGrowth(db: Pick<EntityManager, 'query'>): Promise<LogGrowth> {
  const [row] = await db.query(
    `WITH RECURSIVE half(low, high) AS (
       SELECT 0::bigint, size FROM log_head
       UNION ALL
       SELECT CASE WHEN e.record_time < now() - interval '1 minute' THEN e.position + 1 ELSE h.low END,
              CASE WHEN e.record_time < now() - interval '1 minute' THEN h.high ELSE e.position END
         FROM half h JOIN entry e ON e.position = (h.low + h.high) / 2 WHERE h.low < h.high
     )
     SELECT h.size, h.size - (SELECT low FROM half WHERE low = high LIMIT 1) AS lately, ${isoTime('e.record_time')} AS last,
            greatest(extract(epoch FROM clock_timestamp() - e.record_time), 0)::float8 AS age
       FROM log_head h LEFT JOIN entry e ON e.position = h.size - 1`,
  );
  return { size: row.size, entriesLastMinute: Number(row.lately), lastEntryAt: row.last ?? undefined, lastEntryAgeSeconds: row.age ?? undefined };
}
