import type { Entry, InlineProjection } from '@daodi/log';
import type { EntityManager } from 'typeorm';
import { termsOf } from '../domain/event-terms';

/** Lists events under what they can be asked for, in the transaction that stores them: who stored one can ask for it. */
export const eventIndexProjection: InlineProjection = {
  name: 'event-index',
  tables: ['event_term', 'event_index'],
  async apply(tx: EntityManager, entries: readonly Entry[]): Promise<void> {
    const events = entries.filter(({ kind }) => kind === 'event');
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
    const terms = events.flatMap(({ body, context, position }) => termsOf(body, context).map((term) => [term, position.toString()] as const));
    if (terms.length === 0) return;
    await tx.query('INSERT INTO event_term (term, position) SELECT * FROM unnest($1::uuid[], $2::bigint[])', [
      terms.map(([term]) => term),
      terms.map(([, position]) => position),
    ]);
  },
};

/** Query's inline projections. */
export const QUERY_PROJECTIONS: readonly InlineProjection[] = [eventIndexProjection];
