import { type Act, form, kg, of } from '../act';
import { greenForsythia, standardOf, tested } from './tested';

const standard = standardOf('连翘');

/**
 * 青翘 from two tending areas in 安泽 to a pack sold in 尧都, to the gram. The packs are released, shipped and sold as
 * this is played. @param y the year of the season
 */
export function packedForsythia(y: number): Act[] {
  return [
    form('crop', 'anze-manager', 'crops', {
      eventTime: `${y}-03-20T09:00:00+08:00`, herb: 'lianqiao', grade: '青翘', mode: 'wild-tended', since: `${y - 4}-03-20`,
      plots: ['@land/east-slope', '@land/north-gully'],
    }, { makes: ['crop'] }),
    form('tending', 'anze-field', 'field-work', { eventTime: `${y}-04-12T08:00:00+08:00`, crop: '@batch/crop', work: 'tending' }),
    form('fertilising', 'anze-field', 'field-work', {
      eventTime: `${y}-05-06T07:30:00+08:00`, crop: '@batch/crop', work: 'fertilising',
      inputsUsed: [{ product: '腐熟羊粪有机肥（演示）', quantity: '600', unit: 'kg', purpose: '追肥' }],
    }),
    // Written down nine days later, from memory.
    form('pruning', 'anze-field', 'field-work', { eventTime: `${y}-06-18T16:00:00+08:00`, crop: '@batch/crop', work: 'pruning' }, { writtenAt: `${y}-06-27T20:15:00+08:00` }),
    form('harvest', 'anze-field', 'harvests', {
      eventTime: `${y}-08-20T10:30:00+08:00`, site: '@site/lingshang-store', crop: '@batch/crop', ...kg('812.5'),
      from: `${y}-08-18`, to: `${y}-08-20`, area: { quantity: '10.7', unit: 'mu' }, lotNumber: `岭上-${y}-08`,
    }, { makes: ['fresh'] }),
    form('ship fresh', 'anze-manager', 'shipments', {
      eventTime: `${y}-08-20T14:00:00+08:00`, site: '@site/lingshang-store', to: { organisation: 'ANZE-JG' }, lines: [of('fresh', '812.5')], carrier: '岭上农用车队（演示）',
    }),
    form('receive fresh', 'jiagong-manager', 'receipts', {
      eventTime: `${y}-08-20T16:30:00+08:00`, site: '@site/lingxia-workshop', from: { organisation: 'ANZE-LQ' },
      lines: [{ batch: '@batch/fresh', accepted: kg('812.5'), lotNumber: `XG-${y}-0820` }],
    }),
    form('steaming', 'jiagong-manager', 'processing', {
      eventTime: `${y}-08-20T21:00:00+08:00`, site: '@site/lingxia-workshop', step: 'steaming', method: '蒸制 8 分钟', inputs: [of('fresh', '812.5')],
      outputs: [{ role: 'product', form: 'steamed', ...kg('804.0') }, { role: 'waste', form: 'twigs', ...kg('8.5') }],
    }, { makes: ['steamed', 'twigs'] }),
    form('drying', 'jiagong-manager', 'processing', {
      eventTime: `${y}-08-23T17:00:00+08:00`, site: '@site/lingxia-workshop', step: 'drying', method: '热风 60 ℃', inputs: [of('steamed', '804.0')],
      outputs: [{ role: 'product', form: 'dried', lotNumber: `QQ-${y}-0823`, ...kg('271.3') }, { role: 'waste', form: 'fines', ...kg('2.7') }],
      losses: [{ cause: 'drying', ...kg('530.0') }],
    }, { makes: ['dried', 'fines'] }),
    form('compost waste', 'jiagong-manager', 'destructions', {
      eventTime: `${y}-08-24T08:30:00+08:00`, site: '@site/lingxia-workshop', witness: '@person/jiagong-quality', reason: '枝叶、碎屑堆肥',
      lines: [of('twigs', '8.5'), of('fines', '2.7')],
    }),
    ...tested(y, {
      batch: 'dried', by: 'jiagong-quality', site: 'lingxia-workshop', code: 'ANZE-JG', drawn: kg('0.5'), day: '08-24', number: `YD-${y}-0412`, standard,
      found: greenForsythia('2', '8.1', '3.1', '33.6', '0.21', '4.4'),
    }),
    form('ship dried', 'jiagong-manager', 'shipments', {
      eventTime: `${y}-09-01T08:00:00+08:00`, site: '@site/lingxia-workshop', to: { organisation: 'HOUMA-YP' }, lines: [of('dried', '270.8')], carrier: '汾浍物流（演示）',
    }),
    form('receive dried', 'yinpian-manager', 'receipts', {
      eventTime: `${y}-09-01T15:20:00+08:00`, site: '@site/huipan-workshop', from: { organisation: 'ANZE-JG' },
      lines: [{ batch: '@batch/dried', accepted: kg('270.8'), lotNumber: `YL-${y}-0901` }],
    }),
    form('cleaning', 'yinpian-manager', 'processing', {
      eventTime: `${y}-09-03T16:00:00+08:00`, site: '@site/huipan-workshop', step: 'cleaning', method: '净选、筛去碎屑', inputs: [of('dried', '270.8')],
      outputs: [{ role: 'product', form: 'pieces', lotNumber: `${y}0903`, ...kg('262.4') }, { role: 'waste', form: 'fines', ...kg('8.1') }],
      losses: [{ cause: 'sieving', ...kg('0.3') }],
    }, { makes: ['pieces', 'siftings'] }),
    ...tested(y, {
      batch: 'pieces', by: 'yinpian-quality', site: 'huipan-workshop', code: 'HOUMA-YP', drawn: kg('0.4'), day: '09-04', number: `YD-${y}-0437`, standard,
      found: greenForsythia('1', '8.3', '3.0', '33.2', '0.22', '4.3'),
    }),
    form('ship pieces', 'yinpian-manager', 'shipments', {
      eventTime: `${y}-09-10T08:00:00+08:00`, site: '@site/huipan-workshop', to: { organisation: 'LINFEN-ZY' }, lines: [of('pieces', '100')], carrier: '汾浍物流（演示）',
    }),
    form('receive pieces', 'zhiyao-owner', 'receipts', {
      eventTime: `${y}-09-10T11:40:00+08:00`, site: '@site/pingyangli-store', from: { organisation: 'HOUMA-YP' },
      lines: [{ batch: '@batch/pieces', accepted: kg('99.5'), rejected: { ...kg('0.3'), reason: '一袋受潮' }, short: kg('0.2'), lotNumber: `WL-${y}-0910` }],
    }),
    form('packing', 'yinpian-manager', 'packing', {
      eventTime: `${y}-09-11T10:00:00+08:00`, site: '@site/huipan-workshop', inputs: [of('pieces', '160.2')], pieces: 1600, product: '@product/lianqiao-100g',
      lotNumber: `${y}0911`, expiryDate: `${y + 2}-09-10`, serials: 12, losses: [{ cause: 'packing', ...kg('0.2') }],
    }, { makes: ['packs'], serials: 'packs' }),
    ...tested(y, {
      batch: 'packs', by: 'yinpian-quality', site: 'huipan-workshop', code: 'HOUMA-YP', drawn: { quantity: 5, unit: '袋' }, day: '09-12', number: `YD-${y}-0446`, standard,
      found: greenForsythia('1', '8.4', '3.0', '33.4', '0.22', '4.3'),
    }),
    ...sold({ batch: 'packs', unit: '袋', prefix: '', by: 'yinpian-manager', site: 'huipan-workshop', code: 'HOUMA-YP', loose: 194, price: '57.00' }),
  ];
}

/** Packs on their way to the shop: two cartons of so many loose ones and six with a serial, one of which is sold. */
export interface Sold {
  readonly batch: string;
  readonly unit: string;
  /** Before the names of acts and cartons. */
  readonly prefix: string;
  readonly by: string;
  readonly site: string;
  readonly code: string;
  readonly loose: number;
  readonly price: string;
}

/** What happens as it is played: into cartons, to the shop, over the counter. */
export function sold({ batch, unit, prefix, by, site, code, loose, price }: Sold): Act[] {
  const cartons = [`@batch/${prefix}carton-1`, `@batch/${prefix}carton-2`];
  const name = (text: string): string => (prefix === '' ? text : `${prefix.slice(0, -1)} ${text}`);
  return [
    ...[0, 1].map((carton) =>
      form(name(`carton ${carton + 1}`), by, 'aggregations', {
        site: `@site/${site}`, action: 'pack',
        lines: [{ batch: `@batch/${batch}`, quantity: loose, unit }], serials: `@serials/${batch}/${carton * 6}-${carton * 6 + 5}`,
      }, { makes: [`${prefix}carton-${carton + 1}`], isNow: true }),
    ),
    form(name('ship cartons'), by, 'shipments', { site: `@site/${site}`, to: { organisation: 'LINFEN-DYF' }, containers: cartons }, { isNow: true }),
    form(name('receive cartons'), 'dayaofang-owner', 'receipts', { site: '@site/gulou-shop', from: { organisation: code }, containers: cartons }, { isNow: true }),
    form(name('unpack carton 1'), 'dayaofang-owner', 'aggregations', { site: '@site/gulou-shop', action: 'unpack', container: cartons[0] }, { isNow: true }),
    form(name('sale'), 'dayaofang-owner', 'sales', {
      site: '@site/gulou-shop', lines: [{ batch: `@batch/${batch}`, quantity: 2, unit }], serials: `@serials/${batch}/0-0`, price,
    }, { isNow: true }),
  ];
}
