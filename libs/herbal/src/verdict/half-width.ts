/**
 * Full-width digits, letters and signs as their half-width ones, the minus and multiplication signs people use as one,
 * raised digits after a ten as a power. Nothing else is made equal: a compatibility form of Unicode (NFKC) would turn
 * `10²` into `102` and `½` into something with two numbers in it.
 */
export function halfWidth(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (char) => (char === '，' ? char : String.fromCharCode(char.charCodeAt(0) - 0xfee0)))
    .replace(/\u3000/g, ' ')
    .replace(/[\u2212\u2010\u2011\ufe63]/g, '-')
    .replace(/[∼〜]/g, '~')
    .replace(/10([⁺⁻]?)([⁰¹²³⁴⁵⁶⁷⁸⁹]+)/g, (_, sign: string, digits: string) => `10^${sign === '⁻' ? '-' : ''}${[...digits].map((one) => RAISED.indexOf(one)).join('')}`)
    .trim();
}

const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';
