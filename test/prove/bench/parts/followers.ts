import { setTimeout as pause } from 'node:timers/promises';
import type { Deployment } from './deployment';

/**
 * Waits until every follower has read what the log held when this was called, and every document acknowledged by then
 * is at its end.
 *
 * @param withDocuments false under a load that takes all there is: documents wait their turn among it
 * @returns seconds it took
 * @throws Error naming who is behind after the given time
 */
export async function caughtUp(deployment: Deployment, withinSeconds: number, withDocuments = true): Promise<number> {
  const from = Date.now();
  return deployment.looking(async (db) => {
    const { rows: [start] } = await db.query(`SELECT size::text, clock_timestamp()::text AS now FROM log_head`);
    for (;;) {
      const { rows: [behind] } = await db.query(
        `SELECT (SELECT string_agg(name || ' ' || position, ', ') FROM follower WHERE position < $1::bigint) AS followers,
                (SELECT count(*)::int FROM capture_document WHERE state <> 'done' AND received_at <= $2::timestamptz) AS documents`,
        [start.size, start.now],
      );
      const seconds = (Date.now() - from) / 1_000;
      if (behind.followers === null && (behind.documents === 0 || !withDocuments)) return seconds;
      if (seconds > withinSeconds) throw new Error(`after ${withinSeconds} s, of ${start.size} entries: ${behind.followers ?? 'no follower is behind'}; ${behind.documents} documents wait`);
      await pause(100);
    }
  });
}
