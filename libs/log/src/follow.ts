import type { DataSource, EntityManager } from 'typeorm';
import type { Follower } from './inline-projection';
import { logSize, readLog } from './store';

/** How many entries a follower takes in one transaction. */
const BATCH_ENTRIES_MAX = 500;

/** Gives every follower its cursor. A name that is new starts at the first entry. */
export async function enrol(dataSource: DataSource, followers: readonly Follower[]): Promise<void> {
  await dataSource.query('INSERT INTO follower (name) SELECT unnest($1::text[]) ON CONFLICT DO NOTHING', [
    followers.map(({ name }) => name),
  ]);
}

/**
 * Takes the follower one batch further. Rows and cursor move in one transaction, so it may die anywhere.
 * @returns how many entries it took; 0 at the end of the log, or while another process holds the cursor
 */
async function advance(tx: EntityManager, follower: Follower): Promise<number> {
  const [cursor] = await tx.query('SELECT position FROM follower WHERE name = $1 FOR UPDATE SKIP LOCKED', [
    follower.name,
  ]);
  if (cursor === undefined) return 0;
  const entries = await readLog(tx, BigInt(cursor.position), BATCH_ENTRIES_MAX);
  const last = entries.at(-1);
  if (last === undefined) return 0;
  await follower.apply(tx, entries);
  await tx.query('UPDATE follower SET position = $2 WHERE name = $1', [follower.name, (last.position + 1n).toString()]);
  return entries.length;
}

/** Runs a follower until it has reached the end of the log (or another process is running it). */
export async function catchUp(dataSource: DataSource, follower: Follower): Promise<number> {
  let taken = 0;
  for (;;) {
    const step = await dataSource.transaction((tx) => advance(tx, follower));
    if (step === 0) return taken;
    taken += step;
  }
}

/** How far each follower is: its cursor and how many entries it still has to read. */
export async function followerStates(
  dataSource: Pick<DataSource, "query">,
): Promise<{ readonly name: string; readonly position: bigint; readonly behind: bigint }[]> {
  const size = await logSize(dataSource);
  const rows: { name: string; position: string }[] = await dataSource.query(
    'SELECT name, position FROM follower ORDER BY name',
  );
  return rows.map(({ name, position }) => ({ name, position: BigInt(position), behind: size - BigInt(position) }));
}
