import { hash } from 'node:crypto';
import { type ResolvedContext, resolveContext } from '@daodi/epcis';
import { canonicalIdentifier } from '@daodi/gs1';
import { ownCanonical, ownSerialCanonical, readBatchCode } from '@daodi/trace';
import { MATCH_FIELDS, PLACE_FIELDS, type TermField, valuesOf, WORD_FIELDS, type WordField, wordUri } from './event-fields';

/** The key under which events with this value of a field are listed. */
export function termOf(field: TermField, value: string): string {
  const hex = hash('sha256', `${field}\0${value}`, 'hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

/** The term of an identifier in whatever spelling. */
export const identifierTerm = (field: Exclude<TermField, WordField>, uri: string): string => termOf(field, indexSpelling(uri));

/** The term of a word of the vocabulary in whatever spelling. */
export const wordTerm = (field: WordField, word: string, context: ResolvedContext = resolveContext(undefined)): string =>
  termOf(field, wordUri(field, word, context));

/** Every term of an event, each once. */
export function termsOf(event: Readonly<Record<string, unknown>>, context: unknown): string[] {
  const resolved = resolveContext(context ?? undefined);
  const words = WORD_FIELDS.flatMap((field) => valuesOf(event, field).map((word) => wordTerm(field, word, resolved)));
  const identifiers = [...PLACE_FIELDS, ...MATCH_FIELDS, 'transformationID' as const, 'party' as const].flatMap((field) =>
    valuesOf(event, field).map((uri) => identifierTerm(field, uri)),
  );
  return [...new Set([...words, ...identifiers])];
}

/**
 * One spelling for all that may be the same identifier. Our own codes are taken under every host, since which hosts are
 * ours changes with time: the index may list an event too many, and what is found is compared exactly afterwards.
 */
function indexSpelling(uri: string): string {
  const match = /^https?:\/\/[^/]+\/b\/([0-9A-Za-z]+)(?:\/s\/([0-9A-Za-z]{1,32}))?$/.exec(uri);
  const code = match === null ? undefined : readBatchCode(match[1] as string);
  if (code === undefined) return canonicalIdentifier(uri).canonical;
  const serial = match?.[2];
  return serial === undefined ? ownCanonical(code) : ownSerialCanonical(code, serial.toUpperCase());
}
