import type { DeliveryFacts } from './facts';
import { judgeShare } from './rules';

const kg = (amount: number): bigint => BigInt(amount) * 1_000_000n;
const brought = (amount: number, median: number, others: number): Partial<DeliveryFacts> => ({ pickerDays: [{ mg: kg(amount), slips: ['s2', 's1'], others, medianMg: kg(median) }] });

it.each<[string, Partial<DeliveryFacts>, string[]]>([
  ['twelve times what is usual', brought(600, 50, 10), ['picker-day-unusual s1 s2']],
  ['a family under one name', brought(400, 50, 10), []],
  ['the first evenings of a station', brought(600, 50, 6), []],
  ['a paper that was entered before', { repeated: [{ slip: 'again', first: 'once', number: 'No.1' }] }, ['slip-entered-twice again once']],
  ['nothing odd', {}, []],
])('judge %s', (_name, deliveries, found) => {
  const share = { node: 'n', identifier: 'i', organisation: 'o', unit: 'mg' as const, roles: [], debts: [], receivedHere: 0n, steps: [], reports: [] };
  expect(judgeShare({ ...share, deliveries: { position: 3n, pickerDays: [], repeated: [], ...deliveries } }).map(({ rule, evidence, severity }) => `${rule} ${evidence.join(' ')}${severity === 'warning' ? '' : severity}`)).toEqual(found);
});
