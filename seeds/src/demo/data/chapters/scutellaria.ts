import { type Act, kg } from '../act';
import { groupsOf, JIANG_TERRACES } from '../land';
import { FACTORY, PHARMA } from './green-heaps';
import { grown, harvested, sumOf } from './grown';
import { scutellaria, standardOf, tested } from './tested';
import { delivered, destroyed, worked } from './worked';

const COOP = { by: 'jiangxian-field', code: 'JIANGXIAN-HQ', site: 'yuanshang-store' };

/** Two rounds of digging; stems and root hairs cut off; what was dry, in grams. */
const ROUNDS = [
  { name: 'root-1', from: '09-23', to: '09-24', cleanOn: '09-26', dryOn: '10-05', amounts: [712_500, 688_000, 734_500, 701_000], stems: 118_400, dried: 951_000, fines: 14_200 },
  { name: 'root-2', from: '09-28', to: '09-29', cleanOn: '10-01', dryOn: '10-10', amounts: [695_500, 721_000, 677_500, 709_500], stems: 115_900, dried: 938_500, fines: 13_700 },
] as const;

/** 黄芩 of 绛县: dug, cleaned, dried; at the factory softened by steam, sliced and dried again. */
export function scutellariaChapter(y: number): Act[] {
  return [
    ...grown(y, {
      key: 'jiang', by: 'jiangxian-field', herb: 'huangqin', mode: 'seed', sinceYears: 2, day: '04-06', land: groupsOf(JIANG_TERRACES, 3),
      work: [['weeding', '05-12'], ['weeding', '06-22'], ['fertilising', '07-08', [{ product: '腐熟羊粪有机肥（演示）', quantity: '600', unit: 'kg', purpose: '追肥' }]]],
    }),
    ...ROUNDS.flatMap(({ name, from, to, cleanOn, dryOn, amounts, stems, dried, fines }) => {
      const cleaned = sumOf(amounts) - stems;
      return [
        ...harvested(y, { key: 'jiang', by: 'jiangxian-field', site: 'yuanshang-store', name, from, to, amounts }),
        worked(y, {
          name: `clean ${name}`, ...COOP, on: [cleanOn, '16:00'], step: 'cleaning', method: '除去茎叶、须根及泥沙', inputs: amounts.map((amount, i) => ({ batch: `jiang-${name}-${i + 1}`, grams: amount })),
          outputs: [{ batch: `${name}-clean`, grams: cleaned, form: 'fresh' }, { batch: `${name}-stems`, grams: stems, form: 'stems', role: 'waste' }],
        }),
        worked(y, {
          name: `dry ${name}`, ...COOP, on: [dryOn, '17:00'], step: 'drying', method: '晒干', inputs: [{ batch: `${name}-clean`, grams: cleaned }],
          outputs: [{ batch: `${name}-dried`, grams: dried, form: 'dried' }, { batch: `${name}-fines`, grams: fines, form: 'fines', role: 'waste' }], lost: [['drying', cleaned - dried - fines]],
        }),
        destroyed(y, `compost ${name}`, 'jiangxian-owner', 'yuanshang-store', 'jiangxian-quality', dryOn === '10-05' ? '10-06' : '10-11', [{ batch: `${name}-stems`, grams: stems }, { batch: `${name}-fines`, grams: fines }]),
      ];
    }),
    worked(y, {
      name: 'scutellaria blending', ...COOP, on: ['10-11', '15:00'], step: 'blending', method: '两批拼匀', inputs: ROUNDS.map(({ name, dried }) => ({ batch: `${name}-dried`, grams: dried })),
      outputs: [{ batch: 'scutellaria-lot', grams: sumOf(ROUNDS.map(({ dried }) => dried)), form: 'dried', lotNumber: `HQ-${y}-1011` }],
    }),
    ...tested(y, {
      batch: 'scutellaria-lot', by: 'jiangxian-quality', code: 'JIANGXIAN-HQ', site: 'yuanshang-store', drawn: kg('0.5'), day: '10-12', number: `YD-${y}-0509`, standard: standardOf('黄芩'),
      found: scutellaria('9.2', '4.7', '46.3', '11.8'),
    }),
    ...delivered(y, { name: 'scutellaria lot', from: { ...COOP, by: 'jiangxian-owner' }, to: FACTORY, day: '10-17', goods: [{ batch: 'scutellaria-lot', grams: 1_500_000 }], carrier: '汾浍物流（演示）', lotNumber: `YL-${y}-1018` }),
    ...sliced(y),
    ...tested(y, {
      batch: 'scutellaria-slices', by: 'yinpian-quality', code: 'HOUMA-YP', site: 'huipan-workshop', drawn: kg('0.4'), day: '10-22', number: `YD-${y}-0518`, standard: standardOf('黄芩'),
      found: scutellaria('9.8', '4.6', '45.7', '11.2'),
    }),
    ...delivered(y, { name: 'scutellaria slices', from: FACTORY, to: PHARMA, day: '11-08', goods: [{ batch: 'scutellaria-slices', grams: 260_000 }], carrier: '汾浍物流（演示）', lotNumber: `WL-${y}-1109C` }),
  ];
}

function sliced(y: number): Act[] {
  return [
    worked(y, {
      name: 'soften scutellaria', ...FACTORY, on: ['10-19', '09:00'], step: 'steaming', method: '蒸软', inputs: [{ batch: 'scutellaria-lot', grams: 1_500_000 }],
      outputs: [{ batch: 'scutellaria-soft', grams: 1_812_000, form: 'steamed' }], added: [['水', 312_000]],
    }),
    worked(y, {
      name: 'slice scutellaria', ...FACTORY, on: ['10-19', '15:00'], step: 'slicing', method: '切薄片', inputs: [{ batch: 'scutellaria-soft', grams: 1_812_000 }],
      outputs: [{ batch: 'scutellaria-wet', grams: 1_786_500, form: 'slices' }, { batch: 'scutellaria-ends', grams: 23_000, form: 'fines', role: 'waste' }], lost: [['slicing', 2_500]],
    }),
    worked(y, {
      name: 'dry scutellaria slices', ...FACTORY, on: ['10-21', '10:00'], step: 'drying', method: '热风 60 ℃', inputs: [{ batch: 'scutellaria-wet', grams: 1_786_500 }],
      outputs: [{ batch: 'scutellaria-slices', grams: 1_466_000, form: 'slices', lotNumber: `${y}1021` }], lost: [['drying', 320_500]],
    }),
    destroyed(y, 'compost scutellaria ends', 'yinpian-manager', 'huipan-workshop', 'yinpian-quality', '10-22', [{ batch: 'scutellaria-ends', grams: 23_000 }]),
  ];
}
