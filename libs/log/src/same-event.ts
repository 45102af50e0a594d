import type { EntityManager } from 'typeorm';
import { digestOf } from './digest';
import type { NewEntry } from './entry';

/** What the log makes of an entry that wants in. Records are always new. */
export type EventOutcome =
  | { readonly kind: 'new' }
  /** The same event, already stored here: told as success, stored once. */
  | { readonly kind: 'duplicate'; readonly eventId: string; readonly position?: bigint }
  /** The same id with other content: the first stays. */
  | { readonly kind: 'conflict'; readonly eventId: string; readonly position?: bigint };

interface StoredEvent {
  organisation_id: string;
  event_id: string;
  position: string;
  digest: Buffer;
  salt: Buffer | null;
}

const keyOf = (organisationId: string, eventId: string): string => `${organisationId} ${eventId}`;

/**
 * Compares events that want in with those stored, and with each other. An event is identified by (organisation,
 * eventID) unless it is an error declaration, which repeats the eventID and is the same only as an equal declaration.
 */
export async function sameEvents(tx: EntityManager, wanted: readonly NewEntry[]): Promise<EventOutcome[]> {
  const events = wanted.filter((entry) => entry.kind === 'event');
  if (events.length === 0) return wanted.map(() => ({ kind: 'new' }));
  const stored = [
    ...(await storedEvents(tx, events.filter((e) => !e.declaration), `e.kind = 'event' AND NOT e.declaration`)),
    ...(await storedEvents(tx, events.filter((e) => e.declaration), 'e.declaration')),
  ];
  const byKey = new Map<string, (StoredEvent & { declaration: boolean })[]>();
  for (const row of stored) {
    const key = keyOf(row.organisation_id, row.event_id);
    byKey.set(key, [...(byKey.get(key) ?? []), row]);
  }
  const seen = new Map<string, NewEntry[]>();
  return wanted.map((entry) => {
    if (entry.kind !== 'event') return { kind: 'new' };
    const eventId = entry.eventId as string;
    const key = keyOf(entry.organisationId, eventId);
    const outcome = judge(entry, byKey.get(key) ?? [], seen.get(key) ?? []);
    seen.set(key, [...(seen.get(key) ?? []), entry]);
    return outcome;
  });
}

/** Those stored under the same ids. Asked for id by id: each kind has an index of its own, which no join would be sure to use. */
async function storedEvents(tx: EntityManager, events: readonly NewEntry[], kind: string): Promise<(StoredEvent & { declaration: boolean })[]> {
  if (events.length === 0) return [];
  return tx.query(
    `SELECT e.*
       FROM unnest($1::uuid[], $2::text[]) AS w(organisation_id, event_id)
      CROSS JOIN LATERAL (
        SELECT e.organisation_id, e.event_id, e.position, e.digest, b.salt, e.declaration
          FROM entry e LEFT JOIN entry_body b USING (position)
         WHERE e.organisation_id = w.organisation_id AND e.event_id = w.event_id AND ${kind}
        OFFSET 0) e`,
    [events.map((e) => e.organisationId), events.map((e) => e.eventId)],
  );
}

function judge(
  entry: NewEntry,
  stored: readonly (StoredEvent & { declaration: boolean })[],
  earlier: readonly NewEntry[],
): EventOutcome {
  const eventId = entry.eventId as string;
  const declaration = entry.declaration ?? false;
  for (const row of stored.filter((r) => r.declaration === declaration)) {
    // An erased body cannot be compared any more; its id alone says it is the same.
    const same = row.salt === null || digestOf(row.salt, entry.context, entry.body).equals(row.digest);
    if (same) return { kind: 'duplicate', eventId, position: BigInt(row.position) };
    if (!declaration) return { kind: 'conflict', eventId, position: BigInt(row.position) };
  }
  for (const other of earlier.filter((e) => (e.declaration ?? false) === declaration)) {
    const salt = Buffer.alloc(16);
    const same = digestOf(salt, other.context, other.body).equals(digestOf(salt, entry.context, entry.body));
    if (same) return { kind: 'duplicate', eventId };
    if (!declaration) return { kind: 'conflict', eventId };
  }
  return { kind: 'new' };
}
