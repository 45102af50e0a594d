import { CULTURE_SOURCE, isPickingGrade, leastCultureDays, packagesToSample, PICKING_GRADES, SAMPLING_RULE } from '@daodi/herbal';
import type { ReportFacts, ShareFacts } from './facts';
import type { Rule, RuleFinding } from './finding';
import { REFERENCE_ROWS } from './reference-rows';
import { ofLaboratory, reportsFinding, standing } from './report.rules';

/** One sample was tested and two lots were reported by it, to the last decimal: only one of them was ever looked at. */
export const resultsReused: Rule = {
  name: 'results-reused',
  version: 1,
  severity: 'warning',
  title: { zh: '不同批次的报告使用同一样品和同一组结果', en: 'Reports on different batches have one sample and the very same results' },
  judge: (share) => found(share, ({ around }) => (around?.twins ?? []).length > 0),
};

/** Drawn from fewer packages than the general chapter asks for; the chapter is not verified, so it is only noted. */
export const sampledTooFew: Rule = {
  name: 'sampled-from-too-few',
  version: 1,
  severity: 'note',
  title: { zh: '抽取的包件数少于取样法要求（未核对）', en: 'The sample was drawn from fewer packages than the rule of sampling asks for (not verified)' },
  judge: (share) => {
    const odd = standing(share).flatMap((report) => (report.around?.samples ?? []).filter(({ packages }) => packages !== undefined && packages.from < packagesToSample(packages.of)));
    const [first] = odd;
    if (first === undefined) return undefined;
    return {
      numbers: { samples: odd.map(({ packages = { of: 0, from: 0 } }) => ({ packages: packages.of, drawnFrom: packages.from, wanted: packagesToSample(packages.of) })), ...SAMPLING_RULE },
      since: share.reports.reduce((min, { position }) => (position < min ? position : min), (share.reports[0] as ReportFacts).position), evidence: odd.map(({ eventId }) => eventId),
    };
  },
};

/** 送检: all that passes speaks for samples that somebody brought along, and not for the goods they are said to be of. */
export const onlySubmitted: Rule = {
  name: 'only-submitted-samples',
  version: 1,
  severity: 'note',
  title: { zh: '仅有送检报告：结果只对来样负责', en: 'Only samples that were brought along were tested: their results are of the samples alone' },
  judge: (share) => {
    const passes = standing(share).filter(({ verdict }) => verdict === 'pass');
    const isSubmitted = ({ around }: ReportFacts): boolean => (around?.samples ?? []).length > 0 && (around?.samples ?? []).every(({ how }) => how === 'submitted');
    return passes.length > 0 && passes.every(isSubmitted) ? reportsFinding(passes) : undefined;
  },
};

/** Dated before the sample was drawn under its number. */
export const reportedBeforeSample: Rule = {
  name: 'report-before-sample',
  version: 1,
  severity: 'warning',
  title: { zh: '报告日期早于取样', en: 'A report is dated before its sample was drawn' },
  judge: (share) => found(share, ({ around, issuedOn }) => around !== undefined && around.samples.length > 0 && around.samples.every(({ day }) => issuedOn < day)),
};

/**
 * A laboratory receives, tests and signs in this order, and after the goods came to be and the sample was drawn: no law,
 * but the only order in which it can have happened. Days that are not stated are not asked for.
 */
export const reportDaysDisordered: Rule = {
  name: 'report-days-disordered',
  version: 1,
  severity: 'warning',
  title: { zh: '收样、检验、签发日期先后不符', en: 'The days of receiving, testing and signing of a report are out of order' },
  judge: (share) => found(share, ({ around, receivedOn, testedFrom, testedUntil, issuedOn }) => {
    const own = [receivedOn, testedFrom, testedUntil].filter((day) => day !== undefined);
    const [first] = own;
    if (first === undefined) return false;
    const drawn = around?.samples.map(({ day }) => day).sort()[0];
    const before = [around?.madeOn, drawn].some((day) => day !== undefined && first < day);
    const days = issuedOn === '' ? own : [...own, issuedOn];
    return before || days.some((day, i) => i > 0 && day < (days[i - 1] as string));
  }),
};

/**
 * Micro-organisms need days to grow, and the days the report itself states are fewer than the culture of one of its items takes. The
 * chapter is not verified, so it is only noted. A report that states no day of receipt or of testing is not asked.
 */
export const readBeforeGrown: Rule = {
  name: 'report-read-before-grown',
  version: 1,
  severity: 'note',
  title: { zh: '微生物计数的检验天数少于培养所需（未核对）', en: 'Counts of micro-organisms were read sooner than their culture takes (not verified)' },
  judge: (share) => {
    const odd = standing(share).flatMap((report) => soonRead(report).map((item) => ({ report, item })));
    const finding = ofLaboratory(reportsFinding([...new Set(odd.map(({ report }) => report))]), share);
    return finding && { ...finding, numbers: { ...finding.numbers, items: odd.map(({ item }) => item).slice(0, ITEMS_NAMED_MAX), ...CULTURE_SOURCE } };
  },
};

function soonRead({ receivedOn, testedFrom = receivedOn, testedUntil, issuedOn, items = [] }: ReportFacts): readonly { readonly test: string; readonly days: number; readonly least: number }[] {
  const until = testedUntil ?? issuedOn;
  if (testedFrom === undefined || until < testedFrom) return [];
  const days = (Date.parse(until) - Date.parse(testedFrom)) / DAY_MS;
  return items.flatMap(({ test, analyte }) => {
    const least = leastCultureDays(test, analyte);
    return least === undefined || days >= least ? [] : [{ test: [test, analyte].filter(Boolean).join(' '), days, least }];
  });
}

const DAY_MS = 86_400_000;

/**
 * 超出资质范围使用标志: the report bears a mark of accreditation, and what is on record of the laboratory does not cover an item on
 * the day of issue, or not whoever signed. The laboratory's register is not asked, so it warns; a laboratory of which nothing is on record
 * is not spoken of.
 */
export const reportOutsideAccreditation: Rule = {
  name: 'report-outside-accreditation',
  version: 1,
  severity: 'warning',
  title: { zh: '报告使用资质标志，但项目超出登记的资质', en: 'A report bears a mark of accreditation for what the accreditation on record does not cover' },
  judge: (share) => {
    const odd = standing(share).filter(({ around }) => around?.uncovered !== undefined);
    const finding = ofLaboratory(reportsFinding(odd), share);
    return finding && {
      ...finding, numbers: { ...finding.numbers, items: odd.flatMap(({ around }) => around?.uncovered?.items ?? []).slice(0, ITEMS_NAMED_MAX) },
      evidence: [...finding.evidence, ...odd.flatMap(({ around }) => around?.uncovered?.records ?? [])],
    };
  },
};

const ITEMS_NAMED_MAX = 50;

/** A typo in an address is a reason; no reason given is only noted, for whether the verdict changed is judged by itself. */
export const amendedWithoutReason: Rule = {
  name: 'report-amended-without-reason',
  version: 1,
  severity: 'note',
  title: { zh: '更正报告未写明理由', en: 'A report was amended without a reason' },
  judge: (share) => found(share, ({ supersedes, amendedBecause }) => supersedes !== undefined && amendedBecause === undefined),
};

/** Dated before the goods came to be, by harvest or by the step that made them. What came from outside may bring its report along. */
export const reportedBeforeMade: Rule = {
  name: 'report-before-goods',
  version: 1,
  severity: 'warning',
  title: { zh: '报告日期早于该批的采收或生产', en: 'A report is dated before the goods came to be' },
  judge: (share) => found(share, ({ around, issuedOn }) => around?.madeOn !== undefined && issuedOn !== '' && issuedOn < around.madeOn),
};

/**
 * Judged by the limits of another grade: the report names that grade, or prints a limit that is known for it and milder than that of
 * the grade of the goods (青翘 by the 0.25 % of 老翘). Limits as they were read are not verified: it warns.
 */
export const reportOfAnotherGrade: Rule = {
  name: 'report-of-another-grade',
  version: 1,
  severity: 'warning',
  title: { zh: '报告按另一等级的限度检验', en: 'A report goes by the limits of another grade' },
  judge: (share) => found(share, isOfAnotherGrade),
};

function isOfAnotherGrade({ around, standard = '', items = [] }: ReportFacts): boolean {
  const { herb, grade } = around ?? {};
  if (herb === undefined || grade === undefined || !isPickingGrade(herb, grade)) return false;
  const others = (PICKING_GRADES[herb] ?? []).filter((other) => other !== grade);
  if (others.some((other) => standard.includes(other)) && !standard.includes(grade)) return true;
  const rows = REFERENCE_ROWS.filter((row) => row.herb === herb && row.form === '药材');
  return items.some(({ test, analyte, limitText }) => {
    const printed = limitText === undefined ? undefined : numberIn(limitText);
    const known = rows.filter((row) => row.grade !== undefined && (row.analyte ?? row.test) === (analyte ?? test));
    if (printed === undefined || !known.some((row) => others.includes(row.grade as string) && numberIn(row.limitText) === printed)) return false;
    // Who goes by the stricter limit of another grade does nobody wrong.
    return known.some(({ grade: of, direction, limitText: own }) => of === grade && isMilder(printed, numberIn(own), direction));
  });
}

const isMilder = (printed: number, own: number | undefined, direction: string): boolean =>
  own !== undefined && (direction === 'min' ? printed < own : direction === 'max' && printed > own);

/** The number a limit prints: 0.25 of 不得少于 0.25%. */
const numberIn = (text: string): number | undefined => {
  const digits = /\d+(?:\.\d+)?/u.exec(text.normalize('NFKC'))?.[0];
  return digits === undefined ? undefined : Number(digits);
};

function found(share: ShareFacts, isOdd: (report: ReportFacts) => boolean): RuleFinding | undefined {
  const odd = standing(share).filter(isOdd);
  const finding = ofLaboratory(reportsFinding(odd), share);
  return finding && { ...finding, evidence: [...finding.evidence, ...odd.flatMap(({ around }) => [...(around?.twins ?? []), ...(around?.samples ?? []).map(({ eventId }) => eventId)])] };
}
