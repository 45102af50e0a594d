import fc from 'fast-check';
import { decimalText, parseDecimal, writeDecimal } from './decimal';
import { kilogramText, massToMilligrams, milligrams, readQuantity } from './quantity';

describe('decimalText', () => {
  it.each([[1e-7, '0.0000001'], [1e21, '1000000000000000000000'], ['12.500', '12.5'], ['-0', '0'], [-0, '0'], ['1e3', '1000'], ['007.50', '7.5'], [0.1, '0.1'], ['-1.20e-2', '-0.012'], ['100', '100']])('%s is %s', (value, text) => {
    expect(decimalText(value)).toBe(text);
  });
  it.each(['', '1.', '.5', '1e', 'NaN', '0x10', '1e99999', '１'])('refuses %s', (text) => expect(() => decimalText(text)).toThrow(RangeError));
  it('is the number it was', () => {
    fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (n) => expect(Number(decimalText(n))).toBe(n === 0 ? 0 : n)));
  });
  it('reads back what it wrote', () => {
    fc.assert(fc.property(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.integer({ min: -40, max: 40 }), (coefficient, exponent) => {
      const text = writeDecimal({ coefficient, exponent });
      expect(writeDecimal(parseDecimal(text) ?? { coefficient: -1n, exponent: 0 })).toBe(text);
    }));
  });
});

describe('quantities', () => {
  it.each([['812', 'KGM', 812_000_000n], ['0.000001', 'KGM', 1n], ['1.5', 'TNE', 1_500_000_000n], ['2', 'DTN', 200_000_000n], ['3', 'HGM', 300_000n], ['7', 'MGM', 7n], ['100', 'LBR', 45_359_237n], ['1000', 'MC', 1n], [812.5, 'KGM', 812_500_000n], ['1e3', 'GRM', 1_000_000n]])('%s %s are %s mg', (text, uom, mass) => {
    expect(massToMilligrams(text, uom)).toBe(mass);
  });
  it('never rounds: a tenth of a milligram is refused, and so is one pound', () => {
    expect(readQuantity('0.0000001', 'KGM')).toEqual({ dimension: 'unreadable', because: 'finer-than-a-milligram' });
    expect(massToMilligrams('1', 'LBR')).toBeUndefined();
  });
  it('counts pieces where there is no unit', () => {
    expect(readQuantity(200)).toEqual({ dimension: 'pieces', pieces: 200n });
    expect(readQuantity('1.5')).toEqual({ dimension: 'unreadable', because: 'part-of-a-piece' });
    expect(massToMilligrams('5', undefined)).toBeUndefined();
  });
  it('keeps litres as they are, and says what it cannot read', () => {
    expect(readQuantity('2.50', 'LTR')).toEqual({ dimension: 'other', text: '2.5', uom: 'LTR' });
    expect(readQuantity('-1', 'KGM')).toEqual({ dimension: 'unreadable', because: 'negative' });
    expect(readQuantity('a few', 'KGM')).toEqual({ dimension: 'unreadable', because: 'not-a-number' });
  });
  it('a mass written in kilograms is the same mass', () => {
    fc.assert(fc.property(fc.bigInt({ min: 0n, max: 10n ** 18n }), (n) => expect(massToMilligrams(kilogramText(milligrams(n)), 'KGM')).toBe(n)));
  });
});
