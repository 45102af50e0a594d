/** Cheats with papers: reports, limits, permits, readings. */
import assert from 'node:assert/strict';
import { CODONOPSIS, JUJUBE_KERNEL, SCUTELLARIA } from '../papers';
import { cheat, crop, delivered, dried, form, harvest, on, plot, record, reported, shipped, standing, type Story, takenIn, worked } from '../story';

/** A batch of 党参 of a cheat, to have something to test. */
const codonopsis = (org: 'SANCHA' | 'DABA', kilograms = 300) => [
  plot('p', org, 12), crop('c', org, 'dangshen', 'p', '2023-04-11', 'seedling'), harvest('f', org, 'c', on('09-24', '17:00'), kilograms * 3), dried('d', org, on('10-06', '17:00'), ['f', kilograms * 3], kilograms),
];

const STANDARD = '《中国药典》党参项';

export const OF_PAPERS: readonly Story[] = [
  cheat('failed-and-shipped', 'sulphur dioxide 1,260 mg/kg, reported as failed, shipped all the same (DESIGN §1.2)', { org: 'SANCHA', acts: ['ship bad'], atLeast: 'blocking' }, [
    codonopsis('SANCHA'),
    reported('d', 'SANCHA', 'd', '10-09', { lab: 'JIANCE', number: 'JC-1101', standard: STANDARD, found: CODONOPSIS('1260', 'fail'), verdict: 'fail' }),
    delivered('bad', 'SANCHA', 'HUIPAN', '10-15', [['d', 299]]),
  ]),
  cheat('another-laboratory', 'failed at one laboratory, divided, and a part tested again at another that passes it: the part is clean, the whole is not', { org: 'SANCHA', acts: ['split', 'ship'], atLeast: 'blocking' }, [
    codonopsis('SANCHA'),
    reported('d', 'SANCHA', 'd', '10-09', { lab: 'JIANCE', number: 'JC-1102', standard: STANDARD, found: CODONOPSIS('910', 'fail'), verdict: 'fail' }),
    form('split', 'SANCHA', '/splits', on('10-12', '10:00'), { batch: '@batch/d', parts: [{ quantity: '120', unit: 'kg', lotNumber: 'DS-新', code: '@batch/part' }], remainder: 'stays' }),
    reported('part', 'SANCHA', 'part', '10-15', { lab: 'KUAIJIAN', number: 'KJ-2611', standard: STANDARD, found: CODONOPSIS('120') }),
    shipped('ship', 'SANCHA', 'TONGDA', on('10-18', '07:30'), [['part', 119]]),
  ]),
  cheat('amended-into-a-pass', 'the laboratory amends its failed report into a pass without a new test', { org: 'KUAIJIAN', acts: ['report again', 'approve again'] }, [
    codonopsis('DABA'),
    reported('first', 'DABA', 'd', '10-10', { lab: 'KUAIJIAN', number: 'KJ-2612', standard: STANDARD, found: CODONOPSIS('780', 'fail'), verdict: 'fail' }),
    reported('again', 'DABA', 'd', '10-14', { lab: 'KUAIJIAN', number: 'KJ-2612-1', sampleNumber: 'YP-KJ-2612', standard: STANDARD, found: CODONOPSIS('78'), unsampled: true, more: { supersedes: '@id/report first' } }),
  ]),
  cheat('limit-exceeded-and-passed', 'its own report prints 620 against "not more than 400" and says pass', { org: 'KUAIJIAN', acts: ['report d', 'approve d'] }, [
    codonopsis('DABA'),
    reported('d', 'DABA', 'd', '10-11', { lab: 'KUAIJIAN', number: 'KJ-2613', standard: STANDARD, found: CODONOPSIS('620') }),
  ]),
  cheat('unreadable-and-passed', '"合格?" instead of a value, no unit, and the verdict pass (DESIGN §1.3): nothing passes by it', {
    org: 'KUAIJIAN', acts: ['report d', 'approve d'], inPlaceOfAFinding: 'what cannot be read is undetermined: the batch is not released (DESIGN §1.3)',
  }, [
    codonopsis('DABA'),
    reported('d', 'DABA', 'd', '10-11', { lab: 'KUAIJIAN', number: 'KJ-2614', standard: STANDARD, found: [['性状', '合格?'], ['水分', '约十三'], ['二氧化硫残留量', '不高', undefined, '不得过 400 mg/kg']] }),
  ], async ({ send, uri }) => {
    const { status } = await send('DABA', 'POST', '/api/v1/releases', { batch: uri('d'), decision: 'released', reason: '检验合格' }, 'head');
    assert.equal(status, 409, 'what nobody can read releases nothing');
  }),
  cheat('same-numbers-twice', 'two lots of different fields, one set of results to the last decimal, one sample: only one was ever tested', { org: 'KUAIJIAN', acts: ['report one', 'report other', 'approve one', 'approve other'] }, [
    plot('p', 'DABA', 12),
    crop('c', 'DABA', 'huangqin', 'p', '2023-04-06', 'seed'),
    harvest('f1', 'DABA', 'c', on('09-20', '17:00'), 900), dried('d1', 'DABA', on('10-01', '17:00'), ['f1', 900], 310),
    harvest('f2', 'DABA', 'c', on('09-27', '17:00'), 880), dried('d2', 'DABA', on('10-08', '17:00'), ['f2', 880], 300),
    reported('one', 'DABA', 'd1', '10-10', { lab: 'KUAIJIAN', number: 'KJ-2615', sampleNumber: 'YP-2615', standard: '《中国药典》黄芩项', found: SCUTELLARIA('10.37') }),
    reported('other', 'DABA', 'd2', '10-10', { lab: 'KUAIJIAN', number: 'KJ-2616', sampleNumber: 'YP-2615', standard: '《中国药典》黄芩项', found: SCUTELLARIA('10.37'), unsampled: true }),
  ]),
  cheat('reported-before-it-was-sampled', 'the report is of 12 October, the sample was drawn on the 20th', { org: 'KUAIJIAN', acts: ['report d', 'approve d'] }, [
    codonopsis('DABA'),
    reported('d', 'DABA', 'd', '10-12', { lab: 'KUAIJIAN', number: 'KJ-2617', standard: STANDARD, found: CODONOPSIS(), sampledOn: '10-20' }),
  ]),
  cheat('tested-before-it-was-dug', 'a report of 1 September on roots that were dug on 24 September', { org: 'KUAIJIAN', acts: ['report d', 'approve d'] }, [
    codonopsis('DABA'),
    record('commission', 'DABA', '/test-commissions', on('08-20'), { batch: '@batch/d', laboratory: 'KUAIJIAN', standard: STANDARD }),
    reported('d', 'DABA', 'd', '09-01', { lab: 'KUAIJIAN', number: 'KJ-2618', standard: STANDARD, found: CODONOPSIS(), unsampled: true }),
  ]),
  cheat('not-what-it-is-sold-for', '酸枣仁 that are 理枣仁: the honest laboratory says so, the trader sells them on (FACTS §7.7)', { org: 'TONGDA', acts: ['ship'], atLeast: 'blocking' }, [
    takenIn('kernels', 'TONGDA', on('09-25', '10:00'), 'purchase', 'suanzaoren', 60, { form: 'dried', seller: { organisationName: '某药材行' } }),
    reported('k', 'TONGDA', 'kernels', '09-29', { lab: 'JIANCE', number: 'JC-1103', standard: '《中国药典》酸枣仁项', found: JUJUBE_KERNEL('不符合规定，检出理枣仁', 'fail'), verdict: 'fail' }),
    shipped('ship', 'TONGDA', 'YAOCHANG', on('10-04', '07:30'), [['kernels', 59]]),
  ]),
  cheat('readings-made-up', 'a month of temperature and humidity of a cold store typed in one evening, each day like the other (FACTS §7.2)', { org: 'TONGDA', acts: Array.from({ length: 30 }, (_, i) => `reading-${i + 1}`) }, [
    takenIn('goods', 'TONGDA', on('08-28', '10:00'), 'purchase', 'renshen', 40, { form: 'dried' }),
    Array.from({ length: 30 }, (_, i) =>
      form(`reading-${i + 1}`, 'TONGDA', '/upkeep', on(`09-${String(i + 1).padStart(2, '0')}`, '09:00'), {
        site: '@site', measures: ['inspection'], batches: ['@batch/goods'], reading: { temperatureCelsius: '18.0', humidityPercent: '55', source: 'manual' }, result: 'good',
      }, { written: on('09-30', `20:${String(i + 10)}`) })),
  ]),
  cheat('a-device-that-is-a-hand', 'readings "of an instrument" typed by hand, the same to the tenth each time (FACTS §7.2)', { org: 'WUJIA', acts: Array.from({ length: 12 }, (_, i) => `reading-${i + 1}`) }, [
    takenIn('goods', 'WUJIA', on('08-28', '11:00'), 'purchase', 'lingzhi', 40, { form: 'dried' }),
    Array.from({ length: 12 }, (_, i) =>
      form(`reading-${i + 1}`, 'WUJIA', '/upkeep', on(`09-${String(2 * i + 1).padStart(2, '0')}`, '08:00'), {
        site: '@site', measures: ['inspection'], batches: ['@batch/goods'], reading: { temperatureCelsius: '16.5', humidityPercent: '50', source: 'device', device: 'TH-03' }, result: 'good',
      }, { written: on('09-28', `21:${String(i + 10)}`) })),
  ]),
  cheat('one-pair-of-eyes', 'a limit "confirmed against the printed page" by one person alone, with the wrong analyte (FACTS §7.4)', {
    org: 'DABA', acts: ['confirmed'], inPlaceOfAFinding: 'one person’s word confirms nothing: no limit judges, nothing is released by it (FACTS §7.4, DESIGN §9)',
  }, [
    codonopsis('DABA'),
    record('limits', 'DABA', '/standards', on('09-01'), {
      family: 'house', name: '党参内控（虚构）', herb: 'dangshen', form: 'herb', effectiveFrom: '2026-01-01', source: '自动导入', limits: [{ item: '毛蕊花糖苷', limitText: '0.020', unit: '%', direction: 'min', page: '1' }],
    }),
    record('confirmed', 'DABA', '/standard-confirmations', on('09-02'), { version: '@id/limits', page: { number: '1', file: '@paper' }, readings: [{ limit: 'L1', limitText: '0.020', unit: '%', direction: 'min' }], complete: true }, { by: 'head' }),
    reported('d', 'DABA', 'd', '10-12', { lab: 'JIANCE', number: 'JC-1104', standard: '党参内控（虚构）', found: [['毛蕊花糖苷', '0.031', '%', '不得少于 0.020%']] }),
  ], async ({ send, uri }) => {
    const { status } = await send('DABA', 'POST', '/api/v1/releases', { batch: uri('d'), decision: 'released', reason: '检验合格' }, 'head');
    assert.equal(status, 409, 'a limit one person confirmed releases nothing');
  }),
  cheat('released-without-a-report', 'goods nobody ever tested are to be let go (DESIGN §1)', { org: 'DABA', acts: ['d'], inPlaceOfAFinding: 'the gate refuses and says that no report is there' }, [
    codonopsis('DABA'),
  ], async ({ send, uri }) => {
    const { status, text } = await send('DABA', 'POST', '/api/v1/releases', { batch: uri('d'), decision: 'released', reason: '外观良好' }, 'head');
    assert.equal(status, 409);
    assert.match(text, /report/);
  }),
  cheat('picked-without-permit', '800 kg of wild 连翘, a protected herb, without plan or permit (FACTS §9.2)', { org: 'HEIGOU', acts: ['wild'], atLeast: 'note' }, [
    takenIn('wild', 'HEIGOU', on('08-24', '18:00'), 'wild-collection', 'lianqiao', 800, { form: 'fresh', grade: '青翘' }),
  ]),
  cheat('permit-long-expired', 'the permit ended two years before', { org: 'HEIGOU', acts: ['wild'], atLeast: 'note' }, [
    takenIn('wild', 'HEIGOU', on('08-25', '18:00'), 'wild-collection', 'lianqiao', 300, { form: 'fresh', grade: '青翘', permit: { number: '采药证（虚构）2023-004', validTo: '2024-12-31' } }),
  ]),
  cheat('imported-without-quarantine', 'roots from abroad without a quarantine certificate', { org: 'TONGDA', acts: ['import'], atLeast: 'note' }, [
    takenIn('import', 'TONGDA', on('06-18', '10:00'), 'import', 'ciwujia', 2_000, { form: 'dried', origin: { text: '俄罗斯滨海边疆区' }, seller: { organisationName: '某俄方公司' } }),
  ]),
  cheat('conforms-by-his-own-word', '"药材符合GAP要求" for goods no buyer ever audited (FACTS §9.12)', { org: 'SANCHA', acts: ['ticks'], inPlaceOfAFinding: 'nothing may be printed, and the answer says why (issue: conformity is not a certificate)' }, [
    codonopsis('SANCHA'),
    record('ticks', 'SANCHA', '/unified-seasons', on('07-20'), { baseId: '@base', herb: 'dangshen', year: 2026, scheme: 'six', ticks: [] }),
  ], async ({ send, code }) => {
    const { status, body, text } = await send('SANCHA', 'GET', `/api/v1/batches/${code('d')}/gap`);
    assert.equal(status, 200, text);
    assert.notEqual(body.mayPrint ?? body.may, true, text);
  }),
  cheat('weighed-by-a-dead-scale', 'a scale whose verification ended a year ago, at each purchase in favour of the house', { org: 'WUJIA', acts: ['scale', 'bought'] }, [
    standing('scale', 'WUJIA', '/scales', { name: '旧地磅', site: '@site', kind: 'weighbridge', division: { quantity: '20', unit: 'kg' }, capacity: { quantity: '30', unit: 't' }, calibratedOn: '2024-08-01', validUntil: '2025-07-31' }),
    takenIn('bought', 'WUJIA', on('09-16', '10:00'), 'purchase', 'huangqin', 6_000, { form: 'fresh', weighing: { scale: '@id/scale', gross: '6400', tare: '400' } }),
  ]),
  cheat('steamed-after-two-weeks', 'their own procedure says twelve hours; the 青翘 lay in a heap for sixteen days before it was steamed', { org: 'WUJIA', acts: ['steam'] }, [
    standing('sop', 'WUJIA', '/sops', { code: 'SOP-LQ-03', version: '1', title: '青翘蒸制规程', scope: 'processing', herb: 'lianqiao', from: '2024-03-01', pickedToProcessedHours: 12 }),
    plot('p', 'LINGSHANG', 20),
    crop('c', 'LINGSHANG', 'lianqiao', 'p', '2019-04-02', 'wild-tended', { grade: '青翘' }),
    harvest('f', 'LINGSHANG', 'c', on('08-18', '17:00'), 400),
    delivered('fresh', 'LINGSHANG', 'WUJIA', '08-19', [['f', 400]]),
    worked('steam', 'WUJIA', 'steaming', on('09-03', '14:00'), [['f', 400]], [['s', 396, { form: 'steamed' }]], { lost: [['steaming', 4]], body: { sop: '@id/sop' } }),
  ]),
];
