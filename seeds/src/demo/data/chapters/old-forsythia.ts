import { type Act, at, form, kg, of } from '../act';
import { FACTORY } from './green-heaps';
import { harvested, sumOf } from './grown';
import { oldForsythia, reported, standardOf, tested } from './tested';
import { delivered, worked } from './worked';

const COOP = { by: 'anze-manager', code: 'ANZE-LQ', site: 'lingshang-store' };
/** What the eight crops of the slope gave once more in October, in grams. */
const ROUND = [61_300, 58_700, 72_400, 66_900, 49_800, 70_200, 63_500, 55_600];
const FRESH = sumOf(ROUND);
const [DRIED, SEEDS] = [338_200, 21_400];

/** 老翘, later in autumn: a lot that goes on, and a little of another slope that fails its test and is held. */
export function oldForsythiaChapter(y: number): Act[] {
  const standard = standardOf('连翘');
  const [first, ...others] = harvested(y, { key: 'slope', by: 'anze-field', site: 'lingshang-store', name: 'old', from: '10-09', to: '10-10', amounts: ROUND, grade: '老翘' });
  return [
    form('old harvest', 'anze-field', 'harvests', {
      eventTime: at(y, '10-09', '10:00'), site: '@site/lingshang-store', crop: '@batch/crop', grade: '老翘', ...kg('60'), from: `${y}-10-09`, to: `${y}-10-09`,
    }, { makes: ['old-fresh'], after: ['crop'] }),
    form('old drying', 'anze-manager', 'processing', {
      eventTime: at(y, '10-12', '16:00'), site: '@site/lingshang-store', step: 'drying', method: '晒干', inputs: [of('old-fresh', '60')],
      outputs: [{ role: 'product', form: 'dried', lotNumber: `LQ-${y}-1012`, ...kg('42') }, { role: 'co-product', form: 'seeds', ...kg('3') }],
      losses: [{ cause: 'drying', ...kg('15') }],
    }, { makes: ['old-dried', 'old-seeds'] }),
    ...reported(y, {
      batch: 'old-dried', by: 'anze-quality', site: 'lingshang-store', code: 'ANZE-LQ', drawn: kg('0.3'), day: '10-13', number: `YD-${y}-0501`, standard,
      found: oldForsythia('11', '7.9', '3.4', '18.2', '0.17', '0.38'),
    }, ['杂质']),
    form('hold old-dried', 'anze-quality', 'holds', { batch: '@batch/old-dried', reason: '杂质超过限度，检验不符合规定' }, { writtenAt: at(y, '10-16', '17:00') }),
    { ...(first as Act), after: ['slope inspection 07-20 8'] },
    ...others,
    worked(y, {
      name: 'dry old lot', ...COOP, on: ['10-15', '16:30'], step: 'drying', method: '晒干、筛去种子', inputs: ROUND.map((amount, i) => ({ batch: `slope-old-${i + 1}`, grams: amount })),
      outputs: [{ batch: 'old-lot', grams: DRIED, form: 'dried', lotNumber: `LQ-${y}-1015` }, { batch: 'old-lot-seeds', grams: SEEDS, form: 'seeds', role: 'co-product' }],
      lost: [['drying', FRESH - DRIED - SEEDS]],
    }),
    ...tested(y, {
      batch: 'old-lot', by: 'anze-quality', code: 'ANZE-LQ', site: 'lingshang-store', drawn: kg('0.4'), day: '10-16', number: `YD-${y}-0507`, standard,
      found: oldForsythia('6', '8.0', '3.3', '18.9', '0.18', '0.41'),
    }),
    ...delivered(y, { name: 'old lot', from: COOP, to: FACTORY, day: '10-22', goods: [{ batch: 'old-lot', grams: 330_000 }], carrier: '汾浍物流（演示）', lotNumber: `YL-${y}-1023` }),
  ];
}
