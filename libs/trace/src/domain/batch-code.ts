/**
 * The code in `https://HOST/b/{code}`: ten random characters and a check character, Crockford base 32 (no I, L, O,
 * U, so that a code can be read out and typed). The check character is Luhn mod 32: it finds every single wrong
 * character and nearly every swap of neighbours.
 */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const RANDOM_CHARACTERS = 10;

/** The check character of a code without one. */
export function checkCharacter(body: string): string {
  let sum = 0;
  for (let i = body.length - 1, double = true; i >= 0; i--, double = !double) {
    const value = ALPHABET.indexOf(body[i] as string) * (double ? 2 : 1);
    sum += Math.floor(value / 32) + (value % 32);
  }
  return ALPHABET[(32 - (sum % 32)) % 32] as string;
}

/** Makes a batch code out of random bytes (at least ten). */
export function batchCode(random: Uint8Array): string {
  const body = Array.from(random.subarray(0, RANDOM_CHARACTERS), (byte) => ALPHABET[byte % 32]).join('');
  return body + checkCharacter(body);
}

/** Reads a code as people type it (lower case, O for 0, I and L for 1); nothing if it is not one. */
export function readBatchCode(text: string): string | undefined {
  const code = text.toUpperCase().replace(/O/g, '0').replace(/[IL]/g, '1');
  if (code.length !== RANDOM_CHARACTERS + 1 || [...code].some((c) => !ALPHABET.includes(c))) return undefined;
  return checkCharacter(code.slice(0, -1)) === code.at(-1) ? code : undefined;
}
