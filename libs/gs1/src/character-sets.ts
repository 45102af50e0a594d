/**
 * The characters GS1 values may hold (GS1 General Specifications, figures 7.11-1 and 7.11-2) and how they are
 * written in a URI.
 */

/** `N` digits; `X` character set 82; `Y` character set 39 (component and part identifiers). */
export type CharacterSet = 'N' | 'X' | 'Y';

/** One character of each set, as a regular expression's class. */
export const CHARACTER_CLASSES: Readonly<Record<CharacterSet, string>> = { N: '[0-9]', X: `[!"%&'()*+,\\-./0-9:;<=>?A-Z_a-z]`, Y: '[#\\-/0-9A-Z]' };

const MEMBERS: Readonly<Record<CharacterSet, RegExp>> = {
  N: new RegExp(`^${CHARACTER_CLASSES.N}*$`), X: new RegExp(`^${CHARACTER_CLASSES.X}*$`), Y: new RegExp(`^${CHARACTER_CLASSES.Y}*$`),
};

/** Whether every character of `value` belongs to the set. */
export function isWithin(set: CharacterSet, value: string): boolean {
  return MEMBERS[set].test(value);
}

/**
 * Writes a value as one path segment of a canonical Digital Link: RFC 3986 unreserved characters and `'`, `;`, `=`
 * stand for themselves, all others are percent-encoded in upper case. Exactly one spelling for each value.
 */
export function encodeSegment(value: string): string {
  return value.replace(/[^A-Za-z0-9\-._~';=]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
}

/** The value a path segment stands for; undefined where a percent sign is not followed by two hexadecimal digits or a character is not ASCII. */
export function decodeSegment(segment: string): string | undefined {
  if (!segment.includes('%')) return segment;
  if (/%(?![0-7][0-9A-Fa-f])/.test(segment)) return undefined;
  return segment.replace(/%(..)/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

/**
 * Writes a value as a component of an EPC URN: the seven characters of EPC Tag Data Standard, table A-1, that a
 * URN must not hold are percent-encoded.
 */
export function encodeUrnComponent(value: string): string {
  return value.replace(/["%&/<>?#]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** The value a component of an EPC URN stands for; undefined where it holds a character that must be escaped there, or a broken escape. */
export function decodeUrnComponent(component: string): string | undefined {
  if (!/^(?:[!'()*+,\-.0-9:;=A-Z_a-z]|%[0-7][0-9A-Fa-f])*$/.test(component)) return undefined;
  return decodeSegment(component);
}
