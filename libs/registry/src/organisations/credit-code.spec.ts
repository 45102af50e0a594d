import fc from 'fast-check';
import { creditCodeCheck, isCreditCode } from './credit-code';

const characters = [...'0123456789ABCDEFGHJKLMNPQRTUWXY'];
const body = fc.array(fc.constantFrom(...characters), { minLength: 17, maxLength: 17 }).map((list) => list.join(''));

describe('the check character of a 统一社会信用代码', () => {
  it.each(['91350100M000100Y43', '9144030071526726XG', '91330100799655058B', '914403001922038216'])('is right in the published code %s', (code) => {
    expect(isCreditCode(code)).toBe(true);
  });

  it('is wrong as soon as one character is another', () => {
    fc.assert(
      fc.property(body, fc.nat(16), fc.constantFrom(...characters), (text, at, other) => {
        fc.pre(text.charAt(at) !== other);
        const code = text + creditCodeCheck(text);
        expect(isCreditCode(code)).toBe(true);
        expect(isCreditCode(code.slice(0, at) + other + code.slice(at + 1))).toBe(false);
      }),
    );
  });

  it('is wrong when two unequal neighbours change places', () => {
    fc.assert(
      fc.property(body, fc.nat(15), (text, at) => {
        const [a, b] = [text.charAt(at), text.charAt(at + 1)];
        fc.pre(a !== b);
        const code = text.slice(0, at) + b + a + text.slice(at + 2) + creditCodeCheck(text);
        expect(isCreditCode(code)).toBe(false);
      }),
    );
  });

  it('has no I, O, S, V, Z, no small letters and no other length', () => {
    for (const code of ['9135010OM000100Y43', '91350100m000100y43', '91350100M000100Y4', '']) expect(isCreditCode(code)).toBe(false);
    expect(() => creditCodeCheck('I'.repeat(17))).toThrow(RangeError);
    expect(() => creditCodeCheck('1')).toThrow(RangeError);
  });
});
