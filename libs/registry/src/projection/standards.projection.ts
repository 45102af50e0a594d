import type { InlineProjection } from '@daodi/log';
import { type Latest, latestOf, upsertRows } from './latest-state';

const own = ({ subject, state, first }: Latest) => ({
  id: subject,
  organisation_id: first.organisationId,
  status: state.status,
  state,
  since_position: first.position.toString(),
});

type Row = Readonly<Record<string, unknown>>;

/** How each record about standards becomes a row. */
const MAPPINGS: readonly { readonly type: string; readonly table: string; row(latest: Latest): Row }[] = [
  {
    type: 'standard', table: 'standard',
    row: (latest) => ({
      ...own(latest), standard_id: latest.state.standardId, version: latest.state.version, family: latest.state.family, name: latest.state.name, herb: latest.state.herb ?? null,
      is_platform: latest.state.platform, is_shared: latest.state.shared, effective_from: latest.state.effectiveFrom,
    }),
  },
  { type: 'standard-confirmation', table: 'standard_confirmation', row: (latest) => ({ ...own(latest), version_id: latest.state.version, person_id: latest.state.personId }) },
  { type: 'standard-binding', table: 'standard_binding', row: (latest) => ({ ...own(latest), standard_id: latest.state.standardId }) },
];

/** Standards, confirmations of their limits, and what organisations hold their goods to. */
export const standardsProjection: InlineProjection = {
  name: 'standards',
  tables: MAPPINGS.map(({ table }) => table),
  async apply(tx, entries) {
    for (const { type, table, row } of MAPPINGS) await upsertRows(tx, table, 'id', latestOf(entries, type).map(row));
  },
};
