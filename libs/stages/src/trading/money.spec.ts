import fc from 'fast-check';
import { readYuan, yuanText } from './money';

describe('money', () => {
  it.each([['1280', 128_000n], [76.5, 7_650n], ['0.05', 5n], ['12.500', 1_250n], ['0', 0n]])('reads %s yuan as %s fen', (typed, fen) => expect(readYuan(typed)).toBe(fen));
  it.each(['1.005', '1e3', '-1', '', '12345678901234567', '1,280'])('does not take %s', (typed) => expect(readYuan(typed)).toBeUndefined());
  it('says what it read', () => {
    fc.assert(fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n }), (fen) => expect(readYuan(yuanText(fen))).toBe(fen)));
    expect(yuanText(-5n)).toBe('-0.05');
  });
});
