import { type CharacterSet, isWithin } from './character-sets';
import { hasValidCheckDigit } from './check-digit';
import { aliasOf } from './dictionary/convenience-alphas';
import { type ApplicationIdentifier, applicationIdentifier } from './dictionary/application-identifiers';
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

/** The keys of EPCIS: the word Digital Link 1.1 has for each, and the qualifiers that stay in an identity. */
const IDENTITIES: readonly { readonly ai: string; readonly finest?: readonly string[] }[] = [
  { ai: '00' }, { ai: '01', finest: ['21', '235', '10'] }, { ai: '253' }, { ai: '255' }, { ai: '401' }, { ai: '402' }, { ai: '414', finest: ['254'] }, { ai: '417' },
  { ai: '8003' }, { ai: '8004' }, { ai: '8006', finest: ['21', '10'] }, { ai: '8010', finest: ['8011'] }, { ai: '8017' }, { ai: '8018' },
];

/** Qualifiers of those keys. */
const QUALIFIER_AIS = ['10', '21', '22', '235', '254', '7040', '8011', '8019'];

/** Shortest key without a check digit: the shortest company prefix, and a reference. */
const FREE_KEY_MIN = 5;

export const KEY_RULES: readonly KeyRule[] = IDENTITIES.map(({ ai, finest = [] }) => {
  const { components, qualifiers = [[]] } = applicationIdentifier(ai) as ApplicationIdentifier;
  // The filler of a GRAI is a component of its own, and weighs nothing in the check digit.
  const [first, ...rest] = ai === '8003' ? components.slice(1) : components;
  const { linters = [], max = 0, type = 'N' } = first ?? {};
  const isChecked = linters.includes('csum');
  const filler = ai === '8003' ? 1 : 0;
  const [tail] = isChecked ? rest : [{ type, min: FREE_KEY_MIN, max, isOptional: false }];
  return {
    ai, alias: aliasOf(ai), head: isChecked ? max + filler : 0,
    tail: { set: (tail?.type ?? 'N') as CharacterSet, min: tail === undefined || tail.isOptional ? 0 : tail.min, max: tail?.max ?? 0 },
    prefixAt: filler === 1 || linters.includes('gcppos2') ? 1 : 0,
    qualifiers: qualifiers.filter((order) => order.length > 0), finest,
  };
});

interface QualifierRule {
  readonly ai: string;
  readonly alias: string;
  readonly set: CharacterSet;
  readonly max: number;
}

const QUALIFIER_RULES: readonly QualifierRule[] = QUALIFIER_AIS.map((ai) => {
  const { components } = applicationIdentifier(ai) as ApplicationIdentifier;
  return { ai, alias: aliasOf(ai), set: components.at(-1)?.type as CharacterSet, max: components.reduce((sum, { max }) => sum + max, 0) };
});

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
