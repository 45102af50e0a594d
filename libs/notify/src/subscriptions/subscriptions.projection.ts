import type { InlineProjection } from '@daodi/log';

/** What organisations want to be told of. Where that goes is not in the log. */
export const subscriptionsProjection: InlineProjection = {
  name: 'notice-subscriptions',
  tables: ['notice_subscription'],
  async apply(tx, entries) {
    const latest = new Map(entries.filter(({ kind, type }) => kind === 'record' && type === 'notice-subscription').map((entry) => [String(entry.body['subject']), entry]));
    if (latest.size === 0) return;
    const rows = [...latest].map(([id, { organisationId, body, position }]) => ({ id, organisation_id: organisationId, state: body['new'], since_position: position.toString() }));
    await tx.query(
      `INSERT INTO notice_subscription SELECT * FROM jsonb_populate_recordset(NULL::notice_subscription, $1::jsonb)
       ON CONFLICT (id) DO UPDATE SET state = EXCLUDED.state`,
      [JSON.stringify(rows)],
    );
  },
};
