/** The characters of GB 32100-2015 in the order of their values: digits and letters without I, O, S, V, Z. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/**
 * The check character of a 统一社会信用代码 (GB 32100-2015, section 4.6): each of the 17 characters before it weighs
 * 3^i mod 31, and the check value is what the sum lacks to a multiple of 31.
 *
 * @throws RangeError where `body` is not 17 characters of the alphabet
 */
export function creditCodeCheck(body: string): string {
  if (body.length !== 17) throw new RangeError('a credit code has 17 characters before its check character');
  let sum = 0;
  let weight = 1;
  for (const character of body) {
    const value = ALPHABET.indexOf(character);
    if (value < 0) throw new RangeError(`"${character}" is no character of a credit code`);
    sum += value * weight;
    weight = (weight * 3) % 31;
  }
  return ALPHABET.charAt((31 - (sum % 31)) % 31);
}

/** Whether a text is a 统一社会信用代码 with the right check character. Letters are upper case. */
export function isCreditCode(text: string): boolean {
  return /^[0-9A-HJ-NP-RTUW-Y]{18}$/.test(text) && creditCodeCheck(text.slice(0, 17)) === text.charAt(17);
}
