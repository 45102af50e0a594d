import { digitalLinkForHash } from '@daodi/gs1';
import { type VocabularyField, cbvUri, webUriOfCbvUrn } from './cbv';
import { type ResolvedContext, expandCurie } from './context';
import { decimalText } from './decimal';
import { utcMilliseconds } from './time';

/** An identifier: compact URIs expanded, CBV URNs and GS1 identifiers in their canonical web form. */
export function idValue(value: unknown, context: ResolvedContext): string {
  const uri = webUriOfCbvUrn(expandCurie(context, String(value ?? '').trim()));
  return digitalLinkForHash(uri) ?? uri;
}

/** A word of a vocabulary as its web URI. */
export function wordValue(field: VocabularyField, value: unknown, context: ResolvedContext): string {
  return cbvUri(field, String(value).trim(), context);
}

/** UTC with three decimals. What is no time stays as it is. */
export function timeValue(value: unknown): string {
  const text = String(value).trim();
  return utcMilliseconds(text) ?? text;
}

/** A number without superfluous zeros and without exponent. */
export function numberValue(value: unknown): string {
  return typeof value === 'number' ? decimalText(value) : String(value).trim();
}

/** A number written in plain digits, whose zeros behind the point say nothing. */
const PLAIN_DECIMAL = /^-?(?:0|[1-9][0-9]*)\.[0-9]+$/;

/** Prefixes of the standard's own vocabularies: in free values only these are taken for compact URIs. */
const STANDARD_CURIE = /^(?:gs1|cbv|epcis):[A-Za-z0-9_-]+$/;

/**
 * The value of an extension. XML knows no types, so the number 12.5, the text "12.50" and the text "12.5" are one value
 * here; numbers that could be codes, with leading zeros or exponents, are left as they are.
 */
export function extensionValue(value: string | number | boolean, context: ResolvedContext): string {
  if (typeof value !== 'string') return typeof value === 'number' ? decimalText(value) : String(value);
  const text = value.trim();
  if (PLAIN_DECIMAL.test(text)) return decimalText(text);
  const expanded = webUriOfCbvUrn(STANDARD_CURIE.test(text) ? expandCurie(context, text) : text);
  return digitalLinkForHash(expanded) ?? expanded;
}

/**
 * Orders text as its UTF-8 bytes would be ordered, i.e. by code point. JavaScript compares UTF-16 code units, which
 * puts characters beyond the basic plane, such as 𠮿, before U+E000 to U+FFFF.
 */
export function byCodePoint(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return isSurrogate(x) === isSurrogate(y) ? x - y : isSurrogate(x) ? 1 : isSurrogate(y) && y < x ? -1 : x - y;
  }
  return a.length - b.length;
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}
