import type { ShareFacts, SpeciesFacts, StepPart } from './facts';
import { judgeShare } from './rules';

const kg = (amount: number): bigint => BigInt(amount) * 1_000_000n;
const part = (node: string, amount: number, more: Partial<StepPart> = {}): StepPart => ({ node, eventTime: '2026-08-05T08:00:00.000000Z', herb: 'lianqiao', mg: kg(amount), isLot: true, held: true, ...more });
const made = (inputs: StepPart[], outputs: StepPart[]): Partial<ShareFacts> => ({ steps: [{ hub: 'h', eventIds: ['step'], firstPosition: 7n, inputs, outputs, lostMg: 0n, addedMg: 0n }] });
const plant = (stated: string, more: Partial<SpeciesFacts> = {}): Partial<ShareFacts> => ({
  species: [{ stated, herb: 'chaihu', accepted: ['Bupleurum chinense DC.'], verified: false, eventId: 'accession', position: 3n, harvest: 'dug', ...more }],
});
const GREEN = { grade: '青翘' };
const RIPE = { grade: '老翘' };
const UNNAMED = { herb: undefined };

it.each<[string, Partial<ShareFacts>, string[]]>([
  ['of a mixture without a name, what it was made of', made([part('m', 10, { ...UNNAMED, herbsBehind: ['dangshen', 'jiegeng'] })], [part('n', 10, { herb: 'renshen' })]), ['blocking identity-changed']],
  ['of the same, where it was all of one herb', made([part('m', 10, { ...UNNAMED, herbsBehind: ['lianqiao'] })], [part('n', 10)]), []],
  ['of a herb that is stated, that and nothing behind it', made([part('m', 10, { herbsBehind: ['huangqin'] })], [part('n', 10)]), []],
  ['where nobody stated anything, nothing', made([part('m', 10, UNNAMED)], [part('n', 10)]), []],
  ['packs of a product of another herb', made([part('m', 10)], [part('n', 10, { productHerbs: ['renshen'] })]), ['blocking identity-changed']],
  ['packs of the product of that herb', made([part('m', 10)], [part('n', 10, { productHerbs: ['lianqiao'] })]), []],
  ['packs of a formula with one of its herbs left out', made([part('m', 10), part('k', 10, { herb: 'huangqin' })], [part('n', 20, { herb: undefined, productHerbs: ['lianqiao', 'huangqin', 'gancao'] })]), []],
  ['a name that is none of the product’s herbs, of unnamed material', made([part('m', 10, UNNAMED)], [part('n', 10, { herb: 'jiegeng', productHerbs: ['renshen'] })]), ['blocking identity-changed']],
  ['ripe fruit made of green', made([part('m', 10, GREEN)], [part('n', 10, RIPE)]), ['blocking grade-retyped']],
  ['green fruit made of ripe', made([part('m', 10, RIPE)], [part('n', 10, GREEN)]), ['blocking grade-retyped']],
  ['most of green fruit called ripe', made([part('m', 10, GREEN)], [part('n', 9, RIPE), part('k', 1, GREEN)]), ['blocking grade-retyped']],
  ['a few ripe fruits sorted out of green ones', made([part('m', 10, GREEN)], [part('n', 1, RIPE), part('k', 9, GREEN)]), ['warning grade-partly-retyped']],
  ['ripe and green sorted out of what nobody graded', made([part('m', 10)], [part('n', 5, RIPE), part('k', 5, GREEN)]), []],
  ['ripe fruit made of what was called ungraded and was picked green', made([part('m', 10, { grade: '统货', gradesBehind: ['青翘'] })], [part('n', 10, RIPE)]), ['blocking grade-retyped']],
  ['the same of a batch without a grade', made([part('m', 10, { gradesBehind: ['青翘'] })], [part('n', 10, RIPE)]), ['blocking grade-retyped']],
  ['ripe and green put together without a name and sorted again', made([part('m', 10, { grade: '统货', gradesBehind: ['老翘', '青翘'] })], [part('n', 5, RIPE), part('k', 5, GREEN)]), []],
  ['ripe fruit sorted out of what was bought as 统货', made([part('m', 10, { grade: '统货' })], [part('n', 10, RIPE)]), []],
  ['one kilogram of ripe fruit with nine of green, all called ripe', made([part('a', 9, GREEN), part('b', 1, RIPE)], [part('n', 10, RIPE)]), ['warning grade-partly-retyped']],
  ['the same, where nobody weighed the ripe', made([part('a', 9, GREEN), part('b', 1, { ...RIPE, mg: undefined })], [part('n', 10, RIPE)]), []],
  ['the same, the nine by way of 统货', made([part('a', 9, { grade: '统货', gradesBehind: ['青翘'] }), part('b', 1, RIPE)], [part('n', 10, RIPE)]), ['warning grade-partly-retyped']],
  ['green fruit with some nobody graded', made([part('a', 5, GREEN), part('b', 5)], [part('n', 5, RIPE), part('k', 5, GREEN)]), []],
  ['ripe and green sorted out of both together', made([part('a', 5, GREEN), part('b', 5, RIPE)], [part('n', 5, RIPE), part('k', 5, GREEN)]), []],
  ['sorting by size', made([part('m', 10, { grade: '统货' })], [part('n', 10, { grade: '一等' })]), []],
  ['a harvest of a crop that is picked green and later ripe', made([{ ...part('c', 0, GREEN), isLot: false, mg: undefined }], [part('n', 10, GREEN)]), []],
  ['the same crop in winter', made([{ ...part('c', 0, GREEN), isLot: false, mg: undefined }], [part('n', 10, RIPE)]), []],
  ['waste in a product', made([part('m', 9), part('w', 1, { outputRole: 'waste', form: 'twigs' })], [part('n', 10, { outputRole: 'product' })]), ['warning waste-in-product']],
  ['waste that stays waste', made([part('w', 1, { outputRole: 'waste' })], [part('n', 1, { outputRole: 'waste' })]), []],
  ['a co-product in a product', made([part('w', 1, { outputRole: 'co-product' })], [part('n', 1, { outputRole: 'product' })]), []],
  ['another plant, by a catalogue nobody compared', plant('Bupleurum longiradiatum Turcz.'), ['warning species-doubtful']],
  ['another plant, by one that was compared with the printed text', plant('Bupleurum longiradiatum Turcz.', { verified: true }), ['blocking species-not-accepted']],
  ['the plant it is called', plant('Bupleurum chinense', { verified: true }), []],
  ['a plant whose name nobody can read', plant('柴胡', { verified: true }), []],
])('judge %s', (_name, facts, rules) => {
  const found = judgeShare({ node: 'n', identifier: 'i', organisation: 'o', unit: 'mg', roles: [], debts: [], receivedHere: 0n, steps: [], reports: [], ...facts });
  expect(found.map(({ rule, severity }) => `${severity} ${rule}`)).toEqual(rules);
  for (const { evidence, accused } of found) expect([evidence, accused]).toEqual([facts.species === undefined ? ['step'] : ['accession', 'dug'], 'o']);
});
