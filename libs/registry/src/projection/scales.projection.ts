import type { InlineProjection } from '@daodi/log';
import { bodyOf } from './latest-state';

/** What a scale is taken to have been before anything was said of it: what was said first. */
const FIRST_DAY = '0001-01-01';

/**
 * Scales, and every version of them by the day from which it holds. What a scale is now is what was said of the latest
 * day, and of that day last; so the order in which days were spoken of does not matter.
 */
export const scalesProjection: InlineProjection = {
  name: 'scales',
  tables: ['scale', 'scale_version'],
  async apply(tx, entries) {
    const versions = entries.filter(({ kind, type }) => kind === 'record' && type === 'scale').map((entry) => {
      const { subject, new: state } = bodyOf(entry);
      return { scale_id: subject, organisation_id: entry.organisationId, from_day: state['from'] ?? FIRST_DAY, position: entry.position.toString(), state };
    });
    if (versions.length === 0) return;
    const rows = JSON.stringify(versions);
    await tx.query(
      `INSERT INTO scale (id, organisation_id, status, state, since_position)
       SELECT DISTINCT ON (scale_id) scale_id, organisation_id, 'active', state, position
         FROM jsonb_to_recordset($1::jsonb) AS v(scale_id uuid, organisation_id uuid, position bigint, state jsonb)
        ORDER BY scale_id, position ON CONFLICT (id) DO NOTHING`,
      [rows],
    );
    await tx.query('INSERT INTO scale_version SELECT scale_id, from_day, position, state FROM jsonb_populate_recordset(NULL::scale_version, $1::jsonb)', [rows]);
    await tx.query(
      `UPDATE scale s SET state = v.state, status = v.state ->> 'status'
         FROM (SELECT DISTINCT ON (scale_id) scale_id, state FROM scale_version WHERE scale_id = ANY($1::uuid[])
                ORDER BY scale_id, from_day DESC, position DESC) v
        WHERE v.scale_id = s.id`,
      [versions.map(({ scale_id }) => scale_id)],
    );
  },
};
