import type { InlineProjection } from '@daodi/log';
import { bodyOf, latestOf, upsertRows } from './latest-state';

/** People and API keys. An erased person keeps its row, without name and login, so that ids go on meaning somebody. */
export const peopleProjection: InlineProjection = {
  name: 'people',
  tables: ['person', 'person_entry', 'api_key'],
  async apply(tx, entries) {
    const people = latestOf(entries, 'person');
    await upsertRows(
      tx,
      'person',
      'id',
      people.map(({ subject, state, first }) => ({
        id: subject,
        organisation_id: state.organisationId,
        login: state.login ?? null,
        name: state.name ?? null,
        roles: state.roles,
        status: state.status,
        since_position: first.position.toString(),
      })),
    );
    const records = entries.filter(({ kind, type }) => kind === 'record' && type === 'person');
    if (records.length > 0) {
      await tx.query('INSERT INTO person_entry SELECT * FROM unnest($1::uuid[], $2::bigint[])', [
        records.map((entry) => bodyOf(entry).subject),
        records.map(({ position }) => position.toString()),
      ]);
    }
    // Nothing is recorded of a person after its erasure, so erasures may come last.
    const erased = entries.filter((entry) => entry.kind === 'record' && entry.type === 'erasure' && bodyOf(entry).new.of === 'person');
    if (erased.length > 0) {
      await tx.query(`UPDATE person SET name = NULL, login = NULL, status = 'erased' WHERE id = ANY($1::uuid[])`, [
        erased.map((entry) => bodyOf(entry).subject),
      ]);
    }
    await upsertRows(
      tx,
      'api_key',
      'id',
      latestOf(entries, 'api-key').map(({ subject, state, first }) => ({
        id: subject,
        organisation_id: first.organisationId,
        name: state.name,
        roles: state.roles,
        scopes: state.scopes,
        status: state.status,
        since_position: first.position.toString(),
      })),
    );
  },
};
