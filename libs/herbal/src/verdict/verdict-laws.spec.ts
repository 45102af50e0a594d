import * as fc from 'fast-check';
import { compare, exact, readNumber, roundHalfEven, writtenOut } from './exact';
import { judgeByStandard } from './judge-standard';
import { readResult } from './read-result';
import { converted, findUnit, type Unit } from './units';
import type { DemandedItem, ReportedItem, Verdict } from './verdict';

const decimal = (units: bigint, decimals: number): string => writtenOut(units, decimals);
const number = fc.tuple(fc.bigInt({ min: 0n, max: 999_999n }), fc.integer({ min: 0, max: 4 })).map(([units, decimals]) => decimal(units, decimals));
const limits = fc.record({ units: fc.bigInt({ min: 1n, max: 9_999n }), decimals: fc.integer({ min: 0, max: 3 }), direction: fc.constantFrom('max' as const, 'min' as const), basis: fc.constantFrom(undefined, 'dried' as const, 'as-is' as const) })
  .map(({ units, decimals, direction, basis }): DemandedItem => ({ id: 'L', test: '含量测定', analyte: '甲', direction, limitText: decimal(units, decimals), unit: 'mg/kg', basis, confirmed: true }));

const verdictOf = (demand: DemandedItem, line: Partial<ReportedItem>, moisture?: string): Verdict =>
  judgeByStandard({ id: 'S', version: '1', family: 'house', items: [demand] }, [{
    id: 'R', items: [{ test: '甲', value: '', unit: 'mg/kg', ...line }, ...(moisture === undefined ? [] : [{ test: '水分', value: moisture, unit: '%' }])],
  }], {}).verdict;

describe('laws of verdicts', () => {
  it('rounding is half to even, by whole numbers alone', () => {
    fc.assert(fc.property(fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }), fc.bigInt({ min: 1n, max: 10n ** 9n }), fc.integer({ min: 0, max: 9 }), (over, under, decimals) => {
      const rounded = roundHalfEven(exact(over, under), decimals);
      // Twice the distance is at most one; where it is one, the rounded number is even.
      const distance = 2n * (rounded * under - over * 10n ** BigInt(decimals));
      const far = distance < 0n ? -distance : distance;
      expect(far <= under).toBe(true);
      if (far === under) expect(rounded % 2n).toBe(0n);
    }));
  });
  it('a decimal is read as it was written', () => {
    fc.assert(fc.property(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.integer({ min: 0, max: 12 }), (units, decimals) => {
      const read = readNumber(decimal(units, decimals));
      expect(read?.decimals).toBe(decimals);
      expect(compare(read?.value ?? exact(1n, 3n), exact(units, 10n ** BigInt(decimals)))).toBe(0);
    }));
  });
  it('a unit there and back is the same amount', () => {
    const shares = ['%', '‰', 'mg/g', 'mg/kg', 'ppm', 'μg/kg', 'ppb'].map((name) => findUnit(name) as Unit);
    fc.assert(fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.bigInt({ min: 1n, max: 10n ** 6n }), fc.constantFrom(...shares), fc.constantFrom(...shares), (over, under, from, to) => {
      const value = exact(over, under);
      const there = converted(value, from, to);
      expect(there && compare(converted(there, to, from) ?? exact(-1n), value)).toBe(0);
    }));
  });
  it('a verdict does not depend on the unit the laboratory chose', () => {
    fc.assert(fc.property(limits, fc.bigInt({ min: 0n, max: 99_999n }), (demand, micrograms) => {
      const inMicrograms = verdictOf(demand, { value: micrograms.toString(), unit: 'μg/kg', basis: demand.basis });
      expect(verdictOf(demand, { value: decimal(micrograms, 3), unit: 'mg/kg', basis: demand.basis })).toBe(inMicrograms);
      expect(verdictOf(demand, { value: decimal(micrograms, 7), unit: '%', basis: demand.basis })).toBe(inMicrograms);
    }));
  });
  it('a worse number never turns a fail into a pass, nor into a pass what was open', () => {
    const rank: Record<Verdict, number> = { fail: 0, undetermined: 1, pass: 2 };
    fc.assert(fc.property(limits, fc.bigInt({ min: 0n, max: 99_999n }), fc.bigInt({ min: 0n, max: 99_999n }), fc.constantFrom('', '<', '≤', '>', '≥'), fc.constantFrom(undefined, '12.0'), fc.integer({ min: 0, max: 4 }), (demand, a, b, sign, moisture, decimals) => {
      const [low, high] = a <= b ? [a, b] : [b, a];
      const [better, worse] = demand.direction === 'max' ? [low, high] : [high, low];
      const verdict = (units: bigint): Verdict => verdictOf(demand, { value: sign + decimal(units, decimals) }, moisture);
      if (sign !== '' && low === 0n) return;
      expect(rank[verdict(worse)]).toBeLessThanOrEqual(rank[verdict(better)]);
    }));
  });
  it('the mean of equal determinations is judged like one', () => {
    fc.assert(fc.property(limits, number, fc.integer({ min: 2, max: 6 }), (demand, value, count) => {
      expect(verdictOf(demand, { value: Array.from({ length: count }, () => value) })).toBe(verdictOf(demand, { value }));
    }));
  });
  it('without a unit, without a confirmed limit, without an analyte nothing passes', () => {
    fc.assert(fc.property(limits, number, (demand, value) => {
      expect(verdictOf(demand, { value, unit: undefined })).toBe('undetermined');
      expect(verdictOf({ ...demand, confirmed: false }, { value })).toBe('undetermined');
      expect(verdictOf(demand, { value, test: '含量测定' })).toBe('undetermined');
      expect(verdictOf(demand, { value: '未检出' })).toBe('undetermined');
    }));
  });
  it('one wrong character in a number is never a pass', () => {
    const wrong = fc.constantFrom('l', 'I', 'O', 'o', 'S', 'B', '?', '，', "'", '_', '一', '..', '±', '\u0430');
    fc.assert(fc.property(limits, number, wrong, fc.nat(), (demand, value, char, at) => {
      const place = at % (value.length + 1);
      expect(verdictOf(demand, { value: value.slice(0, place) + char + value.slice(place) })).not.toBe('pass');
    }));
  });
  it('whatever is typed is read without a throw, and what is read as a number holds a digit', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(...'0123456789.,，、/;~-<>≤%()未检出ND限 e×^'.split('')) })), (text) => {
      const reading = readResult(text);
      if (reading.kind === 'measured') for (const one of reading.determinations) if (one.kind !== 'not-detected') expect(one.text).toMatch(/[0-9]/);
    }), { numRuns: 2000 });
  });
});
