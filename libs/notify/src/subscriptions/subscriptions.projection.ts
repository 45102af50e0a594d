import type { InlineProjection } from '@daodi/log';

/** What organisations want to be told of. Where that goes is not in the log. */
export const subscriptionsProjection: InlineProjection = {
  name: 'notice-subscriptions',
  tables: ['notice_subscription'],
  async apply(tx, entries) {
    const records = entries.filter(({ kind, type }) => kind === 'record' && type === 'notice-subscription');
    if (records.length === 0) return;
    const latest = new Map(records.map((entry) => [String(entry.body['subject']), entry]));
    // Since when is said by the first record, however many of one subscription come together.
    const first = new Map([...records].reverse().map((entry) => [String(entry.body['subject']), entry.position]));
    const rows = [...latest].map(([id, { organisationId, body }]) => ({ id, organisation_id: organisationId, state: body['new'], since_position: String(first.get(id)) }));
    await tx.query(
      `INSERT INTO notice_subscription SELECT * FROM jsonb_populate_recordset(NULL::notice_subscription, $1::jsonb)
       ON CONFLICT (id) DO UPDATE SET state = EXCLUDED.state`,
      [JSON.stringify(rows)],
    );
  },
};
