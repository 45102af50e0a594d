import type { BatchRecordFacts, MakingPart, MakingStep } from './batch-record-facts';
import { judgeBatchRecord } from './judge-batch-record';
import { perCent, perCentText, within } from './per-cent';

const KG = 1_000_000n;
const part = (node: string, kg: bigint | undefined, more: Partial<MakingPart> = {}): MakingPart => ({ node, name: node, ...(kg !== undefined && { mg: kg * KG }), ...more });
const step = (more: Partial<MakingStep>): MakingStep => ({ eventIds: ['e1'], step: 'extraction', time: '2026-11-11T12:00:00.000000Z', inputs: [], outputs: [], lostMg: 0n, addedMg: 0n, isChecked: true, ...more });

/** Two herbs extracted with water that stays, and packed: nothing to say against it. */
const GOOD: BatchRecordFacts = {
  kind: 'compound-medicine',
  limits: [{ step: 'extraction', yieldMin: '20', yieldMax: '30', balanceMin: '99.0', balanceMax: '100.0' }, { step: 'packing', yieldMin: '98.0' }, { step: 'whole', yieldMin: '24.00' }],
  formula: { tolerancePercent: '1', ingredients: [{ herb: 'lianqiao', mg: 60n * KG }, { herb: 'huangqin', mg: 40n * KG }] },
  steps: [
    step({
      inputs: [part('lot-a', 60n, { herb: 'lianqiao' }), part('lot-b', 40n, { herb: 'huangqin' })], outputs: [part('extract', 25n, { role: 'product' }), part('residue', 70n, { role: 'waste' })], lostMg: 5n * KG,
    }),
    step({ eventIds: ['e2'], step: 'packing', time: '2026-11-12T12:00:00.000000Z', inputs: [part('extract', 25n)], outputs: [part('boxes', 25n, { role: 'product', pieces: 250n })], isChecked: false }),
  ],
  withdrawnEvents: [],
  issued: [{ node: 'lot-a', name: 'lot-a', mg: 61n * KG }, { node: 'lot-b', name: 'lot-b', mg: 40n * KG }],
  returned: [{ node: 'lot-a', name: 'lot-a', mg: 1n * KG }],
  clearances: [{ moment: 'before', time: '2026-11-11T11:00:00.000000Z', isChecked: true }, { moment: 'after', time: '2026-11-12T13:00:00.000000Z', isChecked: true }],
  labels: [{ name: '小盒', isPerPack: true, received: 260, used: 250, spoiled: 4, returned: 6 }],
  deviations: [{ id: 'd1', isClosed: true }],
  reviewed: 'yes',
};
const [FIRST, LAST] = GOOD.steps as [MakingStep, MakingStep];
const rulesOf = (more: Partial<BatchRecordFacts>): string[] => judgeBatchRecord({ ...GOOD, ...more }).reasons.map(({ rule }) => rule);

it('finds nothing against a record that has everything, with its figures', () => {
  const { reasons, figures, whole } = judgeBatchRecord(GOOD);
  expect(reasons).toEqual([]);
  expect(figures.map(({ yieldPercent, balancePercent }) => [yieldPercent, balancePercent])).toEqual([['25.00', '100.00'], ['100.00', '100.00']]);
  expect(whole).toMatchObject({ inMg: 100n * KG, productMg: 25n * KG, yieldPercent: '25.00', balancePercent: '100.00' });
});

const first = (more: Partial<MakingStep>): Partial<BatchRecordFacts> => ({ steps: [{ ...FIRST, ...more }, LAST] });
const last = (more: Partial<MakingStep>): Partial<BatchRecordFacts> => ({ steps: [FIRST, { ...LAST, ...more }] });

it.each<[string, Partial<BatchRecordFacts>, string[]]>([
  ['no step at all', { steps: [] }, ['no-steps', 'step-missing', 'step-missing', 'material-unbalanced', 'material-unbalanced', 'labels-unbalanced']],
  ['a step the order asks for is missing', { steps: [FIRST] }, ['step-missing', 'labels-unbalanced']],
  ['what said the step was erased', last({ step: undefined }), ['step-missing']],
  ['a step was declared in error', { withdrawnEvents: ['e9'] }, ['step-withdrawn']],
  ['charging by one person', first({ isChecked: false }), ['second-person-missing']],
  ['no clearance before', { clearances: GOOD.clearances.slice(1) }, ['clearance-missing']],
  ['clearance before, but after the first step', { clearances: [{ ...GOOD.clearances[0]!, time: '2026-11-11T12:00:00.000001Z' }, GOOD.clearances[1]!] }, ['clearance-missing']],
  ['clearance nobody confirmed', { clearances: [{ ...GOOD.clearances[0]!, isChecked: false }, GOOD.clearances[1]!] }, ['clearance-missing']],
  ['clearance after, but before the last step', { clearances: [GOOD.clearances[0]!, { ...GOOD.clearances[1]!, time: '2026-11-12T11:59:59.999999Z' }] }, ['clearance-missing']],
  ['a lot that was never issued', { issued: GOOD.issued.slice(0, 1) }, ['not-issued']],
  ['a milligram less given back than left', { returned: [{ ...GOOD.returned[0]!, mg: KG - 1n }] }, ['material-unbalanced']],
  ['given back and never issued', { returned: [...GOOD.returned, { node: 'x', name: 'x', mg: 1n }] }, ['not-issued']],
  ['one herb a little over the tolerance', first({ inputs: [part('lot-a', 60n, { herb: 'lianqiao', mg: 60_600_001n }), part('lot-b', 40n, { herb: 'huangqin' })] }), ['material-unbalanced', 'formula-differs']],
  ['a herb that is not of the formula', first({ inputs: [part('lot-a', 60n, { herb: 'lianqiao' }), part('lot-b', 40n, { herb: 'chaihu' })] }), ['formula-differs', 'formula-differs']],
  ['material whose herb nobody says', first({ inputs: [part('lot-a', 60n), part('lot-b', 40n, { herb: 'huangqin' })] }), ['formula-differs', 'formula-differs']],
  ['an input nobody weighed', first({ inputs: [part('lot-a', undefined, { herb: 'lianqiao' }), part('lot-b', 40n, { herb: 'huangqin' })] }), ['balance-undetermined', 'formula-differs', 'balance-undetermined', 'balance-undetermined']],
  ['an output nobody weighed', first({ outputs: [part('extract', 25n, { role: 'product' }), part('residue', undefined, { role: 'waste' })] }), ['balance-undetermined', 'balance-undetermined']],
  ['a yield below its limit', first({ outputs: [part('extract', 19n, { role: 'product' }), part('residue', 76n, { role: 'waste' })] }), ['yield-outside']],
  ['more out than in', first({ lostMg: 5n * KG + 1n }), ['balance-outside']],
  ['deviation open', { deviations: [{ id: 'd1', isClosed: false }] }, ['deviation-open']],
  ['no labels counted', { labels: [] }, ['labels-missing']],
  ['a label that went missing', { labels: [{ ...GOOD.labels[0]!, returned: 5 }] }, ['labels-unbalanced']],
  ['fewer labels used than packs made', { labels: [{ ...GOOD.labels[0]!, used: 249, returned: 7 }] }, ['labels-unbalanced']],
  ['labels of one sort in two counts', { labels: [{ ...GOOD.labels[0]!, received: 100, used: 100, spoiled: 0, returned: 0 }, { ...GOOD.labels[0]!, received: 160, used: 150 }] }, []],
  ['pieces from one lot', { kind: 'decoction-pieces', formula: undefined, steps: [{ ...FIRST, inputs: [part('lot-a', 60n)], outputs: [part('extract', 25n, { role: 'product' }), part('residue', 30n, { role: 'waste' })] }, LAST], limits: [], issued: GOOD.issued.slice(0, 1) }, []],
  ['pieces from two lots', { kind: 'decoction-pieces', formula: undefined }, ['lots-mixed']],
  ['pieces from two lots their standard lets in', { kind: 'decoction-pieces', formula: undefined, mixingAllowedBy: 'QB-12 4.2' }, []],
  ['not reviewed', { reviewed: 'no' }, ['not-reviewed']],
  ['changed since the review', { reviewed: 'of-an-earlier-state' }, ['not-reviewed']],
])('%s', (_, more, rules) => expect(rulesOf(more)).toEqual(rules));

it('counts what one step left over for nobody', () => {
  const { whole } = judgeBatchRecord({ ...GOOD, steps: [FIRST, { ...LAST, inputs: [part('extract', 20n)], outputs: [part('boxes', 20n, { role: 'product', pieces: 200n })] }] });
  expect(whole).toMatchObject({ productMg: 20n * KG, outMg: 100n * KG });
});

it.each([[1n, 3n, '33.33'], [2n, 3n, '66.67'], [1n, 20_000n, '0.00'], [3n, 20_000n, '0.02'], [1n, 1n, '100.00'], [5n, 4n, '125.00']])('%s of %s is %s per cent, half to even', (a, b, text) => {
  expect(perCentText(perCent(a, b) as bigint)).toBe(text);
});

it('compares exactly, not as rounded', () => {
  expect([within(999_999n, 1_000_000n, '100', undefined), within(1_000_000n, 1_000_000n, '100', '100'), within(1_000_001n, 1_000_000n, undefined, '100.0')]).toEqual([false, true, false]);
  expect(perCent(1n, 0n)).toBeUndefined();
});
