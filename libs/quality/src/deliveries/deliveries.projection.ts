import type { InlineProjection } from '@daodi/log';
import { recordsOf, writeRows } from '../reports/record-rows';

/** What rules read of slips and heaps: who brought how much on which day (by id), on which paper, into which batch. */
export const deliveriesProjection: InlineProjection = {
  name: 'judged-deliveries',
  tables: ['judged_slip', 'judged_heap'],
  async apply(tx, entries) {
    await writeRows(tx, 'judged_slip', recordsOf(entries, 'slip').map(({ entry, body: { subject, new: slip } }) => ({
      id: subject, organisation_id: entry.organisationId, picker: slip['picker'], day: slip['day'], arrived_mg: slip['arrivedMg'], slip_number: slip['slipNumber'] ?? null, status: slip['status'],
      since_position: entry.position.toString(),
    })));
    await writeRows(tx, 'judged_heap', recordsOf(entries, 'heap').map(({ entry, body: { subject, new: heap } }) => ({
      id: subject, organisation_id: entry.organisationId, code: heap['batch'], site: heap['site'] ?? '', herb: heap['herb'], day: heap['day'], status: heap['status'], event_id: heap['eventID'],
      slips: heap['slips'], since_position: entry.position.toString(),
    })));
  },
};
