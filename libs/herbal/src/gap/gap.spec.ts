import { gapConformity, type GapOrigin, type GapQuestion } from './conformity';
import { UNIFIED, unifiedState } from './unified';

const SHA = 'b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c';

describe('unification', () => {
  it('counts a tick by the digest of a file or by a record, and by nothing else', () => {
    const ticks = UNIFIED.six.map(({ code }) => ({ point: code, evidence: [{ sha256: SHA }] }));
    expect(unifiedState('six', ticks).missing).toEqual([]);
    expect(unifiedState('six', ticks.map((tick, i) => (i === 2 ? { ...tick, evidence: [] } : tick))).missing).toEqual(['inputs']);
    expect(unifiedState('six', ticks.map((tick, i) => (i === 5 ? { ...tick, evidence: [{}] } : tick))).missing).toEqual(['packing-sop']);
    expect(unifiedState('seven', [{ point: 'pricing', evidence: [{ record: 'r' }] }]).points.filter(({ ticked }) => ticked).map(({ zh }) => zh)).toEqual(['统一定价收购']);
    expect([UNIFIED.six.length, UNIFIED.seven.length, unifiedState('seven', []).missing.length]).toEqual([6, 7, 7]);
  });
});

describe('药材符合GAP要求', () => {
  const audit = { isDone: true, open: [] };
  const origin: GapOrigin = { organisation: 'ANZE', herb: 'lianqiao', year: 2026, base: 'B', evaluations: [{ conclusion: 'conforms', on: '2026-07-10', audit }], unifiedMissing: [], inspections: [] };
  const asked: GapQuestion = { herbs: ['lianqiao'], origins: [origin], unproven: [], fromOutside: 0, blocking: [] };
  const at = (more: Partial<GapOrigin>): GapQuestion => ({ ...asked, origins: [{ ...origin, ...more }] });
  it.each<[string, GapQuestion, string[]]>([
    ['everything is on record', asked, []],
    ['an inspection was passed', at({ inspections: [{ result: 'failed', on: '2026-06-01' }, { result: 'passed', on: '2026-09-01' }] }), []],
    ['minor findings are open', at({ evaluations: [{ conclusion: 'conforms', on: '2026-07-10', audit: { isDone: true, open: ['minor'] } }] }), []],
    ['a later evaluation is negative', at({ evaluations: [...origin.evaluations, { conclusion: 'does-not-conform', on: '2026-08-01', audit }] }), ['evaluated-not-conforming']],
    ['an earlier evaluation was negative', at({ evaluations: [...origin.evaluations, { conclusion: 'does-not-conform', on: '2026-06-01', audit }] }), []],
    ['nobody evaluated', at({ evaluations: [] }), ['not-evaluated']],
    ['the evaluation rests on no audit', at({ evaluations: [{ conclusion: 'conforms', on: '2026-07-10' }] }), ['audit-missing']],
    ['the audit was only planned', at({ evaluations: [{ conclusion: 'conforms', on: '2026-07-10', audit: { isDone: false, open: [] } }] }), ['audit-missing']],
    ['a major finding is open', at({ evaluations: [{ conclusion: 'conforms', on: '2026-07-10', audit: { isDone: true, open: ['major'] } }] }), ['audit-findings-open']],
    ['a tick lacks evidence', at({ unifiedMissing: ['inputs'] }), ['unified-missing']],
    ['nothing is on record of unification', at({ unifiedMissing: undefined }), ['unified-missing']],
    ['the last inspection is not concluded', at({ inspections: [{ result: 'undetermined', on: '2026-09-01' }] }), ['inspection-failed']],
    ['the land is of no base', at({ base: undefined }), ['no-base']],
    ['the herb is not known', at({ herb: undefined }), ['herb-unknown', 'herb-not-covered']],
    ['nothing was harvested', { ...asked, origins: [] }, ['no-origin']],
    ['some came from outside', { ...asked, fromOutside: 1 }, ['from-outside']],
    ['the way back is a claim', { ...asked, unproven: ['claimed'] }, ['origin-unproven']],
    ['a finding blocks', { ...asked, blocking: ['input-banned'] }, ['blocking-finding']],
    ['a herb of the compound has no harvest', { ...asked, herbs: ['lianqiao', 'huangqin'] }, ['herb-not-covered']],
    ['a herb of the compound is not evaluated', { ...asked, herbs: ['lianqiao', 'huangqin'], origins: [origin, { ...origin, herb: 'huangqin', evaluations: [] }] }, ['not-evaluated']],
  ])('where %s', (_, question, rules) => expect(gapConformity(question).map(({ rule }) => rule)).toEqual(rules));
});
