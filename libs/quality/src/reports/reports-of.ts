import type { EntityManager } from 'typeorm';
import { countedReports } from './counted-reports';
import { loadCircumstances } from './load-circumstances';
import type { Lessened } from './judge-reports';
import type { ReportItem, Verdict } from './report-state';

/** A report that counts for a batch, without the people of the laboratory. */
export interface BatchReport {
  readonly id: string;
  readonly node: string;
  readonly number: string;
  /** The laboratory (organisation uuid); in-house where it had the batch itself. */
  readonly laboratory: string;
  /** Organisations for whose share of the batch it counts. */
  readonly organisations: readonly string[];
  /** What it counts as, what its approver wrote, and why the two differ. */
  readonly verdict: Verdict;
  readonly stated: Verdict;
  readonly lessened?: Lessened;
  readonly standard: string;
  readonly items: readonly ReportItem[];
  readonly sampleNumber?: string;
  readonly sampledQuantity?: string;
  /** 抽样 or 送检, as its samples say; absent where they do not, or not alike. */
  readonly sampleHow?: 'drawn' | 'submitted';
  /** Decimal text and unit, as typed: how much of the goods it says it speaks for. */
  readonly speaksFor?: string;
  readonly fileDigest?: string;
  readonly issuedOn: string;
  readonly supersededBy?: string;
  /** Of the approver's signature. */
  readonly position: bigint;
}

/** Reports that count for these nodes, in the order in which they were signed. Claims are not among them. */
export async function reportsOf(db: Pick<EntityManager, 'query'>, nodes: readonly string[]): Promise<BatchReport[]> {
  const found = new Map<string, BatchReport>();
  const counted = await countedReports(db, nodes);
  const around = await loadCircumstances(db, counted);
  for (const { state, organisation, ...report } of counted) {
    const key = `${report.node} ${report.id}`;
    const organisations = [...(found.get(key)?.organisations ?? []), organisation].sort();
    const { standard, items, sampledQuantity, fileDigest } = state;
    const ways = new Set((around.get(`${report.id} ${report.node} ${organisation}`)?.samples ?? []).map(({ how }) => how));
    const [how] = ways;
    found.set(key, {
      ...report, organisations, standard, items, sampledQuantity, fileDigest, ...(ways.size === 1 && how !== undefined && { sampleHow: how }),
      ...(state.speaksFor !== undefined && { speaksFor: `${state.speaksFor.quantity} ${state.speaksFor.unit}` }),
    });
  }
  return [...found.values()].sort((a, b) => (a.position < b.position ? -1 : a.position > b.position ? 1 : 0));
}
