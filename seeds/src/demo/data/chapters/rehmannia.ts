import { type Act, form, kg, of } from '../act';
import { groupsOf, RIVER_FIELDS } from '../land';
import { FACTORY, PHARMA } from './green-heaps';
import { grown, harvested, sumOf } from './grown';
import { rehmannia, standardOf, steamedRehmannia, tested } from './tested';
import { delivered, destroyed, type Weighed, worked } from './worked';

const COOP = { by: 'xiangfen-manager', code: 'XIANGFEN-DH', site: 'fenan-store' };

/** 生地 dug and dried in 襄汾: nobody has tested it yet, so nothing lets it go. */
export function untestedRehmannia(y: number): Act[] {
  return [
    form('rehmannia crop', 'xiangfen-owner', 'crops', {
      eventTime: `${y}-04-15T09:00:00+08:00`, herb: 'dihuang', mode: 'division', since: `${y}-04-15`, seedLot: `种栽-${y}-01（演示）`, plots: ['@land/river-field'],
    }, { makes: ['rehmannia-crop'] }),
    form('rehmannia harvest', 'xiangfen-owner', 'harvests', {
      eventTime: `${y}-10-08T15:00:00+08:00`, site: '@site/fenan-store', crop: '@batch/rehmannia-crop', ...kg('420'), from: `${y}-10-08`, to: `${y}-10-08`,
    }, { makes: ['rehmannia-fresh'] }),
    form('rehmannia drying', 'xiangfen-owner', 'processing', {
      eventTime: `${y}-10-15T17:00:00+08:00`, site: '@site/fenan-store', step: 'drying', method: '焙干', inputs: [of('rehmannia-fresh', '420')],
      outputs: [{ role: 'product', form: 'dried', lotNumber: `SD-${y}-1015`, ...kg('92.4') }, { role: 'waste', form: 'fines', ...kg('1.6') }],
      losses: [{ cause: 'drying', ...kg('326.0') }],
    }, { makes: ['rehmannia-dried', 'rehmannia-fines'] }),
  ];
}

/** Two rounds of digging: what the four crops gave, and what each round was when it was dry, in grams. */
const ROUNDS = [
  { name: 'dig-1', from: '10-11', to: '10-12', dryOn: '10-19', amounts: [2_614_000, 2_587_500, 2_702_000, 2_498_500], dried: 2_288_000, fines: 31_400 },
  { name: 'dig-2', from: '10-14', to: '10-15', dryOn: '10-22', amounts: [2_551_500, 2_633_000, 2_476_000, 2_589_500], dried: 2_255_000, fines: 29_800 },
] as const;

/** 地黄 → 生地黄 at the co-operative → 熟地黄 at the factory, steamed and dried three times. */
export function rehmanniaChapter(y: number): Act[] {
  return [
    ...grown(y, {
      key: 'fen', by: 'xiangfen-field', herb: 'dihuang', mode: 'division', sinceYears: 0, day: '04-12', land: groupsOf(RIVER_FIELDS, 3),
      work: [
        ['weeding', '05-18'],
        ['fertilising', '06-08', [{ product: '腐熟羊粪有机肥（演示）', quantity: '900', unit: 'kg', purpose: '追肥' }]],
        ['irrigation', '07-06'],
      ],
    }),
    ...ROUNDS.flatMap(({ name, from, to, dryOn, amounts, dried, fines }) => [
      ...harvested(y, { key: 'fen', by: 'xiangfen-field', site: 'fenan-store', name, from, to, amounts }),
      worked(y, {
        name: `dry ${name}`, ...COOP, on: [dryOn, '17:00'], step: 'drying', method: '焙干', inputs: amounts.map((amount, i) => ({ batch: `fen-${name}-${i + 1}`, grams: amount })),
        outputs: [{ batch: `${name}-dried`, grams: dried, form: 'dried' }, { batch: `${name}-fines`, grams: fines, form: 'fines', role: 'waste' }],
        lost: [['drying', sumOf(amounts) - dried - fines]],
      }),
    ]),
    destroyed(y, 'compost rehmannia fines', 'xiangfen-manager', 'fenan-store', 'xiangfen-quality', '10-23', ROUNDS.map(({ name, fines }) => ({ batch: `${name}-fines`, grams: fines }))),
    worked(y, {
      name: 'rehmannia blending', ...COOP, on: ['10-23', '10:00'], step: 'blending', method: '两批拼匀', inputs: ROUNDS.map(({ name, dried }) => ({ batch: `${name}-dried`, grams: dried })),
      outputs: [{ batch: 'rehmannia-lot', grams: sumOf(ROUNDS.map(({ dried }) => dried)), form: 'dried', lotNumber: `SD-${y}-1023` }],
    }),
    ...tested(y, {
      batch: 'rehmannia-lot', by: 'xiangfen-quality', code: 'XIANGFEN-DH', site: 'fenan-store', drawn: kg('0.6'), day: '10-23', number: `YD-${y}-0523`, standard: standardOf('地黄'),
      found: rehmannia('12.8', '5.1', '71.6'),
    }),
    ...delivered(y, { name: 'rehmannia lot', from: COOP, to: FACTORY, day: '10-27', goods: [{ batch: 'rehmannia-lot', grams: 3_000_000 }], carrier: '汾浍物流（演示）', lotNumber: `YL-${y}-1028` }),
    ...steamedThrice(y),
    ...tested(y, {
      batch: 'steamed-rehmannia', by: 'yinpian-quality', code: 'HOUMA-YP', site: 'huipan-workshop', drawn: kg('0.5'), day: '11-04', number: `YD-${y}-0541`, standard: standardOf('地黄'),
      found: steamedRehmannia('5.6', '72.4', '0.071'),
    }),
    ...delivered(y, { name: 'steamed rehmannia', from: FACTORY, to: PHARMA, day: '11-08', goods: [{ batch: 'steamed-rehmannia', grams: 480_000 }], carrier: '汾浍物流（演示）', lotNumber: `WL-${y}-1109B` }),
  ];
}

/** Each time: water taken up in the steam, mass after drying, in grams. */
const STEAMINGS = [
  { on: '10-30', water: 864_000, dried: 3_214_000 },
  { on: '10-31', water: 559_000, dried: 3_158_000 },
  { on: '11-01', water: 521_500, dried: 3_021_500 },
] as const;
const CLEANED = 2_954_000;

function steamedThrice(y: number): Act[] {
  const acts: Act[] = [
    worked(y, {
      name: 'clean rehmannia', ...FACTORY, on: ['10-29', '11:00'], step: 'cleaning', method: '净选', inputs: [{ batch: 'rehmannia-lot', grams: 3_000_000 }],
      outputs: [{ batch: 'rehmannia-clean', grams: CLEANED, form: 'dried' }, { batch: 'rehmannia-dust', grams: 41_500, form: 'fines', role: 'waste' }], lost: [['cleaning', 4_500]],
    }),
  ];
  let before: Weighed = { batch: 'rehmannia-clean', grams: CLEANED };
  STEAMINGS.forEach(({ on, water, dried }, i) => {
    const steamed = { batch: `rehmannia-steamed-${i + 1}`, grams: before.grams + water };
    const after = { batch: `rehmannia-redried-${i + 1}`, grams: dried };
    acts.push(
      worked(y, { name: `steam rehmannia ${i + 1}`, ...FACTORY, on: [on, '08:00'], step: 'steaming', method: `第 ${i + 1} 次蒸制`, inputs: [before], outputs: [{ ...steamed, form: 'steamed' }], added: [['水', water]] }),
      worked(y, { name: `dry rehmannia ${i + 1}`, ...FACTORY, on: [on, '20:00'], step: 'drying', method: `第 ${i + 1} 次干燥`, inputs: [steamed], outputs: [{ ...after, form: 'dried' }], lost: [['drying', steamed.grams - dried]] }),
    );
    before = after;
  });
  return [
    ...acts,
    worked(y, {
      name: 'slice steamed rehmannia', ...FACTORY, on: ['11-03', '15:00'], step: 'slicing', method: '切厚片', inputs: [before],
      outputs: [{ batch: 'steamed-rehmannia', grams: 2_968_000, form: 'slices', lotNumber: `${y}1103` }, { batch: 'rehmannia-crumbs', grams: 49_000, form: 'fines', role: 'waste' }],
      lost: [['slicing', 4_500]],
    }),
    destroyed(y, 'compost rehmannia crumbs', 'yinpian-manager', 'huipan-workshop', 'yinpian-quality', '11-04', [{ batch: 'rehmannia-dust', grams: 41_500 }, { batch: 'rehmannia-crumbs', grams: 49_000 }]),
  ];
}
