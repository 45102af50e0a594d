/** Cheats on the land: picked too early, older than it is, more than grows, sprayed. */
import { cheat, crop, dayOf, dried, form, harvest, kg, on, plot, record, reported, shipped, standing, type Story, worked } from '../story';
import { GREEN } from '../papers';

export const ON_THE_LAND: readonly Story[] = [
  cheat('picked-before-the-notice', '抢青: the county opened on 15 July, they picked on 28 June (FACTS §7.5, §9.5)', { org: 'HEIGOU', acts: ['early'], atLeast: 'note' }, [
    plot('p', 'HEIGOU', 30),
    crop('c', 'HEIGOU', 'lianqiao', 'p', '2019-04-02', 'wild-tended', { grade: '青翘' }),
    record('notice', 'HEIGOU', '/opening-notices', on('07-08'), { region: '141026', herb: 'lianqiao', grade: '青翘', from: '2026-07-15', number: '安政告〔2026〕虚构 9 号', source: '县政府网站（虚构）' }),
    harvest('early', 'HEIGOU', 'c', on('06-28', '17:00'), 640),
  ]),
  cheat('older-than-planted', '仿野生黄芪 claimed to be six years old, planted two years before (FACTS §7.5)', { org: 'DABA', acts: ['c', 'old-roots'] }, [
    plot('p', 'DABA', 12),
    crop('c', 'DABA', 'huangqi', 'p', '2024-04-18', 'wild-imitated'),
    harvest('old-roots', 'DABA', 'c', on('10-20', '16:00'), 1500, { body: { growthYears: 6 } }),
    dried('d', 'DABA', on('11-04', '17:00'), ['old-roots', 1500], 560),
  ]),
  cheat('dug-before-it-was-planted', 'roots of a field that was planted a month after they were dug', { org: 'DABA', acts: ['c', 'dug'] }, [
    plot('p', 'DABA', 12),
    crop('c', 'DABA', 'huangqin', 'p', '2026-09-28', 'seedling'),
    harvest('dug', 'DABA', 'c', on('08-30', '16:00'), 1500),
  ]),
  cheat('more-than-grows', '20 t of 连翘 from ten mu: laundered for neighbours without papers (FACTS §7.6)', { org: 'HEIGOU', acts: ['much', 'dry'] }, [
    plot('p', 'HEIGOU', 10),
    crop('c', 'HEIGOU', 'lianqiao', 'p', '2019-04-02', 'wild-tended', { grade: '青翘' }),
    harvest('much', 'HEIGOU', 'c', on('08-22', '18:00'), 20_000),
    dried('dry', 'HEIGOU', on('08-27', '18:00'), ['much', 20_000], 7_000),
  ]),
  cheat('many-small-harvests', 'no single slip is too much, all thirteen together are four times what the land bears (FACTS §7.6)', {
    org: 'DABA', acts: Array.from({ length: 13 }, (_, i) => `part-${i + 1}`),
  }, [
    plot('p', 'DABA', 10),
    crop('c', 'DABA', 'huangqin', 'p', '2023-04-06', 'seed'),
    Array.from({ length: 13 }, (_, i) => harvest(`part-${i + 1}`, 'DABA', 'c', on(`09-${String(i + 10)}`, '18:00'), 4_000)),
  ]),
  cheat('one-ground-under-two-names', 'the same ten mu are registered twice and give a full harvest each', { org: 'SANCHA', acts: ['first', 'second'] }, [
    plot('east', 'SANCHA', 10, { key: 'ground' }),
    plot('also-east', 'SANCHA', 10, { key: 'ground' }),
    crop('c1', 'SANCHA', 'dangshen', 'east', '2023-04-11', 'seedling'),
    crop('c2', 'SANCHA', 'dangshen', 'also-east', '2023-04-11', 'seedling'),
    harvest('first', 'SANCHA', 'c1', on('09-25', '18:00'), 9_000),
    harvest('second', 'SANCHA', 'c2', on('09-26', '18:00'), 9_000),
  ]),
  cheat('picked-inside-the-interval', 'sprayed on 10 August with an interval of 21 days, picked on 20 August (FACTS §7.8, DESIGN §1.2)', { org: 'SANCHA', acts: ['spraying', 'picked'], atLeast: 'blocking' }, [
    plot('p', 'SANCHA', 8),
    standing('product', 'SANCHA', '/input-products', {
      name: '1.8%阿维菌素乳油（虚构）', kind: 'pesticide', registrationNumber: 'XUGOU-0018', ingredients: [{ name: '阿维菌素' }], crops: [{ crop: '连翘', herb: 'lianqiao', target: '食心虫', safetyIntervalDays: 21 }],
    }),
    record('bought', 'SANCHA', '/input-lots', on('06-02'), { product: '@id/product', supplier: '某农资店', boughtOn: '2026-06-02', quantity: '3', unit: 'L' }),
    crop('c', 'SANCHA', 'lianqiao', 'p', '2020-04-02', 'wild-tended', { grade: '青翘' }),
    form('spraying', 'SANCHA', '/field-work', on('08-10', '07:00'), { crop: '@batch/c', work: 'plant-protection', inputsUsed: [{ lot: '@id/bought', quantity: '1', unit: 'L' }] }),
    harvest('picked', 'SANCHA', 'c', on('08-20', '17:00'), 210),
  ]),
  cheat('bought-after-it-was-used', 'the invoice is of 30 July, the spraying of 2 July: something else was in the tank (FACTS §7.8)', { org: 'SANCHA', acts: ['spraying', 'bought'] }, [
    plot('p', 'SANCHA', 8),
    standing('product', 'SANCHA', '/input-products', {
      name: '0.3%苦参碱水剂（虚构）', kind: 'pesticide', registrationNumber: 'XUGOU-0003', ingredients: [{ name: '苦参碱' }], crops: [{ crop: '连翘', herb: 'lianqiao', safetyIntervalDays: 14 }],
    }),
    crop('c', 'SANCHA', 'lianqiao', 'p', '2020-04-02', 'wild-tended', { grade: '青翘' }),
    form('spraying', 'SANCHA', '/field-work', on('07-02', '07:00'), { crop: '@batch/c', work: 'plant-protection', inputsUsed: [{ lot: '@id/bought', quantity: '2', unit: 'L' }] }, { written: on('08-01', '20:00') }),
    record('bought', 'SANCHA', '/input-lots', on('07-30'), { product: '@id/product', supplier: '某农资店', boughtOn: '2026-07-30', quantity: '4', unit: 'L' }),
    harvest('picked', 'SANCHA', 'c', on('08-24', '17:00'), 190),
  ]),
  cheat('more-sprayed-than-bought', 'two litres were bought and seven used: the rest came from nowhere', { org: 'SANCHA', acts: ['bought', 'one', 'two'] }, [
    plot('p', 'SANCHA', 8),
    standing('product', 'SANCHA', '/input-products', {
      name: '0.5%苦参碱水剂（虚构）', kind: 'pesticide', registrationNumber: 'XUGOU-0005', ingredients: [{ name: '苦参碱' }], crops: [{ crop: '连翘', herb: 'lianqiao', safetyIntervalDays: 14 }],
    }),
    record('bought', 'SANCHA', '/input-lots', on('05-30'), { product: '@id/product', supplier: '某农资店', boughtOn: '2026-05-30', quantity: '2', unit: 'L' }),
    crop('c', 'SANCHA', 'lianqiao', 'p', '2020-04-02', 'wild-tended', { grade: '青翘' }),
    form('one', 'SANCHA', '/field-work', on('06-12', '07:00'), { crop: '@batch/c', work: 'plant-protection', inputsUsed: [{ lot: '@id/bought', quantity: '3.5', unit: 'L' }] }),
    form('two', 'SANCHA', '/field-work', on('06-30', '07:00'), { crop: '@batch/c', work: 'plant-protection', inputsUsed: [{ lot: '@id/bought', quantity: '3.5', unit: 'L' }] }),
    harvest('picked', 'SANCHA', 'c', on('08-23', '17:00'), 200),
  ]),
  cheat('banned-poison', '克百威 on 党参, in a year in which it may not even be sold (FACTS §2, §9.3)', { org: 'SANCHA', acts: ['poison'], atLeast: 'blocking' }, [
    plot('p', 'SANCHA', 9),
    crop('c', 'SANCHA', 'dangshen', 'p', '2024-04-11', 'seedling'),
    form('poison', 'SANCHA', '/field-work', on('06-15', '06:30'), { crop: '@batch/c', work: 'plant-protection', inputsUsed: [{ product: '3%克百威颗粒剂', quantity: '6', unit: 'kg', ingredients: ['克百威'], purpose: '地下害虫' }] }),
    harvest('dug', 'SANCHA', 'c', on('10-05', '17:00'), 1_800),
  ]),
  cheat('swelling-agent', '膨大素 makes big roots of poor ones: nobody registered or allowed it (FACTS §2)', { org: 'SANCHA', acts: ['agent'] }, [
    plot('p', 'SANCHA', 9),
    crop('c', 'SANCHA', 'dangshen', 'p', '2024-04-11', 'seedling'),
    form('agent', 'SANCHA', '/field-work', on('07-20', '07:00'), { crop: '@batch/c', work: 'other', inputsUsed: [{ product: '根茎膨大素', kind: 'growth-regulator', quantity: '4', unit: 'L', ingredients: ['氯吡脲'], purpose: '膨大' }] }),
    harvest('dug', 'SANCHA', 'c', on('10-06', '17:00'), 2_100),
  ]),
  cheat('wrong-species', '大叶柴胡, which is poisonous, raised and sold as 柴胡 (FACTS §7.7)', { org: 'DABA', acts: ['mother', 'c', 'dug'] }, [
    plot('p', 'DABA', 6),
    form('mother', 'DABA', '/accessions', on('2023-09-20'), { number: 'XG-CH-01', holder: '绛县某圃（虚构）', herb: 'chaihu', species: 'Bupleurum longiradiatum Turcz.', source: 'bought', code: '@batch/mother' }),
    crop('c', 'DABA', 'chaihu', 'p', '2024-04-08', 'seed', { mothers: ['@batch/mother'] }),
    harvest('dug', 'DABA', 'c', on('10-02', '17:00'), 1_500),
  ]),
  cheat('picked-on-resting-ground', 'the plan says the slope rests this year; it was picked all the same', { org: 'HEIGOU', acts: ['picked'] }, [
    plot('p', 'HEIGOU', 25),
    crop('c', 'HEIGOU', 'lianqiao', 'p', '2018-04-02', 'wild-tended', { grade: '青翘' }),
    record('resting', 'HEIGOU', '/rotation-plans', on('01-10'), { baseId: '@base', year: 2026, resting: ['@id/p'] }),
    harvest('picked', 'HEIGOU', 'c', on('08-23', '17:00'), 380),
  ]),
  cheat('corrected-into-plenty', 'two tonnes sold of a harvest of 200 kg; when that was noticed the harvest was "corrected" to 2,900 kg on one mu (DESIGN §1.1)', { org: 'HEIGOU', acts: ['fresh', 'correct'] }, [
    plot('p', 'HEIGOU', 1),
    crop('c', 'HEIGOU', 'lianqiao', 'p', '2019-04-02', 'wild-tended', { grade: '青翘' }),
    harvest('fresh', 'HEIGOU', 'c', on('08-20', '17:00'), 200),
    shipped('ship', 'HEIGOU', 'LINXIA', on('08-21', '07:00'), [['fresh', 2_000]]),
    record('correct', 'HEIGOU', '/events/@id/fresh/correction', on('09-10', '20:00'), {
      reason: '磅单看错', replacement: { eventTime: on('08-20', '17:00'), crop: '@batch/c', ...kg(2_900), code: '@batch/fresh' },
    }),
  ]),
  cheat('tested-green-by-the-old-limit', '青翘 tested by the limit of 老翘, 0.25 % of 连翘酯苷A instead of 3.5 % (FACTS §7.3)', { org: 'KUAIJIAN', acts: ['report d', 'approve d'] }, [
    plot('p', 'HEIGOU', 30),
    crop('c', 'HEIGOU', 'lianqiao', 'p', '2019-04-02', 'wild-tended', { grade: '青翘' }),
    harvest('f', 'HEIGOU', 'c', on('08-21', '17:00'), 600),
    dried('d', 'HEIGOU', on('08-25', '17:00'), ['f', 600], 200),
    reported('d', 'HEIGOU', 'd', '08-29', { lab: 'KUAIJIAN', number: 'KJ-2601', standard: '《中国药典》连翘项 老翘', found: GREEN({ ester: ['0.9', '不得少于 0.25%'] }) }),
  ]),
  cheat('regraded-on-paper', '青翘 that fails its own limit becomes 老翘 in a step that changes nothing else (FACTS §7.3)', { org: 'HEIGOU', acts: ['regrade'] }, [
    plot('p', 'HEIGOU', 30),
    crop('c', 'HEIGOU', 'lianqiao', 'p', '2019-04-02', 'wild-tended', { grade: '青翘' }),
    harvest('f', 'HEIGOU', 'c', on('08-21', '17:00'), 620),
    dried('d', 'HEIGOU', on('08-25', '17:00'), ['f', 620], 205),
    worked('regrade', 'HEIGOU', 'sorting', on('09-02', '10:00'), [['d', 205]], [['old', 204.5, { form: 'dried', grade: '老翘', lotNumber: `老翘-${dayOf(on('09-02'))}` }]], { lost: [['sorting', 0.5]] }),
  ]),
  cheat('regraded-by-way-of-none', '青翘 is first called 统货, and what was called 统货 is 老翘 a week later (FACTS §7.3)', { org: 'HEIGOU', acts: ['regrade'], atLeast: 'blocking' }, [
    plot('p', 'HEIGOU', 30),
    crop('c', 'HEIGOU', 'lianqiao', 'p', '2019-04-02', 'wild-tended', { grade: '青翘' }),
    harvest('f', 'HEIGOU', 'c', on('08-21', '17:00'), 620),
    dried('d', 'HEIGOU', on('08-25', '17:00'), ['f', 620], 205),
    worked('ungrade', 'HEIGOU', 'sorting', on('08-28', '10:00'), [['d', 205]], [['all', 204.8, { form: 'dried', grade: '统货' }]], { lost: [['sorting', 0.2]] }),
    worked('regrade', 'HEIGOU', 'sorting', on('09-02', '10:00'), [['all', 204.8]], [['old', 204.5, { form: 'dried', grade: '老翘' }]], { lost: [['sorting', 0.3]] }),
  ]),
];
