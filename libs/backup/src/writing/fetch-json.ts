import type { EntityManager } from 'typeorm';

/** What one fetch brings at most, about. */
const FETCH_BYTES = 1024 * 1024;
const ROWS_MIN = 1;
const ROWS_MAX = 2_000;
/** The first fetch finds out how large rows are. */
const ROWS_FIRST = 20;

/**
 * Reads one column of text (`json`) by a cursor, in the transaction it is given, and hands over each row in turn.
 *
 * @param select written by us, never by a caller outside
 * @param isLarge one row at a time, whatever the rows before it were
 */
export async function fetchJson(tx: EntityManager, select: string, take: (json: string) => Promise<void>, isLarge = false): Promise<void> {
  await tx.query(`DECLARE fetched CURSOR FOR ${select}`);
  for (let rows = isLarge ? ROWS_MIN : ROWS_FIRST; ; ) {
    const found: { json: string }[] = await tx.query(`FETCH ${rows} FROM fetched`);
    if (found.length === 0) break;
    let bytes = 0;
    for (const { json } of found) {
      bytes += json.length;
      await take(json);
    }
    if (!isLarge) rows = Math.max(ROWS_MIN, Math.min(ROWS_MAX, Math.floor(FETCH_BYTES / (bytes / found.length))));
  }
  await tx.query('CLOSE fetched');
}
