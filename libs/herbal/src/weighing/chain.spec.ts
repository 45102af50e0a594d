import fc from 'fast-check';
import { addUpChain, type ChainHand } from './chain';

const kg = (n: number): bigint => BigInt(Math.round(n * 1_000_000));
const hand = (from: string[], amount?: number, tolerance = 1, before = 100): ChainHand =>
  ({ from, bookings: amount === undefined ? [] : [{ amountMg: kg(amount), beforeMg: kg(before), toleranceMg: kg(tolerance) }] });
const sum = (hands: ReadonlyMap<string, ChainHand>, key: string) => {
  const { bookings, ...rest } = addUpChain(hands, key);
  return { count: bookings.length, ...rest };
};
const chain = (hands: Record<string, ChainHand>, key: string) => sum(new Map(Object.entries(hands)), key);

describe('booked differences of a chain', () => {
  it('of one hand lie inside its agreement', () => {
    expect(chain({ a: hand([]), b: hand(['a'], 1) }, 'b')).toEqual({ count: 1, amountMg: kg(1), share: 10_000_000n, largest: 10_000_000n, isBeyond: false });
  });
  it('of three hands with 0.8 % each are 2.4 %, beyond the 1 % that any one allows', () => {
    expect(chain({ a: hand([]), b: hand(['a'], 0.8), c: hand(['b'], 0.8), d: hand(['c'], 0.8) }, 'd')).toEqual({ count: 3, amountMg: kg(2.4), share: 24_000_000n, largest: 10_000_000n, isBeyond: true });
  });
  it('are taken along the worst way, not over all ways: four suppliers with 0.8 % each are no 3.2 %', () => {
    expect(chain({ a: hand([], 0.8), b: hand([], 0.8), c: hand([], 0.8), d: hand([], 0.8), mix: hand(['a', 'b', 'c', 'd']) }, 'mix')).toMatchObject({ count: 4, share: 8_000_000n, isBeyond: false });
  });
  it('count a hand once, though two ways lead through it, and end in a ring', () => {
    expect(chain({ a: hand([], 0.8), b: hand(['a']), c: hand(['a']), d: hand(['b', 'c'], 0.8) }, 'd')).toMatchObject({ count: 2, amountMg: kg(1.6), share: 16_000_000n, isBeyond: true });
    expect(chain({ a: hand(['b'], 0.8), b: hand(['a'], 0.8) }, 'a')).toMatchObject({ count: 2, amountMg: kg(1.6) });
  });
  it('never become less when a hand is added in front, and ten thousand hands are no trouble', () => {
    const booked = fc.integer({ min: 0, max: 100 });
    fc.assert(fc.property(fc.array(booked, { minLength: 1, maxLength: 30 }), booked, (amounts, more) => {
      const hands = new Map(amounts.map((amount, i) => [`h${i}`, hand(i === 0 ? ['front'] : [`h${i - 1}`], amount / 100)]));
      const key = `h${amounts.length - 1}`;
      const before = sum(hands, key);
      const after = sum(new Map([...hands, ['front', hand([], more / 100)]]), key);
      expect(after.share - before.share).toBe(BigInt(more) * 100_000n);
      expect(after.amountMg - before.amountMg).toBe(kg(more / 100));
    }));
    const long = new Map(Array.from({ length: 10_000 }, (_, i): [string, ChainHand] => [`h${i}`, hand(i === 0 ? [] : [`h${i - 1}`], 0.001)]));
    expect(sum(long, 'h9999')).toMatchObject({ count: 10_000, isBeyond: true });
  });
});
