import { eraseAgain, type NewEntry } from '@daodi/log';
import type { ErasedThing, OwnState } from '@daodi/platform';
import type { EntityManager } from 'typeorm';
import type { ListedErasure } from './erasure-list';

/** What became of a list. */
export interface Reapplied {
  /** Erased once more now. */
  readonly again: number;
  /** Erased in the backup already. */
  readonly already: number;
  /** Not in this log: appended after the backup. */
  readonly absent: number;
}

/**
 * Erases once more what the list says was erased, where this log still has it, each with a record of its own that
 * names the first one. What is kept beside the log lets go of all of it. The caller holds the lock and makes every
 * projection anew afterwards.
 */
export async function reapplyErasures(tx: EntityManager, state: readonly OwnState[], listed: readonly ListedErasure[]): Promise<Reapplied> {
  const rows: { position: string; digest: string; is_erased: boolean }[] = await tx.query(
    `SELECT e.position, encode(e.digest, 'hex') AS digest, b.position IS NULL AS is_erased
       FROM entry e LEFT JOIN entry_body b USING (position) WHERE e.position = ANY($1::bigint[])`,
    [listed.map(({ erased }) => erased)],
  );
  const here = new Map(rows.map((row) => [`${row.position} ${row.digest}`, row]));
  const found = listed.filter(({ erased, digest }) => here.has(`${erased} ${digest}`));
  // A list names an entry twice where it was erased in two copies of the log one after the other.
  const due = new Map(found.filter(({ erased, digest }) => here.get(`${erased} ${digest}`)?.is_erased === false).map((one) => [one.erased, one]));
  await eraseAgain(tx, [...due.values()].map((one) => ({ erased: BigInt(one.erased), record: anew(one) })));
  const things = listed.map(thingOf);
  for (const { forget } of state) await forget?.(tx, things);
  return { again: due.size, already: found.length - due.size, absent: listed.length - found.length };
}

/** The record of an erasure made again: the first one's words, and where that stood. */
function anew({ record: { position, recordTime, body, ...record } }: ListedErasure): NewEntry {
  const said = body as { readonly new: Readonly<Record<string, unknown>> };
  return { ...record, kind: 'record', body: { ...body, new: { ...said.new, reapplied: { position, recordTime } } } };
}

/** What was erased, for those who keep something of it: an erasure of an event names its id, one `of` a person or picker is about that one. */
function thingOf({ record }: ListedErasure): ErasedThing {
  const { subject, new: said } = record.body as { readonly subject: string; readonly new: { readonly of?: string; readonly eventID?: string } };
  return { organisationId: record.organisationId, eventId: said.eventID, personId: said.of === 'person' ? subject : undefined, pickerId: said.of === 'picker' ? subject : undefined };
}
