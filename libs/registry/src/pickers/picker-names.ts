import type { EntityManager } from 'typeorm';

type Db = Pick<EntityManager, 'query'>;

/** What stands in no log of a picker. */
export interface PickerName {
  readonly name: string;
  readonly phone?: string;
  /** 村民小组. */
  readonly group?: string;
}

/** Keeps a picker's name, in the transaction of the record that says there is one. */
export async function keepPickerName(tx: Db, organisationId: string, pickerId: string, { name, phone, group }: PickerName): Promise<void> {
  await tx.query(
    `INSERT INTO picker_name (picker_id, organisation_id, name, phone, group_name) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (picker_id) DO UPDATE SET name = EXCLUDED.name, phone = EXCLUDED.phone, group_name = EXCLUDED.group_name`,
    [pickerId, organisationId, name, phone ?? null, group ?? null],
  );
}

/** Names of an organisation's pickers by id; without those that were erased. */
export async function pickerNames(db: Db, organisationId: string, ids: readonly string[]): Promise<Map<string, PickerName>> {
  if (ids.length === 0) return new Map();
  const rows: { picker_id: string; name: string; phone: string | null; group_name: string | null }[] = await db.query(
    'SELECT picker_id, name, phone, group_name FROM picker_name WHERE organisation_id = $1 AND picker_id = ANY($2::uuid[])',
    [organisationId, [...new Set(ids)]],
  );
  return new Map(rows.map((row) => [row.picker_id, { name: row.name, phone: row.phone ?? undefined, group: row.group_name ?? undefined }]));
}

/** Lets go of names for good. */
export async function forgetPickerNames(tx: Db, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await tx.query('DELETE FROM picker_name WHERE picker_id = ANY($1::uuid[])', [ids]);
}
