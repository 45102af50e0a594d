import type { InlineProjection } from '@daodi/log';
import { bodyOf, latestOf, upsertRows } from './latest-state';

/** Pickers as the log knows them: without a name. An erased one keeps its row, so that slips go on meaning somebody. */
export const pickersProjection: InlineProjection = {
  name: 'pickers',
  tables: ['picker', 'picker_entry'],
  async apply(tx, entries) {
    await upsertRows(tx, 'picker', 'id', latestOf(entries, 'picker').map(({ subject, state, first }) => ({
      id: subject,
      organisation_id: first.organisationId,
      kind: state.kind,
      village: state.village ?? null,
      status: state.status,
      state,
      since_position: first.position.toString(),
    })));
    const records = entries.filter(({ kind, type }) => kind === 'record' && type === 'picker');
    if (records.length > 0) {
      await tx.query('INSERT INTO picker_entry SELECT * FROM unnest($1::uuid[], $2::bigint[])', [
        records.map((entry) => bodyOf(entry).subject),
        records.map(({ position }) => position.toString()),
      ]);
    }
    // Nothing is recorded of a picker after its erasure, so erasures may come last.
    const erased = entries.filter((entry) => entry.kind === 'record' && entry.type === 'erasure' && bodyOf(entry).new.of === 'picker');
    if (erased.length > 0) {
      await tx.query(`UPDATE picker SET village = NULL, status = 'erased', state = jsonb_build_object('kind', kind, 'status', 'erased') WHERE id = ANY($1::uuid[])`, [
        erased.map((entry) => bodyOf(entry).subject),
      ]);
    }
  },
};
