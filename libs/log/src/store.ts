import { randomBytes } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { digestOf } from './digest';
import type { Entry, NewEntry, Provenance } from './entry';

/**
 * Takes the lock on the end of the log, in a statement of its own: every other lock comes after it.
 *
 * For the rest of the transaction the planner is told to go by indexes. What an append asks for always has one, and a
 * plan made while the tables were small must not go on reading them from end to end when they have grown.
 */
export async function lockLog(tx: EntityManager): Promise<bigint> {
  const [row] = await tx.query(`SELECT log_lock() AS size, set_config('enable_seqscan', 'off', true)`);
  return BigInt(row.size);
}

/** The number of entries in the log, which is also the position the next one gets. */
export async function logSize(db: Pick<EntityManager, 'query'>): Promise<bigint> {
  const [row] = await db.query('SELECT size FROM log_head');
  return BigInt(row.size);
}

const column = <T>(entries: readonly NewEntry[], of: (entry: NewEntry) => T): T[] => entries.map(of);

/** Writes entries at the end of the log in one statement. The caller holds the lock. */
export async function writeEntries(tx: EntityManager, entries: readonly NewEntry[]): Promise<Entry[]> {
  if (entries.length === 0) return [];
  const salts = entries.map(() => randomBytes(16));
  const digests = entries.map((entry, i) => digestOf(salts[i] as Buffer, entry.context, entry.body));
  const [{ first_position, recorded }] = await tx.query(
    `SELECT first_position, ${isoTime('recorded')} AS recorded FROM log_append(
       $1::text[], $2::text[], $3::uuid[], $4::text[], $5::uuid[], $6::uuid[], $7::text[], $8::uuid[], $9::text[],
       $10::boolean[], $11::timestamptz[], $12::text[], $13::timestamptz[], $14::text[], $15::bigint[],
       $16::bytea[], $17::bytea[], $18::jsonb[], $19::jsonb[])`,
    [
      column(entries, (e) => e.kind),
      column(entries, (e) => e.type),
      column(entries, (e) => e.organisationId),
      column(entries, (e) => e.actor.kind),
      column(entries, (e) => e.actor.id),
      column(entries, (e) => e.onBehalfOf ?? null),
      column(entries, (e) => e.provenance),
      column(entries, (e) => e.requestId),
      column(entries, (e) => e.eventId ?? null),
      column(entries, (e) => e.declaration ?? false),
      column(entries, (e) => e.eventTime ?? null),
      column(entries, (e) => e.eventOffset ?? null),
      column(entries, (e) => e.capturedTime),
      column(entries, (e) => e.device?.id ?? null),
      column(entries, (e) => e.device?.counter ?? null),
      digests,
      salts,
      column(entries, (e) => JSON.stringify(e.context ?? null)),
      column(entries, (e) => JSON.stringify(e.body)),
    ],
  );
  const first = BigInt(first_position);
  return entries.map((entry, i) => ({
    ...entry,
    position: first + BigInt(i),
    recordTime: recorded as string,
    digest: digests[i] as Buffer,
  }));
}

/** A timestamptz as ISO 8601 in UTC with microseconds, whatever the session's time zone. */
export const isoTime = (expression: string): string =>
  `to_char(${expression} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

const ENTRY_COLUMNS = `
  e.position, e.kind, e.type, e.organisation_id, e.actor_kind, e.actor_id, e.on_behalf_of, e.provenance, e.request_id,
  e.event_id, e.declaration, ${isoTime('e.event_time')} AS event_time, e.event_offset,
  ${isoTime('e.captured_time')} AS captured_time, e.device_id, e.device_counter,
  ${isoTime('e.record_time')} AS record_time, e.digest, b.context, COALESCE(b.body, r.body) AS body, r.erased_by`;

/**
 * Reads entries with their bodies (of erased ones: with what the erasure kept).
 *
 * @param where SQL over `e` (entry), with $1… for `parameters`; written by us, never by a caller outside
 */
export async function readEntries(
  db: Pick<EntityManager, 'query'>,
  where: string,
  parameters: readonly unknown[],
): Promise<Entry[]> {
  const rows: EntryRow[] = await db.query(
    `SELECT ${ENTRY_COLUMNS}
       FROM entry e LEFT JOIN entry_body b USING (position) LEFT JOIN entry_residue r USING (position)
      WHERE ${where}`,
    [...parameters],
  );
  return rows.map(entryOf);
}

/** Entries from a position on, in log order, at most `limit` of them. */
export function readLog(db: Pick<EntityManager, 'query'>, from: bigint, limit: number): Promise<Entry[]> {
  return readEntries(db, 'e.position >= $1 ORDER BY e.position LIMIT $2', [from.toString(), limit]);
}

interface EntryRow {
  position: string;
  kind: 'event' | 'record';
  type: string;
  organisation_id: string;
  actor_kind: 'person' | 'key' | 'system';
  actor_id: string;
  on_behalf_of: string | null;
  provenance: Provenance;
  request_id: string;
  event_id: string | null;
  declaration: boolean;
  event_time: string | null;
  event_offset: string | null;
  captured_time: string;
  device_id: string | null;
  device_counter: string | null;
  record_time: string;
  digest: Buffer;
  context: unknown;
  body: Record<string, unknown>;
  erased_by: string | null;
}

function entryOf(row: EntryRow): Entry {
  return {
    position: BigInt(row.position),
    kind: row.kind,
    type: row.type,
    organisationId: row.organisation_id,
    actor: { kind: row.actor_kind, id: row.actor_id },
    onBehalfOf: row.on_behalf_of ?? undefined,
    provenance: row.provenance,
    requestId: row.request_id,
    eventId: row.event_id ?? undefined,
    declaration: row.declaration,
    eventTime: row.event_time ?? undefined,
    eventOffset: row.event_offset ?? undefined,
    capturedTime: row.captured_time,
    device: row.device_id === null ? undefined : { id: row.device_id, counter: Number(row.device_counter) },
    recordTime: row.record_time,
    digest: row.digest,
    context: row.context,
    body: row.body,
    erasedBy: row.erased_by === null ? undefined : BigInt(row.erased_by),
  };
}
