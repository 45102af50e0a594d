import { type Entry, type InlineProjection, readEntries, type RecordBody } from '@daodi/log';
import type { EntityManager } from 'typeorm';
import { termsOf } from '../domain/event-terms';

/** Lists events under what they can be asked for, in the transaction that stores them: who stored one can ask for it. */
export const eventIndexProjection: InlineProjection = {
  name: 'event-index',
  tables: ['event_term', 'event_index'],
  async apply(tx: EntityManager, entries: readonly Entry[]): Promise<void> {
    await listEvents(tx, entries.filter(({ kind }) => kind === 'event'));
    await relistErased(tx, entries.filter(({ kind, type }) => kind === 'record' && type === 'erasure'));
  },
};

/** Query's inline projections. */
export const QUERY_PROJECTIONS: readonly InlineProjection[] = [eventIndexProjection];

async function listEvents(tx: EntityManager, events: readonly Entry[]): Promise<void> {
  if (events.length === 0) return;
  await tx.query(
    `INSERT INTO event_index (position, organisation_id, event_id, type, action, event_time, record_time, declaration)
     SELECT * FROM unnest($1::bigint[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::timestamptz[], $8::boolean[])`,
    [
      events.map(({ position }) => position.toString()),
      events.map(({ organisationId }) => organisationId),
      events.map(({ eventId }) => eventId),
      events.map(({ type }) => type),
      events.map(({ body }) => (typeof body['action'] === 'string' ? body['action'] : null)),
      events.map(({ eventTime }) => eventTime),
      events.map(({ recordTime }) => recordTime),
      events.map(({ declaration }) => declaration ?? false),
    ],
  );
  await insertTerms(tx, events.flatMap(({ body, context, position }) => termsOf(body, context).map((term) => ({ term, position }))));
}

/** Lists erased events under what their erasure keeps: its context is gone, and with it what its prefixes meant. */
async function relistErased(tx: EntityManager, erasures: readonly Entry[]): Promise<void> {
  const kept = new Map(erasures.map(({ body }) => (body as unknown as RecordBody).new).map((now) => [String(now['position']), now['kept']]));
  if (kept.size === 0) return;
  // A body is erased behind the projections, so here it still says under what it was listed.
  const erased = await readEntries(tx, `e.kind = 'event' AND e.position = ANY($1::bigint[])`, [[...kept.keys()]]);
  const old = erased.flatMap(({ body, context, position }) => termsOf(body, context).map((term) => ({ term, position })));
  await tx.query('DELETE FROM event_term t USING unnest($1::uuid[], $2::bigint[]) AS old(term, position) WHERE t.term = old.term AND t.position = old.position', [
    old.map(({ term }) => term),
    old.map(({ position }) => position.toString()),
  ]);
  await insertTerms(tx, erased.flatMap(({ position }) => {
    const body = kept.get(position.toString());
    return typeof body === 'object' && body !== null ? termsOf(body as Record<string, unknown>, null).map((term) => ({ term, position })) : [];
  }));
}

async function insertTerms(tx: EntityManager, terms: readonly { readonly term: string; readonly position: bigint }[]): Promise<void> {
  if (terms.length === 0) return;
  await tx.query('INSERT INTO event_term (term, position) SELECT * FROM unnest($1::uuid[], $2::bigint[])', [
    terms.map(({ term }) => term),
    terms.map(({ position }) => position.toString()),
  ]);
}
