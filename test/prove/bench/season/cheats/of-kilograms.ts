/** Cheats of kilograms: more comes out than went in, more goes than is there. */
import { cheat, crop, dried, form, harvest, kg, of, on, plot, received, record, shipped, standing, type Story, takenIn, worked } from '../story';

/** A slip at a station, in 斤. */
const slip = (name: string, picker: string, at: string, gross: string, more: object = {}) =>
  record(name, 'HEIGOU', '/slips', at, { eventTime: at, site: '@site', crop: '@batch/c', grade: '青翘', picker: `@id/${picker}`, unit: '斤', gross, tare: '1.2', price: '3.20', ...more });

export const OF_KILOGRAMS: readonly Story[] = [
  cheat('more-dry-than-fresh', '300 kg of 党参 are more when they are dry: bought roots went in (DESIGN §1.2)', { org: 'WUJIA', acts: ['dry'], atLeast: 'blocking' }, [
    takenIn('fresh', 'WUJIA', on('09-28', '15:00'), 'purchase', 'dangshen', 300, { form: 'fresh', seller: { organisationName: '某合作社' } }),
    dried('dry', 'WUJIA', on('10-06', '17:00'), ['fresh', 300], 330),
  ]),
  cheat('dry-matter-from-nowhere', 'moistures measured at both ends: 300 kg of dry matter became 405 (FACTS §5)', { org: 'WUJIA', acts: ['dry'], atLeast: 'blocking' }, [
    takenIn('fresh', 'WUJIA', on('09-29', '15:00'), 'purchase', 'dangshen', 1_000, { form: 'fresh', weighing: { moisture: { percent: '70.0', method: 'oven' } } }),
    worked('dry', 'WUJIA', 'drying', on('10-08', '17:00'), [['fresh', 1_000, { weighing: { moisture: { percent: '70.0', method: 'oven' } } }]], [['dry', 450, { form: 'dried', weighing: { moisture: { percent: '10.0', method: 'oven' } } }]], { lost: [['drying', 550]] }),
  ]),
  cheat('other-roots-dried-along', '80 kg of dry 地黄 from 100 kg fresh, moistures not measured: other roots were among them (FACTS §5)', { org: 'WUJIA', acts: ['dry'] }, [
    takenIn('fresh', 'WUJIA', on('10-20', '15:00'), 'purchase', 'dihuang', 1_000, { form: 'fresh' }),
    dried('dry', 'WUJIA', on('10-28', '17:00'), ['fresh', 1_000], 800),
  ]),
  cheat('wetted-before-sale', '"regain" of a tonne by 120 kg, though the moistures measured allow eleven', { org: 'WUJIA', acts: ['regain'], atLeast: 'blocking' }, [
    takenIn('dry', 'WUJIA', on('07-02', '10:00'), 'purchase', 'dangshen', 1_000, { form: 'dried' }),
    form('regain', 'WUJIA', '/stock-changes', on('08-12', '17:00'), {
      change: 'moisture-regain', lines: [{ batch: '@batch/dry', before: '1000', after: '1120', unit: 'kg', moistureBefore: { percent: '12.0', method: 'oven' }, moistureAfter: { percent: '13.0', method: 'oven' } }],
    }),
  ]),
  cheat('regain-of-a-fifth', '"regain" of half a tonne by a fifth, and nobody measured anything', { org: 'TONGDA', acts: ['regain'] }, [
    takenIn('dry', 'TONGDA', on('07-03', '10:00'), 'purchase', 'danshen', 500, { form: 'dried' }),
    form('regain', 'TONGDA', '/stock-changes', on('08-14', '17:00'), { change: 'moisture-regain', lines: [{ batch: '@batch/dry', before: '500', after: '600', unit: 'kg' }] }),
  ]),
  cheat('smoked-with-sulphur', '硫熏: two kilograms of sulphur burnt under the roots to whiten them (FACTS §2)', { org: 'WUJIA', acts: ['smoke'] }, [
    takenIn('raw', 'WUJIA', on('10-11', '10:00'), 'purchase', 'dangshen', 200, { form: 'dried' }),
    worked('smoke', 'WUJIA', 'other', on('10-12', '20:00'), [['raw', 200]], [['white', 200, { form: 'dried' }]], { added: [['硫磺', 2, false]], body: { method: '硫磺熏蒸' } }),
  ]),
  cheat('bran-that-stays', '白术 fried with bran: twenty kilograms of bran are said to stay in a hundred (FACTS §9.8)', { org: 'JINSHI', acts: ['fry'] }, [
    takenIn('raw', 'JINSHI', on('09-10', '10:00'), 'purchase', 'baizhu', 100, { form: 'slices' }),
    worked('fry', 'JINSHI', 'paozhi', on('09-12', '10:00'), [['raw', 100]], [['fried', 118, { form: 'slices' }]], { added: [['麸皮', 20, true]], lost: [['sieving', 2]], body: { method: '麸炒' } }),
  ]),
  cheat('sand-that-stays', '鸡血藤 rolled in hot sand, and the sand sold with it (FACTS §9.8)', { org: 'JINSHI', acts: ['roll'] }, [
    takenIn('raw', 'JINSHI', on('09-11', '10:00'), 'purchase', 'jixueteng', 200, { form: 'slices' }),
    worked('roll', 'JINSHI', 'paozhi', on('09-13', '10:00'), [['raw', 200]], [['rolled', 236, { form: 'slices' }]], { added: [['河砂', 40, true]], lost: [['sieving', 4]], body: { method: '砂烫' } }),
  ]),
  cheat('honey-of-three', '25 kg of honey on 100 kg of 黄芪 gave 150 kg (FACTS §5)', { org: 'JINSHI', acts: ['fry'], atLeast: 'blocking' }, [
    takenIn('raw', 'JINSHI', on('09-14', '10:00'), 'purchase', 'huangqi', 100, { form: 'slices' }),
    worked('fry', 'JINSHI', 'paozhi', on('09-16', '10:00'), [['raw', 100]], [['fried', 150, { form: 'slices' }]], { added: [['炼蜜', 25, true]], body: { method: '蜜炙' } }),
  ]),
  cheat('packs-of-air', '40 kg of pieces make 500 packs of 100 g', { org: 'JINSHI', acts: ['pack'], atLeast: 'blocking' }, [
    takenIn('pieces', 'JINSHI', on('09-18', '10:00'), 'purchase', 'huangqin', 40, { form: 'slices' }),
    form('pack', 'JINSHI', '/packing', on('09-20', '10:00'), { inputs: [of('pieces', 40)], pieces: 500, netContent: { quantity: '100', unit: 'g' }, lotNumber: '20260920', code: '@batch/packs' }),
  ]),
  cheat('sold-twice', '300 kg are sold to two buyers, to each of them whole: the buyers are told and not accused (DESIGN §1.1)', { org: 'TONGDA', acts: ['ship one', 'ship other'], atLeast: 'blocking' }, [
    takenIn('goods', 'TONGDA', on('08-30', '10:00'), 'purchase', 'huangqin', 300, { form: 'dried' }),
    shipped('ship one', 'TONGDA', 'HUIPAN', on('09-03', '07:30'), [['goods', 300]]),
    received('receive one', 'HUIPAN', 'TONGDA', on('09-03', '15:00'), [['goods', 300]]),
    shipped('ship other', 'TONGDA', 'PINGYANG', on('09-04', '07:30'), [['goods', 300]]),
    received('receive other', 'PINGYANG', 'TONGDA', on('09-04', '15:00'), [['goods', 300]]),
  ]),
  cheat('received-more', '100 kg were sent; the factory books 160 and has a home for 60 kg without papers', { org: 'JINSHI', acts: ['receive'] }, [
    plot('p', 'YUANSHANG', 20),
    crop('c', 'YUANSHANG', 'huangqin', 'p', '2023-04-06', 'seed'),
    harvest('f', 'YUANSHANG', 'c', on('09-20', '17:00'), 300),
    dried('d', 'YUANSHANG', on('09-30', '17:00'), ['f', 300], 104),
    shipped('ship', 'YUANSHANG', 'JINSHI', on('10-08', '07:30'), [['d', 100]]),
    received('receive', 'JINSHI', 'YUANSHANG', on('10-08', '15:00'), [['d', 160]]),
  ]),
  cheat('brought-back-more', 'a customer bought thirty kilograms and "brought back" eighty', { org: 'TONGDA', acts: ['back'], atLeast: 'blocking' }, [
    takenIn('goods', 'TONGDA', on('08-20', '10:00'), 'purchase', 'danshen', 200, { form: 'dried' }),
    form('sale', 'TONGDA', '/credit-sales', on('09-01', '10:00'), { buyer: 'K-031', lines: [of('goods', 30)], amount: '900.00', dueOn: '2026-12-31' }),
    form('back', 'TONGDA', '/returns', on('09-12', '10:00'), { sale: '@id/sale', lines: [of('goods', 80)], reason: '多买', state: 'unopened', acceptOverdrawn: true }),
  ]),
  cheat('always-a-surplus', 'at each count of a store of half a tonne thirty kilograms more, cause not known', { org: 'TONGDA', acts: ['count-1', 'count-2', 'count-3', 'count-4'] }, [
    takenIn('goods', 'TONGDA', on('05-10', '10:00'), 'purchase', 'huangqi', 500, { form: 'dried' }),
    [1, 2, 3, 4].map((n) => form(`count-${n}`, 'TONGDA', '/stock-takes', on(`0${n + 5}-28`, '17:00'), { lines: [{ batch: '@batch/goods', ...kg(500 + 30 * n), reason: 'count-surplus' }] })),
  ]),
  cheat('mixed-into-more', 'two hundred and a hundred kilograms mixed weigh three hundred and eighty: 苜蓿根 among 黄芪 (FACTS §7.7)', { org: 'TONGDA', acts: ['mix'], atLeast: 'blocking' }, [
    takenIn('one', 'TONGDA', on('09-02', '10:00'), 'purchase', 'huangqi', 200, { form: 'dried' }),
    takenIn('two', 'TONGDA', on('09-02', '11:00'), 'purchase', 'huangqi', 100, { form: 'dried' }),
    form('mix', 'TONGDA', '/mixtures', on('09-05', '10:00'), { inputs: [of('one', 200), of('two', 100)], weighed: kg(380), code: '@batch/mixture' }),
  ]),
  cheat('picker-of-twelve', 'one picker delivers 1,900 斤 on an evening on which the others bring 80 to 130: the rest was bought', { org: 'HEIGOU', acts: ['slip-9'] }, [
    plot('p', 'HEIGOU', 60),
    crop('c', 'HEIGOU', 'lianqiao', 'p', '2017-04-02', 'wild-tended', { grade: '青翘' }),
    [1, 2, 3, 4, 5].map((n) => standing(`picker-${n}`, 'HEIGOU', '/pickers', { kind: 'household', name: `虚构户 ${n}` })),
    ['101.2', '97.0', '128.4', '84.6', '91.0', '110.8', '120.2', '88.4'].map((gross, i) => slip(`slip-${i + 1}`, `picker-${(i % 4) + 1}`, on(`08-${i < 4 ? 19 : 20}`, `19:${10 + i * 5}`), gross)),
    slip('slip-9', 'picker-5', on('08-20', '20:10'), '1901.2'),
    form('heap-1', 'HEIGOU', '/heaps', on('08-19', '21:30'), { site: '@site', crop: '@batch/c', grade: '青翘', day: '2026-08-19', code: '@batch/heap-1' }),
    form('heap-2', 'HEIGOU', '/heaps', on('08-20', '21:30'), { site: '@site', crop: '@batch/c', grade: '青翘', day: '2026-08-20', code: '@batch/heap-2' }),
  ]),
  cheat('one-slip-twice', 'the paper No.007731 is entered once more a day later, for goods that never grew there', { org: 'HEIGOU', acts: ['again'] }, [
    plot('p', 'HEIGOU', 40),
    crop('c', 'HEIGOU', 'lianqiao', 'p', '2017-04-02', 'wild-tended', { grade: '青翘' }),
    standing('picker', 'HEIGOU', '/pickers', { kind: 'household', name: '虚构户 甲' }),
    slip('once', 'picker', on('08-26', '19:10'), '142.2', { slipNumber: 'No.007731' }),
    slip('again', 'picker', on('08-27', '19:20'), '142.2', { slipNumber: 'No.007731' }),
    form('heap-1', 'HEIGOU', '/heaps', on('08-26', '21:30'), { site: '@site', crop: '@batch/c', grade: '青翘', day: '2026-08-26', code: '@batch/heap-1' }),
    form('heap-2', 'HEIGOU', '/heaps', on('08-27', '21:30'), { site: '@site', crop: '@batch/c', grade: '青翘', day: '2026-08-27', code: '@batch/heap-2' }),
  ]),
  cheat('dried-before-it-was-picked', 'dried goods stood ready on the day before the harvest they are said to come from (DESIGN §1.7)', { org: 'WUJIA', acts: ['dry', 'fresh'] }, [
    takenIn('fresh', 'WUJIA', on('09-20', '15:00'), 'purchase', 'huangqin', 900, { form: 'fresh' }),
    dried('dry', 'WUJIA', on('09-12', '17:00'), ['fresh', 900], 310),
  ]),
  cheat('two-hundred-tonnes-a-day', 'a workshop of eighty tonnes a day cuts two hundred: bought slices pass for its own (FACTS §7.6)', { org: 'YAOCHANG', acts: ['cut-1', 'cut-2'] }, [
    standing('plant', 'YAOCHANG', '/sites', { kind: 'workshop', name: '趁鲜加工车间', region: '141000', dailyCapacityKg: '80000' }),
    takenIn('fresh', 'YAOCHANG', on('10-02', '10:00'), 'purchase', 'huangqin', 200_000, { form: 'fresh' }),
    [1, 2].map((n) => worked(`cut-${n}`, 'YAOCHANG', 'fresh-cutting', on('10-03', `1${n}:00`), [['fresh', 100_000]], [[`slices-${n}`, 98_000, { form: 'slices' }]], { lost: [['cutting', 2_000]], body: { site: '@id/plant' } })),
  ]),
  cheat('gi-quota-overrun', 'nine hundred kilograms are packed under an indication of which eight hundred are registered for the year (FACTS §7.6)', { org: 'JINSHI', acts: ['pack-2'], atLeast: 'blocking' }, [
    standing('product', 'JINSHI', '/products', { name: '某地黄芩（地理标志，虚构）', herbs: ['huangqin'], form: 'herb', netContent: { value: '1', unit: 'KGM' }, giName: '某地黄芩（虚构）' }),
    record('quota', 'JINSHI', '/gi-quotas', on('01-06'), { name: '某地黄芩（虚构）', year: 2026, registeredKg: '800', source: '核准通知（虚构）' }),
    takenIn('bulk', 'JINSHI', on('09-28', '10:00'), 'purchase', 'huangqin', 900, { form: 'dried' }),
    form('pack-1', 'JINSHI', '/packing', on('10-05', '10:00'), { inputs: [of('bulk', 700)], pieces: 700, product: '@id/product', lotNumber: '20261005', code: '@batch/packs-1' }),
    form('pack-2', 'JINSHI', '/packing', on('10-06', '10:00'), { inputs: [of('bulk', 200)], pieces: 200, product: '@id/product', lotNumber: '20261006', code: '@batch/packs-2' }),
  ]),
  cheat('burnt-and-sold', 'a tonne that was destroyed before a witness is sold a week later', { org: 'TONGDA', acts: ['sold', 'burnt'], atLeast: 'blocking' }, [
    takenIn('goods', 'TONGDA', on('07-10', '10:00'), 'purchase', 'banlangen', 1_000, { form: 'dried' }),
    form('burnt', 'TONGDA', '/destructions', on('09-06', '10:00'), { lines: [of('goods', 1_000)], witness: '@person', reason: '霉变', method: 'burning' }),
    shipped('sold', 'TONGDA', 'JINSHI', on('09-13', '07:30'), [['goods', 1_000]]),
  ]),
];
