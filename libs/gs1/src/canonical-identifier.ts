import { readDigitalLink } from './digital-link';
import { readEpcUrn, writeEpcUrn } from './epc-urn';
import { type Gs1Key, writeDigitalLink } from './gs1-key';
import { type KeyRule, keyRule } from './keys';
import type { Gs1Note } from './notes';

/** What sort of GS1 key an identifier is; `opaque` where it is none. */
export type IdentifierKind =
  | 'sgtin' | 'lgtin' | 'gtin' | 'upui' | 'itip' | 'sscc' | 'sgln' | 'gln' | 'pgln' | 'grai' | 'giai' | 'gdti'
  | 'gcn' | 'gsrn' | 'gsrnp' | 'cpi' | 'ginc' | 'gsin' | 'opaque';

/**
 * What an identifier singles out: one thing, a class of like things (a lot is a class), a place, a party, a service
 * relation, a grouping of freight. `unknown` for opaque identifiers: only their use tells.
 */
export type IdentifierLevel = 'instance' | 'class' | 'location' | 'party' | 'relation' | 'shipment' | 'unknown';

/** An identifier in the one spelling under which it is stored and compared. */
export interface CanonicalIdentifier {
  /** `https://id.gs1.org/…` for a valid GS1 key, otherwise the input, byte for byte. */
  readonly canonical: string;
  readonly kind: IdentifierKind;
  readonly level: IdentifierLevel;
  /** Set where the input looks like a GS1 key and is none: which rule it breaks. */
  readonly note?: Gs1Note;
}

/**
 * The one spelling of an identifier, for identity.
 *
 * Every EPC URN (`urn:epc:id:…`, `urn:epc:class:lgtin:…`, `urn:epc:idpat:…` of one class) and every GS1 Digital Link,
 * on any domain, becomes the constrained canonical Digital Link: `https://id.gs1.org`, no query, and only the finest
 * level of identification (CBV 2.0 section 8.9, rules on EPC URIs and Digital Link URIs). What looks like a GS1 key
 * but breaks a rule of GS1 stays as it is and says which rule: to correct it here would make two identifiers one.
 * All other URIs are opaque without a note. Idempotent; never throws.
 */
export function canonicalIdentifier(uri: string): CanonicalIdentifier {
  const reading = readEpcUrn(uri) ?? readDigitalLink(uri, { checkDigits: true, qualifiersInQuery: 'refuse' });
  if (reading === undefined) return { canonical: uri, kind: 'opaque', level: 'unknown' };
  if ('note' in reading) return { canonical: uri, kind: 'opaque', level: 'unknown', note: reading.note };
  const key = constrain(reading.key);
  return { canonical: writeDigitalLink(key), ...describe(key) };
}

/**
 * The canonical Digital Link as the CBV event hash wants it, or undefined where the value is no GS1 identifier.
 * Differs from {@link canonicalIdentifier} in two points, to agree with the published vectors of the reference
 * implementation: check digits of Digital Links are not verified, and qualifiers in the query are ignored.
 */
export function digitalLinkForHash(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const reading = readEpcUrn(value) ?? readDigitalLink(value, { checkDigits: false, qualifiersInQuery: 'ignore' });
  return reading === undefined || 'note' in reading ? undefined : writeDigitalLink(constrain(reading.key));
}

/** The canonical Digital Link of an EPC URN; undefined where it is not the URN of a valid GS1 key. */
export function urnToDigitalLink(urn: string): string | undefined {
  const reading = readEpcUrn(urn);
  return reading === undefined || 'note' in reading ? undefined : writeDigitalLink(constrain(reading.key));
}

/**
 * The EPC URN of a Digital Link (any spelling of one), as far as EPC has one.
 *
 * @param prefixLength digits of the GS1 company prefix, 6 to 12. A URN marks where the prefix ends and a Digital Link
 *   does not, so without it nothing can be said.
 */
export function digitalLinkToUrn(link: string, prefixLength?: number): string | undefined {
  const key = gs1KeyOf(link);
  return key === undefined || prefixLength === undefined ? undefined : writeEpcUrn(key, prefixLength);
}

/** Key and qualifiers of an identifier in any GS1 spelling, at its finest level; undefined for opaque ones. */
export function gs1KeyOf(identifier: string): Gs1Key | undefined {
  const reading = readEpcUrn(identifier) ?? readDigitalLink(identifier, { checkDigits: true, qualifiersInQuery: 'refuse' });
  return reading === undefined || 'note' in reading ? undefined : constrain(reading.key);
}

/**
 * Whether a GS1 key was issued under this GS1 company prefix. The indicator digit of a GTIN, the extension digit of
 * an SSCC and the filler of a GRAI stand before the prefix and do not count. A GTIN-8 is never: its prefixes are
 * licensed one number at a time. Opaque identifiers belong to no prefix.
 *
 * @param prefix 4 to 12 digits, a U.P.C. company prefix with its leading zero
 */
export function companyPrefixMatches(identifier: string, prefix: string): boolean {
  if (!/^[0-9]{4,12}$/.test(prefix)) return false;
  const key = gs1KeyOf(identifier);
  const rule = key === undefined ? undefined : keyRule(key.ai);
  if (key === undefined || rule === undefined) return false;
  if (rule.ai === '01' && key.key.startsWith('000000')) return false;
  return key.key.startsWith(prefix, rule.prefixAt);
}

function constrain(key: Gs1Key): Gs1Key {
  const finest = (keyRule(key.ai) as KeyRule).finest.find((ai) => ai in key.qualifiers);
  return { ...key, qualifiers: finest === undefined ? {} : { [finest]: key.qualifiers[finest] ?? '' } };
}

function describe({ ai, key, qualifiers }: Gs1Key): { kind: IdentifierKind; level: IdentifierLevel } {
  switch (ai) {
    case '00': return { kind: 'sscc', level: 'instance' };
    case '01':
      if ('21' in qualifiers) return { kind: 'sgtin', level: 'instance' };
      if ('235' in qualifiers) return { kind: 'upui', level: 'instance' };
      return { kind: '10' in qualifiers ? 'lgtin' : 'gtin', level: 'class' };
    case '253': return { kind: 'gdti', level: key.length > 13 ? 'instance' : 'class' };
    case '255': return { kind: 'gcn', level: key.length > 13 ? 'instance' : 'class' };
    case '401': return { kind: 'ginc', level: 'shipment' };
    case '402': return { kind: 'gsin', level: 'shipment' };
    case '414': return { kind: '254' in qualifiers ? 'sgln' : 'gln', level: 'location' };
    case '417': return { kind: 'pgln', level: 'party' };
    case '8003': return { kind: 'grai', level: key.length > 14 ? 'instance' : 'class' };
    case '8004': return { kind: 'giai', level: 'instance' };
    case '8006': return { kind: 'itip', level: '21' in qualifiers ? 'instance' : 'class' };
    case '8010': return { kind: 'cpi', level: '8011' in qualifiers ? 'instance' : 'class' };
    case '8017': return { kind: 'gsrnp', level: 'relation' };
    case '8018': return { kind: 'gsrn', level: 'relation' };
    default: return { kind: 'opaque', level: 'unknown' };
  }
}
