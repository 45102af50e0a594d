import { isoTime } from '@daodi/log';
import type { EntityManager } from 'typeorm';

/** A document longer under way than this, in minutes, is stuck: its job died, or fails again and again. */
const STUCK_AFTER = '5 minutes';
const STUCK_SHOWN_MAX = 50;

/** Documents acknowledged and not yet in the log. Says how many and how long, never whose or what. */
export interface CaptureBacklog {
  readonly waiting: number;
  readonly oldestAgeSeconds: number;
  /** The oldest of those that are stuck, at most fifty. */
  readonly stuck: readonly { readonly id: string; readonly receivedAt: string; readonly chunksDone: number; readonly chunks: number }[];
}

/** What waits to be captured. */
export async function captureBacklog(db: Pick<EntityManager, 'query'>): Promise<CaptureBacklog> {
  const [row] = await db.query(
    `SELECT count(*)::int AS waiting, COALESCE(extract(epoch FROM clock_timestamp() - min(received_at)), 0)::float8 AS age
       FROM capture_document WHERE state <> 'done'`,
  );
  const stuck = await db.query(
    `SELECT id, ${isoTime('received_at')} AS "receivedAt", next_chunk AS "chunksDone", chunk_count AS chunks
       FROM capture_document WHERE state <> 'done' AND received_at < clock_timestamp() - $1::interval ORDER BY capture_document.received_at LIMIT $2`,
    [STUCK_AFTER, STUCK_SHOWN_MAX],
  );
  return { waiting: row.waiting, oldestAgeSeconds: row.age, stuck };
}
