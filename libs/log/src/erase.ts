import type { EntityManager } from 'typeorm';

/**
 * Erases the body of an entry. The `erasure` record that names it (`new.position`) and says what is kept
 * (`new.kept`) must already be in the log; the database refuses otherwise. Digest, position and times stay.
 */
export async function eraseBody(tx: EntityManager, erased: bigint, erasure: bigint): Promise<void> {
  await tx.query('SELECT log_erase($1, $2)', [erased.toString(), erasure.toString()]);
}
