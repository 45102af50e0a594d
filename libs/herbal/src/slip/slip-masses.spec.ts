import fc from 'fast-check';
import { slipAmountFen, slipMasses } from './slip-masses';

const JIN = 500_000n;

describe('a slip', () => {
  it('of 86.4 斤 gross and 1.4 斤 tare with 5 % water and 2 斤 of leaves: 85 斤 arrived, 78.75 斤 are paid', () => {
    const read = slipMasses({ grossMg: 43_200_000n, tareMg: 700_000n, deductions: [{ kind: 'water', percent: '5' }, { kind: 'impurity', massMg: 2n * JIN }] });
    expect(read).toEqual({ arrivedMg: 85n * JIN, deductedMg: [2_125_000n, 1_000_000n], netMg: 39_375_000n });
  });
  it('takes every per cent of what arrived, not of what is left', () => {
    const read = slipMasses({ grossMg: 100n * JIN, tareMg: 0n, deductions: [{ kind: 'water', percent: '10' }, { kind: 'impurity', percent: '10' }] });
    expect(read).toMatchObject({ netMg: 80n * JIN });
  });
  it('rounds what a per cent comes to half up, to the milligram', () => {
    const of = (percent: string) => slipMasses({ grossMg: 3n, tareMg: 0n, deductions: [{ kind: 'other', percent }] });
    expect([of('50'), of('16.6'), of('16.7')]).toMatchObject([{ deductedMg: [2n] }, { deductedMg: [0n] }, { deductedMg: [1n] }]);
  });
  it('cannot be lighter than its packing, nor lose more than arrived', () => {
    expect(slipMasses({ grossMg: 5n, tareMg: 5n, deductions: [] })).toBe('tare-not-below-gross');
    expect(slipMasses({ grossMg: 5n, tareMg: 0n, deductions: [{ kind: 'other', massMg: 6n }] })).toBe('deducted-more-than-arrived');
  });
  it('costs its net times its price, half a fen rounded up', () => {
    expect(slipAmountFen(39_375_000n, '3.20', JIN)).toBe(25_200n);
    expect(slipAmountFen(JIN, '0.005', JIN)).toBe(1n);
    expect(slipAmountFen(JIN, '0.0049', JIN)).toBe(0n);
    expect(slipAmountFen(1_000_000n, '6.4', 1_000_000n)).toBe(slipAmountFen(1_000_000n, '3.2', JIN));
  });
  it('never loses mass: what is paid and what is taken off are what arrived', () => {
    const percent = fc.integer({ min: 0, max: 5000 }).map((n) => `${Math.floor(n / 100)}.${String(n % 100).padStart(2, '0')}`);
    fc.assert(fc.property(fc.bigInt({ min: 1n, max: 10n ** 12n }), percent, percent, (grossMg, a, b) => {
      const read = slipMasses({ grossMg, tareMg: 0n, deductions: [{ kind: 'water', percent: a }, { kind: 'impurity', percent: b }] });
      if (typeof read === 'string') return;
      expect(read.netMg + read.deductedMg.reduce((sum, mg) => sum + mg, 0n)).toBe(read.arrivedMg);
    }));
  });
});
