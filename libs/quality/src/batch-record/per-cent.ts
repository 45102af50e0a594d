/** A per cent in hundredths, exactly rounded half to even 四舍六入五成双; undefined of nothing. */
export function perCent(part: bigint, whole: bigint): bigint | undefined {
  if (whole <= 0n) return undefined;
  const scaled = part * 10_000n;
  const [quotient, twice] = [scaled / whole, (scaled % whole) * 2n];
  return twice > whole || (twice === whole && quotient % 2n === 1n) ? quotient + 1n : quotient;
}

/** Hundredths as decimal text, e.g. `97.35`. */
export const perCentText = (hundredths: bigint): string => `${hundredths / 100n}.${(hundredths % 100n).toString().padStart(2, '0')}`;

/**
 * Whether a ratio lies within bounds given in per cent as decimal text. Exact: compared by cross-multiplication, not as rounded.
 */
export function within(part: bigint, whole: bigint, min: string | undefined, max: string | undefined): boolean {
  return (min === undefined || compare(part, whole, min) >= 0n) && (max === undefined || compare(part, whole, max) <= 0n);
}

/** Below zero where part of whole is less than so many per cent. */
function compare(part: bigint, whole: bigint, percent: string): bigint {
  const [integer = '', fraction = ''] = percent.split('.');
  const scale = 10n ** BigInt(fraction.length);
  return part * 100n * scale - BigInt(integer + fraction) * whole;
}
