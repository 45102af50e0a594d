import { type Entry, readEntries } from '@daodi/log';
import { notFound, Problem } from '@daodi/platform';
import type { Caller } from '@daodi/registry';
import type { EntityManager } from 'typeorm';

type Db = Pick<EntityManager, 'query'>;
type Owner = Pick<Caller, 'organisationId'>;

/** An event of the caller's by its id. @throws Problem 404, the same for another's and for none */
export async function findOwnEvent(db: Db, { organisationId }: Owner, eventId: string): Promise<Entry> {
  // The id came by a path: whatever is no text PostgreSQL can hold is no event's id.
  if (eventId.includes('\0')) throw notFound();
  const [entry] = await readEntries(db, `e.organisation_id = $1 AND e.event_id = $2 AND e.kind = 'event' AND NOT e.declaration`, [organisationId, eventId]);
  if (entry === undefined) throw notFound();
  return entry;
}

/** The declaration by which the caller declared an event of its own in error, if it did. */
export async function findDeclaration(db: Db, { organisationId }: Owner, eventId: string): Promise<Entry | undefined> {
  const [entry] = await readEntries(db, 'e.organisation_id = $1 AND e.event_id = $2 AND e.declaration ORDER BY e.position LIMIT 1', [organisationId, eventId]);
  return entry;
}

/** @throws Problem 409 naming what took the event's place, where it was declared in error */
export async function refuseDeclared(db: Db, caller: Owner, eventId: string): Promise<void> {
  const declaration = await findDeclaration(db, caller, eventId);
  if (declaration === undefined) return;
  const { correctiveEventIDs = [] } = declaration.body['errorDeclaration'] as { correctiveEventIDs?: string[] };
  throw new Problem(409, 'already-corrected', { zh: '该事件已更正', en: 'This event has been corrected already' }, {
    detail: { zh: '请更正取代它的事件。', en: 'Correct the event that took its place.' },
    members: { eventID: eventId, correctiveEventIDs, declaredAt: declaration.recordTime },
  });
}
