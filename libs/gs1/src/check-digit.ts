/**
 * The GS1 mod-10 check digit (GS1 General Specifications, section 7.9.1): from the right, digits weigh 3, 1, 3, 1 …
 *
 * @param digits the key without its check digit, digits only
 * @returns one digit as text
 * @throws RangeError where `digits` is empty or holds anything but 0 to 9: the caller has not looked at its input
 */
export function checkDigit(digits: string): string {
  if (!/^[0-9]+$/.test(digits)) throw new RangeError(`a check digit is computed over digits, not over "${digits}"`);
  let sum = 0;
  for (let i = digits.length - 1, weight = 3; i >= 0; i--, weight = 4 - weight) {
    sum += (digits.charCodeAt(i) - 48) * weight;
  }
  return String((10 - (sum % 10)) % 10);
}

/** Whether the last digit is the check digit of those before it. Anything but two or more digits is not. */
export function hasValidCheckDigit(digits: string): boolean {
  return /^[0-9]{2,}$/.test(digits) && checkDigit(digits.slice(0, -1)) === digits.slice(-1);
}
