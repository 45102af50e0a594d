/** What is odd about honest papers, phones, and trade: two laboratories, late phones, torn bags, returned goods. */
import assert from 'node:assert/strict';
import { EPCIS_CONTEXT } from '../../field';
import { CODONOPSIS, GREEN, SCUTELLARIA } from '../papers';
import { crop, delivered, dried, form, harvest, honest, type Json, kg, of, on, plot, received, record, reported, shipped, standing, type Story, takenIn, unlucky, worked } from '../story';

/** A phone of the hills that has no network for two weeks. */
const PHONE = { phone: 'ridge' };
const scutellaria = (kilograms = 310, more: object = {}) => [
  plot('p', 'YUANSHANG', 20), crop('c', 'YUANSHANG', 'huangqin', 'p', '2023-04-06', 'seed'), harvest('f', 'YUANSHANG', 'c', on('09-21', '17:00'), kilograms * 3, more), dried('d', 'YUANSHANG', on('10-01', '17:00'), ['f', kilograms * 3], kilograms, more),
];
const STANDARD = '《中国药典》黄芩项';
const told = (type: string, eventID: string, eventTime: string, more: Json): Json => ({ '@context': EPCIS_CONTEXT, type, eventID, eventTime, eventTimeZoneOffset: '+08:00', ...more });
const kgs = (batch: string, quantity: number) => ({ epcClass: `@uri/${batch}`, quantity, uom: 'KGM' });

export const HONEST_PAPERS_AND_TRADE: readonly Story[] = [
  honest('two-laboratories', 'two laboratories test one lot and find a little different values', [
    scutellaria(),
    reported('one', 'YUANSHANG', 'd', '10-05', { lab: 'JIANCE', number: 'JC-1201', standard: STANDARD, found: SCUTELLARIA('11.2') }),
    reported('other', 'YUANSHANG', 'd', '10-06', { lab: 'BEIYAO', number: 'BY-0301', standard: STANDARD, found: SCUTELLARIA('10.6') }),
  ]),
  honest('like-results-of-like-lots', 'two lots of one field come out nearly, and in one item exactly, the same', [
    scutellaria(),
    harvest('f2', 'YUANSHANG', 'c', on('09-23', '17:00'), 800), dried('d2', 'YUANSHANG', on('10-03', '17:00'), ['f2', 800], 268),
    reported('one', 'YUANSHANG', 'd', '10-05', { lab: 'JIANCE', number: 'JC-1202', standard: STANDARD, found: SCUTELLARIA('11.1') }),
    reported('other', 'YUANSHANG', 'd2', '10-05', { lab: 'JIANCE', number: 'JC-1203', standard: STANDARD, found: SCUTELLARIA('11.3') }),
  ]),
  unlucky('failed-and-burnt', 'too much sulphur dioxide: the co-operative reads it and burns the lot', ['report-failed'], [
    plot('p', 'TITIAN', 12), crop('c', 'TITIAN', 'dangshen', 'p', '2023-04-11', 'seedling'), harvest('f', 'TITIAN', 'c', on('09-24', '17:00'), 300), dried('d', 'TITIAN', on('10-06', '17:00'), ['f', 300], 100),
    reported('d', 'TITIAN', 'd', '10-10', { lab: 'JIANCE', number: 'JC-1211', standard: '《中国药典》党参项', found: CODONOPSIS('520', 'fail'), verdict: 'fail' }),
    form('burn', 'TITIAN', '/destructions', on('10-14', '10:00'), { lines: [of('d', 99.5)], witness: '@person', reason: '检验不符合规定', method: 'burning' }),
  ]),
  unlucky('failed-and-sent-back', 'the factory tests what it received, it fails, and goes back to whom it came from', ['report-failed'], [
    scutellaria(),
    delivered('there', 'YUANSHANG', 'HUIPAN', '10-14', [['d', 300]]),
    reported('d', 'HUIPAN', 'd', '10-17', { lab: 'BEIYAO', number: 'BY-0311', standard: STANDARD, found: SCUTELLARIA('8.1', 'fail'), verdict: 'fail' }),
    delivered('back', 'HUIPAN', 'YUANSHANG', '10-20', [['d', 299.5]]),
  ]),
  unlucky('damp-and-dried-again', 'water 13.1 of 12.0: dried once more, tested once more, and passed', ['report-failed', 'made-of-failed'], [
    scutellaria(),
    reported('d', 'YUANSHANG', 'd', '10-05', { lab: 'JIANCE', number: 'JC-1212', standard: STANDARD, found: [['水分', '13.1', '%', '不得过 12.0%', 'fail']], verdict: 'fail' }),
    dried('again', 'YUANSHANG', on('10-09', '17:00'), ['d', 309.5], 304),
    reported('again', 'YUANSHANG', 'again', '10-12', { lab: 'JIANCE', number: 'JC-1213', standard: STANDARD, found: SCUTELLARIA() }),
    delivered('lot', 'YUANSHANG', 'HUIPAN', '10-15', [['again', 303]]),
  ]),
  unlucky('not-to-be-said-at-first', 'the laboratory could not conclude for want of a reference substance, and did a week later', ['report-undetermined'], [
    scutellaria(),
    reported('first', 'YUANSHANG', 'd', '10-05', { lab: 'BEIYAO', number: 'BY-0312', standard: STANDARD, found: [['黄芩苷', '无法测定', undefined, '不得少于 9.0%', 'undetermined']], verdict: 'undetermined' }),
    reported('second', 'YUANSHANG', 'd', '10-12', { lab: 'BEIYAO', number: 'BY-0313', standard: STANDARD, found: SCUTELLARIA('10.9') }),
  ]),
  honest('held-and-let-go', 'held while a doubt was looked into, lifted, and then shipped', [
    takenIn('goods', 'HUIPAN', on('06-04', '10:00'), 'purchase', 'baizhu', 150, { form: 'dried', seller: { organisationName: '某药材公司' } }),
    record('hold', 'HUIPAN', '/holds', on('06-10', '10:00'), { batch: '@batch/goods', reason: '待查' }, { by: 'head' }),
    record('lift', 'HUIPAN', '/holds/@id/hold/lifting', on('06-14', '10:00'), { reason: '查清' }, { by: 'head' }),
    delivered('goods', 'HUIPAN', 'PINGYANG', '06-16', [['goods', 150]]),
  ]),
  honest('sold-on-its-last-day', 'packs sold on the last day they are good', [
    takenIn('pieces', 'HUIPAN', on('2024-08-30', '10:00'), 'purchase', 'huangqi', 10, { form: 'slices' }),
    form('pack', 'HUIPAN', '/packing', on('2024-09-02', '10:00'), { inputs: [of('pieces', 10)], pieces: 100, netContent: { quantity: '100', unit: 'g' }, lotNumber: '20240902', expiryDate: '2026-09-01', code: '@batch/packs' }),
    form('sale', 'HUIPAN', '/sales', on('09-01', '16:00'), { lines: [{ batch: '@batch/packs', quantity: 40, unit: '袋' }], price: '900.00' }),
  ]),
  honest('report-put-right', 'the laboratory misprinted the sampled quantity, amends it, and the verdict stays', [
    scutellaria(),
    reported('first', 'YUANSHANG', 'd', '10-05', { lab: 'JIANCE', number: 'JC-1204', standard: STANDARD, found: SCUTELLARIA() }),
    reported('again', 'YUANSHANG', 'd', '10-08', { lab: 'JIANCE', number: 'JC-1204-1', sampleNumber: 'YP-JC-1204', standard: STANDARD, found: SCUTELLARIA(), unsampled: true, more: { supersedes: '@id/report first', remarks: '更正抽样量' } }),
  ]),
  honest('sampled-days-before', 'the sample lay a week at the laboratory', [
    scutellaria(),
    reported('d', 'YUANSHANG', 'd', '10-14', { lab: 'BEIYAO', number: 'BY-0302', standard: STANDARD, found: SCUTELLARIA('10.9'), sampledOn: '10-06' }),
  ]),
  honest('just-below-the-limit', 'sulphur dioxide 392 of 400: smoked by the village, and allowed', [
    plot('p', 'TITIAN', 12), crop('c', 'TITIAN', 'dangshen', 'p', '2023-04-11', 'seedling'), harvest('f', 'TITIAN', 'c', on('09-24', '17:00'), 900), dried('d', 'TITIAN', on('10-06', '17:00'), ['f', 900], 300),
    reported('d', 'TITIAN', 'd', '10-10', { lab: 'JIANCE', number: 'JC-1205', standard: '《中国药典》党参项', found: CODONOPSIS('392') }),
  ]),
  honest('old-fruit-by-its-own-limit', '老翘 tested by the limit of 老翘', [
    plot('p', 'LINGSHANG', 30), crop('c', 'LINGSHANG', 'lianqiao', 'p', '2016-04-02', 'wild-tended', { grade: '老翘' }), harvest('f', 'LINGSHANG', 'c', on('10-15', '16:00'), 320), dried('d', 'LINGSHANG', on('10-19', '16:00'), ['f', 320], 221),
    reported('d', 'LINGSHANG', 'd', '10-23', { lab: 'JIANCE', number: 'JC-1206', standard: '《中国药典》连翘项 老翘', found: GREEN({ impurities: '2', extract: '31.0', ester: ['0.9', '不得少于 0.25%'] }) }),
  ]),
  honest('retained-and-brought-back', 'a sample is retained, and what the test did not need comes back', [
    scutellaria(),
    form('retain', 'YUANSHANG', '/samples', on('10-04', '10:00'), { lines: [of('d', 0.5)], kind: 'retained', retained: { place: '留样柜', until: '2029-10-04' } }),
    form('draw', 'YUANSHANG', '/samples', on('10-04', '11:00'), { lines: [of('d', 1)] }),
    form('back', 'YUANSHANG', '/sample-returns', on('10-09', '11:00'), { lines: [of('d', 0.4)] }),
  ]),
  honest('wild-with-permit', 'collected in the wild with plan and permit', [
    takenIn('wild', 'LINXIA', on('08-24', '18:00'), 'wild-collection', 'lianqiao', 160, { form: 'fresh', grade: '青翘', permit: { number: '采药证（虚构）2026-017', plan: '县 2026 年野生药材采集计划', issuer: '县林业局', validTo: '2026-12-31' } }),
  ]),
  honest('imported-with-papers', 'roots from abroad, with their quarantine certificate', [
    takenIn('import', 'LINXIA', on('06-20', '10:00'), 'import', 'ciwujia', 900, { form: 'dried', origin: { text: '俄罗斯滨海边疆区' }, quarantineNumber: '126000126000001', seller: { organisationName: '某俄方公司' }, papers: [{ kind: 'quarantine', number: '126000126000001' }] }),
  ]),
  honest('from-another-province', 'bought in 甘肃 with all papers', [
    takenIn('gansu', 'LINXIA', on('10-22', '10:00'), 'other-province', 'huangqi', 700, { form: 'dried', origin: { regionCode: '620000', text: '甘肃定西' }, year: 2026, seller: { organisationName: '某药材公司' }, papers: [{ kind: 'origin', number: 'DX-1' }] }),
  ]),
  honest('old-stock', 'a firm joins with 300 kg of the year before on its shelves', [
    takenIn('stock', 'HUIPAN', on('03-02', '10:00'), 'opening-stock', 'huangqin', 300, { form: 'slices', year: 2025 }),
    delivered('stock', 'HUIPAN', 'GULOU', '04-10', [['stock', 20]]),
  ]),
  honest('read-by-hand', 'twice a week somebody reads the thermometer, and it is never the same', [
    takenIn('goods', 'HUIPAN', on('08-28', '10:00'), 'opening-stock', 'renshen', 20, { form: 'dried' }),
    [['09-02', '19.5', '61'], ['09-05', '18.0', '58'], ['09-09', '20.5', '66'], ['09-12', '17.5', '55'], ['09-16', '18.5', '59'], ['09-19', '16.0', '52'], ['09-23', '17.0', '57'], ['09-27', '15.5', '49']].map(([day, t, rh], i) =>
      form(`reading-${i + 1}`, 'HUIPAN', '/upkeep', on(day as string, `0${8 + (i % 2)}:${10 + 3 * i}`), { site: '@site', measures: ['inspection', 'pest-check'], batches: ['@batch/goods'], reading: { temperatureCelsius: t, humidityPercent: rh, source: 'manual' }, result: 'good' })),
  ]),
  honest('read-when-there-was-time', 'two readings of one day copied from the paper on the wall three days later', [
    takenIn('goods', 'HUIPAN', on('08-28', '11:00'), 'opening-stock', 'renshen', 20, { form: 'dried' }),
    ['09-03', '09-04', '09-05'].map((day, i) => form(`reading-${i + 1}`, 'HUIPAN', '/upkeep', on(day, '09:00'), {
      site: '@site', measures: ['inspection'], batches: ['@batch/goods'], reading: { temperatureCelsius: ['18.0', '18.5', '18.0'][i], humidityPercent: ['57', '57', '59'][i], source: 'manual' }, result: 'good',
    }, { written: on('09-06', `20:1${i}`) })),
  ]),
  honest('late-phone', 'the harvests of a ridge without network arrive two weeks after the town has shipped them', [
    plot('p', 'LINGSHANG', 30),
    crop('c', 'LINGSHANG', 'lianqiao', 'p', '2017-04-02', 'wild-tended', { grade: '青翘' }),
    harvest('f1', 'LINGSHANG', 'c', on('08-19', '17:00'), 240, PHONE),
    harvest('f2', 'LINGSHANG', 'c', on('08-20', '17:00'), 260, PHONE),
    delivered('both', 'LINGSHANG', 'LINXIA', '08-21', [['f1', 240], ['f2', 260]]),
    dried('d', 'LINXIA', on('08-25', '17:00'), ['f1', 240], 82),
  ]),
  honest('late-phone-with-everything', 'crop, harvest and drying of a far valley all come late, and the lorry’s driver was faster', [
    plot('p', 'YUANSHANG', 10),
    { ...crop('c', 'YUANSHANG', 'huangqin', 'p', '2023-04-06', 'seed'), phone: 'valley' },
    harvest('f', 'YUANSHANG', 'c', on('09-18', '17:00'), 600, { phone: 'valley' }),
    dried('d', 'YUANSHANG', on('09-28', '17:00'), ['f', 600], 205, { phone: 'valley' }),
    delivered('lot', 'YUANSHANG', 'HUIPAN', '09-30', [['d', 205]]),
    worked('slice', 'HUIPAN', 'slicing', on('10-02', '10:00'), [['d', 205]], [['s', 198, { form: 'slices' }]], { lost: [['slicing', 7]] }),
  ]),
  honest('clock-three-minutes-slow', 'the phone’s clock runs behind: written down "before" it happened', [
    plot('p', 'LINGSHANG', 10),
    crop('c', 'LINGSHANG', 'lianqiao', 'p', '2017-04-02', 'wild-tended', { grade: '青翘' }),
    harvest('f', 'LINGSHANG', 'c', on('08-22', '17:00'), 180, { written: on('08-22', '16:57'), phone: 'slow' }),
  ]),
  honest('receipt-before-shipment', 'the buyer’s clerk is quicker than the seller’s: the shipment is written down two days later', [
    scutellaria(),
    shipped('ship', 'YUANSHANG', 'HUIPAN', on('10-08', '07:30'), [['d', 300]], { written: on('10-10', '19:00') }),
    received('receive', 'HUIPAN', 'YUANSHANG', on('10-08', '15:00'), [['d', 300]]),
  ]),
  honest('one-minute-apart', 'goods leave at 14:00 by the seller’s clock and arrive next door at 14:01', [
    scutellaria(),
    shipped('ship', 'YUANSHANG', 'HUIPAN', on('10-09', '14:00'), [['d', 300]]),
    received('receive', 'HUIPAN', 'YUANSHANG', on('10-09', '14:01'), [['d', 300]]),
  ]),
  honest('lorry-that-broke-down', 'shipped, not gone, voided, and shipped the next day', [
    scutellaria(),
    shipped('ship', 'YUANSHANG', 'HUIPAN', on('10-10', '07:30'), [['d', 305]]),
    form('void', 'YUANSHANG', '/shipments/@id/ship/void', on('10-10', '11:00'), { reason: '车辆故障，未出库' }),
    delivered('again', 'YUANSHANG', 'HUIPAN', '10-11', [['d', 305]]),
  ]),
  honest('wet-bag', 'one bag is wet, rejected, and shipped back', [
    scutellaria(),
    shipped('ship', 'YUANSHANG', 'HUIPAN', on('10-12', '07:30'), [['d', 300]]),
    received('receive', 'HUIPAN', 'YUANSHANG', on('10-12', '15:00'), [['d', 275, { rejected: { ...kg(25), reason: '一袋受潮' } }]]),
  ]),
  honest('all-of-it-back', 'the buyer ships back what it does not want', [
    scutellaria(),
    delivered('there', 'YUANSHANG', 'HUIPAN', '10-13', [['d', 300]]),
    delivered('back', 'HUIPAN', 'YUANSHANG', '10-20', [['d', 300]]),
  ]),
  honest('unopened-and-back', 'a customer brings back five unopened packs', [
    takenIn('packs', 'GULOU', on('03-10', '10:00'), 'opening-stock', 'huangqin', 10, { form: 'slices' }),
    form('sale', 'GULOU', '/sales', on('05-03', '10:00'), { lines: [of('packs', 2)], price: '120.00' }),
    form('back', 'GULOU', '/returns', on('05-05', '10:00'), { sale: '@id/sale', lines: [of('packs', 0.5)], reason: '多买', state: 'unopened' }),
  ]),
  honest('waited-and-decided', 'put in quarantine, decided on, moved, and shipped', [
    standing('quarantine', 'HUIPAN', '/zones', { site: '@site', zone: 'quarantine', name: '待验区' }),
    standing('qualified', 'HUIPAN', '/zones', { site: '@site', zone: 'qualified', name: '合格区' }),
    takenIn('goods', 'HUIPAN', on('05-06', '10:00'), 'purchase', 'baishao', 200, { form: 'dried', seller: { organisationName: '某药材公司' } }),
    form('put', 'HUIPAN', '/storage', on('05-06', '11:00'), { site: '@id/quarantine', lines: [of('goods', 200)] }),
    form('decide', 'HUIPAN', '/zone-decisions', on('05-12', '10:00'), { from: '@id/quarantine', to: '@id/qualified', lines: [of('goods', 200)], basis: '检验报告符合规定' }, { by: 'head' }),
    form('ship', 'HUIPAN', '/shipments', on('05-20', '08:00'), { site: '@id/qualified', to: { organisation: 'PINGYANG' }, lines: [of('goods', 60)] }),
    received('receive', 'PINGYANG', 'HUIPAN', on('05-20', '15:00'), [['goods', 60]]),
  ]),
  honest('boiled-and-thrown-away', 'herbs are boiled with water, the residue goes to compost', [
    takenIn('slices', 'PINGYANG', on('06-01', '10:00'), 'purchase', 'huangqin', 200, { form: 'slices' }),
    worked('extract', 'PINGYANG', 'extraction', on('06-08', '20:00'), [['slices', 200]], [['liquid', 1_400, { form: 'extract-liquid' }], ['residue', 380, { form: 'residue', role: 'waste' }]], { added: [['水', 1_600, true]], lost: [['evaporation', 20]] }),
    worked('thicken', 'PINGYANG', 'concentration', on('06-09', '10:00'), [['liquid', 1_400]], [['thick', 180, { form: 'thick-extract' }]], { lost: [['evaporation', 1_220]] }),
    form('removed', 'PINGYANG', '/waste-removals', on('06-10', '10:00'), { lines: [of('residue', 380)], destination: 'compost' }),
  ]),
  honest('siftings-destroyed', 'what was sieved out is destroyed before a witness', [
    takenIn('raw', 'HUIPAN', on('05-20', '10:00'), 'purchase', 'chaihu', 400, { form: 'dried' }),
    worked('clean', 'HUIPAN', 'cleaning', on('05-21', '10:00'), [['raw', 400]], [['pieces', 388, { form: 'pieces' }], ['dust', 11, { form: 'fines', role: 'waste' }]], { lost: [['dust', 1]] }),
    form('burn', 'HUIPAN', '/destructions', on('05-22', '10:00'), { lines: [of('dust', 11)], witness: '@person', reason: '灰渣', method: 'composting' }),
  ]),
  honest('same-lot-number', 'two firms print the same lot number on different goods', [
    takenIn('one', 'LINXIA', on('05-01', '10:00'), 'purchase', 'danshen', 50, { form: 'dried', lotNumber: '20260501' }),
    takenIn('other', 'HUIPAN', on('05-01', '10:00'), 'purchase', 'danshen', 70, { form: 'dried', lotNumber: '20260501' }),
  ]),
  honest('told-by-a-system', 'the co-operative’s own system tells of harvest and drying as events, two weeks late', [
    record('harvest', 'YUANSHANG', '/epcis/events', on('09-15', '17:00'), told('ObjectEvent', 'urn:example:season:system-harvest', on('09-15', '17:00'), { action: 'ADD', bizStep: 'commissioning', quantityList: [kgs('fresh', 300)] }), { phone: 'system' }),
    record('drying', 'YUANSHANG', '/epcis/events', on('09-25', '17:00'), told('TransformationEvent', 'urn:example:season:system-drying', on('09-25', '17:00'), { bizStep: 'creating_class_instance', inputQuantityList: [kgs('fresh', 300)], outputQuantityList: [kgs('dry', 102)] }), { phone: 'system' }),
  ]),
  honest('victim-of-a-claim', 'nothing is held against whom a stranger talks about', [
    scutellaria(),
    record('claim', 'TONGDA', '/epcis/events', on('10-09'), told('ObjectEvent', 'urn:example:season:talk', on('10-09'), { action: 'OBSERVE', bizStep: 'destroying', quantityList: [kgs('d', 310)] })),
  ], async ({ holdings }) => assert.deepEqual(await holdings('d'), ['YUANSHANG available 310 0'])),
];
