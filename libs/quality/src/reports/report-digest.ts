import { createHash } from 'node:crypto';
import { canonicalJson } from '@daodi/epcis';
import type { ReportState } from './report-state';

/** Of a report as everybody reads it who may: without the people of the laboratory and what they told each other. */
export type PublicReport = Omit<ReportState, 'tester' | 'reviewer' | 'approver'>;

/** Leaves out who tested, reviewed and approved. */
export function withoutPeople(state: ReportState): PublicReport {
  const { tester: _t, reviewer: _r, approver: _a, reviewRemarks: _m, ...rest } = state;
  return rest as PublicReport;
}

/** SHA-256, hex, over the RFC 8785 form of what is recorded of a report: the same for every reader, and printed on its paper. */
export const reportDigest = (id: string, laboratory: string, state: ReportState): string =>
  createHash('sha256').update(canonicalJson({ id, laboratory, ...withoutPeople(state) }), 'utf8').digest('hex');
