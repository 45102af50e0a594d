import { SYNTAX_DICTIONARY } from './syntax-dictionary';

/** `N` digits, `X` character set 82, `Y` character set 39, `Z` base64url (GS1 General Specifications, section 7.11). */
export type ComponentType = 'N' | 'X' | 'Y' | 'Z';

/** One part of a data field: so many characters of a type, and the linters its content must pass. */
export interface Component {
  readonly type: ComponentType;
  readonly min: number;
  readonly max: number;
  readonly isOptional: boolean;
  readonly linters: readonly string[];
}

/** What the dictionary says of an application identifier. */
export interface ApplicationIdentifier {
  readonly ai: string;
  /** Data title, e.g. `BATCH/LOT`; empty where it has none. */
  readonly title: string;
  /** Of predefined length: no FNC1 stands behind it (GS1 General Specifications, figure 7.8.5-2). */
  readonly isPredefined: boolean;
  /** May be an attribute in the query of a Digital Link; `unknown` for an AI the dictionary does not know. */
  readonly isLinkAttribute: boolean | 'unknown';
  readonly components: readonly Component[];
  /** One list must be satisfied for each inner list: any of its groups, a group by all of its AIs or patterns (`35nn`). */
  readonly required: readonly (readonly (readonly string[])[])[];
  /** AIs or patterns it must not be paired with. */
  readonly excluded: readonly string[];
  /** Where it is a primary key of a Digital Link: orders of the qualifiers that may follow; an empty list where none may. */
  readonly qualifiers?: readonly (readonly string[])[];
}

const COMPONENT = /^(\[?)([NXYZ])(\.\.)?(\d+)\]?((?:,[a-z0-9]+)*)$/;

/** Reads the dictionary's lines. @throws Error where a line is not of its form: the data is ours, and a bad line a fault of ours. */
export function readDictionary(text: string): ApplicationIdentifier[] {
  return text.split('\n').filter((line) => line.trim() !== '').flatMap(readLine);
}

function readLine(line: string): ApplicationIdentifier[] {
  const [entry = '', title = ''] = line.split('#');
  const [ais = '', ...words] = entry.trim().split(/\s+/);
  const flags = /^[*?]+$/.test(words[0] ?? '') ? words.shift() ?? '' : '';
  const components: Component[] = [];
  const required: string[][][] = [];
  const excluded: string[] = [];
  let qualifiers: string[][] | undefined;
  for (const word of words) {
    const part = COMPONENT.exec(word);
    if (part !== null) components.push(componentOf(part));
    else if (word.startsWith('req=')) required.push(word.slice(4).split(',').map((group) => group.split('+')));
    else if (word.startsWith('ex=')) excluded.push(...word.slice(3).split(','));
    else if (word === 'dlpkey') qualifiers = [[]];
    else if (word.startsWith('dlpkey=')) qualifiers = word.slice(7).split('|').map((order) => order.split(','));
    else throw new Error(`no line of the GS1 Syntax Dictionary: ${line}`);
  }
  return runOf(ais).map((ai) => ({
    ai, title: title.trim(), isPredefined: flags.includes('*'), isLinkAttribute: flags.includes('?'), components, required, excluded, ...(qualifiers !== undefined && { qualifiers }),
  }));
}

const componentOf = ([, optional, type, variable, length, linters = '']: RegExpExecArray): Component => ({
  type: type as ComponentType, min: variable === undefined ? Number(length) : 1, max: Number(length), isOptional: optional === '[', linters: linters.split(',').slice(1),
});

/** `3100-3105` as its six AIs. */
function runOf(ais: string): string[] {
  const [first = '', last = first] = ais.split('-');
  return Array.from({ length: Number(last) - Number(first) + 1 }, (_, n) => String(Number(first) + n).padStart(first.length, '0'));
}

const ENTRIES = new Map(readDictionary(SYNTAX_DICTIONARY).map((entry) => [entry.ai, entry]));

/** How long an AI is, by its first two digits: no two lengths share them (GS1 General Specifications, section 7.8). */
const LENGTHS = new Map([...ENTRIES.keys()].map((ai) => [ai.slice(0, 2), ai.length]));

/** Lengths of the values of predefined length by the first two digits of the AI (GS1 General Specifications, figure 7.8.5-2). */
const PREDEFINED: Readonly<Record<string, number>> = {
  '00': 18, '01': 14, '02': 14, '03': 14, '04': 16, 11: 6, 12: 6, 13: 6, 14: 6, 15: 6, 16: 6, 17: 6, 18: 6, 19: 6, 20: 2, 31: 6, 32: 6, 33: 6, 34: 6, 35: 6, 36: 6, 41: 13,
};

/** Every application identifier of the dictionary, in its order. */
export const applicationIdentifiers = (): readonly ApplicationIdentifier[] => [...ENTRIES.values()];

/**
 * The AI of this very number; undefined where the dictionary knows none.
 *
 * @param permitUnknown to take one the dictionary does not know for what its first two digits allow, as software that is older
 *   than a new AI must
 */
export function applicationIdentifier(ai: string, permitUnknown = false): ApplicationIdentifier | undefined {
  return ENTRIES.get(ai) ?? (permitUnknown ? unknownIdentifier(ai) : undefined);
}

/** The AI with which an element string goes on. One of unknown length cannot be told from its value. */
export function leadingIdentifier(data: string, permitUnknown = false): ApplicationIdentifier | undefined {
  const length = LENGTHS.get(data.slice(0, 2));
  return length === undefined || data.length < length ? undefined : applicationIdentifier(data.slice(0, length), permitUnknown);
}

function unknownIdentifier(ai: string): ApplicationIdentifier | undefined {
  if (!/^[0-9]{2,4}$/.test(ai) || (LENGTHS.get(ai.slice(0, 2)) ?? ai.length) !== ai.length) return undefined;
  const length = PREDEFINED[ai.slice(0, 2)];
  const component: Component = length === undefined
    ? { type: 'X', min: 1, max: 90, isOptional: false, linters: [] }
    : { type: 'N', min: length, max: length, isOptional: false, linters: [] };
  return { ai, title: '', isPredefined: length !== undefined, isLinkAttribute: 'unknown', components: [component], required: [], excluded: [] };
}

/** Whether AIs in this order are a primary key and qualifiers of it as a Digital Link's path holds them. */
export function isPathSequence(ais: readonly string[]): boolean {
  const [key = '', ...given] = ais;
  return ENTRIES.get(key)?.qualifiers?.some((order) => {
    const places = given.map((ai) => order.indexOf(ai));
    return places.every((place, n) => place > (n === 0 ? -1 : places[n - 1] as number));
  }) ?? false;
}
