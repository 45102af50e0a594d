import { type ApplicationIdentifier, applicationIdentifier, type ComponentType } from '../dictionary/application-identifiers';
import { type CompanyPrefixes, lint } from '../linters/linters';
import { contentFault, type Gs1Fault, syntaxFault } from './fault';

/** An application identifier with its value. */
export interface Element {
  readonly ai: string;
  /** As it stands in a data carrier: not escaped, without FNC1. */
  readonly value: string;
}

/** How data is looked at. The defaults are those of GS1's own engine. */
export interface ReadingOptions {
  /** Take AIs the dictionary does not know for what their first digits allow. Default false. */
  readonly permitUnknownAis?: boolean;
  /** Whether AIs that require or exclude each other are looked at; without it only each for itself. Default true. */
  readonly associations?: boolean;
  /** In a Digital Link, a GTIN of 8, 12 or 13 digits stands for one with leading zeros. Default false. */
  readonly permitZeroSuppressedGtin?: boolean;
  /** In a Digital Link's path, words such as `gtin` and `lot` for AIs, as version 1.1 allowed them. Default false. */
  readonly permitConvenienceAlphas?: boolean;
  /** Whether an unknown AI is refused as an attribute of a Digital Link. Default true. */
  readonly refuseUnknownAttributes?: boolean;
  /** Whether an issued company prefix can be told from others. */
  readonly companyPrefixes?: CompanyPrefixes;
}

/** Data read, or the first thing that is wrong with it. */
export type Gs1Reading<Data = object> = ({ readonly valid: true } & Data) | { readonly valid: false; readonly error: Gs1Fault };

/** The answer that something is wrong. */
export const refused = (error: Gs1Fault): { readonly valid: false; readonly error: Gs1Fault } => ({ valid: false, error });

const SETS: Readonly<Record<ComponentType, string>> = { N: 'csetnumeric', X: 'cset82', Y: 'cset39', Z: 'cset64' };

/** How long the longest value may be. */
export const longest = ({ components }: ApplicationIdentifier): number => components.reduce((sum, { max }) => sum + max, 0);

/** How short the shortest may be. */
export const shortest = ({ components }: ApplicationIdentifier): number => components.reduce((sum, { min, isOptional }) => sum + (isOptional ? 0 : min), 0);

/**
 * Looks at a value by the components of its AI, each by its set of characters, then by its linters.
 *
 * @param text from the value on, up to the next FNC1; what the components do not use is not looked at
 * @returns how many characters the value has, or what is wrong with it
 */
export function measure(entry: ApplicationIdentifier, text: string, prefixes?: CompanyPrefixes): number | Gs1Fault {
  const { ai } = entry;
  if (text === '') return syntaxFault('EMPTY_VALUE', { ai });
  let at = 0;
  for (const { type, min, max, isOptional, linters } of entry.components) {
    const content = text.slice(at, at + max);
    if (content === '' && isOptional) break;
    if (content.length < min) return syntaxFault('INCORRECT_LENGTH', { ai, value: text });
    for (const name of [SETS[type], ...linters]) {
      const fault = lint(name, content, prefixes);
      if (fault !== undefined) return contentFault(fault.code, { ai, value: text.slice(0, longest(entry)), at: at + fault.at, length: fault.length });
    }
    at += content.length;
  }
  return at;
}

/** That a value said apart from others is neither too short nor too long, and holds nothing that would end it. */
export function faultOfLength(entry: ApplicationIdentifier, value: string): Gs1Fault | undefined {
  if (value.length < shortest(entry)) return syntaxFault('VALUE_TOO_SHORT', { ai: entry.ai, value });
  if (value.length > longest(entry)) return syntaxFault('VALUE_TOO_LONG', { ai: entry.ai, value });
  const at = value.indexOf('^');
  return at < 0 ? undefined : syntaxFault('ILLEGAL_CHARACTER', { ai: entry.ai, value, at, length: 1 });
}

/** Whether a value, apart from others, is one of its AI. */
export function faultOfElement({ ai, value }: Element, options: ReadingOptions = {}): Gs1Fault | undefined {
  const entry = applicationIdentifier(ai, options.permitUnknownAis);
  if (entry === undefined) return syntaxFault('UNKNOWN_AI', { ai });
  const wrong = faultOfLength(entry, value);
  if (wrong !== undefined) return wrong;
  const length = measure(entry, value, options.companyPrefixes);
  if (typeof length !== 'number') return length;
  return length === value.length ? undefined : syntaxFault('INCORRECT_LENGTH', { ai, value });
}
