import fc from 'fast-check';
import { exactNumber, measure, quantityElement, UNITS } from './units';

describe('measure', () => {
  it.each([
    ['812.5', 'kg', 812_500_000n], [812.5, '公斤', 812_500_000n], ['1', '斤', 500_000n], ['1', '两', 50_000n], ['0.0001', '斤', 50n],
    ['1.5', 't', 1_500_000_000n], [1e-6, 'kg', 1n], ['3', 'mg', 3n], ['0.25', '吨', 250_000_000n],
  ])('reads %s %s as %s mg', (quantity, unit, amount) => {
    expect(measure(quantity, unit)).toEqual({ amount, unit: 'mg' });
  });
  it('counts packs', () => expect(measure('120', '盒')).toEqual({ amount: 120n, unit: 'pcs' }));
  it('rounds nothing', () => {
    expect(measure('0.0000001', 'kg')).toBe('finer-than-a-milligram');
    expect(measure('1.5', '袋')).toBe('part-of-a-piece');
    expect(measure('12345678901234567.8', 'kg')).toBe('too-many-digits');
  });
  it('refuses what nobody weighed', () => {
    expect(measure('1e400', 'kg')).toBe('too-many-digits');
    expect([exactNumber('1e400'), exactNumber('0.1234567890123456789'), exactNumber('12.50')]).toEqual([undefined, undefined, 12.5]);
  });
  it('says in an event exactly what the book gets', () => {
    fc.assert(fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n }), (mg) => {
      const measured = measure(mg.toString(), 'mg');
      if (typeof measured === 'string') return;
      const element = quantityElement('urn:example:lot', measured);
      expect(measure(element.quantity, 'kg')).toEqual(measured);
    }));
  });
  it('knows a factor for every unit', () => {
    for (const unit of UNITS) expect(typeof measure('1', unit)).toBe('object');
  });
});
