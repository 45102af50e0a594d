import { CHARACTER_CLASSES } from '../character-sets';
import { csum, csumalpha, iban } from './check-characters';
import { isCountryAlpha2, isCountryNumeric } from './country-codes';
import { couponcode, couponposoffer } from './coupons';
import { isCurrency } from './currency-codes';
import { hh, hhmi, mi, ss, yymmd0, yymmdd, yyyymmd0, yyyymmdd } from './dates';
import { all, digits, firstOutside, type Linter, type LintFault, part } from './lint';
import { isPackageType } from './package-types';

const SET_82 = new RegExp(`^${CHARACTER_CLASSES.X}$`);
const SET_39 = new RegExp(`^${CHARACTER_CLASSES.Y}$`);

const oneOf = (code: string, holds: (value: string) => boolean): Linter => (value) => (holds(value) ? undefined : all(code, value));

/** base64url (RFC 4648, section 5); padding, where there is any, as the dictionary's own routine counts it: to whole groups of three. */
const cset64: Linter = (value) => {
  const text = value.replace(/=+$/, '');
  const padding = value.length - text.length;
  const other = firstOutside('INVALID_CSET64_CHARACTER', /^[0-9A-Za-z\-_]$/, text);
  if (other !== undefined) return other;
  return padding > 2 || (padding > 0 && value.length % 3 !== 0) ? part('INVALID_CSET64_PADDING', text.length, padding) : undefined;
};

/** Fewest digits of a GS1 company prefix. */
const PREFIX_MIN = 4;

/** That a key begins with what can be a company prefix; whether it was ever issued, only GS1 knows. */
function companyPrefixAt(start: 0 | 1): Linter {
  return (value) => {
    const head = value.slice(start);
    if (head.length < PREFIX_MIN) return all('TOO_SHORT_FOR_GCP', value);
    const other = firstOutside('INVALID_GCP_PREFIX', /^[0-9]$/, head.slice(0, PREFIX_MIN));
    return other === undefined ? undefined : { ...other, at: other.at + start };
  };
}

/** Whole billionths of degrees less than these, from the south pole and from the antimeridian on. */
const LATITUDE_MAX = 1_800_000_000;
const LONGITUDE_MAX = 3_600_000_000;

function angle(most: number, name: string): Linter {
  return (value) => {
    if (value.length !== 10) return all(`${name}_INVALID_LENGTH`, value);
    return digits(value) ?? (Number(value) > most ? all(`INVALID_${name}`, value) : undefined);
  };
}

/** Piece and total of a set, as many digits each. */
const pieceoftotal: Linter = (value) => {
  if (value.length === 0 || value.length % 2 !== 0) return all('INVALID_LENGTH_FOR_PIECE_OF_TOTAL', value);
  const other = digits(value);
  if (other !== undefined) return other;
  const half = value.length / 2;
  const [piece, total] = [value.slice(0, half), value.slice(half)];
  if (/^0+$/.test(piece)) return part('ZERO_PIECE_NUMBER', 0, half);
  if (/^0+$/.test(total)) return part('ZERO_TOTAL_PIECES', half, half);
  return piece > total ? all('PIECE_NUMBER_EXCEEDS_TOTAL', value) : undefined;
};

/** `2/3`: the second of three. */
const posinseqslash: Linter = (value) => {
  const match = /^([0-9]+)\/([0-9]+)$/.exec(value);
  if (match === null) return all('POSITION_IN_SEQUENCE_MALFORMED', value);
  const [, position = '', end = ''] = match;
  if (position.startsWith('0')) return part('ILLEGAL_ZERO_PREFIX', 0, position.length);
  if (end.startsWith('0')) return part('ILLEGAL_ZERO_PREFIX', position.length + 1, end.length);
  return BigInt(position) > BigInt(end) ? all('POSITION_EXCEEDS_END', value) : undefined;
};

const pcenc: Linter = (value) => {
  const at = value.search(/%(?![0-9A-Fa-f]{2})/);
  return at < 0 ? undefined : part('INVALID_PERCENT_SEQUENCE', at, Math.min(3, value.length - at));
};

const importeridx: Linter = (value) =>
  value.length !== 1 ? all('IMPORTER_IDX_MUST_BE_ONE_CHARACTER', value) : oneOf('INVALID_IMPORT_IDX_CHARACTER', (one) => /^[0-9A-Za-z\-_]$/.test(one))(value);

const LINTERS: Readonly<Record<string, Linter>> = {
  couponcode, couponposoffer, csum, csumalpha, hh, hhmi, iban, importeridx, mi, pcenc, pieceoftotal, posinseqslash, ss, yymmd0, yymmdd, yyyymmd0, yyyymmdd, cset64,
  cset39: (value) => firstOutside('INVALID_CSET39_CHARACTER', SET_39, value),
  cset82: (value) => firstOutside('INVALID_CSET82_CHARACTER', SET_82, value),
  csetnumeric: digits,
  gcppos1: companyPrefixAt(0),
  gcppos2: companyPrefixAt(1),
  hasnondigit: (value) => (/[^0-9]/.test(value) ? undefined : all('REQUIRES_NON_DIGIT_CHARACTER', value)),
  hyphen: oneOf('NOT_HYPHEN', (value) => /^-+$/.test(value)),
  iso3166: oneOf('NOT_ISO3166', isCountryNumeric),
  iso3166999: oneOf('NOT_ISO3166_OR_999', (value) => value === '999' || isCountryNumeric(value)),
  iso3166alpha2: oneOf('NOT_ISO3166_ALPHA2', isCountryAlpha2),
  iso4217: oneOf('NOT_ISO4217', isCurrency),
  iso5218: oneOf('INVALID_BIOLOGICAL_SEX_CODE', (value) => /^[0129]$/.test(value)),
  latitude: angle(LATITUDE_MAX, 'LATITUDE'),
  longitude: angle(LONGITUDE_MAX, 'LONGITUDE'),
  // ISO/IEC 20248: 01 to 10 are assigned, 80 to 99 are for private use.
  mediatype: oneOf('INVALID_MEDIA_TYPE', (value) => /^(?:0[1-9]|10|[89][0-9])$/.test(value)),
  nonzero: (value) => digits(value) ?? (/^0*$/.test(value) ? all('ILLEGAL_ZERO_VALUE', value) : undefined),
  nozeroprefix: (value) => digits(value) ?? (/^0./.test(value) ? part('ILLEGAL_ZERO_PREFIX', 0) : undefined),
  packagetype: oneOf('INVALID_PACKAGE_TYPE', isPackageType),
  winding: oneOf('INVALID_WINDING_DIRECTION', (value) => /^[019]$/.test(value)),
  yesno: oneOf('NOT_ZERO_OR_ONE', (value) => /^[01]$/.test(value)),
  zero: oneOf('NOT_ZERO', (value) => value === '0'),
};

/** Answers whether a key begins with a company prefix that was issued; `offline` where that cannot be asked now, which fails. */
export type CompanyPrefixes = (key: string) => 'issued' | 'not-issued' | 'offline';

/**
 * Looks at a value by one linter of the GS1 Syntax Dictionary, by its name there.
 *
 * @param prefixes asked by the linters of company prefixes; without it every prefix that can be one is taken
 * @throws Error for a name the dictionary does not know: the dictionary is our data
 */
export function lint(name: string, value: string, prefixes?: CompanyPrefixes): LintFault | undefined {
  const linter = LINTERS[name];
  if (linter === undefined) throw new Error(`the GS1 Syntax Dictionary knows no linter "${name}"`);
  const fault = linter(value);
  if (fault !== undefined || prefixes === undefined || !name.startsWith('gcppos')) return fault;
  const answer = prefixes(value.slice(name === 'gcppos2' ? 1 : 0));
  return answer === 'issued' ? undefined : all(answer === 'offline' ? 'GCP_DATASOURCE_OFFLINE' : 'INVALID_GCP_PREFIX', value);
}
