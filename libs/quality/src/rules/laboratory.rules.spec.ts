import { NOBODY } from './finding';
import type { ReadingFacts, ReportCircumstances, ReportFacts, ShareFacts } from './facts';
import { judgeShare } from './rules';

const around = (more: Partial<ReportCircumstances> = {}): ReportCircumstances => ({ madeOn: '2026-08-25', herb: 'lianqiao', grade: '青翘', samples: [], twins: [], leftAfter: [], ...more });
const report = (more: Partial<ReportFacts> = {}, circumstances: Partial<ReportCircumstances> = {}): Partial<ShareFacts> => ({
  reports: [{ id: 'r', number: 'R-1', verdict: 'pass', stated: 'pass', issuedOn: '2026-09-01', sampleNumber: 'S-1', position: 9n, items: [], laboratory: 'lab', around: around(circumstances), ...more }],
});
const ester = (limitText: string) => [{ test: '含量测定', analyte: '连翘酯苷A', value: '0.9', unit: '%', limitText }];
const moulds = [{ test: '微生物限度', analyte: '霉菌和酵母菌总数', value: '<10', unit: 'cfu/g' }, { test: '水分', value: '8.1', unit: '%' }];
const split = (day: string, step = 'splitting'): ShareFacts['steps'] => [{
  hub: 'h', step, eventIds: ['split'], firstPosition: 7n, lostMg: 0n, addedMg: 0n,
  inputs: [{ node: 'a', eventTime: `${day}T02:00:00.000000Z`, mg: 1n, isLot: true, held: true }], outputs: [{ node: 'n', eventTime: `${day}T02:00:00.000000Z`, mg: 1n, isLot: true, held: true }],
}];
const FAILED = [{ report: 'failed', issuedOn: '2026-09-01' }];
const readings = (n: number, more: (i: number) => Partial<ReadingFacts>): Partial<ShareFacts> => ({
  readings: Array.from({ length: n }, (_, i) => ({
    eventId: `e${i}`, position: BigInt(i), happened: `2026-09-${String(i + 1).padStart(2, '0')}T01:00:00Z`, written: `2026-09-30T12:${String(i + 10)}:00Z`, values: '18 55', isOfDevice: false, byDevice: false, ...more(i),
  })),
});

it.each<[string, Partial<ShareFacts>, string[]]>([
  ['one sample and one set of results for two lots', report({}, { twins: ['twin'] }), ['warning results-reused lab r twin']],
  ['a report before its sample', report({}, { samples: [{ day: '2026-09-02', eventId: 's' }] }), ['warning report-before-sample lab r s']],
  ['a report of the day of its sample', report({}, { samples: [{ day: '2026-09-01', eventId: 's' }] }), []],
  ['a report between two samples of one number', report({}, { samples: [{ day: '2026-08-30', eventId: 's' }, { day: '2026-09-02', eventId: 't' }] }), []],
  ['a report before the harvest', report({ issuedOn: '2026-08-24' }), ['warning report-before-goods lab r']],
  ['days in their order', report({ receivedOn: '2026-08-26', testedFrom: '2026-08-26', testedUntil: '2026-09-01' }, { samples: [{ day: '2026-08-26', eventId: 's' }] }), []],
  ['received before it was drawn', report({ receivedOn: '2026-08-26' }, { samples: [{ day: '2026-08-27', eventId: 's' }] }), ['warning report-days-disordered lab r s']],
  ['received between two samples of one number', report({ receivedOn: '2026-08-26' }, { samples: [{ day: '2026-08-27', eventId: 's' }, { day: '2026-08-26', eventId: 't' }] }), []],
  ['received before the harvest', report({ receivedOn: '2026-08-24' }), ['warning report-days-disordered lab r']],
  ['tested before it was received', report({ receivedOn: '2026-08-28', testedFrom: '2026-08-27' }), ['warning report-days-disordered lab r']],
  ['tested backwards', report({ testedFrom: '2026-08-28', testedUntil: '2026-08-27' }), ['warning report-days-disordered lab r']],
  ['signed before it was tested', report({ testedUntil: '2026-09-02' }), ['warning report-days-disordered lab r']],
  ['a mark beyond what the laboratory is accredited for', report({}, { uncovered: { items: [{ mark: 'CMA', test: '水分', coverage: 'outside' }], records: ['certificate'] } }), ['warning report-outside-accreditation lab certificate r']],
  ['moulds counted after a day', report({ receivedOn: '2026-08-26', testedFrom: '2026-08-27', testedUntil: '2026-08-28', items: moulds }), ['note report-read-before-grown lab r']],
  ['moulds counted after five', report({ testedFrom: '2026-08-27', items: moulds }), []],
  ['moulds counted on days it does not state', report({ items: moulds }), []],
  ['tested and signed in a day, of goods from outside', report({ receivedOn: '2026-09-01', testedFrom: '2026-09-01', testedUntil: '2026-09-01' }, { madeOn: undefined }), []],
  ['a typo in the address amended', report({ supersedes: 'first', amendedBecause: '地址有误' }), []],
  ['amended for no reason', report({ supersedes: 'first' }), ['note report-amended-without-reason lab r']],
  ['a report that came with goods from outside', report({ issuedOn: '2026-01-01' }, { madeOn: undefined }), []],
  ['a report that names the other grade', report({ standard: '《中国药典》连翘项 老翘' }), ['warning report-of-another-grade lab r']],
  ['a report that names both', report({ standard: '《中国药典》连翘项（青翘、老翘）' }), []],
  ['the limit of the other grade, which is milder', report({ items: ester('不得少于 0.25%') }), ['warning report-of-another-grade lab r']],
  ['its own limit', report({ items: ester('不得少于 3.5%') }), []],
  ['the limit of the other grade, which is stricter', report({ items: ester('不得少于 3.5%') }, { grade: '老翘' }), []],
  ['an amended report that no longer counts', report({ issuedOn: '2026-08-24', supersededBy: 'later' }), []],
  ['a pass that its own limit forbids', report({ verdict: 'undetermined', lessened: 'outside-own-limit' }), ['blocking report-contradicts-itself lab r']],
  ['a verdict that was changed', report({ verdict: 'undetermined', lessened: 'amended-verdict' }), ['blocking report-amended lab r']],
  ['a laboratory that could not say', report({ verdict: 'undetermined', stated: 'undetermined' }), [`blocking report-undetermined ${NOBODY} r`]],
  ['a fail of goods that are kept', report({ verdict: 'fail', stated: 'fail' }), [`blocking report-failed ${NOBODY} r`]],
  ['a fail of goods that were sent on', report({ verdict: 'fail', stated: 'fail' }, { leftAfter: ['ship'] }), ['blocking report-failed o r ship']],
  ['a part divided off what had failed', { failedParts: FAILED, steps: split('2026-09-03') }, ['blocking made-of-failed o failed split']],
  ['a part divided off before it failed', { failedParts: FAILED, steps: split('2026-08-20') }, [`blocking made-of-failed ${NOBODY} failed`]],
  ['what failed, worked on openly', { failedParts: FAILED, steps: split('2026-09-03', 'drying') }, [`blocking made-of-failed ${NOBODY} failed split`]],
  ['ten days typed in one evening, all alike', readings(10, () => ({})), ['warning readings-written-at-once o e0 e1 e2 e3 e4 e5 e6 e7 e8 e9']],
  ['nine days', readings(9, () => ({})), []],
  ['ten days that differ', readings(10, (i) => ({ values: `18.${i} 55` })), []],
  ['ten days alike, each written on its day', readings(10, (i) => ({ written: `2026-09-${String(i + 1).padStart(2, '0')}T03:00:00Z` })), []],
  ['an instrument that never wavers, typed', readings(10, (i) => ({ isOfDevice: true, written: `2026-09-${String(i + 1).padStart(2, '0')}T03:00:00Z` })), ['warning device-readings-typed o e0 e1 e2 e3 e4 e5 e6 e7 e8 e9']],
  ['an instrument that sent it under its own key', readings(10, () => ({ isOfDevice: true, byDevice: true })), []],
])('judge %s', (_name, facts, found) => {
  const share = { node: 'n', identifier: 'i', organisation: 'o', unit: 'mg' as const, roles: [], debts: [], receivedHere: 0n, steps: [], reports: [], ...facts };
  expect(judgeShare(share).map(({ severity, rule, accused, evidence }) => [severity, rule, accused, ...evidence].join(' '))).toEqual(found);
});
