import { type Act, at, form, grams, kg } from '../act';
import { groupsOf, NORTH_SLOPE } from '../land';
import { grown, harvested, sumOf } from './grown';
import { greenForsythia, standardOf, tested } from './tested';
import { delivered, destroyed, worked } from './worked';

const COOP = { by: 'anze-manager', code: 'ANZE-LQ', site: 'lingshang-store' };
const PROCESSOR = { by: 'jiagong-manager', code: 'ANZE-JG', site: 'lingxia-workshop' };
export const FACTORY = { by: 'yinpian-manager', code: 'HOUMA-YP', site: 'huipan-workshop' };
export const PHARMA = { by: 'zhiyao-warehouse', code: 'LINFEN-ZY', site: 'pingyangli-store' };

/** Three heaps: two days of picking each, from eight crops; what each crop gave, and what came out of steaming and drying, in grams. */
const HEAPS = [
  { name: 'heap-1', from: '08-21', to: '08-22', dryOn: '08-25', amounts: [186_400, 203_100, 178_900, 221_700, 164_200, 198_300, 210_600, 189_800], twigs: 15_600, dried: 519_300, fines: 5_100 },
  { name: 'heap-2', from: '08-24', to: '08-25', dryOn: '08-28', amounts: [201_900, 176_300, 194_700, 208_200, 146_200, 213_500, 187_100, 205_400], twigs: 14_900, dried: 512_600, fines: 4_800 },
  { name: 'heap-3', from: '08-27', to: '08-28', dryOn: '08-31', amounts: [159_600, 168_800, 182_300, 171_900, 154_700, 166_100, 175_400, 148_500], twigs: 12_700, dried: 446_200, fines: 4_300 },
] as const;

/** Typed with a digit too many, and put right the same night. */
const MISTYPED = { heap: 'heap-2', crop: 5, typed: 1_462_000 };

/** 青翘 of many pickers: a harvest a crop and round, rounds in heaps, heaps in one lot that becomes pieces. */
export function greenHeaps(y: number): Act[] {
  return [
    ...grown(y, {
      key: 'slope', by: 'anze-field', herb: 'lianqiao', grade: '青翘', mode: 'wild-tended', sinceYears: 4, day: '03-22', land: groupsOf(NORTH_SLOPE, 2),
      work: [
        ['tending', '04-14'],
        ['fertilising', '05-10', [{ product: '腐熟羊粪有机肥（演示）', quantity: '240', unit: 'kg', purpose: '追肥' }]],
        ['inspection', '07-20'],
      ],
    }),
    ...HEAPS.flatMap((heap) => [
      ...picked(y, heap),
      ...delivered(y, {
        name: heap.name, from: COOP, to: PROCESSOR, day: heap.to, carrier: '岭上农用车队（演示）',
        goods: heap.amounts.map((amount, i) => ({ batch: `slope-${heap.name}-${i + 1}`, grams: amount })),
      }),
      ...driedHeap(y, heap),
    ]),
    worked(y, {
      name: 'green blending', ...PROCESSOR, on: ['09-02', '10:00'], step: 'blending', method: '三堆拼匀',
      inputs: HEAPS.map(({ name, dried }) => ({ batch: `${name}-dried`, grams: dried })),
      outputs: [{ batch: 'green-lot', grams: sumOf(HEAPS.map(({ dried }) => dried)), form: 'dried', lotNumber: `QQ-${y}-0902` }],
    }),
    ...tested(y, {
      batch: 'green-lot', by: 'jiagong-quality', code: 'ANZE-JG', site: 'lingxia-workshop', drawn: kg('0.6'), day: '09-03', number: `YD-${y}-0441`, standard: standardOf('连翘'),
      found: greenForsythia('2', '8.4', '3.2', '33.1', '0.20', '4.2'),
    }),
    ...delivered(y, { name: 'green lot', from: PROCESSOR, to: FACTORY, day: '09-09', goods: [{ batch: 'green-lot', grams: 1_400_000 }], carrier: '汾浍物流（演示）', lotNumber: `YL-${y}-0910` }),
    worked(y, {
      name: 'green cleaning', ...FACTORY, on: ['09-13', '16:00'], step: 'cleaning', method: '净选、筛去碎屑', inputs: [{ batch: 'green-lot', grams: 1_400_000 }],
      outputs: [{ batch: 'green-pieces', grams: 1_358_500, form: 'pieces', lotNumber: `${y}0913` }, { batch: 'green-siftings', grams: 40_200, form: 'fines', role: 'waste' }],
      lost: [['sieving', 1_300]],
    }),
    destroyed(y, 'compost green siftings', 'yinpian-manager', 'huipan-workshop', 'yinpian-quality', '09-15', [{ batch: 'green-siftings', grams: 40_200 }]),
    ...tested(y, {
      batch: 'green-pieces', by: 'yinpian-quality', code: 'HOUMA-YP', site: 'huipan-workshop', drawn: kg('0.5'), day: '09-15', number: `YD-${y}-0459`, standard: standardOf('连翘'),
      found: greenForsythia('1', '8.5', '3.1', '32.8', '0.21', '4.1'),
    }),
    ...delivered(y, { name: 'green pieces', from: FACTORY, to: PHARMA, day: '11-08', goods: [{ batch: 'green-pieces', grams: 420_000 }], carrier: '汾浍物流（演示）', lotNumber: `WL-${y}-1109A` }),
  ];
}

type Heap = (typeof HEAPS)[number];

/** A round of harvests; one of them is corrected in the night. */
function picked(y: number, { name, from, to, amounts }: Heap): Act[] {
  const isMistyped = name === MISTYPED.heap;
  const typed = amounts.map((amount, i) => (isMistyped && i + 1 === MISTYPED.crop ? MISTYPED.typed : amount));
  const harvests = harvested(y, { key: 'slope', by: 'anze-field', site: 'lingshang-store', name, from, to, amounts: typed });
  if (!isMistyped) return harvests;
  const wrong = harvests[MISTYPED.crop - 1] as Act;
  const replacement = { ...wrong.body, ...grams(amounts[MISTYPED.crop - 1] as number) };
  return [
    ...harvests,
    form('correct a harvest', 'anze-manager', `events/@event/${wrong.event}/correction`, { reason: '磅单看错一位', replacement }, { writtenAt: at(y, to, '17:40') }),
  ];
}

function driedHeap(y: number, { name, to, dryOn, amounts, twigs, dried, fines }: Heap): Act[] {
  const fresh = sumOf(amounts);
  return [
    worked(y, {
      name: `steam ${name}`, ...PROCESSOR, on: [nextDay(to), '14:00'], step: 'steaming', method: '蒸制 8 分钟',
      inputs: amounts.map((amount, i) => ({ batch: `slope-${name}-${i + 1}`, grams: amount })),
      outputs: [{ batch: `${name}-steamed`, grams: fresh - twigs, form: 'steamed' }, { batch: `${name}-twigs`, grams: twigs, form: 'twigs', role: 'waste' }],
    }),
    worked(y, {
      name: `dry ${name}`, ...PROCESSOR, on: [dryOn, '17:00'], step: 'drying', method: '热风 60 ℃', inputs: [{ batch: `${name}-steamed`, grams: fresh - twigs }],
      outputs: [{ batch: `${name}-dried`, grams: dried, form: 'dried' }, { batch: `${name}-fines`, grams: fines, form: 'fines', role: 'waste' }],
      lost: [['drying', fresh - twigs - dried - fines]],
    }),
    destroyed(y, `compost ${name}`, 'jiagong-manager', 'lingxia-workshop', 'jiagong-quality', nextDay(dryOn), [{ batch: `${name}-twigs`, grams: twigs }, { batch: `${name}-fines`, grams: fines }]),
  ];
}

const nextDay = (day: string): string => at(2024, day, '00:00', 1).slice(5, 10);
