import type { InlineProjection } from '@daodi/log';
import { recordsOf, writeRows } from '../reports/record-rows';

/** What was decided at the dock. */
export const dockProjection: InlineProjection = {
  name: 'dock',
  tables: ['dock_decision'],
  async apply(tx, entries) {
    await writeRows(tx, 'dock_decision', recordsOf(entries, 'dock-decision').map(({ entry, body }) => ({
      id: body.subject, organisation_id: entry.organisationId, decision: body.new.decision, state: body.new, record_time: entry.recordTime, since_position: entry.position.toString(),
    })));
  },
};
