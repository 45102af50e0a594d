import type { ReportFacts, ShareFacts } from './facts';
import { NOBODY, type Rule, type RuleFinding } from './finding';
import { dayInChina } from './day-in-china';

/** Reports that stand: those not amended by a later one. */
export const standing = ({ reports }: ShareFacts): ReportFacts[] => reports.filter(({ supersededBy }) => supersededBy === undefined);

/**
 * A failed report is never overruled, and another report that passes does not undo it. Whoever sent goods on or sold them
 * after the day of the report is accused; who keeps, gives back or destroys them did nothing wrong.
 */
export const reportFailed: Rule = {
  name: 'report-failed',
  version: 2,
  severity: 'blocking',
  title: { zh: '检验不符合规定', en: 'A test report says: fail' },
  judge: (share) => {
    const failed = standing(share).filter(({ verdict }) => verdict === 'fail');
    const left = failed.flatMap(({ around }) => around?.leftAfter ?? []);
    const finding = reportsFinding(failed);
    return finding && { ...finding, evidence: [...finding.evidence, ...left], accused: left.length > 0 ? share.organisation : NOBODY };
  },
};

/**
 * Made of what failed, however far back: what is divided off, mixed or packed of it is the same material, and no report on the
 * part undoes what was found of the whole. Accused is who only divided, mixed or packed it after it had failed.
 */
export const madeOfFailed: Rule = {
  name: 'made-of-failed',
  version: 2,
  severity: 'blocking',
  title: { zh: '由检验不符合规定的物料制成', en: 'It was made of what a test report failed' },
  judge: ({ failedParts = [], steps, organisation }) => {
    if (failedParts.length === 0) return undefined;
    const knownOn = failedParts.map(({ issuedOn }) => issuedOn).sort()[0] as string;
    const after = steps.filter((step) => step.inputs.every(({ eventTime }) => dayInChina(eventTime) >= knownOn));
    const isHidden = after.some(({ step }) => step !== undefined && HIDES.has(step));
    return {
      numbers: { reports: failedParts.length, failedOn: knownOn },
      since: steps.reduce((min, { firstPosition }) => (firstPosition < min ? firstPosition : min), steps[0]?.firstPosition ?? 0n),
      evidence: [...failedParts.map(({ report }) => report), ...after.flatMap(({ eventIds }) => eventIds)], accused: isHidden ? organisation : NOBODY,
    };
  },
};

/** Steps that change nothing of what was found, in the words of our forms. */
const HIDES: ReadonlySet<string> = new Set(['splitting', 'blending', 'mixing', 'packing', 'repacking', 'grading']);

/** A report nobody could conclude from blocks until a test passes. An honest laboratory says so: nobody is accused. */
export const reportUndetermined: Rule = {
  name: 'report-undetermined',
  version: 2,
  severity: 'blocking',
  title: { zh: '检验无法判定', en: 'A test report is undetermined' },
  judge: (share) => {
    const finding = reportsFinding(openOnes(share).filter(({ lessened }) => lessened !== 'amended-verdict' && !isContradiction(lessened)));
    return finding && { ...finding, accused: NOBODY };
  },
};

/** A laboratory changed its verdict on one sample: counts as undetermined, and only a test of another sample closes it. */
export const reportAmended: Rule = {
  name: 'report-amended',
  version: 2,
  severity: 'blocking',
  title: { zh: '同一样品的结论被更正', en: 'The verdict on one sample was amended' },
  judge: (share) => ofLaboratory(reportsFinding(openOnes(share).filter(({ lessened }) => lessened === 'amended-verdict')), share),
};

/**
 * The approver passed the whole although an item failed, or lies outside the limit that the report itself prints: it counts
 * as undetermined, until a report passes that does not contradict itself.
 */
export const reportContradicts: Rule = {
  name: 'report-contradicts-itself',
  version: 1,
  severity: 'blocking',
  title: { zh: '检验报告自相矛盾', en: 'A test report contradicts itself' },
  judge: (share) => ofLaboratory(reportsFinding(openOnes(share).filter(({ lessened }) => isContradiction(lessened))), share),
};

const isContradiction = (lessened: ReportFacts['lessened']): boolean => lessened === 'outside-own-limit' || lessened === 'item-verdict';

/** Accused is the laboratory whose reports these are; of several, the one of the first. */
export function ofLaboratory(finding: RuleFinding | undefined, share: ShareFacts): RuleFinding | undefined {
  const laboratory = finding && share.reports.find(({ id }) => finding.evidence.includes(id))?.laboratory;
  return finding && { ...finding, ...(laboratory !== undefined && { accused: laboratory }) };
}

function openOnes(share: ShareFacts): ReportFacts[] {
  const passes = standing(share).filter(({ verdict }) => verdict === 'pass');
  return standing(share).filter((report) => report.verdict === 'undetermined' && !passes.some((pass) => closes(pass, report)));
}

/** A pass of the same day or later; after an amended verdict one on another sample, known by its number. */
function closes(pass: ReportFacts, open: ReportFacts): boolean {
  if (pass.issuedOn < open.issuedOn) return false;
  return open.lessened !== 'amended-verdict' || (pass.sampleNumber !== undefined && pass.sampleNumber !== open.sampleNumber);
}

/** What is said of reports: which they are, and since when. */
export function reportsFinding(reports: readonly ReportFacts[]): RuleFinding | undefined {
  const [first] = reports;
  if (first === undefined) return undefined;
  return {
    numbers: { reports: reports.map(({ id, number, stated, lessened }) => ({ id, number, stated, lessened })) },
    since: reports.reduce((min, { position }) => (position < min ? position : min), first.position),
    evidence: reports.map(({ id }) => id),
  };
}
