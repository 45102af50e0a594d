import type { ReportFacts, ShareFacts } from './facts';
import type { Rule, RuleFinding } from './finding';

/** Reports that stand: those not amended by a later one. */
export const standing = ({ reports }: ShareFacts): ReportFacts[] => reports.filter(({ supersededBy }) => supersededBy === undefined);

/** A failed report is never overruled, and another report that passes does not undo it. */
export const reportFailed: Rule = {
  name: 'report-failed',
  version: 1,
  severity: 'blocking',
  title: { zh: '检验不符合规定', en: 'A test report says: fail' },
  judge: (share) => reportsFinding(standing(share).filter(({ verdict }) => verdict === 'fail')),
};

/** A report nobody could conclude from blocks until a test passes. */
export const reportUndetermined: Rule = {
  name: 'report-undetermined',
  version: 1,
  severity: 'blocking',
  title: { zh: '检验无法判定', en: 'A test report is undetermined' },
  judge: (share) => reportsFinding(openOnes(share).filter(({ lessened }) => lessened !== 'amended-verdict')),
};

/** A laboratory changed its verdict on one sample: counts as undetermined, and only a test of another sample closes it. */
export const reportAmended: Rule = {
  name: 'report-amended',
  version: 1,
  severity: 'blocking',
  title: { zh: '同一样品的结论被更正', en: 'The verdict on one sample was amended' },
  judge: (share) => reportsFinding(openOnes(share).filter(({ lessened }) => lessened === 'amended-verdict')),
};

function openOnes(share: ShareFacts): ReportFacts[] {
  const passes = standing(share).filter(({ verdict }) => verdict === 'pass');
  return standing(share).filter((report) => report.verdict === 'undetermined' && !passes.some((pass) => closes(pass, report)));
}

/** A pass of the same day or later; after an amended verdict one on another sample, known by its number. */
function closes(pass: ReportFacts, open: ReportFacts): boolean {
  if (pass.issuedOn < open.issuedOn) return false;
  return open.lessened !== 'amended-verdict' || (pass.sampleNumber !== undefined && pass.sampleNumber !== open.sampleNumber);
}

function reportsFinding(reports: readonly ReportFacts[]): RuleFinding | undefined {
  const [first] = reports;
  if (first === undefined) return undefined;
  return {
    numbers: { reports: reports.map(({ id, number, stated, lessened }) => ({ id, number, stated, lessened })) },
    since: reports.reduce((min, { position }) => (position < min ? position : min), first.position),
    evidence: reports.map(({ id }) => id),
  };
}
