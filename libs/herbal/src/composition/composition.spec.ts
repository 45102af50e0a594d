import fc from 'fast-check';
import { apportion, percents, WHOLE } from './apportion';
import { claimsOf } from './claims';
import { gradeOf } from './grades';
import { composition, isProven, type RootFacts } from './parts';
import { type Descent, type Making, shareOut } from './share-out';

const descent = (makings: Record<string, readonly Making[]>, blemished: Record<string, string> = {}): Descent =>
  ({ makings: new Map(Object.entries(makings)), blemished: new Map(Object.entries(blemished)) });
const of = (...parts: readonly (readonly [string, number])[]): readonly Making[] => [{ parts: parts.map(([thing, amount]) => ({ of: thing, amount: BigInt(amount) })) }];
const anze = { proof: 'proven', places: ['141026'], year: 2026, herb: 'lianqiao' } as const;
const gansu = { proof: 'declared', places: ['620000'], year: 2025, herb: 'lianqiao' } as const;
const facts = (given: Record<string, RootFacts>): Map<string, RootFacts> => new Map(Object.entries(given));

describe('composition', () => {
  it('says 60 per cent of the one and 40 of the other, by county, year and proof', () => {
    const shares = shareOut('mix', descent({ mix: of(['a', 60], ['b', 40]) }));
    expect(composition(shares, facts({ a: anze, b: gansu }), 95n)).toEqual({
      state: 'determined',
      parts: [
        { proof: 'proven', places: ['141026'], year: 2026, herb: 'lianqiao', share: (WHOLE * 6n) / 10n, percent: '60.0', amount: 57n, roots: ['a'] },
        { proof: 'declared', places: ['620000'], year: 2025, herb: 'lianqiao', share: (WHOLE * 4n) / 10n, percent: '40.0', amount: 38n, roots: ['b'] },
      ],
    });
  });
  it('lets what is lost take of all parts alike, and a split keep its shares', () => {
    const made = { mix: of(['a', 60], ['b', 40]), dried: of(['mix', 100]), split: of(['dried', 7]) };
    expect(shareOut('split', descent(made)).roots).toEqual(shareOut('mix', descent(made)).roots);
  });
  it('counts a root once that comes in by two ways', () => {
    const shares = shareOut('mix', descent({ left: of(['a', 50]), right: of(['a', 25], ['b', 25]), mix: of(['left', 50], ['right', 50]) }));
    expect([...shares.roots]).toEqual([['a', (WHOLE * 3n) / 4n], ['b', WHOLE / 4n]]);
  });
  it('weighs several makings of one batch by what came of each', () => {
    const makings: Making[] = [{ parts: [{ of: 'a' }], made: 30n }, { parts: [{ of: 'b' }], made: 10n }];
    expect(shareOut('lot', descent({ lot: makings })).roots.get('b')).toBe(WHOLE / 4n);
  });
  it('keeps what is certain and calls undetermined what hangs on an amount nobody can read, on a debt, on a ring', () => {
    const made = { mix: of(['a', 60], ['b', 20], ['c', 20]), b: [{ parts: [{ of: 'x' }, { of: 'y', amount: 3n }] }], c: of(['d', 1]), d: of(['c', 1]) };
    const shares = shareOut('mix', descent(made));
    expect([...shares.roots]).toEqual([['a', (WHOLE * 6n) / 10n]]);
    expect([...shares.undetermined].map(([thing, { because }]) => [thing, because])).toEqual([['b', 'unmeasured'], ['c', 'ring']]);
    expect(composition(shares, facts({ a: anze })).state).toBe('undetermined');
    expect(claimsOf(shares, facts({ a: anze }))).toEqual({ proven: false, certificates: [] });
    expect(shareOut('a', descent({}, { a: 'overdrawn' })).undetermined.get('a')?.because).toBe('overdrawn');
  });
  it('prints a trace of something as less than a tenth, and per cents that add up', () => {
    expect(percents([333n, 333n, 334n])).toEqual(['33.3', '33.3', '33.4']);
    expect(percents([1n, 1n, 1n])).toEqual(['33.4', '33.3', '33.3']);
    expect(percents([999_999n, 1n, 0n])).toEqual(['100.0', '<0.1', '0.0']);
  });
});

describe('what a mixture may claim', () => {
  const claims = (...all: RootFacts[]) => claimsOf(shareOut('mix', descent({ mix: of(...all.map((_, i) => [`r${i}`, 10] as const)) })), facts(Object.fromEntries(all.map((one, i) => [`r${i}`, one]))));
  it('is what all of it has', () => {
    expect(claims(anze, anze)).toEqual({ proven: true, county: '141026', province: '140000', year: 2026, herb: 'lianqiao', certificates: [] });
    expect(claims(anze, { ...anze, places: ['140400'], year: 2025 })).toEqual({ proven: true, province: '140000', herb: 'lianqiao', certificates: [] });
    expect(claims(anze, gansu)).toEqual({ proven: false, herb: 'lianqiao', certificates: [] });
    expect(claims(anze, { proof: 'unknown', places: [] })).toEqual({ proven: false, certificates: [] });
  });
  it('keeps a certificate only where it covers all the land', () => {
    expect(claims({ ...anze, certificates: ['gap-1', 'org-2'] }, { ...anze, certificates: ['org-2'] }).certificates).toEqual(['org-2']);
  });
  it('is nothing more for one grain of something else', () => {
    const shares = shareOut('mix', descent({ mix: of(['a', 1_000_000_000], ['b', 1]) }));
    expect(claimsOf(shares, facts({ a: anze, b: gansu })).county).toBeUndefined();
  });
});

describe('the grade a thing may claim', () => {
  const of2 = (power: 'sorts' | 'changes' | 'carries', parts: readonly (readonly [string, number])[], stated: Record<string, string>) =>
    gradeOf('mix', descent({ mix: of(...parts) }), { stated: new Map(Object.entries(stated)), powers: new Map([['mix', power]]) });
  it('is that of all that was mixed, whatever is typed', () => {
    expect(of2('carries', [['a', 1], ['b', 1]], { a: '一等', b: '一等', mix: '一等' })).toBe('一等');
    expect(of2('carries', [['a', 1000], ['b', 1]], { a: '一等', b: '二等', mix: '一等' })).toBeUndefined();
    expect(of2('changes', [['a', 1], ['b', 1]], { a: '二等', b: '二等', mix: '一等' })).toBeUndefined();
    expect(of2('carries', [['a', 1]], { a: '二等', mix: '一等' })).toBeUndefined();
  });
  it('is new where it was sorted, or where one thing alone was worked on', () => {
    expect(of2('sorts', [['a', 1], ['b', 1]], { a: '二等', mix: '一等' })).toBe('一等');
    expect(of2('changes', [['a', 1]], { mix: '一等' })).toBe('一等');
  });
  it('does not come back by splitting a mixture that has none', () => {
    const made = descent({ mix: of(['a', 1], ['b', 1]), bag: of(['mix', 1]) });
    expect(gradeOf('bag', made, { stated: new Map([['a', '一等'], ['mix', '一等'], ['bag', '一等']]), powers: new Map([['bag', 'carries']]) })).toBeUndefined();
  });
});

describe('for any lineage', () => {
  const amount = fc.bigInt({ min: 1n, max: 10n ** 13n });
  /** Thing i is made of some of the things after it. */
  const lineage = fc.array(fc.array(fc.tuple(fc.nat(6), amount), { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 40 }).map((rows) =>
    new Map(rows.map((parts, i) => [`n${i}`, [{ parts: parts.map(([step, mg]) => ({ of: `n${i + 1 + step}`, amount: mg })) }] as Making[]])));

  it('shares are exactly the whole, printed per cents exactly 100.0, amounts exactly what there is', () => {
    fc.assert(fc.property(lineage, fc.bigInt({ min: 0n, max: 10n ** 15n }), (makings, mg) => {
      const shares = shareOut('n0', { makings, blemished: new Map() });
      const { parts } = composition(shares, new Map([...shares.roots.keys()].map((root, i) => [root, { ...anze, year: 2000 + i }])), mg);
      expect(parts.reduce((sum, { share }) => sum + share, 0n)).toBe(WHOLE);
      expect(parts.reduce((sum, part) => sum + (part.amount as bigint), 0n)).toBe(mg);
      expect(parts.reduce((sum, { percent }) => sum + (percent === '<0.1' ? 0 : Number(percent.replace('.', ''))), 0)).toBe(1000);
    }));
  });
  it('the order in which inputs are told does not matter', () => {
    fc.assert(fc.property(lineage, (makings) => {
      const turned = new Map([...makings].reverse().map(([thing, all]) => [thing, all.map(({ parts }) => ({ parts: [...parts].reverse() }))]));
      const [one, other] = [makings, turned].map((each) => shareOut('n0', { makings: each, blemished: new Map() }));
      expect(other?.roots).toEqual(one?.roots);
    }));
  });
  it('one unknown input leaves no claim but what the rest cannot spoil', () => {
    fc.assert(fc.property(lineage, (makings) => {
      const shares = shareOut('n0', { makings, blemished: new Map() });
      const [first, ...rest] = shares.roots.keys();
      const known = new Map(rest.map((root) => [root, anze as RootFacts]));
      expect(claimsOf(shares, known)).toEqual({ proven: false, certificates: [] });
      expect(isProven(composition(shares, known.set(first as string, anze)))).toBe(true);
    }));
  });
  it('apportions to the last unit, never off by one whole unit', () => {
    fc.assert(fc.property(fc.bigInt({ min: 0n, max: 10n ** 20n }), fc.array(amount, { minLength: 1, maxLength: 30 }), (whole, weights) => {
      const parts = apportion(whole, weights);
      const total = weights.reduce((a, b) => a + b);
      expect(parts.reduce((a, b) => a + b)).toBe(whole);
      parts.forEach((part, i) => expect(part * total - whole * (weights[i] as bigint) < total && whole * (weights[i] as bigint) - part * total < total).toBe(true));
    }));
  });
});
