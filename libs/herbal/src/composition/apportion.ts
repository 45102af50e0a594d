/**
 * Parts of a whole that add up to it. Whoever rounds each part by itself ends with 99.9 or 100.1 per cent.
 */

/** A whole in fixed point: what one share is a fraction of. Thirty digits outlast 10,000 steps by far. */
export const WHOLE = 10n ** 30n;

/**
 * Divides a whole by weights, exactly: whatever division leaves over goes, one unit each, to the largest remainders;
 * of equal remainders to the earlier one. So the parts always add up to the whole, and are off by less than one unit.
 *
 * @param whole what there is to divide, in its smallest units; not negative
 * @param weights not negative, at least one above zero
 * @throws RangeError where there is nothing to divide by: the caller has to say that it is undetermined
 */
export function apportion(whole: bigint, weights: readonly bigint[]): bigint[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0n);
  if (total <= 0n || weights.some((weight) => weight < 0n)) throw new RangeError('nothing can be apportioned by weights of nothing');
  const exact = weights.map((weight) => whole * weight);
  const parts = exact.map((times) => times / total);
  const left = Number(whole - parts.reduce((sum, part) => sum + part, 0n));
  if (left === 0) return parts;
  const remainders = exact.map((times, i) => ({ i, rest: times - (parts[i] as bigint) * total }));
  remainders.sort((a, b) => (a.rest === b.rest ? a.i - b.i : a.rest > b.rest ? -1 : 1));
  for (const { i } of remainders.slice(0, left)) parts[i] = (parts[i] as bigint) + 1n;
  return parts;
}

/** Below half of what is printed a share would read as nothing. */
const LESS_THAN_PRINTED = '<0.1';

/**
 * Shares as per cent with one decimal, in their order: they add up to exactly 100.0, a part that is there but too small
 * for a tenth reads `<0.1` (and counts as nothing in the sum), a part that is not there reads `0.0`.
 *
 * @param shares of any whole; all together are the whole
 */
export function percents(shares: readonly bigint[]): string[] {
  if (shares.every((share) => share === 0n)) return shares.map(() => '0.0');
  return apportion(1000n, shares).map((tenths, i) => {
    if (tenths === 0n) return shares[i] === 0n ? '0.0' : LESS_THAN_PRINTED;
    return `${tenths / 10n}.${tenths % 10n}`;
  });
}
