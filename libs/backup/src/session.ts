import type { EntityManager } from 'typeorm';

/** Makes this transaction write values as text in one way, whatever the server's settings: backups and digests rest on it. */
export async function inPlainText(tx: EntityManager): Promise<void> {
  await tx.query(
    `SELECT set_config('timezone', 'UTC', true), set_config('datestyle', 'ISO', true), set_config('intervalstyle', 'postgres', true),
            set_config('bytea_output', 'hex', true), set_config('extra_float_digits', '1', true)`,
  );
}
