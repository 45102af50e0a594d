import type { Entry, RecordBody } from '@daodi/log';
import type { EntityManager } from 'typeorm';

/** The records of a type, each with its body. */
export function recordsOf(entries: readonly Entry[], ...types: readonly string[]): { readonly entry: Entry; readonly body: RecordBody }[] {
  return entries
    .filter((entry) => entry.kind === 'record' && types.includes(entry.type))
    .map((entry) => ({ entry, body: entry.body as unknown as RecordBody }));
}

/** Writes rows keyed by `id`; a later row of an id replaces the earlier one but for its `since_position`. */
export async function writeRows(tx: EntityManager, table: string, rows: readonly Readonly<Record<string, unknown>>[]): Promise<void> {
  const latest = new Map<unknown, Readonly<Record<string, unknown>>>();
  for (const row of rows) latest.set(row.id, { ...row, since_position: latest.get(row.id)?.since_position ?? row.since_position });
  const [sample] = rows;
  if (sample === undefined) return;
  const columns = Object.keys(sample);
  const replaced = columns.filter((column) => column !== 'id' && column !== 'since_position');
  await tx.query(
    `INSERT INTO ${table} (${columns.join(', ')})
     SELECT ${columns.join(', ')} FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb)
     ON CONFLICT (id) DO UPDATE SET ${replaced.map((column) => `${column} = EXCLUDED.${column}`).join(', ')}`,
    [JSON.stringify([...latest.values()])],
  );
}
