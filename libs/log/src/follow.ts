import type { DataSource, EntityManager } from 'typeorm';
import type { Follower } from './inline-projection';
import { readLog } from './store';

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

/** How far a follower is. */
export interface FollowerState {
  readonly name: string;
  /** The next entry it will read. */
  readonly position: bigint;
  /** Entries it still has to read. */
  readonly behind: bigint;
  /** How long the oldest of these is on record, by the database's clock; 0 where there is none. */
  readonly lagSeconds: number;
}

/** How far each follower is, of one moment. */
export async function followerStates(dataSource: Pick<DataSource, 'query'>): Promise<FollowerState[]> {
  const rows: { name: string; position: string; behind: string; lag: number }[] = await dataSource.query(
    `SELECT f.name, f.position, greatest(h.size - f.position, 0) AS behind,
            COALESCE(greatest(extract(epoch FROM clock_timestamp() - e.record_time), 0), 0)::float8 AS lag
       FROM follower f CROSS JOIN log_head h LEFT JOIN entry e ON e.position = f.position ORDER BY f.name`,
  );
  return rows.map(({ name, position, behind, lag }) => ({ name, position: BigInt(position), behind: BigInt(behind), lagSeconds: lag }));
}
