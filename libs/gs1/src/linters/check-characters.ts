import { checkDigit } from '../check-digit';
import { isCountryAlpha2 } from './country-codes';
import { all, digits, firstOutside, type Linter, part } from './lint';

/** The mod-10 check digit at the end (GS1 General Specifications, section 7.9.1). */
export const csum: Linter = (value) => {
  const other = digits(value);
  if (other !== undefined) return other;
  if (value.length < 2) return all('TOO_SHORT_FOR_CHECK_DIGIT', value);
  return checkDigit(value.slice(0, -1)) === value.slice(-1) ? undefined : part('INCORRECT_CHECK_DIGIT', value.length - 1);
};

/** Character sets in the order of their values (GS1 General Specifications, section 7.9.5). */
const SET_82 = `!"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz`;
const SET_32 = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
/** As many data characters as there are weights for: more than any AI holds. */
const PAIR_DATA_MAX = 97;
const PRIMES = primes(PAIR_DATA_MAX);

function primes(count: number): number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n++) if (found.every((prime) => n % prime !== 0)) found.push(n);
  return found;
}

/** The check character pair of alphanumeric keys: data weighed by primes from the right, modulo 1021 (section 7.9.5). */
export const csumalpha: Linter = (value) => {
  if (value.length < 2) return all('TOO_SHORT_FOR_CHECK_PAIR', value);
  const [data, pair] = [value.slice(0, -2), value.slice(-2)];
  if (data.length > PAIR_DATA_MAX) return all('TOO_LONG_FOR_CHECK_PAIR_IMPLEMENTATION', value);
  const outside = [...data].findIndex((character) => !SET_82.includes(character));
  if (outside >= 0) return part('INVALID_CSET82_CHARACTER', outside);
  const strange = [...pair].findIndex((character) => !SET_32.includes(character));
  if (strange >= 0) return part('INVALID_CSET32_CHARACTER', data.length + strange);
  const sum = [...data].reduce((total, character, n) => total + SET_82.indexOf(character) * (PRIMES[data.length - 1 - n] as number), 0) % 1021;
  return pair === `${SET_32[sum >> 5]}${SET_32[sum & 31]}` ? undefined : part('INCORRECT_CHECK_PAIR', data.length, 2);
};

/** Longest an IBAN is (ISO 13616-1); the shortest is not said, this is enough for country, check digits and an account. */
const IBAN_MAX = 34;
const IBAN_MIN = 11;

/** An international bank account number: country, mod-97 check digits (ISO 13616-1, ISO/IEC 7064). */
export const iban: Linter = (value) => {
  if (value.length < 4) return all('IBAN_TOO_SHORT', value);
  if (!isCountryAlpha2(value.slice(0, 2))) return part('ILLEGAL_IBAN_COUNTRY_CODE', 0, 2);
  if (value.length > IBAN_MAX) return all('IBAN_TOO_LONG', value);
  if (value.length < IBAN_MIN) return all('IBAN_TOO_SHORT', value);
  const other = firstOutside('INVALID_IBAN_CHARACTER', /^[0-9A-Z]$/, value);
  if (other !== undefined) return other;
  const number = [...value.slice(4), ...value.slice(0, 4)].map((character) => parseInt(character, 36)).join('');
  return BigInt(number) % 97n === 1n ? undefined : part('INCORRECT_IBAN_CHECKSUM', 2, 2);
};
