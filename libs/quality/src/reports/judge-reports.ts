import { isOutsideOwnLimit } from '@daodi/herbal';
import type { ReportState, Verdict } from './report-state';

/** A report with the id under which it was filed. */
export interface FiledReport {
  readonly id: string;
  readonly state: ReportState;
}

/** Why a report counts for less than its approver wrote. */
export type Lessened =
  /** An item failed or could not be judged, and yet the approver passed the whole. */
  | 'item-verdict'
  /** An item that the laboratory let pass lies outside the limit its report prints. */
  | 'outside-own-limit'
  /** It amends a report with another verdict on the same sample: only a new test can change a verdict. */
  | 'amended-verdict'
  /** It states no result at all. */
  | 'no-items';

/** A signed report and what it counts as. */
export interface JudgedReport {
  readonly id: string;
  readonly number: string;
  readonly verdict: Verdict;
  /** What the approver wrote. */
  readonly stated: Verdict;
  readonly lessened?: Lessened;
  /** `YYYY-MM-DD`. */
  readonly issuedOn: string;
  readonly sampleNumber?: string;
  /** Id of the report that amends this one; then only that one counts. */
  readonly supersededBy?: string;
}

/**
 * What signed reports count as. A report says what its approver says and never more: missing, inconsistent or
 * rewritten is not a pass. Drafts and reviewed reports say nothing yet and are left out.
 *
 * @param filed reports of one batch; amendments are followed within them, and only within one laboratory's
 */
export function judgeReports(filed: readonly FiledReport[]): JudgedReport[] {
  const signed = filed.filter(({ state }) => state.status === 'approved');
  const byId = new Map(signed.map((report) => [report.id, report]));
  const amendedBy = new Map(signed.flatMap(({ id, state }) => (state.supersedes === undefined ? [] : [[state.supersedes, id] as const])));
  return signed.map(({ id, state }) => {
    const stated = state.verdict ?? 'undetermined';
    const lessened = lessening(state, stated, earlierVerdicts(state, byId));
    return {
      id,
      number: state.number,
      stated,
      verdict: lessened === undefined ? stated : 'undetermined',
      lessened,
      issuedOn: state.issuedOn ?? '',
      sampleNumber: state.sampleNumber,
      supersededBy: amendedBy.get(id),
    };
  });
}

/** A fail is never lessened: the worst word of a laboratory on a sample stands as it was written. */
function lessening(state: ReportState, stated: Verdict, earlier: readonly Verdict[]): Lessened | undefined {
  if (stated === 'fail') return undefined;
  if (earlier.some((verdict) => verdict !== stated)) return 'amended-verdict';
  if (stated === 'undetermined') return undefined;
  if (state.items.length === 0) return 'no-items';
  if (state.items.some(({ verdict }) => verdict === 'fail' || verdict === 'undetermined')) return 'item-verdict';
  return state.items.some((item) => isOutsideOwnLimit(item, item.limitText)) ? 'outside-own-limit' : undefined;
}

/** What the reports said that this one amends, one after the other. */
function earlierVerdicts(state: ReportState, byId: ReadonlyMap<string, FiledReport>): Verdict[] {
  const found: Verdict[] = [];
  const seen = new Set<string>();
  for (let id = state.supersedes; id !== undefined && !seen.has(id); id = byId.get(id)?.state.supersedes) {
    seen.add(id);
    const verdict = byId.get(id)?.state.verdict;
    if (verdict !== undefined) found.push(verdict);
  }
  return found;
}
