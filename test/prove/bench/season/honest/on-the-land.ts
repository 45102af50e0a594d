/** What is odd on honest land: hail, fruit dry on the branch, early counties, neighbours. */
import { crop, dayOf, dried, form, harvest, honest, kg, of, on, plot, record, standing, type Story, worked } from '../story';

const GREEN = { grade: '青翘' };
const OLD = { grade: '老翘' };

/** A slip at a station, in 斤. */
const slip = (name: string, picker: string, at: string, gross: string, more: object = {}) =>
  record(name, 'LINGSHANG', '/slips', at, { eventTime: at, site: '@site', crop: '@batch/c', grade: '青翘', picker: `@id/${picker}`, unit: '斤', gross, tare: '1.2', price: '3.20', ...more });
const heap = (name: string, day: string) => form(name, 'LINGSHANG', '/heaps', on(day, '22:30'), { site: '@site', crop: '@batch/c', grade: '青翘', day: dayOf(on(day)), code: `@batch/${name}` });
const matrine = (name: string) => standing(name, 'LINGSHANG', '/input-products', {
  name: `0.3%苦参碱水剂 ${name}（虚构）`, kind: 'pesticide', registrationNumber: `XUGOU-11-${name}`, ingredients: [{ name: '苦参碱' }], crops: [{ crop: '连翘', herb: 'lianqiao', target: '食心虫', safetyIntervalDays: 14 }],
});

export const HONEST_LAND: readonly Story[] = [
  honest('hail-year', 'hail in June took three quarters of the fruit', [
    plot('p', 'LINGSHANG', 20),
    crop('c', 'LINGSHANG', 'lianqiao', 'p', '2018-04-02', 'wild-tended', GREEN),
    record('hail', 'LINGSHANG', '/disasters', on('06-21'), { land: ['@id/p'], kind: 'hail', from: '2026-06-20', affectedMu: '18', lossPercent: 75, seen: '冰雹，青果打落' }),
    harvest('f', 'LINGSHANG', 'c', on('08-22', '17:00'), 255),
    dried('d', 'LINGSHANG', on('08-26', '17:00'), ['f', 255], 86),
  ]),
  honest('thin-year', 'a dry spring: a third of what such a field gives, and nobody wrote of a disaster', [
    plot('p', 'YUANSHANG', 10),
    crop('c', 'YUANSHANG', 'huangqin', 'p', '2023-04-06', 'seed'),
    harvest('f', 'YUANSHANG', 'c', on('09-25', '17:00'), 520),
    dried('d', 'YUANSHANG', on('10-04', '17:00'), ['f', 520], 178),
  ]),
  honest('bumper-year', 'nearly as much as anybody ever had from ten mu', [
    plot('p', 'LINGSHANG', 10),
    crop('c', 'LINGSHANG', 'lianqiao', 'p', '2016-04-02', 'wild-tended', GREEN),
    harvest('f', 'LINGSHANG', 'c', on('08-24', '17:00'), 5_600),
    dried('d', 'LINGSHANG', on('08-29', '17:00'), ['f', 5_600], 1_940),
  ]),
  honest('dry-on-the-branch', '老翘 of late November: 300 kg picked, 291 kg when "dried" (FACTS §9.6)', [
    plot('p', 'LINGSHANG', 30),
    crop('c', 'LINGSHANG', 'lianqiao', 'p', '2016-04-02', 'wild-tended', OLD),
    harvest('f', 'LINGSHANG', 'c', on('11-21', '16:00'), 300),
    dried('d', 'LINGSHANG', on('11-24', '16:00'), ['f', 300], 291),
  ]),
  honest('not-dried-at-all', '老翘 so dry that what was picked is what is stored', [
    plot('p', 'LINGSHANG', 30),
    crop('c', 'LINGSHANG', 'lianqiao', 'p', '2016-04-02', 'wild-tended', OLD),
    harvest('f', 'LINGSHANG', 'c', on('11-22', '16:00'), 210),
    dried('d', 'LINGSHANG', on('11-23', '16:00'), ['f', 210], 210),
  ]),
  honest('green-in-august-ripe-in-november', 'one slope gives 青翘 in August and 老翘 in November, each dried and put together with none of the other', [
    plot('p', 'LINGSHANG', 30),
    crop('c', 'LINGSHANG', 'lianqiao', 'p', '2016-04-02', 'wild-tended', GREEN),
    harvest('f', 'LINGSHANG', 'c', on('08-25', '17:00'), 300),
    dried('d', 'LINGSHANG', on('08-29', '17:00'), ['f', 300], 100),
    harvest('ripe', 'LINGSHANG', 'c', on('11-20', '16:00'), 120, { body: OLD }),
    dried('dry', 'LINGSHANG', on('11-24', '16:00'), ['ripe', 120], 110),
  ]),
  honest('seeds-fall-out', '老翘 loses its seeds in drying, and 连翘心 is a product of its own (FACTS §9.7)', [
    plot('p', 'LINGSHANG', 30),
    crop('c', 'LINGSHANG', 'lianqiao', 'p', '2016-04-02', 'wild-tended', OLD),
    harvest('f', 'LINGSHANG', 'c', on('10-14', '16:00'), 420),
    worked('d', 'LINGSHANG', 'drying', on('10-18', '16:00'), [['f', 420]], [['d', 262, { form: 'dried' }], ['seeds', 17, { form: 'seeds', role: 'co-product' }]], { lost: [['drying', 141]] }),
  ]),
  honest('wilted-in-the-sack', '青翘 that wilted for two days before it was weighed: half of it is dry matter (FACTS §9.6)', [
    plot('p', 'LINGSHANG', 20),
    crop('c', 'LINGSHANG', 'lianqiao', 'p', '2018-04-02', 'wild-tended', GREEN),
    harvest('f', 'LINGSHANG', 'c', on('08-23', '17:00'), 480),
    dried('d', 'LINGSHANG', on('08-26', '17:00'), ['f', 480], 242),
  ]),
  honest('early-and-watery', '青翘 of 20 July in a county without a notice: 4.2 to 1 (FACTS §9.5)', [
    plot('p', 'TITIAN', 15),
    crop('c', 'TITIAN', 'lianqiao', 'p', '2018-04-02', 'wild-tended', GREEN),
    harvest('f', 'TITIAN', 'c', on('07-20', '17:00'), 420),
    dried('d', 'TITIAN', on('07-24', '17:00'), ['f', 420], 100),
  ]),
  honest('county-opened-early', 'the county opened on 15 July, they picked on the 16th (FACTS §9.5)', [
    plot('p', 'LINGSHANG', 15),
    crop('c', 'LINGSHANG', 'lianqiao', 'p', '2018-04-02', 'wild-tended', GREEN),
    record('notice', 'LINGSHANG', '/opening-notices', on('07-08'), { region: '141026', herb: 'lianqiao', grade: '青翘', from: '2026-07-15', number: '安政告〔2026〕虚构 9 号', source: '县政府网站（虚构）' }),
    harvest('f', 'LINGSHANG', 'c', on('07-16', '17:00'), 330),
  ]),
  honest('two-rounds', 'green fruit in August, what ripened on the same bushes in October', [
    plot('p', 'LINGSHANG', 40),
    crop('c', 'LINGSHANG', 'lianqiao', 'p', '2016-04-02', 'wild-tended', GREEN),
    harvest('green', 'LINGSHANG', 'c', on('08-20', '17:00'), 700),
    harvest('old', 'LINGSHANG', 'c', on('10-16', '17:00'), 260, { body: OLD }),
  ]),
  honest('interval-kept', 'sprayed with what is registered, picked long after the interval', [
    plot('p', 'LINGSHANG', 8),
    matrine('A'),
    record('bought', 'LINGSHANG', '/input-lots', on('05-20'), { product: '@id/A', supplier: '某农资店', boughtOn: '2026-05-20', quantity: '5', unit: 'L' }),
    crop('c', 'LINGSHANG', 'lianqiao', 'p', '2019-04-02', 'wild-tended', GREEN),
    form('spraying', 'LINGSHANG', '/field-work', on('06-10', '07:00'), { crop: '@batch/c', work: 'plant-protection', inputsUsed: [{ lot: '@id/bought', quantity: '1.5', unit: 'L' }] }),
    harvest('f', 'LINGSHANG', 'c', on('08-20', '17:00'), 210),
    record('left', 'LINGSHANG', '/input-counts', on('09-30'), { lot: '@id/bought', kind: 'left', on: '2026-09-30', quantity: '2.5', unit: 'L', note: '季末盘点' }),
    record('returned', 'LINGSHANG', '/input-counts', on('09-30', '10:00'), { lot: '@id/bought', kind: 'returned', on: '2026-09-30', quantity: '1', unit: 'L', note: '整瓶退回' }),
  ]),
  honest('on-the-first-day', 'picked on the very day on which the interval of fourteen days is over', [
    plot('p', 'LINGSHANG', 8),
    matrine('B'),
    record('bought', 'LINGSHANG', '/input-lots', on('07-10'), { product: '@id/B', supplier: '某农资店', boughtOn: '2026-07-10', quantity: '2', unit: 'L' }),
    crop('c', 'LINGSHANG', 'lianqiao', 'p', '2019-04-02', 'wild-tended', GREEN),
    form('spraying', 'LINGSHANG', '/field-work', on('08-07', '07:00'), { crop: '@batch/c', work: 'plant-protection', inputsUsed: [{ lot: '@id/bought', quantity: '2', unit: 'L' }] }),
    harvest('f', 'LINGSHANG', 'c', on('08-21', '17:00'), 200),
  ]),
  honest('bought-and-used-in-one-day', 'bought in the morning, used in the evening, and the invoice typed in a week later', [
    plot('p', 'LINGSHANG', 8),
    matrine('C'),
    crop('c', 'LINGSHANG', 'lianqiao', 'p', '2019-04-02', 'wild-tended', GREEN),
    record('bought', 'LINGSHANG', '/input-lots', on('06-21'), { product: '@id/C', supplier: '某农资店', boughtOn: '2026-06-14', quantity: '2', unit: 'L' }),
    form('spraying', 'LINGSHANG', '/field-work', on('06-14', '18:00'), { crop: '@batch/c', work: 'plant-protection', inputsUsed: [{ lot: '@id/bought', quantity: '2', unit: 'L' }] }, { written: on('06-21', '20:00') }),
    harvest('f', 'LINGSHANG', 'c', on('08-21', '17:00'), 190),
  ]),
  honest('dung-and-weeding', 'fertilised with dung, weeded, and the weeding remembered nine days later', [
    plot('p', 'FENAN', 6),
    crop('c', 'FENAN', 'dihuang', 'p', '2026-04-12', 'division'),
    form('dung', 'FENAN', '/field-work', on('06-08', '08:00'), { crop: '@batch/c', work: 'fertilising', inputsUsed: [{ product: '腐熟羊粪有机肥', kind: 'fertiliser', quantity: '900', unit: 'kg', purpose: '追肥' }] }),
    form('weeding', 'FENAN', '/field-work', on('06-18', '16:00'), { crop: '@batch/c', work: 'weeding' }, { written: on('06-27', '20:15') }),
    harvest('f', 'FENAN', 'c', on('10-20', '17:00'), 9_000),
    dried('d', 'FENAN', on('10-29', '17:00'), ['f', 9_000], 2_000),
  ]),
  honest('measured-along-the-slope', 'a thousand mu on the ground are 866 on the map: the slope is steep (FACTS §9.16)', [
    standing('p', 'LINGSHANG', '/tending-areas', { baseId: '@base', name: '陡坡', layer: 'understorey', fromYear: 2015, boundary: '@square/866/p', datum: 'WGS-84', declaredMu: '1000', muMeasure: 'ground', slopeDegrees: 30 }),
    crop('c', 'LINGSHANG', 'lianqiao', 'p', '2015-04-02', 'wild-tended', GREEN),
    harvest('f', 'LINGSHANG', 'c', on('08-25', '17:00'), 4_100),
  ]),
  honest('drawn-on-a-chinese-map', 'the outline comes from a map in GCJ-02 and was measured anew by GPS (FACTS §9.16)', [
    plot('p', 'TITIAN', 14, { datum: 'GCJ-02' }),
    crop('c', 'TITIAN', 'dangshen', 'p', '2023-04-11', 'seedling'),
    harvest('f', 'TITIAN', 'c', on('09-28', '17:00'), 4_300),
    dried('d', 'TITIAN', on('10-10', '17:00'), ['f', 4_300], 1_450),
  ]),
  honest('old-garden', '仿野生黄芪 that is as old as it is said to be', [
    plot('p', 'TITIAN', 18),
    crop('c', 'TITIAN', 'huangqi', 'p', '2020-04-18', 'wild-imitated'),
    harvest('f', 'TITIAN', 'c', on('10-18', '17:00'), 3_000, { body: { growthYears: 6 } }),
    dried('d', 'TITIAN', on('10-30', '17:00'), ['f', 3_000], 1_130),
  ]),
  honest('dug-in-spring', '黄芪 dug in April, before it sprouts: two and a half years, claimed as two', [
    plot('p', 'TITIAN', 10),
    crop('c', 'TITIAN', 'huangqi', 'p', '2023-10-10', 'seedling'),
    harvest('f', 'TITIAN', 'c', on('04-05', '17:00'), 6_000, { body: { growthYears: 2 } }),
    dried('d', 'TITIAN', on('04-20', '17:00'), ['f', 6_000], 2_100),
  ]),
  honest('own-seed', 'seed of own mother plants, sown, and grown on into roots', [
    plot('p', 'TITIAN', 10),
    plot('m', 'TITIAN', 2),
    crop('mothers', 'TITIAN', 'dangshen', 'm', '2020-04-11', 'seedling', { purpose: 'mother-plants' }),
    form('seed', 'TITIAN', '/propagations', on('2022-10-05'), { way: 'seed-harvest', mothers: ['@batch/mothers'], outputs: [{ form: 'seed', quantity: '25', unit: 'kg', code: '@batch/seed' }] }),
    crop('c', 'TITIAN', 'dangshen', 'p', '2023-04-11', 'seed', { lots: [of('seed', 20)] }),
    harvest('f', 'TITIAN', 'c', on('09-29', '17:00'), 3_600),
  ]),
  honest('an-evening-at-the-station', 'some bring forty 斤 and some a hundred and forty', [
    plot('p', 'LINGSHANG', 80),
    crop('c', 'LINGSHANG', 'lianqiao', 'p', '2016-04-02', 'wild-tended', GREEN),
    [1, 2, 3, 4].map((n) => standing(`picker-${n}`, 'LINGSHANG', '/pickers', { kind: 'household', name: `虚构户 ${n}` })),
    ['86.4', '61.2', '141.8', '97.8', '42.6', '91.2'].map((gross, i) => slip(`slip-${i + 1}`, `picker-${(i % 4) + 1}`, on('08-20', `19:${10 + i * 5}`), gross)),
    heap('heap', '08-20'),
  ]),
  honest('after-midnight', 'the last sacks are weighed at half past midnight and count to the evening', [
    plot('p', 'LINGSHANG', 80),
    crop('c', 'LINGSHANG', 'lianqiao', 'p', '2016-04-02', 'wild-tended', GREEN),
    standing('picker', 'LINGSHANG', '/pickers', { kind: 'member', name: '虚构社员 甲' }),
    slip('before', 'picker', on('08-23', '21:30'), '77.2'),
    slip('after', 'picker', on('08-24', '00:30'), '80.2', { day: '2026-08-23' }),
    form('heap', 'LINGSHANG', '/heaps', on('08-24', '01:10'), { site: '@site', crop: '@batch/c', grade: '青翘', day: '2026-08-23', code: '@batch/heap' }),
  ]),
  honest('corrected-slip', 'a slip misread by a line is put right after the heap was closed', [
    plot('p', 'LINGSHANG', 80),
    crop('c', 'LINGSHANG', 'lianqiao', 'p', '2016-04-02', 'wild-tended', GREEN),
    standing('picker', 'LINGSHANG', '/pickers', { kind: 'member', name: '虚构社员 乙' }),
    slip('one', 'picker', on('08-26', '19:10'), '68.4'),
    slip('two', 'picker', on('08-26', '19:20'), '86.4'),
    heap('heap', '08-26'),
    record('correct', 'LINGSHANG', '/slips/@id/one/correction', on('08-27', '08:00'), {
      reason: '看错磅', replacement: { eventTime: on('08-26', '19:10'), site: '@site', crop: '@batch/c', grade: '青翘', picker: '@id/picker', unit: '斤', gross: '86.8', tare: '1.2', price: '3.20' },
    }),
  ]),
  honest('two-slips-that-look-alike', 'two households bring the same weight in one evening, and one of them twice', [
    plot('p', 'LINGSHANG', 80),
    crop('c', 'LINGSHANG', 'lianqiao', 'p', '2016-04-02', 'wild-tended', GREEN),
    [1, 2].map((n) => standing(`picker-${n}`, 'LINGSHANG', '/pickers', { kind: 'household', name: `虚构户 ${n + 4}` })),
    slip('one', 'picker-1', on('08-28', '19:10'), '81.2', { slipNumber: 'No.004401' }),
    slip('two', 'picker-2', on('08-28', '19:14'), '81.2', { slipNumber: 'No.004402' }),
    slip('three', 'picker-1', on('08-28', '19:50'), '81.2', { slipNumber: 'No.004403' }),
    heap('heap', '08-28'),
  ]),
  honest('a-digit-too-many', '4,200 kg typed for 420, put right the same night', [
    plot('p', 'LINGSHANG', 25),
    crop('c', 'LINGSHANG', 'lianqiao', 'p', '2018-04-02', 'wild-tended', GREEN),
    harvest('f', 'LINGSHANG', 'c', on('08-25', '17:00'), 42_000),
    record('correct', 'LINGSHANG', '/events/@id/f/correction', on('08-25', '21:00'), { reason: '多输入两位', replacement: { eventTime: on('08-25', '17:00'), crop: '@batch/c', ...kg(420), code: '@batch/f' } }),
    dried('d', 'LINGSHANG', on('08-29', '17:00'), ['f', 420], 140),
  ]),
  honest('a-few-ripe-among-the-green', 'a handful of ripe fruit sorted out of green ones in late September', [
    plot('p', 'LINGSHANG', 25),
    crop('c', 'LINGSHANG', 'lianqiao', 'p', '2016-04-02', 'wild-tended', GREEN),
    harvest('f', 'LINGSHANG', 'c', on('09-20', '17:00'), 300),
    form('grade', 'LINGSHANG', '/gradings', on('09-21', '10:00'), { batch: '@batch/f', outputs: [{ grade: '青翘', ...kg(288), code: '@batch/green' }, { grade: '黄翘', ...kg(12), code: '@batch/yellow' }] }),
  ]),
  honest('rested-last-year', 'the slope rested in 2025 and is picked in 2026', [
    plot('p', 'LINGSHANG', 25),
    record('resting', 'LINGSHANG', '/rotation-plans', on('2025-01-10'), { baseId: '@base', year: 2025, resting: ['@id/p'] }),
    crop('c', 'LINGSHANG', 'lianqiao', 'p', '2016-04-02', 'wild-tended', GREEN),
    harvest('f', 'LINGSHANG', 'c', on('08-22', '17:00'), 520),
  ]),
];
