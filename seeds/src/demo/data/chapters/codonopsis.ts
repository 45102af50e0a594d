import { type Act, at, form, grams, kg } from '../act';
import { groupsOf, ZHANG_TERRACES } from '../land';
import { FACTORY, PHARMA } from './green-heaps';
import { grown, harvested, sumOf } from './grown';
import { codonopsis, standardOf, tested } from './tested';
import { delivered, destroyed, worked } from './worked';

const COOP = { by: 'pingshun-field', code: 'PINGSHUN-DS', site: 'tianti-store' };

/** Two rounds of digging: earth washed off, what was dry, in grams. */
const ROUNDS = [
  { name: 'dang-1', from: '09-26', to: '09-27', dryOn: '10-08', amounts: [563_500, 541_000, 578_500, 552_000], earth: 61_800, dried: 748_600, ends: 8_900 },
  { name: 'dang-2', from: '10-01', to: '10-02', dryOn: '10-13', amounts: [549_500, 570_000, 536_500, 561_500], earth: 60_200, dried: 741_900, ends: 8_300 },
] as const;
const LOT = sumOf(ROUNDS.map(({ dried }) => dried));
/** What a stock-take found missing: it had dried on. */
const DRIED_ON = 3_200;

/** 党参 of 平顺: washed, dried, counted once more; of a delivery one bag was wet and a kilogram was missing. */
export function codonopsisChapter(y: number): Act[] {
  return [
    ...grown(y, {
      key: 'zhang', by: 'pingshun-field', herb: 'dangshen', mode: 'seedling', sinceYears: 2, day: '04-10', land: groupsOf(ZHANG_TERRACES, 3),
      work: [['weeding', '05-16'], ['weeding', '06-26'], ['fertilising', '07-12', [{ product: '腐熟羊粪有机肥（演示）', quantity: '540', unit: 'kg', purpose: '追肥' }]]],
    }),
    ...ROUNDS.flatMap(({ name, from, to, dryOn, amounts, earth, dried, ends }) => {
      const washed = sumOf(amounts) - earth;
      return [
        ...harvested(y, { key: 'zhang', by: 'pingshun-field', site: 'tianti-store', name, from, to, amounts }),
        worked(y, {
          name: `wash ${name}`, ...COOP, on: [to, '17:30'], step: 'washing', method: '洗去泥沙、沥干', inputs: amounts.map((amount, i) => ({ batch: `zhang-${name}-${i + 1}`, grams: amount })),
          outputs: [{ batch: `${name}-washed`, grams: washed, form: 'fresh' }], lost: [['washing', earth]],
        }),
        worked(y, {
          name: `dry ${name}`, ...COOP, on: [dryOn, '16:00'], step: 'drying', method: '晾晒与揉搓交替', inputs: [{ batch: `${name}-washed`, grams: washed }],
          outputs: [{ batch: `${name}-dried`, grams: dried, form: 'dried' }, { batch: `${name}-ends`, grams: ends, form: 'fines', role: 'waste' }], lost: [['drying', washed - dried - ends]],
        }),
      ];
    }),
    worked(y, {
      name: 'codonopsis blending', ...COOP, on: ['10-14', '10:00'], step: 'blending', method: '两批拼匀', inputs: ROUNDS.map(({ name, dried }) => ({ batch: `${name}-dried`, grams: dried })),
      outputs: [{ batch: 'codonopsis-lot', grams: LOT, form: 'dried', lotNumber: `DS-${y}-1014` }],
    }),
    destroyed(y, 'compost codonopsis ends', 'pingshun-owner', 'tianti-store', 'pingshun-quality', '10-14', ROUNDS.map(({ name, ends }) => ({ batch: `${name}-ends`, grams: ends }))),
    form('count codonopsis', 'pingshun-owner', 'stock-takes', {
      eventTime: at(y, '10-15', '08:30'), site: '@site/tianti-store', lines: [{ batch: '@batch/codonopsis-lot', ...grams(LOT - DRIED_ON), reason: 'drying-loss' }],
    }),
    ...tested(y, {
      batch: 'codonopsis-lot', by: 'pingshun-quality', code: 'PINGSHUN-DS', site: 'tianti-store', drawn: kg('0.5'), day: '10-15', number: `YD-${y}-0511`, standard: standardOf('党参'),
      found: codonopsis('13.6', '3.7', '61.2', '36'),
    }),
    ...delivered(y, {
      name: 'codonopsis lot', from: { ...COOP, by: 'pingshun-owner' }, to: FACTORY, day: '10-20', goods: [{ batch: 'codonopsis-lot', grams: 1_200_000 }], carrier: '太行物流（演示）', lotNumber: `YL-${y}-1021`,
      rejected: 4_000, short: 1_000,
    }),
    ...sliced(y),
    ...tested(y, {
      batch: 'codonopsis-slices', by: 'yinpian-quality', code: 'HOUMA-YP', site: 'huipan-workshop', drawn: kg('0.4'), day: '10-25', number: `YD-${y}-0527`, standard: standardOf('党参'),
      found: codonopsis('13.1', '3.8', '60.4', '41'),
    }),
    ...delivered(y, { name: 'codonopsis slices', from: FACTORY, to: PHARMA, day: '11-08', goods: [{ batch: 'codonopsis-slices', grams: 340_000 }], carrier: '汾浍物流（演示）', lotNumber: `WL-${y}-1109D` }),
  ];
}

function sliced(y: number): Act[] {
  return [
    worked(y, {
      name: 'soften codonopsis', ...FACTORY, on: ['10-22', '09:00'], step: 'washing', method: '洗净、润透', inputs: [{ batch: 'codonopsis-lot', grams: 1_195_000 }],
      outputs: [{ batch: 'codonopsis-soft', grams: 1_421_000, form: 'moist' }], added: [['水', 229_500]], lost: [['washing', 3_500]],
    }),
    worked(y, {
      name: 'slice codonopsis', ...FACTORY, on: ['10-22', '16:00'], step: 'slicing', method: '切厚片', inputs: [{ batch: 'codonopsis-soft', grams: 1_421_000 }],
      outputs: [{ batch: 'codonopsis-wet', grams: 1_402_000, form: 'slices' }, { batch: 'codonopsis-crumbs', grams: 17_000, form: 'fines', role: 'waste' }], lost: [['slicing', 2_000]],
    }),
    worked(y, {
      name: 'dry codonopsis slices', ...FACTORY, on: ['10-24', '11:00'], step: 'drying', method: '热风 55 ℃', inputs: [{ batch: 'codonopsis-wet', grams: 1_402_000 }],
      outputs: [{ batch: 'codonopsis-slices', grams: 1_163_000, form: 'slices', lotNumber: `${y}1024` }], lost: [['drying', 239_000]],
    }),
    destroyed(y, 'compost codonopsis crumbs', 'yinpian-manager', 'huipan-workshop', 'yinpian-quality', '10-25', [{ batch: 'codonopsis-crumbs', grams: 17_000 }]),
  ];
}
