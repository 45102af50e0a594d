import { type Accreditation, coverageOf, type ReportedTest } from './within-scope';

const CMA: Accreditation = { scheme: 'CMA', from: '2024-01-01', until: '2026-12-31', scope: [{ test: '水分' }, { test: '重金属及有害元素', analyte: '铅' }, { test: '含量测定', method: '《中国药典》2020' }] };
const item = (more: Partial<ReportedTest>): ReportedTest => ({ test: '水分', standard: '《中国药典》2020 年版一部 连翘', on: '2026-08-10', ...more });

it.each<[string, Partial<ReportedTest>, readonly Accreditation[], string]>([
  ['a test of the scope', {}, [CMA], 'covered'],
  ['the same by another name', { test: '含水量' }, [CMA], 'covered'],
  ['an analyte of the scope', { test: '重金属', analyte: 'Pb' }, [CMA], 'covered'],
  ['another analyte of the test', { test: '重金属', analyte: '镉' }, [CMA], 'outside'],
  ['a test that is not in it', { test: '总灰分' }, [CMA], 'outside'],
  ['by the method of the scope', { test: '含量测定', analyte: '连翘苷' }, [CMA], 'covered'],
  ['by another method', { test: '含量测定', analyte: '连翘苷', standard: 'GB/T 1' }, [CMA], 'outside'],
  ['the last day', { on: '2026-12-31' }, [CMA], 'covered'],
  ['the day after', { on: '2027-01-01' }, [CMA], 'expired'],
  ['a second certificate that holds', { on: '2027-01-01' }, [CMA, { ...CMA, from: '2027-01-01', until: '2029-12-31' }], 'covered'],
  ['nothing of the scheme', {}, [{ ...CMA, scheme: 'CNAS' }], 'not-on-record'],
  ['a signatory for all', { approver: 'a' }, [{ ...CMA, signatories: [{ person: 'a' }] }], 'covered'],
  ['a signatory for another test', { approver: 'a' }, [{ ...CMA, signatories: [{ person: 'a', tests: ['总灰分'] }] }], 'signatory'],
  ['somebody else', { approver: 'b' }, [{ ...CMA, signatories: [{ person: 'a' }] }], 'signatory'],
  ['nobody known to have signed', {}, [{ ...CMA, signatories: [{ person: 'a' }] }], 'covered'],
])('%s', (_, more, accreditations, coverage) => {
  expect(coverageOf(item(more), 'CMA', accreditations)).toBe(coverage);
});
