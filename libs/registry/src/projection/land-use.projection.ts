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

/** How each record about the use of land becomes a row; lists of land are arrays, so that a harvest finds what is about its own. */
const MAPPINGS: readonly { readonly type: string; readonly table: string; row(latest: Latest): Row }[] = [
  { type: 'land-contract', table: 'land_contract', row: (latest) => ({ ...own(latest), land: latest.state.land, from_day: latest.state.from, to_day: latest.state.to }) },
  { type: 'rotation-plan', table: 'rotation_plan', row: (latest) => ({ ...own(latest), base_id: latest.state.baseId, year: latest.state.year, resting: latest.state.resting }) },
  { type: 'disaster', table: 'disaster', row: (latest) => ({ ...own(latest), land: latest.state.land, from_day: latest.state.from }) },
  {
    type: 'opening-notice', table: 'opening_notice',
    row: (latest) => ({ ...own(latest), region: latest.state.region, herb: latest.state.herb, grade: latest.state.grade ?? null, from_day: latest.state.from }),
  },
];

/** Contracts for land, rotation plans, disasters, and the opening notices of counties. */
export const landUseProjection: InlineProjection = {
  name: 'land-use',
  tables: MAPPINGS.map(({ table }) => table),
  async apply(tx, entries) {
    for (const { type, table, row } of MAPPINGS) await upsertRows(tx, table, 'id', latestOf(entries, type).map(row));
  },
};
