/** What is odd about honest kilograms: honey, regain, weighbridges, half bags. */
import { crop, delivered, dried, form, harvest, honest, kg, of, on, plot, received, shipped, standing, type Story, takenIn, worked } from '../story';

/** An honest batch of dry 党参. */
const codonopsis = (kilograms: number, name = 'd') => [
  plot('p', 'TITIAN', 40), crop('c', 'TITIAN', 'dangshen', 'p', '2023-04-11', 'seedling'), harvest('f', 'TITIAN', 'c', on('09-25', '17:00'), kilograms * 3), dried(name, 'TITIAN', on('10-06', '17:00'), ['f', kilograms * 3], kilograms),
];
const oven = (percent: string) => ({ percent, method: 'oven' });

export const HONEST_KILOGRAMS: readonly Story[] = [
  honest('weighbridge-of-twenty', 'weighed bag by bag at home, at the buyer’s over a weighbridge of 20 kg: 20 kg more', [
    codonopsis(3_000),
    standing('platform', 'TITIAN', '/scales', { name: '台秤', site: '@site', kind: 'platform', division: { quantity: '0.1', unit: 'kg' }, capacity: { quantity: '500', unit: 'kg' }, calibratedOn: '2026-03-12', validUntil: '2027-03-11' }),
    standing('bridge', 'HUIPAN', '/scales', { name: '地磅', site: '@site', kind: 'weighbridge', division: { quantity: '20', unit: 'kg' }, capacity: { quantity: '60', unit: 't' }, calibratedOn: '2026-04-01', validUntil: '2027-03-31' }),
    shipped('ship', 'TITIAN', 'HUIPAN', on('10-16', '07:30'), [['d', 2_990, { weighing: { scale: '@id/platform', gross: '3050', tare: '60', weighings: 60 } }]]),
    form('receive', 'HUIPAN', '/receipts', on('10-16', '15:00'), {
      from: { organisation: 'TITIAN' }, lines: [{ batch: '@batch/d', accepted: { ...kg(3_010), weighing: { scale: '@id/bridge', gross: '12410', tare: '9400' } } }],
    }),
  ]),
  honest('weighbridge-the-other-way', 'and twenty kilograms less on another day', [
    codonopsis(2_000),
    standing('bridge', 'HUIPAN', '/scales', { name: '地磅 2', site: '@site', kind: 'weighbridge', division: { quantity: '20', unit: 'kg' }, capacity: { quantity: '60', unit: 't' }, calibratedOn: '2026-04-01', validUntil: '2027-03-31' }),
    shipped('ship', 'TITIAN', 'HUIPAN', on('10-17', '07:30'), [['d', 1_990]]),
    form('receive', 'HUIPAN', '/receipts', on('10-17', '15:00'), {
      from: { organisation: 'TITIAN' }, lines: [{ batch: '@batch/d', accepted: { ...kg(1_980), weighing: { scale: '@id/bridge', gross: '11380', tare: '9400' } }, short: kg(10) }],
    }),
  ]),
  honest('regain-in-august', 'a humid August: 9.0 % become 10.9 %, more than a pharmacopoeia likes, and no fraud at all (FACTS §9.15)', [
    takenIn('goods', 'LINXIA', on('06-30', '10:00'), 'opening-stock', 'lianqiao', 1_000, { form: 'dried', grade: '青翘', weighing: { moisture: oven('9.0') } }),
    form('count', 'LINXIA', '/stock-takes', on('08-31', '17:00'), { lines: [{ batch: '@batch/goods', ...kg(1_021), moisture: oven('10.9'), reason: 'moisture-regain' }] }),
  ]),
  honest('regain-without-an-oven', 'nobody measured, it gained 1.8 per cent in the rain and says so', [
    takenIn('goods', 'LINXIA', on('06-30', '11:00'), 'opening-stock', 'lianqiao', 500, { form: 'dried', grade: '青翘' }),
    form('regain', 'LINXIA', '/stock-changes', on('08-20', '17:00'), { change: 'moisture-regain', lines: [{ batch: '@batch/goods', before: '500', after: '509', unit: 'kg' }] }),
  ]),
  honest('dried-once-more', 're-dried after a humid summer, moistures measured at both ends', [
    takenIn('goods', 'LINXIA', on('06-30', '12:00'), 'opening-stock', 'lianqiao', 300, { form: 'dried', grade: '青翘' }),
    form('redry', 'LINXIA', '/stock-changes', on('09-02', '17:00'), { change: 're-drying', lines: [{ batch: '@batch/goods', before: '300', after: '295', unit: 'kg', moistureBefore: oven('11.0'), moistureAfter: oven('9.5') }] }),
  ]),
  honest('honey-fried', '蜜炙黄芪: 25 kg of honey on 100 kg, 118 kg came out (FACTS §5)', [
    takenIn('raw', 'HUIPAN', on('09-08', '10:00'), 'purchase', 'huangqi', 100, { form: 'slices', seller: { organisationName: '某药材公司' }, papers: [{ kind: 'conformity', number: 'H-1' }] }),
    worked('fry', 'HUIPAN', 'paozhi', on('09-10', '10:00'), [['raw', 100]], [['fried', 118, { form: 'slices' }]], { added: [['炼蜜', 25, true]], lost: [['evaporation', 7]], body: { method: '蜜炙' } }),
  ]),
  honest('honey-fried-generously', 'and once 122 kg', [
    takenIn('raw', 'HUIPAN', on('09-08', '11:00'), 'purchase', 'huangqi', 100, { form: 'slices', seller: { organisationName: '某药材公司' } }),
    worked('fry', 'HUIPAN', 'paozhi', on('09-11', '10:00'), [['raw', 100]], [['fried', 122, { form: 'slices' }]], { added: [['炼蜜', 25, true]], lost: [['evaporation', 3]], body: { method: '蜜炙' } }),
  ]),
  honest('vinegar-fried', '醋柴胡: twenty of vinegar, which leaves (FACTS §9.8)', [
    takenIn('raw', 'HUIPAN', on('09-09', '10:00'), 'purchase', 'chaihu', 100, { form: 'slices' }),
    worked('fry', 'HUIPAN', 'paozhi', on('09-12', '10:00'), [['raw', 100]], [['fried', 97, { form: 'slices' }]], { added: [['米醋', 20, false]], lost: [['evaporation', 3]], body: { method: '醋炙' } }),
  ]),
  honest('bran-fried', '麸炒白术: the bran is sieved out again (FACTS §9.8)', [
    takenIn('raw', 'HUIPAN', on('09-09', '11:00'), 'purchase', 'baizhu', 100, { form: 'slices' }),
    worked('fry', 'HUIPAN', 'paozhi', on('09-13', '10:00'), [['raw', 100]], [['fried', 95, { form: 'slices' }]], { added: [['麸皮', 10, false]], lost: [['evaporation', 5]], body: { method: '麸炒' } }),
  ]),
  honest('salt-fried', '盐知母: two kilograms of salt stay (FACTS §9.8)', [
    takenIn('raw', 'HUIPAN', on('09-09', '12:00'), 'purchase', 'zhimu', 100, { form: 'slices' }),
    worked('fry', 'HUIPAN', 'paozhi', on('09-14', '10:00'), [['raw', 100]], [['fried', 99, { form: 'slices' }]], { added: [['食盐', 2, true], ['水', 10, false]], lost: [['evaporation', 3]], body: { method: '盐炙' } }),
  ]),
  honest('steamed-thrice', '熟地黄 is heavier after each steaming than before', [
    takenIn('raw', 'HUIPAN', on('10-28', '10:00'), 'purchase', 'dihuang', 1_000, { form: 'dried' }),
    worked('steam', 'HUIPAN', 'steaming', on('10-30', '08:00'), [['raw', 1_000]], [['steamed', 1_290, { form: 'steamed' }]], { added: [['水', 290, true]] }),
    worked('dry', 'HUIPAN', 'drying', on('10-31', '20:00'), [['steamed', 1_290]], [['dry', 1_080, { form: 'dried' }]], { lost: [['drying', 210]] }),
  ]),
  honest('softened-and-sliced', 'washed and soaked before it is cut, and dried again', [
    takenIn('raw', 'HUIPAN', on('10-20', '10:00'), 'purchase', 'dangshen', 400, { form: 'dried' }),
    worked('soak', 'HUIPAN', 'washing', on('10-22', '09:00'), [['raw', 400]], [['soft', 476, { form: 'moist' }]], { added: [['水', 77, true]], lost: [['washing', 1]] }),
    worked('slice', 'HUIPAN', 'slicing', on('10-22', '16:00'), [['soft', 476]], [['wet', 470, { form: 'slices' }], ['crumbs', 6, { form: 'fines', role: 'waste' }]]),
    worked('dry', 'HUIPAN', 'drying', on('10-24', '11:00'), [['wet', 470]], [['slices', 390, { form: 'slices' }]], { lost: [['drying', 80]] }),
  ]),
  honest('kernels-of-jujubes', 'twenty-five kilograms of sour jujubes for one of kernels', [
    plot('p', 'LINGSHANG', 60),
    crop('c', 'LINGSHANG', 'suanzaoren', 'p', '2015-04-02', 'wild-tended'),
    harvest('f', 'LINGSHANG', 'c', on('09-28', '17:00'), 1_500),
    worked('crack', 'LINGSHANG', 'crushing', on('10-12', '17:00'), [['f', 1_500]], [['kernels', 60, { form: 'dried' }], ['flesh', 700, { form: 'flesh', role: 'waste' }], ['shells', 240, { form: 'shells', role: 'waste' }]], { lost: [['drying', 500]] }),
  ]),
  honest('half-bags', 'thirty-nine bags of 25 kg and one of 12.5', [
    codonopsis(1_000),
    shipped('ship', 'TITIAN', 'HUIPAN', on('10-18', '07:30'), [['d', 987.5, { weighing: { packages: { count: 39, each: '25', odd: '12.5' } } }]]),
    form('receive', 'HUIPAN', '/receipts', on('10-18', '15:00'), { from: { organisation: 'TITIAN' }, lines: [{ batch: '@batch/d', accepted: { ...kg(987.5), weighing: { packages: { count: 39, each: '25', odd: '12.5' } } } }] }),
  ]),
  honest('three-lost-on-the-road', 'three of a thousand kilograms are short: dust and a torn sack', [
    codonopsis(1_000),
    shipped('ship', 'TITIAN', 'HUIPAN', on('10-19', '07:30'), [['d', 1_000]]),
    received('receive', 'HUIPAN', 'TITIAN', on('10-19', '15:00'), [['d', 997, { short: kg(3) }]]),
  ]),
  honest('two-lorries', 'half of a delivery comes a day later', [
    codonopsis(1_200),
    shipped('ship', 'TITIAN', 'HUIPAN', on('10-20', '07:30'), [['d', 1_200]]),
    received('first', 'HUIPAN', 'TITIAN', on('10-20', '15:00'), [['d', 700, { moreToCome: true }]]),
    received('second', 'HUIPAN', 'TITIAN', on('10-21', '11:00'), [['d', 500]]),
  ]),
  honest('dries-on-in-store', 'what lies in the loft goes on drying', [
    codonopsis(1_490),
    form('count', 'TITIAN', '/stock-takes', on('10-31', '08:30'), { lines: [{ batch: '@batch/d', ...kg(1_478), reason: 'drying-loss' }] }),
  ]),
  honest('worms-in-the-sacks', 'six kilograms eaten by worms, counted off and burnt', [
    takenIn('goods', 'LINXIA', on('05-10', '10:00'), 'opening-stock', 'dangshen', 300, { form: 'dried' }),
    form('burnt', 'LINXIA', '/destructions', on('09-11', '10:00'), { lines: [of('goods', 6)], witness: '@person', reason: '虫蛀', method: 'burning' }),
    form('count', 'LINXIA', '/stock-takes', on('09-12', '17:00'), { lines: [{ batch: '@batch/goods', ...kg(292), reason: 'pest-loss' }] }),
  ]),
  honest('into-three-grades', 'sieved into grades and siftings', [
    codonopsis(600),
    form('grade', 'TITIAN', '/gradings', on('10-12', '10:00'), {
      batch: '@batch/d', siftings: { ...kg(9.5), code: '@batch/siftings' },
      outputs: [{ grade: '一等', ...kg(180), code: '@batch/first' }, { grade: '二等', ...kg(260), code: '@batch/second' }, { grade: '三等', ...kg(149), code: '@batch/third' }], losses: [{ cause: 'sieving', ...kg(1.5) }],
    }),
  ]),
  honest('old-sacks-weighed-along', 'repacked from old sacks, whose own weight stood in the book as goods', [
    takenIn('goods', 'LINXIA', on('08-05', '10:00'), 'purchase', 'lianqiao', 1_008, { form: 'dried', grade: '青翘' }),
    form('repack', 'LINXIA', '/repackings', on('08-20', '10:00'), { batch: '@batch/goods', packages: { count: 40, quantity: '25', unit: 'kg' }, oldWrapping: kg(8), code: '@batch/sacks' }),
  ]),
  honest('jin-and-kilograms', 'weighed in 斤 in the hills and in kilograms in town', [
    plot('p', 'YUANSHANG', 10),
    crop('c', 'YUANSHANG', 'huangqin', 'p', '2023-04-06', 'seed'),
    form('f', 'YUANSHANG', '/harvests', on('09-24', '17:00'), { crop: '@batch/c', quantity: '1801', unit: '斤', code: '@batch/f' }),
    dried('d', 'YUANSHANG', on('10-03', '17:00'), ['f', 900.5], 310),
  ]),
  honest('into-packs', '160.2 kg of pieces in 1,600 packs of 100 g, two hundred grams stuck to the machine', [
    takenIn('pieces', 'HUIPAN', on('09-10', '10:00'), 'purchase', 'huangqin', 160.2, { form: 'slices' }),
    form('pack', 'HUIPAN', '/packing', on('09-11', '10:00'), { inputs: [of('pieces', 160.2)], pieces: 1600, netContent: { quantity: '100', unit: 'g' }, lotNumber: '20260911', losses: [{ cause: 'packing', quantity: '0.2', unit: 'kg' }], code: '@batch/packs' }),
  ]),
  honest('five-heaps-into-one', 'three lots of one herb become one and lose half a kilogram of dust', [
    takenIn('a', 'LINXIA', on('09-01', '10:00'), 'purchase', 'danshen', 120, { form: 'dried' }),
    takenIn('b', 'LINXIA', on('09-01', '11:00'), 'purchase', 'danshen', 80, { form: 'dried' }),
    takenIn('e', 'LINXIA', on('09-01', '12:00'), 'purchase', 'danshen', 60, { form: 'dried' }),
    form('mix', 'LINXIA', '/mixtures', on('09-04', '10:00'), { inputs: [of('a', 120), of('b', 80), of('e', 60)], losses: [{ cause: 'dust', ...kg(0.5) }], lotNumber: 'P-0904', code: '@batch/mixture' }),
  ]),
  honest('four-dried-for-a-neighbour', 'the processor dries what is the co-operative’s and brings it back', [
    plot('p', 'LINGSHANG', 30),
    crop('c', 'LINGSHANG', 'lianqiao', 'p', '2017-04-02', 'wild-tended', { grade: '青翘' }),
    harvest('f', 'LINGSHANG', 'c', on('08-21', '17:00'), 800),
    delivered('there', 'LINGSHANG', 'LINXIA', '08-22', [['f', 800]]),
    dried('d', 'LINXIA', on('08-26', '17:00'), ['f', 800], 270),
    delivered('back', 'LINXIA', 'LINGSHANG', '08-28', [['d', 270]]),
  ]),
];
