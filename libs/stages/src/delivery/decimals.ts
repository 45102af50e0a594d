/** A whole number over another as exact decimal text without trailing zeros. @param per a divisor of a power of ten times itself: 100, 500000, 1000000 */
export function decimalOf(amount: bigint, per: bigint): string {
  const sign = amount < 0n ? '-' : '';
  const positive = amount < 0n ? -amount : amount;
  let [rest, digits] = [positive % per, ''];
  while (rest > 0n) {
    rest *= 10n;
    digits += (rest / per).toString();
    rest %= per;
  }
  return `${sign}${positive / per}${digits === '' ? '' : `.${digits}`}`;
}

/** 分 as yuan with two decimals. */
export const yuanOf = (fen: bigint): string => `${fen / 100n}.${(fen % 100n).toString().padStart(2, '0')}`;
