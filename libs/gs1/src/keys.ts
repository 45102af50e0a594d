import { type CharacterSet, isWithin } from './character-sets';
import { hasValidCheckDigit } from './check-digit';
import type { Gs1Note } from './notes';

/**
 * The GS1 keys that identify things in EPCIS, as data: GS1 Syntax Dictionary (2026) for formats and for the order
 * of qualifiers, GS1 Digital Link URI Syntax 1.2 section 4.11 and CBV 2.0 section 8.9 for the constrained canonical
 * form, i.e. which qualifiers stay in an identity.
 */
export interface KeyRule {
  /** Application identifier, e.g. `01`. */
  readonly ai: string;
  /** The word Digital Link 1.1 allowed in place of the AI; still found on labels. */
  readonly alias: string;
  /** Leading digits of which the last one is a check digit; 0 where the key has none. */
  readonly head: number;
  /** What follows those digits. */
  readonly tail: { readonly set: CharacterSet; readonly min: number; readonly max: number };
  /** Where the GS1 company prefix begins: 1 after an indicator, extension or filler digit. */
  readonly prefixAt: 0 | 1;
  /** Qualifiers that may follow in the path; each inner list is an order of its own. */
  readonly qualifiers: readonly (readonly string[])[];
  /** Qualifiers that stay in the constrained canonical form; only the first one present does. */
  readonly finest: readonly string[];
}

const NONE = { set: 'N', min: 0, max: 0 } as const;

export const KEY_RULES: readonly KeyRule[] = [
  { ai: '00', alias: 'sscc', head: 18, tail: NONE, prefixAt: 1, qualifiers: [], finest: [] },
  { ai: '01', alias: 'gtin', head: 14, tail: NONE, prefixAt: 1, qualifiers: [['22', '10', '21'], ['235']], finest: ['21', '235', '10'] },
  { ai: '253', alias: 'gdti', head: 13, tail: { set: 'X', min: 0, max: 17 }, prefixAt: 0, qualifiers: [], finest: [] },
  { ai: '255', alias: 'gcn', head: 13, tail: { set: 'N', min: 0, max: 12 }, prefixAt: 0, qualifiers: [], finest: [] },
  { ai: '401', alias: 'ginc', head: 0, tail: { set: 'X', min: 5, max: 30 }, prefixAt: 0, qualifiers: [], finest: [] },
  { ai: '402', alias: 'gsin', head: 17, tail: NONE, prefixAt: 0, qualifiers: [], finest: [] },
  { ai: '414', alias: 'gln', head: 13, tail: NONE, prefixAt: 0, qualifiers: [['254'], ['7040']], finest: ['254'] },
  { ai: '417', alias: 'party', head: 13, tail: NONE, prefixAt: 0, qualifiers: [['7040']], finest: [] },
  { ai: '8003', alias: 'grai', head: 14, tail: { set: 'X', min: 0, max: 16 }, prefixAt: 1, qualifiers: [], finest: [] },
  { ai: '8004', alias: 'giai', head: 0, tail: { set: 'X', min: 5, max: 30 }, prefixAt: 0, qualifiers: [['7040']], finest: [] },
  { ai: '8006', alias: 'itip', head: 14, tail: { set: 'N', min: 4, max: 4 }, prefixAt: 1, qualifiers: [['22', '10', '21']], finest: ['21', '10'] },
  { ai: '8010', alias: 'cpid', head: 0, tail: { set: 'Y', min: 5, max: 30 }, prefixAt: 0, qualifiers: [['8011']], finest: ['8011'] },
  { ai: '8017', alias: 'gsrnp', head: 18, tail: NONE, prefixAt: 0, qualifiers: [['8019']], finest: [] },
  { ai: '8018', alias: 'gsrn', head: 18, tail: NONE, prefixAt: 0, qualifiers: [['8019']], finest: [] },
];

interface QualifierRule {
  readonly ai: string;
  readonly alias: string;
  readonly set: CharacterSet;
  readonly max: number;
}

const QUALIFIER_RULES: readonly QualifierRule[] = [
  { ai: '10', alias: 'lot', set: 'X', max: 20 },
  { ai: '21', alias: 'ser', set: 'X', max: 20 },
  { ai: '22', alias: 'cpv', set: 'X', max: 20 },
  { ai: '235', alias: 'tpx', set: 'X', max: 28 },
  { ai: '254', alias: 'glnx', set: 'X', max: 20 },
  { ai: '7040', alias: 'uic', set: 'X', max: 4 },
  { ai: '8011', alias: 'cpsn', set: 'N', max: 12 },
  { ai: '8019', alias: 'srin', set: 'N', max: 10 },
];

const KEYS = new Map(KEY_RULES.flatMap((rule) => [[rule.ai, rule] as const, [rule.alias, rule] as const]));
const QUALIFIERS = new Map(QUALIFIER_RULES.flatMap((rule) => [[rule.ai, rule] as const, [rule.alias, rule] as const]));

/** The key named by an AI or by its alias. */
export function keyRule(name: string): KeyRule | undefined {
  return KEYS.get(name);
}

/** The AI of a qualifier named by its AI or by its alias. */
export function qualifierAi(name: string): string | undefined {
  return QUALIFIERS.get(name)?.ai;
}

/**
 * What is wrong with the value of a key, if anything.
 *
 * @param checkDigits false to overlook wrong check digits, as the reference implementation of the event hash does
 */
export function faultOfKey(rule: KeyRule, value: string, checkDigits: boolean): Gs1Note | undefined {
  const head = value.slice(0, rule.head);
  const tail = value.slice(rule.head);
  if (!isWithin('N', head) || !isWithin(rule.tail.set, tail)) return 'gs1-characters';
  if (head.length < rule.head || tail.length < rule.tail.min || tail.length > rule.tail.max) return 'gs1-length';
  if (rule.head > 0 && checkDigits && !hasValidCheckDigit(head)) return 'gs1-check-digit';
  if (rule.ai === '8003' && !head.startsWith('0')) return 'gs1-filler';
  if (rule.ai === '8006' && !isPieceOfTotal(tail)) return 'gs1-piece-of-total';
  // Keys of free length begin with a company prefix too; four digits is the shortest GS1 has ever licensed.
  if (rule.head === 0 && !/^[0-9]{4}/.test(tail)) return 'gs1-company-prefix';
  return undefined;
}

/** What is wrong with the value of a qualifier, if anything. */
export function faultOfQualifier(ai: string, value: string): Gs1Note | undefined {
  const rule = QUALIFIERS.get(ai);
  if (rule === undefined) return 'gs1-qualifier';
  if (!isWithin(rule.set, value)) return 'gs1-characters';
  if (value.length === 0 || value.length > rule.max) return 'gs1-length';
  // GS1 Syntax Dictionary, linter `nozeroprefix` of (8011).
  if (ai === '8011' && value.length > 1 && value.startsWith('0')) return 'gs1-serial';
  return undefined;
}

function isPieceOfTotal(fourDigits: string): boolean {
  const piece = fourDigits.slice(0, 2);
  return piece !== '00' && piece <= fourDigits.slice(2);
}
