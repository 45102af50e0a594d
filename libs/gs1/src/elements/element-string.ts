import { applicationIdentifier, leadingIdentifier } from '../dictionary/application-identifiers';
import { faultOfAssociations } from './associations';
import { type Element, faultOfLength, type Gs1Reading, measure, type ReadingOptions, refused } from './element';
import { type SyntaxRule, syntaxFault } from './fault';

/**
 * Reads an element string as a data carrier holds it, FNC1 written `^` (GS1 General Specifications, section 7.8): FNC1 first,
 * then AI and value, one after the other; FNC1 behind every value that is not of predefined length.
 */
export function readElementString(data: string, options: ReadingOptions = {}): Gs1Reading<{ elements: readonly Element[] }> {
  if (!data.startsWith('^')) return refused(syntaxFault('MISSING_FNC1'));
  if (data === '^') return refused(syntaxFault('NO_DATA'));
  const elements: Element[] = [];
  let at = 1;
  while (at < data.length) {
    const entry = leadingIdentifier(data.slice(at), options.permitUnknownAis);
    if (entry === undefined) return refused(syntaxFault('UNKNOWN_AI', { value: data.slice(at, at + 4) }));
    at += entry.ai.length;
    const next = data.indexOf('^', at);
    const text = data.slice(at, next < 0 ? undefined : next);
    const length = measure(entry, text, options.companyPrefixes);
    if (typeof length !== 'number') return refused(length);
    if (!entry.isPredefined && length < text.length) return refused(syntaxFault('INCORRECT_LENGTH', { ai: entry.ai, value: text }));
    elements.push({ ai: entry.ai, value: text.slice(0, length) });
    at += length;
    if (data[at] === '^') at += 1;
  }
  return associated(elements, options);
}

/**
 * Reads AIs in brackets, as people write them: `(01)06901234567892(10)L1`. A bracket that belongs to a value is written `\(`.
 */
export function readBracketed(data: string, options: ReadingOptions = {}): Gs1Reading<{ elements: readonly Element[] }> {
  const elements: Element[] = [];
  const malformed = (): { readonly valid: false; readonly error: ReturnType<typeof syntaxFault> } => refused(syntaxFault('MALFORMED_BRACKETS', { value: data }));
  if (data === '') return malformed();
  // An opening bracket not behind a backslash begins an AI.
  for (const part of data.split(/(?<!\\)(?=\()/)) {
    const match = /^\(([^)]*)\)(.*)$/s.exec(part);
    if (match === null) return malformed();
    const [, ai = '', text = ''] = match;
    const entry = applicationIdentifier(ai, options.permitUnknownAis);
    if (entry === undefined) return refused(syntaxFault('UNKNOWN_AI', { ai }));
    const value = text.replaceAll('\\(', '(');
    const wrong = value === '' ? syntaxFault('EMPTY_VALUE', { ai }) : faultOfLength(entry, value);
    if (wrong !== undefined) return refused(wrong);
    elements.push({ ai, value });
  }
  return checked(elements, options);
}

/** The element string of some elements: FNC1 as `^`, first and behind every value that is not of predefined length but the last. */
export function writeElementString(elements: readonly Element[]): string {
  let text = '';
  let needsSeparator = true;
  for (const { ai, value } of elements) {
    text += `${needsSeparator ? '^' : ''}${ai}${value}`;
    needsSeparator = !(applicationIdentifier(ai, true)?.isPredefined ?? false);
  }
  return text;
}

/** Elements as people read and type them. */
export const writeBracketed = (elements: readonly Element[]): string => elements.map(({ ai, value }) => `(${ai})${value.replaceAll('(', '\\(')}`).join('');

/** Human readable interpretation, one line for each (GS1 General Specifications, section 4.14). */
export const humanReadable = (elements: readonly Element[]): string[] => elements.map(({ ai, value }) => `(${ai}) ${value}`);

/** Elements read one by one, looked at as a whole: each by its AI, then together. */
export function checked(elements: readonly Element[], options: ReadingOptions): Gs1Reading<{ elements: readonly Element[] }> {
  for (const { ai, value } of elements) {
    const entry = applicationIdentifier(ai, options.permitUnknownAis);
    if (entry === undefined) return refused(syntaxFault('UNKNOWN_AI' satisfies SyntaxRule, { ai }));
    const length = measure(entry, value, options.companyPrefixes);
    if (typeof length !== 'number') return refused(length);
    if (length !== value.length) return refused(syntaxFault('INCORRECT_LENGTH', { ai, value }));
  }
  return associated(elements, options);
}

function associated(elements: readonly Element[], { associations = true }: ReadingOptions): Gs1Reading<{ elements: readonly Element[] }> {
  const fault = associations ? faultOfAssociations(elements) : undefined;
  return fault === undefined ? { valid: true, elements } : refused(fault);
}
