import type { InlineProjection } from '@daodi/log';
import { bodyOf, latestOf, upsertRows } from './latest-state';

/** Grants to import, and which acts came in under each. */
export const importsProjection: InlineProjection = {
  name: 'imports',
  tables: ['import_grant', 'import_act'],
  async apply(tx, entries) {
    const grants = latestOf(entries, 'import-grant').map(({ subject, state, first }) => ({
      id: subject, organisation_id: state.organisationId, run: state.run, status: state.status, until: state.until, state,
      since_position: first.position.toString(),
    }));
    await upsertRows(tx, 'import_grant', 'id', grants);
    const acts = entries.filter(({ kind, type }) => kind === 'record' && type === 'import');
    if (acts.length === 0) return;
    // A captured document is one act in several parts.
    await tx.query(
      `INSERT INTO import_act (request_id, grant_id, since_position)
       SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::bigint[]) ON CONFLICT DO NOTHING`,
      [acts.map(({ requestId }) => requestId), acts.map((act) => bodyOf(act).new.grantId), acts.map(({ position }) => position.toString())],
    );
  },
};
