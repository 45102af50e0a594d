import type { EntityManager } from 'typeorm';
import type { Entry, NewEntry } from './entry';
import { writeEntries } from './store';

/**
 * Erases the body of an entry. The `erasure` record that names it (`new.position`) and says what is kept
 * (`new.kept`) must already be in the log; the database refuses otherwise. Digest, position and times stay.
 */
export async function eraseBody(tx: EntityManager, erased: bigint, erasure: bigint): Promise<void> {
  await tx.query('SELECT log_erase($1, $2)', [erased.toString(), erasure.toString()]);
}

/** An erasure that was made in another copy of this log: its record, and the position of what it erased. */
export interface ErasureElsewhere {
  readonly erased: bigint;
  readonly record: NewEntry;
}

/**
 * Makes erasures once more, each with a record of its own. Writes no projection: the caller holds the lock, nobody
 * serves, and everything is made anew from the log afterwards.
 */
export async function eraseAgain(tx: EntityManager, erasures: readonly ErasureElsewhere[]): Promise<void> {
  const written = await writeEntries(tx, erasures.map(({ record }) => record));
  for (const [i, { erased }] of erasures.entries()) await eraseBody(tx, erased, (written[i] as Entry).position);
}
