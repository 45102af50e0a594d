import { decodeUrnComponent, encodeUrnComponent } from './character-sets';
import { checkDigit } from './check-digit';
import type { Gs1Key } from './gs1-key';
import { faultOfKey, faultOfQualifier, keyRule } from './keys';
import type { Gs1Note } from './notes';

/** `undefined`: not a URN of a GS1 key at all. */
export type UrnReading = { readonly key: Gs1Key } | { readonly note: Gs1Note } | undefined;

/**
 * How the parts of an EPC URN make a GS1 key (EPC Tag Data Standard 2.0, sections 6.3 and 7): `digits` is how many
 * digits prefix and reference have together, without check digit; `free` schemes have a reference of characters.
 */
interface Scheme {
  readonly ai: string;
  readonly digits?: number;
  /** The first digit of the reference stands before the prefix (indicator or extension digit). */
  readonly leading?: boolean;
  /** What follows the reference. */
  readonly then?: 'serial' | 'extension' | 'piece-total-serial';
  /** The qualifier that takes the serial; without it the serial is part of the key. */
  readonly qualifier?: string;
}

const SCHEMES = new Map<string, Scheme>(Object.entries({
  sgtin: { ai: '01', digits: 13, leading: true, then: 'serial', qualifier: '21' },
  lgtin: { ai: '01', digits: 13, leading: true, then: 'serial', qualifier: '10' },
  upui: { ai: '01', digits: 13, leading: true, then: 'serial', qualifier: '235' },
  itip: { ai: '8006', digits: 13, leading: true, then: 'piece-total-serial', qualifier: '21' },
  sscc: { ai: '00', digits: 17, leading: true },
  sgln: { ai: '414', digits: 12, then: 'extension', qualifier: '254' },
  pgln: { ai: '417', digits: 12 },
  grai: { ai: '8003', digits: 12, then: 'serial' },
  gdti: { ai: '253', digits: 12, then: 'serial' },
  sgcn: { ai: '255', digits: 12, then: 'serial' },
  gsrn: { ai: '8018', digits: 17 },
  gsrnp: { ai: '8017', digits: 17 },
  gsin: { ai: '402', digits: 16 },
  giai: { ai: '8004' },
  ginc: { ai: '401' },
  cpi: { ai: '8010', then: 'serial', qualifier: '8011' },
} satisfies Record<string, Scheme>));

/** Patterns that stand for one class: all serials of one key. Others match many keys and stay opaque. */
const CLASS_PATTERNS = new Set(['sgtin', 'grai', 'gdti', 'sgcn', 'cpi', 'itip', 'upui']);

// RFC 8141 section 3.1: scheme and namespace identifier ignore case, the rest does not.
const URN = /^[Uu][Rr][Nn]:[Ee][Pp][Cc]:(id|class|idpat):([a-z]+):(.*)$/s;

/** Reads an EPC pure identity, class or pattern URN as the GS1 key it stands for. */
export function readEpcUrn(uri: string): UrnReading {
  const match = URN.exec(uri);
  if (match === null) return undefined;
  const [, family = '', name = '', body = ''] = match;
  const scheme = SCHEMES.get(name);
  const expected = name === 'lgtin' ? 'class' : 'id';
  if (scheme === undefined || (family !== expected && !(family === 'idpat' && name !== 'lgtin'))) return undefined;
  if (family !== 'idpat') return readParts(scheme, body, false);
  if (!CLASS_PATTERNS.has(name) || !/^[^*]+\.\*$/.test(body)) return { note: 'gs1-pattern' };
  return readParts(scheme, body.slice(0, -2), true);
}

function readParts(scheme: Scheme, body: string, classOnly: boolean): UrnReading {
  const [prefix = '', reference, ...rest] = body.split('.');
  if (!/^[0-9]{6,12}$/.test(prefix)) return { note: 'gs1-company-prefix' };
  if (reference === undefined) return { note: 'gs1-length' };
  return scheme.digits === undefined
    ? readFree(scheme, prefix, [reference, ...rest], classOnly)
    : readDigits(scheme, scheme.digits, prefix, reference, rest, classOnly);
}

function readDigits(scheme: Scheme, digits: number, prefix: string, reference: string, rest: string[], classOnly: boolean): UrnReading {
  if (!/^[0-9]*$/.test(reference)) return { note: 'gs1-characters' };
  if (prefix.length + reference.length !== digits) return { note: 'gs1-length' };
  const bare = scheme.leading ? reference.slice(0, 1) + prefix + reference.slice(1) : prefix + reference;
  const key = (scheme.ai === '8003' ? '0' : '') + bare + checkDigit(bare);

  if (scheme.then === undefined) return rest.length === 0 ? finish(scheme.ai, key) : { note: 'gs1-length' };
  if (scheme.then === 'piece-total-serial') return readPieces(scheme, key, rest, classOnly);
  if (classOnly) return rest.length === 0 ? finish(scheme.ai, key) : { note: 'gs1-pattern' };
  return withSerial(scheme, key, rest);
}

function readPieces(scheme: Scheme, gtin: string, [piece = '', total = '', ...serial]: string[], classOnly: boolean): UrnReading {
  if (!/^[0-9]{2}$/.test(piece) || !/^[0-9]{2}$/.test(total)) return { note: 'gs1-piece-of-total' };
  if (classOnly) return serial.length === 0 ? finish(scheme.ai, gtin + piece + total) : { note: 'gs1-pattern' };
  return withSerial(scheme, gtin + piece + total, serial);
}

/** GIAI and GINC are prefix and characters, dots included; a CPI ends in its serial, behind the last dot. */
function readFree(scheme: Scheme, prefix: string, parts: string[], classOnly: boolean): UrnReading {
  const serial = scheme.then === 'serial' && !classOnly ? parts.splice(-1) : [];
  const reference = decodeUrnComponent(parts.join('.'));
  if (reference === undefined) return { note: 'gs1-characters' };
  if (reference === '') return { note: 'gs1-length' };
  const key = prefix + reference;
  return serial.length === 0 ? finish(scheme.ai, key) : withSerial(scheme, key, serial);
}

function withSerial(scheme: Scheme, key: string, parts: string[]): UrnReading {
  const serial = decodeUrnComponent(parts.join('.'));
  if (serial === undefined) return { note: 'gs1-characters' };
  if (serial === '') return { note: 'gs1-length' };
  // EPC Tag Data Standard, section 6.3.3: extension 0 means that there is none.
  if (scheme.then === 'extension' && serial === '0') return finish(scheme.ai, key);
  return scheme.qualifier === undefined ? finish(scheme.ai, key + serial) : finish(scheme.ai, key, scheme.qualifier, serial);
}

function finish(ai: string, key: string, qualifier?: string, value = ''): UrnReading {
  const rule = keyRule(ai);
  if (rule === undefined) return undefined;
  const note = faultOfKey(rule, key, true) ?? (qualifier === undefined ? undefined : faultOfQualifier(qualifier, value));
  if (note !== undefined) return { note };
  return { key: { ai, key, qualifiers: qualifier === undefined ? {} : { [qualifier]: value } } };
}

/**
 * Writes a key as an EPC URN. What EPC has no URN for (a lot of an ITIP, a bare GTIN with a variant …) gives nothing,
 * and so does a prefix length that the key cannot have.
 *
 * @param prefixLength digits of the GS1 company prefix, 6 to 12. A Digital Link does not tell; only the licence does.
 */
export function writeEpcUrn(key: Gs1Key, prefixLength: number): string | undefined {
  if (!Number.isInteger(prefixLength) || prefixLength < 6 || prefixLength > 12) return undefined;
  const carried = Object.keys(key.qualifiers);
  const [name, scheme] = [...SCHEMES].find(([candidate, { ai, qualifier }]) => {
    if (ai !== key.ai) return false;
    return carried.length === 0 ? candidate !== 'lgtin' && candidate !== 'upui' : qualifier === carried[0];
  }) ?? [];
  if (name === undefined || scheme === undefined || carried.length > 1) return undefined;

  const { stem, serial } = cut(scheme, key, prefixLength);
  if (stem === undefined) return undefined;
  if (scheme.then === undefined) return `urn:epc:id:${name}:${stem}`;
  if (scheme.then === 'extension' && carried.length === 1 && serial === '0') return undefined;
  if (scheme.then === 'extension') return `urn:epc:id:${name}:${stem}.${serial === '' ? '0' : encodeUrnComponent(serial)}`;
  if (serial === '') return `urn:epc:idpat:${name}:${stem}.*`;
  return `urn:epc:${name === 'lgtin' ? 'class' : 'id'}:${name}:${stem}.${encodeUrnComponent(serial)}`;
}

function cut(scheme: Scheme, { key, qualifiers }: Gs1Key, prefixLength: number): { stem?: string; serial: string } {
  const carried = scheme.qualifier === undefined ? '' : (qualifiers[scheme.qualifier] ?? '');
  if (scheme.digits === undefined) {
    const prefix = key.slice(0, prefixLength);
    if (!/^[0-9]+$/.test(prefix) || key.length <= prefixLength) return { serial: carried };
    return { stem: `${prefix}.${encodeUrnComponent(key.slice(prefixLength))}`, serial: carried };
  }
  const bare = key.slice(scheme.ai === '8003' ? 1 : 0).slice(0, scheme.digits);
  const after = key.slice((scheme.ai === '8003' ? 1 : 0) + scheme.digits + 1);
  const stem = scheme.leading
    ? `${bare.slice(1, 1 + prefixLength)}.${bare.slice(0, 1)}${bare.slice(1 + prefixLength)}`
    : `${bare.slice(0, prefixLength)}.${bare.slice(prefixLength)}`;
  if (scheme.then === 'piece-total-serial') return { stem: `${stem}.${after.slice(0, 2)}.${after.slice(2)}`, serial: carried };
  return { stem, serial: scheme.qualifier === undefined ? after : carried };
}
