import type { OwnState } from '@daodi/platform';

/** What was typed beside events and stands in no log; what was erased there is gone here, too. */
export const STAGES_STATE: OwnState = {
  kept: [{ table: 'kept_apart' }],
  async forget(tx, erased) {
    const events = erased.flatMap(({ organisationId, eventId }) => (eventId === undefined ? [] : [{ organisationId, eventId }]));
    if (events.length === 0) return;
    await tx.query(
      'DELETE FROM kept_apart k USING unnest($1::uuid[], $2::text[]) AS e(organisation_id, event_id) WHERE k.organisation_id = e.organisation_id AND k.event_id = e.event_id',
      [events.map(({ organisationId }) => organisationId), events.map(({ eventId }) => eventId)],
    );
  },
};
