import fc from 'fast-check';
import { areaOnce } from './area-once';

const common = (a: string, b: string, m2: bigint) => ({ a, b, m2 });

it.each<[string, [string, bigint][], [string, string, bigint][], bigint]>([
  ['no land', [], [], 0n],
  ['pieces apart', [['a', 10n], ['b', 5n]], [], 15n],
  ['two names for one piece', [['a', 10n], ['b', 10n]], [['a', 'b', 10n]], 10n],
  ['three names for one piece', [['a', 10n], ['b', 10n], ['c', 10n]], [['a', 'b', 10n], ['b', 'c', 10n], ['a', 'c', 10n]], 10n],
  ['a row of three that touch', [['a', 10n], ['b', 10n], ['c', 10n]], [['a', 'b', 2n], ['b', 'c', 3n]], 25n],
  ['three over one corner, which is not taken off thrice', [['a', 10n], ['b', 10n], ['c', 10n]], [['a', 'b', 4n], ['b', 'c', 4n], ['a', 'c', 4n]], 22n],
  ['a neighbour that is none of these', [['a', 10n]], [['a', 'x', 4n]], 10n],
])('%s', (_, areas, pairs, once) => {
  expect(areaOnce(new Map(areas), pairs.map((pair) => common(...pair)))).toBe(once);
});

it('is never less than what the pieces cover, nor more than their sum, in any order', () => {
  fc.assert(fc.property(fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 12 }), { minLength: 1 }), { minLength: 1, maxLength: 6 }), (pieces) => {
    const areas = new Map(pieces.map((piece, i) => [String(i), BigInt(piece.length)]));
    const pairs = pieces.flatMap((one, i) => pieces.slice(i + 1).map((other, j) => common(String(i), String(i + 1 + j), BigInt(one.filter((cell) => other.includes(cell)).length))));
    const once = areaOnce(areas, pairs);
    expect(once >= BigInt(new Set(pieces.flat()).size) && once <= [...areas.values()].reduce((a, b) => a + b)).toBe(true);
    expect(areaOnce(areas, [...pairs].reverse())).toBe(once);
  }));
});
