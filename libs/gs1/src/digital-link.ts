import { decodeSegment } from './character-sets';
import type { Gs1Key } from './gs1-key';
import { faultOfKey, faultOfQualifier, type KeyRule, keyRule, qualifierAi } from './keys';
import type { Gs1Note } from './notes';

/** `undefined`: not a Digital Link at all. */
export type LinkReading = { readonly key: Gs1Key; readonly rule: KeyRule } | { readonly note: Gs1Note } | undefined;

/** How strictly a link is read. */
export interface LinkReadingRules {
  /** Refuse wrong check digits. */
  readonly checkDigits: boolean;
  /** Refuse qualifiers that stand in the query: stripping them would make two lots one. */
  readonly qualifiersInQuery: 'refuse' | 'ignore';
}

const WEB_URI = /^https?:\/\/([^/?#]+)(\/[^?#]*)(?:\?([^#]*))?(?:#.*)?$/is;

/**
 * Reads a GS1 Digital Link on any domain and below any path (Digital Link URI Syntax 1.2): the rightmost key counts,
 * everything behind it must be qualifiers of that key in their order, values are percent-decoded.
 */
export function readDigitalLink(uri: string, rules: LinkReadingRules): LinkReading {
  const match = WEB_URI.exec(uri);
  if (match === null) return undefined;
  const [, , path = '', query = ''] = match;
  const segments = path.split('/').slice(1);
  if (segments.at(-1) === '') segments.pop();

  for (let start = segments.length - 2; start >= 0; start -= 2) {
    const rule = keyRule(segments[start] ?? '');
    if (rule !== undefined) return readFrom(rule, segments.slice(start + 1), query, rules);
  }
  return undefined;
}

function readFrom(rule: KeyRule, [value = '', ...pairs]: string[], query: string, rules: LinkReadingRules): LinkReading {
  const decoded = decodeSegment(value);
  if (decoded === undefined) return { note: 'gs1-characters' };
  const key = rule.ai === '01' ? gtin14(decoded) : decoded;
  const wrong = faultOfKey(rule, key, rules.checkDigits);
  if (wrong !== undefined) return { note: wrong };

  const qualifiers: Record<string, string> = {};
  for (let i = 0; i < pairs.length; i += 2) {
    const ai = qualifierAi(pairs[i] ?? '');
    const text = decodeSegment(pairs[i + 1] ?? '');
    if (ai === undefined || ai in qualifiers) return { note: 'gs1-qualifier' };
    const fault = text === undefined ? 'gs1-characters' : faultOfQualifier(ai, text);
    if (fault !== undefined) return { note: fault };
    qualifiers[ai] = text ?? '';
  }
  if (!isInOrder(rule, pairs)) return { note: 'gs1-qualifier' };
  if (rules.qualifiersInQuery === 'refuse' && namesQualifier(rule, query)) return { note: 'gs1-qualifier-in-query' };
  return { key: { ai: rule.ai, key, qualifiers }, rule };
}

/** GTIN-8, -12 and -13 are written with leading zeros; other lengths are left to be found wrong. */
function gtin14(digits: string): string {
  return /^(?:[0-9]{8}|[0-9]{12,13})$/.test(digits) ? digits.padStart(14, '0') : digits;
}

function isInOrder(rule: KeyRule, pairs: readonly string[]): boolean {
  const given = pairs.filter((_, i) => i % 2 === 0).map((name) => qualifierAi(name) ?? name);
  return given.length === 0 || rule.qualifiers.some((order) => {
    const places = given.map((ai) => order.indexOf(ai));
    return places.every((place, i) => place > (i === 0 ? -1 : (places[i - 1] ?? -1)));
  });
}

function namesQualifier(rule: KeyRule, query: string): boolean {
  return query !== '' && query.split(/[&;]/).some((pair) => {
    const ai = qualifierAi(pair.split('=', 1)[0] ?? '');
    return ai !== undefined && rule.finest.includes(ai);
  });
}
