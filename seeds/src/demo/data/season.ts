/**
 * The season the demonstration plays, step by step. What a step names by `@kind/key` is put in when it is played:
 * `@batch/…` the URI of a batch made before, `@serials/…` a list of them, `@site`, `@land`, `@product`, `@person` and
 * `@report` the id of what was registered or entered before.
 */

/** One request of one person. */
export interface Act {
  /** Names it for good: its Idempotency-Key is made of it. */
  readonly step: string;
  /** Who signs in for it. */
  readonly by: string;
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** Names for the batches the answer gives codes to, in the answer's order. */
  readonly makes?: readonly string[];
  /** Name for the serials it commissions; for the report it enters. */
  readonly serials?: string;
  readonly report?: string;
  /** When it was written down, if not some minutes after it happened. */
  readonly writtenAt?: string;
  /** It happens as it is played, since a release is only as old as the log that holds it: what it allowed came after. */
  readonly isNow?: true;
}

type Body = Readonly<Record<string, unknown>>;

const kg = (quantity: string): Body => ({ quantity, unit: 'kg' });
const of = (batch: string, quantity: string): Body => ({ batch: `@batch/${batch}`, ...kg(quantity) });
const form = (step: string, by: string, path: string, body: Body, more: Partial<Act> = {}): Act => ({ step, by, path: `/api/v1/${path}`, body, ...more });

const STANDARD = '《中国药典》连翘项；限度抄自检验记录模板，未与印刷本核对（演示）';

/**
 * 青翘 from two tending areas in 安泽 to a pack sold in 尧都, to the gram. The packs are released, shipped and sold as
 * this is played. @param y the year of the season
 */
function greenForsythia(y: number): Act[] {
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
    // Written down nine days later, from memory: the page says so.
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
    ...tested(y, { batch: 'dried', by: 'jiagong-quality', site: 'lingxia-workshop', code: 'ANZE-JG', drawn: kg('0.5'), month: '08', day: 24, number: `YD-${y}-0412`, found: ['2', '8.1', '3.1', '33.6', '0.21', '4.4'] }),
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
    ...tested(y, { batch: 'pieces', by: 'yinpian-quality', site: 'huipan-workshop', code: 'HOUMA-YP', drawn: kg('0.4'), month: '09', day: 4, number: `YD-${y}-0437`, found: ['1', '8.3', '3.0', '33.2', '0.22', '4.3'] }),
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
    ...tested(y, { batch: 'packs', by: 'yinpian-quality', site: 'huipan-workshop', code: 'HOUMA-YP', drawn: { quantity: 5, unit: '袋' }, month: '09', day: 12, number: `YD-${y}-0446`, found: ['1', '8.4', '3.0', '33.4', '0.22', '4.3'] }),
    ...[0, 1].map((carton) =>
      form(`carton ${carton + 1}`, 'yinpian-manager', 'aggregations', {
        site: '@site/huipan-workshop', action: 'pack',
        lines: [{ batch: '@batch/packs', quantity: 194, unit: '袋' }], serials: `@serials/packs/${carton * 6}-${carton * 6 + 5}`,
      }, { makes: [`carton-${carton + 1}`], isNow: true }),
    ),
    form('ship cartons', 'yinpian-manager', 'shipments', {
      site: '@site/huipan-workshop', to: { organisation: 'LINFEN-DYF' }, containers: ['@batch/carton-1', '@batch/carton-2'],
    }, { isNow: true }),
    form('receive cartons', 'dayaofang-owner', 'receipts', {
      site: '@site/gulou-shop', from: { organisation: 'HOUMA-YP' }, containers: ['@batch/carton-1', '@batch/carton-2'],
    }, { isNow: true }),
    form('unpack carton 1', 'dayaofang-owner', 'aggregations', {
      site: '@site/gulou-shop', action: 'unpack', container: '@batch/carton-1',
    }, { isNow: true }),
    form('sale', 'dayaofang-owner', 'sales', {
      site: '@site/gulou-shop', lines: [{ batch: '@batch/packs', quantity: 2, unit: '袋' }], serials: '@serials/packs/0-0', price: '57.00',
    }, { isNow: true }),
  ];
}

/** 生地 dug and dried in 襄汾: nobody has tested it yet, so nothing lets it go. */
function rehmannia(y: number): Act[] {
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

/** A little 老翘 that fails its test: more impurities than the limit. */
function oldForsythia(y: number): Act[] {
  return [
    form('old harvest', 'anze-field', 'harvests', {
      eventTime: `${y}-10-09T10:00:00+08:00`, site: '@site/lingshang-store', crop: '@batch/crop', grade: '老翘', ...kg('60'), from: `${y}-10-09`, to: `${y}-10-09`,
    }, { makes: ['old-fresh'] }),
    form('old drying', 'anze-manager', 'processing', {
      eventTime: `${y}-10-12T16:00:00+08:00`, site: '@site/lingshang-store', step: 'drying', method: '晒干', inputs: [of('old-fresh', '60')],
      outputs: [{ role: 'product', form: 'dried', lotNumber: `LQ-${y}-1012`, ...kg('42') }, { role: 'co-product', form: 'seeds', ...kg('3') }],
      losses: [{ cause: 'drying', ...kg('15') }],
    }, { makes: ['old-dried', 'old-seeds'] }),
    ...reported(y, { batch: 'old-dried', by: 'anze-quality', site: 'lingshang-store', code: 'ANZE-LQ', drawn: kg('0.3'), month: '10', day: 13, number: `YD-${y}-0501`, found: ['11', '7.9', '3.4', '18.2', '0.17', '0.38'] }, 'fail'),
  ];
}

interface Test {
  readonly batch: string;
  readonly by: string;
  readonly site: string;
  readonly code: string;
  readonly drawn: Body;
  readonly month: string;
  readonly day: number;
  readonly number: string;
  /** 杂质, 水分, 总灰分, 浸出物, 连翘苷, 连翘酯苷A, each in per cent as the laboratory writes it. */
  readonly found: readonly string[];
}

/** A sample goes to the laboratory, which finds nothing against it; then the quality head lets the batch go. */
function tested(y: number, test: Test): Act[] {
  return [...reported(y, test, 'pass'), released(test.batch, test.by, at(y, test, 4, '09:00'))];
}

const at = (y: number, { month, day }: Test, days: number, time: string): string => `${y}-${month}-${String(day + days).padStart(2, '0')}T${time}:00+08:00`;

/** Sample, and a report that three people sign. */
function reported(y: number, test: Test, verdict: 'pass' | 'fail'): Act[] {
  const { batch, by, site, code, drawn, number, found } = test;
  return [
    form(`sample ${batch}`, by, 'samples', {
      eventTime: at(y, test, 0, '09:30'), site: `@site/${site}`, lines: [{ batch: `@batch/${batch}`, ...drawn }], laboratory: { organisation: 'LINFEN-JC' }, sampleNumber: `YP-${number}`,
    }),
    form(`report ${batch}`, 'jiance-tester', 'test-reports', {
      number, batch: `@batch/${batch}`, sampleNumber: `YP-${number}`, commissioner: code, standard: STANDARD, sampledQuantity: `${drawn.quantity} ${drawn.unit}`,
      items: itemsOf(found, verdict),
    }, { report: batch, writtenAt: at(y, test, 2, '16:00') }),
    form(`review ${batch}`, 'jiance-reviewer', `test-reports/@report/${batch}/review`, {}, { writtenAt: at(y, test, 3, '10:00') }),
    form(`approve ${batch}`, 'jiance-approver', `test-reports/@report/${batch}/approval`, { verdict, issuedOn: at(y, test, 3, '00:00').slice(0, 10) }, { writtenAt: at(y, test, 3, '15:00') }),
  ];
}

const TESTS = ['杂质', '水分', '总灰分', '浸出物', '连翘苷', '连翘酯苷A'];
/** Of 青翘 and of 老翘, as read in a plant's inspection-record templates; they judge nothing here, the approver does. */
const GREEN = ['不得过 3%', '不得过 10.0%', '不得过 4.0%', '不得少于 30.0%', '不得少于 0.15%', '不得少于 3.5%'];
const OLD = ['不得过 9%', '不得过 10.0%', '不得过 4.0%', '不得少于 16.0%', '不得少于 0.15%', '不得少于 0.25%'];

/** Only impurities fail, where something does. */
function itemsOf(found: readonly string[], verdict: 'pass' | 'fail'): Body[] {
  const limits = verdict === 'fail' ? OLD : GREEN;
  const measured = TESTS.map((test, i) => ({ test, value: found[i] as string, unit: '%', limitText: limits[i] as string, verdict: test === '杂质' ? verdict : 'pass' }));
  return [{ test: '性状', value: '符合规定', verdict: 'pass' }, ...measured];
}

/** The quality head lets a batch go. */
function released(batch: string, by: string, writtenAt: string): Act {
  return form(`release ${batch}`, by, 'releases', { batch: `@batch/${batch}`, decision: 'released', standard: STANDARD, reason: '检验符合规定，记录完整' }, { writtenAt });
}

/** Everything that is played, in the order in which it happened or nearly so. @param year the calendar year of the season */
export function season(year: number): readonly Act[] {
  return [...greenForsythia(year), ...rehmannia(year), ...oldForsythia(year)];
}
