import type { Entry, InlineProjection } from '@daodi/log';
import { bodyOf, latestOf, upsertRows } from '@daodi/registry';
import type { EntityManager } from 'typeorm';
import type { HeapState, SlipState } from './slip-state';

/** Slips, every version of them, and heaps with the slips closed into them. */
export const deliveryProjection: InlineProjection = {
  name: 'delivery',
  tables: ['slip', 'slip_version', 'heap'],
  async apply(tx, entries) {
    await keepSlips(tx, entries);
    await keepHeaps(tx, entries);
  },
};

async function keepSlips(tx: EntityManager, entries: readonly Entry[]): Promise<void> {
  const slips = latestOf(entries, 'slip');
  if (slips.length === 0) return;
  await upsertRows(tx, 'slip', 'id', slips.map(({ subject, state, first, last }) => {
    const slip = state as unknown as SlipState;
    const { actor, onBehalfOf, device, capturedTime, provenance } = first;
    return {
      id: subject,
      organisation_id: first.organisationId,
      picker_id: slip.picker,
      site_id: slip.site ?? null,
      land_id: slip.area ?? null,
      crop: slip.crop ?? null,
      herb: slip.herb,
      grade: slip.grade ?? null,
      day: slip.day,
      status: slip.status,
      arrived_mg: slip.arrivedMg,
      sacks: slip.sacks ?? null,
      state,
      written: { actor, onBehalfOf, device, capturedTime, provenance },
      since_position: first.position.toString(),
      last_position: last.position.toString(),
    };
  }), ['written']);
  const versions = entries.filter(({ kind, type }) => kind === 'record' && type === 'slip').map((entry) => {
    const { subject, new: state, why } = bodyOf(entry);
    return { slip_id: subject, position: entry.position.toString(), state, why: why ?? null, record_time: entry.recordTime };
  });
  await tx.query('INSERT INTO slip_version SELECT * FROM jsonb_populate_recordset(NULL::slip_version, $1::jsonb)', [JSON.stringify(versions)]);
}

async function keepHeaps(tx: EntityManager, entries: readonly Entry[]): Promise<void> {
  const heaps = latestOf(entries, 'heap').map((latest) => ({ ...latest, heap: latest.state as unknown as HeapState }));
  if (heaps.length === 0) return;
  await upsertRows(tx, 'heap', 'id', heaps.map(({ subject, state, first, heap }) => ({
    id: subject,
    organisation_id: first.organisationId,
    site_id: heap.site ?? null,
    land_id: heap.area ?? null,
    crop: heap.crop ?? null,
    herb: heap.herb,
    grade: heap.grade ?? null,
    day: heap.day,
    status: heap.status,
    event_id: heap.eventID,
    batch: heap.batch,
    state,
    since_position: first.position.toString(),
  })));
  // First every slip leaves its heap, then each goes into the one that names it: the order of the heaps plays no part.
  await tx.query('UPDATE slip SET heap_id = NULL WHERE heap_id = ANY($1::uuid[])', [heaps.map(({ subject }) => subject)]);
  const members = heaps.filter(({ heap }) => heap.status === 'closed').flatMap(({ subject, heap }) => heap.slips.map((slip) => ({ subject, slip })));
  await tx.query('UPDATE slip SET heap_id = m.heap FROM unnest($1::uuid[], $2::uuid[]) AS m(slip, heap) WHERE slip.id = m.slip', [
    members.map(({ slip }) => slip), members.map(({ subject }) => subject),
  ]);
}
