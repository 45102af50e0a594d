import type { InlineProjection } from '@daodi/log';
import { recordsOf, writeRows } from '../reports/record-rows';

/** Production orders, and the parts of their batch records as they were put down. */
export const productionProjection: InlineProjection = {
  name: 'production',
  tables: ['production_order', 'batch_record_part'],
  async apply(tx, entries) {
    await writeRows(tx, 'production_order', recordsOf(entries, 'production-order').map(({ entry, body }) => ({
      id: body.subject, organisation_id: entry.organisationId, number: body.new.number, state: body.new, since_position: entry.position.toString(),
    })));
    await writeRows(tx, 'batch_record_part', recordsOf(entries, 'batch-record-part').map(({ entry, body }) => ({
      id: body.subject, order_id: body.new.order, organisation_id: entry.organisationId, kind: body.new.kind,
      about: body.new.about ?? null, event_id: body.new.eventID ?? null, state: body.new, since_position: entry.position.toString(),
    })));
  },
};
