import { isoTime } from '@daodi/log';
import { QUEUE, type QueueFactory } from '@daodi/platform';
import type { EntityManager } from 'typeorm';
import type { Sheet } from './sheet';

type Db = Pick<EntityManager, 'query'>;

/** Data of a `render-label` job: the sheet to draw. Never business data. */
export interface LabelJob {
  readonly sheetId: string;
}

/** How far the drawing of a sheet is. */
export interface JobState {
  readonly state: 'queued' | 'running' | 'done' | 'failed';
  readonly done: number;
  readonly attempts: number;
  /** SHA-256 of the file, hexadecimal. */
  readonly digest?: string;
  readonly finishedAt?: string;
}

/** After so many starts a sheet is given up: something about it ends its process each time. */
export const ATTEMPTS_MAX = 5;

/** Wakes the job of a sheet. Does not wait and does not throw: a sweep finds what a lost job left. */
export function ringLabel(queues: QueueFactory, sheetId: string): void {
  queues.ring(QUEUE.renderLabel, 'render', { sheetId } satisfies LabelJob, {
    deduplication: { id: `label:${sheetId}` }, attempts: 3, backoff: { type: 'exponential', delay: 1_000 }, removeOnComplete: true, removeOnFail: 100,
  });
}

/** Asks for a sheet to be drawn: for the first time, or again where its file has expired or it had been given up. */
export async function askFor(db: Db, sheetId: string): Promise<void> {
  await db.query(
    `INSERT INTO label_job (sheet_id) VALUES ($1)
     ON CONFLICT (sheet_id) DO UPDATE SET state = 'queued', done = 0, attempts = 0, digest = NULL, finished_at = NULL, asked_at = clock_timestamp()
       WHERE label_job.state IN ('done', 'failed')`,
    [sheetId],
  );
}

/** How far a sheet is; nothing where nobody asked since the table was lost. */
export async function jobOf(db: Db, sheetId: string): Promise<JobState | undefined> {
  const [row] = await db.query(
    `SELECT state, done, attempts, encode(digest, 'hex') AS digest, ${isoTime('finished_at')} AS finished FROM label_job WHERE sheet_id = $1`,
    [sheetId],
  );
  return row && { state: row.state, done: row.done, attempts: row.attempts, digest: row.digest ?? undefined, finishedAt: row.finished ?? undefined };
}

/** The sheet of a job, and when it was asked for. */
export async function sheetOf(db: Db, sheetId: string): Promise<{ readonly sheet: Sheet; readonly at: Date } | undefined> {
  const [row] = await db.query('SELECT state, record_time FROM label_sheet WHERE id = $1', [sheetId]);
  return row && { sheet: row.state, at: row.record_time };
}

/** Sheets that wait, oldest first. */
export async function pendingSheets(db: Db, most: number): Promise<string[]> {
  const rows: { sheet_id: string }[] = await db.query(
    `SELECT sheet_id FROM label_job WHERE state IN ('queued', 'running') ORDER BY asked_at LIMIT $1`,
    [most],
  );
  return rows.map(({ sheet_id }) => sheet_id);
}

/** Notes that a drawing begins. */
export async function begin(db: Db, sheetId: string): Promise<void> {
  await db.query(`UPDATE label_job SET state = 'running', done = 0, attempts = attempts + 1 WHERE sheet_id = $1`, [sheetId]);
}

/** Notes how many labels are drawn. */
export async function noteProgress(db: Db, sheetId: string, done: number): Promise<void> {
  await db.query('UPDATE label_job SET done = $2 WHERE sheet_id = $1', [sheetId, done]);
}

/** Notes that a process which stops in order leaves it: that is no failed attempt. */
export async function leave(db: Db, sheetId: string): Promise<void> {
  await db.query(`UPDATE label_job SET state = 'queued', done = 0, attempts = attempts - 1 WHERE sheet_id = $1`, [sheetId]);
}

/** Notes where the file is. */
export async function finish(db: Db, sheetId: string, total: number, digest: string): Promise<void> {
  await db.query(
    `UPDATE label_job SET state = 'done', done = $2, digest = decode($3, 'hex'), finished_at = clock_timestamp() WHERE sheet_id = $1`,
    [sheetId, total, digest],
  );
}

/** Gives a sheet up until somebody asks again. */
export async function giveUp(db: Db, sheetId: string): Promise<void> {
  await db.query(`UPDATE label_job SET state = 'failed', finished_at = clock_timestamp() WHERE sheet_id = $1`, [sheetId]);
}
