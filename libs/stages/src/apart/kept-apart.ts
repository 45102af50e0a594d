import { createHash } from 'node:crypto';
import { canonicalJson } from '@daodi/epcis';
import type { EntityManager } from 'typeorm';

/**
 * What belongs to a form and may stand in no log: names of persons, prices. The event keeps a salted digest of it, so
 * that it can be shown unchanged later, and forgotten without touching the log.
 */

type Db = Pick<EntityManager, 'query'>;
type Json = Readonly<Record<string, unknown>>;

/** What was typed, in two. */
export interface Split {
  /** What stands in the event. */
  readonly typed: Json;
  /** What does not; absent where nothing of it was typed. */
  readonly apart?: Json;
}

/**
 * Takes members out of what was typed.
 * @param paths of members, such as `price` and `seller.person`
 */
export function splitApart(input: object, paths: readonly string[]): Split {
  const typed = JSON.parse(JSON.stringify(input)) as Record<string, unknown>;
  const apart: Record<string, unknown> = {};
  for (const path of paths) {
    const steps = path.split('.');
    const name = steps.pop() as string;
    let owner: unknown = typed;
    for (const step of steps) owner = (owner as Record<string, unknown> | undefined)?.[step];
    if (typeof owner !== 'object' || owner === null || !(name in owner)) continue;
    apart[path] = (owner as Record<string, unknown>)[name];
    delete (owner as Record<string, unknown>)[name];
  }
  return Object.keys(apart).length === 0 ? { typed } : { typed, apart };
}

/** SHA-256 over a salt and the canonical JSON of what is kept apart, hexadecimal. */
export const apartDigest = (salt: Uint8Array, apart: Json): string => createHash('sha256').update(salt).update(canonicalJson(apart), 'utf8').digest('hex');

/** Keeps it, in the transaction that appends its event. */
export async function keepApart(tx: Db, organisationId: string, eventId: string, salt: Uint8Array, apart: Json): Promise<void> {
  await tx.query('INSERT INTO kept_apart (organisation_id, event_id, salt, body) VALUES ($1, $2, $3, $4)', [organisationId, eventId, Buffer.from(salt), JSON.stringify(apart)]);
}

/** What an organisation keeps apart of its events, by event id. */
export async function findApart(db: Db, organisationId: string, eventIds: readonly string[]): Promise<Map<string, Json>> {
  const rows: { event_id: string; body: Json }[] = await db.query('SELECT event_id, body FROM kept_apart WHERE organisation_id = $1 AND event_id = ANY($2)', [organisationId, eventIds]);
  return new Map(rows.map(({ event_id, body }) => [event_id, body]));
}
