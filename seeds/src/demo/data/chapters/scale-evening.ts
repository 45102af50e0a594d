import { type Act, at, form } from '../act';

/** Pickers of one evening, made up. */
const PICKERS = [['p1', 'member', '演示社员甲'], ['p2', 'member', '演示社员乙'], ['p3', 'household', '演示农户丙'], ['p4', 'household', '演示农户丁'], ['p5', 'bare-name', '演示散户戊']] as const;

/** Slips in 斤, in the order of the evening: who, gross, tare, water in per cent, impurities in 斤, sacks. */
export const SLIPS = [
  ['p1', '86.4', '1.4', '5', undefined, 2], ['p3', '61.2', '1.2', '3', undefined, 2], ['p2', '97.8', '1.8', '5', '2.0', 3],
  ['p1', '54.6', '0.6', '5', undefined, 1], ['p5', '38.2', '0.6', undefined, '1.4', 1], ['p4', '92.0', '1.4', '4', undefined, 2],
  ['p2', '71.4', '1.2', '5', undefined, 2], ['p3', '66.8', '1.2', '3', '0.8', 2], ['p4', '81.4', '0.8', '4', undefined, 1],
] as const;

/** What arrived that evening, gross less tare, in grams: what is taken off before it is paid for arrived all the same. */
export const ARRIVED = SLIPS.reduce((sum, [, gross, tare]) => sum + Math.round((Number(gross) - Number(tare)) * 500), 0);

/** One evening at the scale of a station: five pickers, nine slips, one heap that becomes the batch `evening`. */
export function scaleEvening(y: number, day: string): Act[] {
  const by = 'anze-station';
  const place = { site: '@site/lingshang-store', area: '@land/east-slope', herb: 'lianqiao', grade: '青翘' };
  return [
    form('scale of the station', by, 'scales', {
      name: '岭上一号台秤（演示）', site: place.site, kind: 'platform', division: { quantity: '0.1', unit: '斤' }, capacity: { quantity: '300', unit: 'kg' },
      calibratedOn: `${y}-03-12`, validUntil: `${y + 1}-03-11`,
    }, { registers: ['scale', 'station'], writtenAt: at(y, day, '17:00') }),
    ...PICKERS.map(([key, kind, name]) => form(`picker ${key}`, by, 'pickers', { kind, name }, { registers: ['picker', key], writtenAt: at(y, day, '17:10') })),
    ...SLIPS.map(([picker, gross, tare, water, impurity, sacks], i) =>
      form(`slip ${i + 1}`, by, 'slips', {
        eventTime: at(y, day, `19:${10 + i * 5}`), ...place, picker: `@picker/${picker}`, unit: '斤', gross, tare, sacks, scale: '@scale/station', price: '3.20', slipNumber: `No.${String(3110 + i).padStart(6, '0')}`,
        deductions: [...(water === undefined ? [] : [{ kind: 'water', percent: water }]), ...(impurity === undefined ? [] : [{ kind: 'impurity', weight: impurity }])],
      }, i === 0 ? { after: ['crop'] } : {}),
    ),
    form('close the heap', by, 'heaps', { eventTime: at(y, day, '21:30'), ...place, crop: '@batch/crop', day: at(y, day, '00:00').slice(0, 10), lotNumber: `岭上-${y}-晚` }, { makes: ['evening'] }),
  ];
}
