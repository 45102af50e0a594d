import { type BatchReport, findingsOf, plantsOf, releaseStateOf, type ReleaseState, reportsOf } from '@daodi/quality';
import type { ReleaseFact, ReportFact } from '../domain/passport-facts';
import type { Words } from '../domain/region';
import type { QualitySource } from './quality-source';

/** What `quality` says of things, in the words of the page. */
export const fromQuality: QualitySource = {
  releases: async (db, nodes) => [...(await releaseStateOf(db, nodes)).values()].map(releaseFact),
  // Of an amended report only the amendment counts.
  reports: async (db, nodes) => (await reportsOf(db, nodes)).filter(({ supersededBy }) => supersededBy === undefined).flatMap(reportFacts),
  plants: plantsOf,
  // A warning that two people signed for is settled; a blocking finding never is.
  findings: async (db, nodes) =>
    (await findingsOf(db, nodes)).findings
      .filter(({ severity, signatures }) => severity === 'blocking' || new Set(signatures.map(({ personId }) => personId)).size < 2)
      .map(({ node, organisation, severity }) => ({ node, holder: organisation, severity })),
};

const CHANGED: Words = { zh: '放行以后，它所依据的记录有了变化。', en: 'The records it rests on changed after the release.' };
const HELD: Words = { zh: '这批货被冻结。', en: 'The goods are on hold.' };

/** A hold's and a decision's own text may name anybody, so only the rule's sentence is public. */
function releaseFact({ node, organisation, state, released, decision, judged, since, reasons, hold }: ReleaseState): ReleaseFact {
  const words = reasons.map((reason) => ('title' in reason ? reason.title : reason.rule === 'hold' ? HELD : CHANGED));
  return {
    node,
    state,
    ...(released?.packages !== undefined && { packages: released.packages.map((one) => one.node) }),
    org: decision === undefined ? undefined : organisation,
    day: decision === undefined ? undefined : dayInChina(decision.recordTime),
    at: decision?.recordTime,
    reasons: [...new Map(words.map((one) => [one.zh, one])).values()],
    isHeld: hold !== undefined,
    isBeyondStatute: judged === 'no-statutory-standard',
    // The state is judged in the snapshot of the page itself, so a decision that holds is confirmed just now.
    unconfirmedSince: state === 'suspended' ? since : undefined,
  };
}

/** A report for each share it counts for. */
function reportFacts({ node, organisations, laboratory, number, issuedOn, verdict, standard, items, sampleHow, speaksFor }: BatchReport): ReportFact[] {
  return organisations.map((holder) => ({
    node, holder, org: laboratory, number, day: issuedOn, at: `${issuedOn}T15:59:59.999999Z`, verdict, standard,
    ...(sampleHow !== undefined && { sampleHow }), ...(speaksFor !== undefined && { speaksFor }),
    items: items.map(({ test, value, unit, limitText, verdict: one }) => ({
      name: test, result: unit === undefined ? value : `${value} ${unit}`, limit: limitText, verdict: one,
    })),
  }));
}

/** `YYYY-MM-DD` at +08:00 of an instant. */
const dayInChina = (instant: string): string => new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 10);
