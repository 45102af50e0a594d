import type { Entry, RecordBody } from '@daodi/log';
import type { EntityManager } from 'typeorm';

/** The latest state of one subject within some entries, and where it stood first among them. */
export interface Latest {
  readonly subject: string;
  readonly state: Readonly<Record<string, unknown>>;
  readonly first: Entry;
  readonly last: Entry;
}

/** The body of a record. */
export const bodyOf = (entry: Entry): RecordBody => entry.body as unknown as RecordBody;

/** The latest state per subject among the records of a type. A record holds the whole state, so earlier ones do not matter. */
export function latestOf(entries: readonly Entry[], type: string): Latest[] {
  const latest = new Map<string, Latest>();
  for (const entry of entries) {
    if (entry.kind !== 'record' || entry.type !== type) continue;
    const { subject, new: state } = bodyOf(entry);
    latest.set(subject, { subject, state, first: latest.get(subject)?.first ?? entry, last: entry });
  }
  return [...latest.values()];
}

/**
 * Writes rows, replacing those of the same key; `since_position` stays that of the first time.
 *
 * @param key the primary key's column
 * @param rows all with the same members, which are columns of the table
 * @param kept columns that stay as they were the first time, like `since_position`
 */
export async function upsertRows(
  tx: EntityManager,
  table: string,
  key: string,
  rows: readonly Readonly<Record<string, unknown>>[],
  kept: readonly string[] = [],
): Promise<void> {
  const [sample] = rows;
  if (sample === undefined) return;
  const columns = Object.keys(sample);
  const replaced = columns.filter((column) => column !== key && column !== 'since_position' && !kept.includes(column));
  await tx.query(
    `INSERT INTO ${table} (${columns.join(', ')})
     SELECT ${columns.join(', ')} FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb)
     ON CONFLICT (${key}) DO UPDATE SET ${replaced.map((column) => `${column} = EXCLUDED.${column}`).join(', ')}`,
    [JSON.stringify(rows)],
  );
}
