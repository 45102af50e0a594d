const PARTS = /^-?([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?$/;

const ZERO = 0x30;

/**
 * Whether a double gives this very number back: the shortest decimal text of the double has the value written.
 * `1000.0` and `1e3` do; `9007199254740993`, `1e400` and `-0` do not (minus zero becomes zero on its way through JSON).
 */
export function isExactDouble(written: string): boolean {
  // Every decimal of up to 15 significant digits survives the way through a double (IEEE 754, DBL_DIG).
  if (written.length <= 15 && /^(?:-?[1-9][0-9]*|-?[0-9]+\.[0-9]*[1-9][0-9]*|0)$/.test(written)) return true;
  const double = Number(written);
  if (!Number.isFinite(double) || Object.is(double, -0)) return false;
  const [given, kept] = [significantDigits(written), significantDigits(String(double))];
  return given.digits === kept.digits && given.exponent === kept.exponent;
}

/** The number as 0.digits × 10^exponent, digits without zeros at either end. */
function significantDigits(written: string): { digits: string; exponent: number } {
  const [, whole = '', fraction = '', power = '0'] = PARTS.exec(written) ?? [];
  const all = whole + fraction;
  let start = 0;
  while (start < all.length && all.charCodeAt(start) === ZERO) start++;
  let end = all.length;
  while (end > start && all.charCodeAt(end - 1) === ZERO) end--;
  if (start === end) return { digits: '', exponent: 0 };
  return { digits: all.slice(start, end), exponent: Number(power) + whole.length - start };
}
