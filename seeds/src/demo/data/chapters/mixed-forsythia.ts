import { type Act, at, form, kg, of } from '../act';
import { ARRIVED, scaleEvening } from './scale-evening';
import { delivered, destroyed, worked } from './worked';

const COOP = { by: 'anze-manager', code: 'ANZE-LQ', site: 'lingshang-store' };
const PROCESSOR = { by: 'jiagong-manager', code: 'ANZE-JG', site: 'lingxia-workshop' };
const DAY = '08-30';
/** What came out of steaming and drying the heap, in grams. */
const [TWIGS, DRIED] = [3_700, 104_000];

/**
 * Forms of everyday trade: a heap of slips, dried; dried fruit bought from outside, whose origin is only declared; zones
 * and the decision on what lies in them; three parts of the one mixed with two of the other, divided, sold, in part
 * brought back; stock that drew moisture and was dried once more.
 */
export function mixedForsythia(y: number): Act[] {
  return [
    ...scaleEvening(y, DAY),
    ...delivered(y, { name: 'evening', from: { ...COOP, by: 'anze-station' }, to: PROCESSOR, day: '08-31', goods: [{ batch: 'evening', grams: ARRIVED }], carrier: '岭上农用车队（演示）' }),
    worked(y, {
      name: 'steam evening', ...PROCESSOR, on: ['09-01', '14:00'], step: 'steaming', method: '蒸制 8 分钟', inputs: [{ batch: 'evening', grams: ARRIVED }],
      outputs: [{ batch: 'evening-steamed', grams: ARRIVED - TWIGS, form: 'steamed' }, { batch: 'evening-twigs', grams: TWIGS, form: 'twigs', role: 'waste' }],
    }),
    worked(y, {
      name: 'dry evening', ...PROCESSOR, on: ['09-04', '17:00'], step: 'drying', method: '热风 60 ℃', inputs: [{ batch: 'evening-steamed', grams: ARRIVED - TWIGS }],
      outputs: [{ batch: 'evening-dried', grams: DRIED, form: 'dried', lotNumber: `QQ-${y}-0904` }], lost: [['drying', ARRIVED - TWIGS - DRIED]],
    }),
    destroyed(y, 'compost evening', PROCESSOR.by, PROCESSOR.site, 'jiagong-quality', '09-05', [{ batch: 'evening-twigs', grams: TWIGS }]),
    ...stored(y),
    ...traded(y),
  ];
}

/** Zones of the workshop's store; what came from outside waits in one for the decision of the head of quality. */
function stored(y: number): Act[] {
  const by = 'jiagong-warehouse';
  const zone = (key: string, kind: string, name: string): Act =>
    form(`zone ${key}`, by, 'zones', { site: '@site/lingxia-workshop', zone: kind, name }, { registers: ['site', key], writtenAt: at(y, '10-08', '08:00') });
  return [
    zone('lingxia-quarantine', 'quarantine', '待验区 A-01'),
    zone('lingxia-qualified', 'qualified', '合格区 B-01'),
    form('take in from outside', by, 'intakes', {
      eventTime: at(y, '10-08', '10:20'), site: '@site/lingxia-quarantine', means: 'other-province', herb: 'lianqiao', grade: '青翘', form: 'dried', ...kg('300'),
      origin: { regionCode: '411224', text: '河南卢氏' }, year: y, packages: { count: 12, eachKg: '25' }, seller: { organisationName: '卢氏演示药材经营部（演示）' },
      papers: [{ kind: 'origin', number: '演示-CD-0001' }], supplierLot: '演示-LS-0915', lotNumber: `WG-${y}-1008`,
    }, { makes: ['outside'] }),
    form('retain a sample', 'jiagong-quality', 'samples', {
      eventTime: at(y, '10-08', '14:00'), site: '@site/lingxia-quarantine', lines: [of('outside', '0.5')], kind: 'retained', retained: { place: '留样柜 2 层', until: `${y + 3}-10-08` }, sampleNumber: `LY-${y}-1008`,
    }),
    form('move the dried heap', by, 'transfers', { eventTime: at(y, '10-09', '08:30'), from: '@site/lingxia-workshop', to: '@site/lingxia-quarantine', lines: [of('evening-dried', DRIED)] }),
    form('decide on the zone', 'jiagong-quality', 'zone-decisions', {
      eventTime: at(y, '10-10', '10:00'), from: '@site/lingxia-quarantine', to: '@site/lingxia-qualified', lines: [of('outside', '299.5'), of('evening-dried', DRIED)],
      basis: '入库验收：外观、气味、水分自检，未见异常（演示）',
    }),
  ];
}

/** 60 kg proven and 40 kg declared become one; a part of it is sold, and a little of that comes back. */
function traded(y: number): Act[] {
  const { by } = PROCESSOR;
  const site = '@site/lingxia-qualified';
  return [
    form('mix', by, 'mixtures', { eventTime: at(y, '10-12', '08:40'), site, inputs: [of('evening-dried', '60'), of('outside', '40')], lotNumber: `P-${y}-1012` }, { makes: ['mixture'] }),
    form('split the mixture', by, 'splits', {
      eventTime: at(y, '10-12', '10:00'), site, batch: '@batch/mixture', parts: [{ ...kg('25'), lotNumber: `P-${y}-1012-1` }, { ...kg('25'), lotNumber: `P-${y}-1012-2` }], remainder: 'stays',
    }, { makes: ['mixture-1', 'mixture-2'] }),
    form('sell a part', by, 'sales', { eventTime: at(y, '10-13', '09:30'), site, lines: [of('mixture-1', '25')], buyer: 'KH-0031', price: '4000.00' }, { event: 'mixture-sale' }),
    form('take back a little', by, 'returns', {
      eventTime: at(y, '10-16', '15:10'), site: '@site/lingxia-quarantine', sale: '@event-id/mixture-sale', lines: [of('mixture-1', '5')], reason: '客户多买，退回未拆封一袋', state: 'unopened',
    }),
    // What a humid autumn brought in stays 234.96 kg of dry matter.
    form('take stock', 'jiagong-warehouse', 'stock-takes', {
      eventTime: at(y, '10-31', '17:00'), site, reason: '月末盘点', lines: [{ batch: '@batch/outside', ...kg('264'), moisture: { percent: '11.0', method: 'oven' }, reason: 'moisture-regain' }],
    }),
    form('dry once more', by, 'stock-changes', {
      eventTime: at(y, '11-02', '16:00'), site, change: 're-drying', method: '60 ℃ 热风 4 小时',
      lines: [{ batch: '@batch/outside', before: '264', after: '259.6', unit: 'kg', moistureBefore: { percent: '11.0', method: 'oven' }, moistureAfter: { percent: '9.5', method: 'oven' } }],
    }),
  ];
}
