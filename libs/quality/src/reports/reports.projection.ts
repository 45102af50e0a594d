import type { InlineProjection } from '@daodi/log';
import { identifierId } from '@daodi/trace';
import { recordsOf, writeRows } from './record-rows';
import type { ReportState } from './report-state';

/** Test reports and commissions, as their sayers state them. */
export const reportsProjection: InlineProjection = {
  name: 'test-reports',
  tables: ['test_report', 'test_commission'],
  async apply(tx, entries) {
    await writeRows(tx, 'test_report', recordsOf(entries, 'test-report').map(({ entry, body }) => {
      const state = body.new as ReportState;
      return {
        id: body.subject,
        organisation_id: entry.organisationId,
        identifier: identifierId(state.canonical),
        number: state.number,
        status: state.status,
        supersedes: state.supersedes ?? null,
        commissioner_id: state.commissionerId ?? null,
        state,
        since_position: entry.position.toString(),
        decided_position: state.status === 'approved' ? entry.position.toString() : null,
      };
    }));
    await writeRows(tx, 'test_commission', recordsOf(entries, 'test-commission').map(({ entry, body }) => ({
      id: body.subject,
      organisation_id: entry.organisationId,
      identifier: identifierId(String(body.new.canonical)),
      laboratory_id: body.new.laboratoryId,
      state: body.new,
      since_position: entry.position.toString(),
    })));
  },
};
