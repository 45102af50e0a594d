import fc from 'fast-check';
import { decimalText } from '@daodi/epcis';
import { amountOut } from './amount';

describe('amountOut', () => {
  it.each([[812_000_000n, 812], [1n, 0.000001], [-124_500_000n, -124.5], [0n, 0], [12_345_678_901_234n, 12345678.901234]])('%s mg → %s kg', (milligrams, kilograms) => {
    expect(amountOut(milligrams, 'mg')).toBe(kilograms);
  });

  it('gives the decimal text where a number would be another', () => {
    expect(amountOut(90_071_992_547_409_931n, 'mg')).toBe('90071992547.409931');
  });

  it('never rounds', () => {
    fc.assert(fc.property(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), (milligrams) => {
      const out = amountOut(milligrams, 'mg');
      const [whole = '', fraction = ''] = (typeof out === 'number' ? decimalText(out) : out).split('.');
      expect(BigInt(`${whole}${fraction.padEnd(6, '0')}`)).toBe(milligrams);
    }));
  });
});
