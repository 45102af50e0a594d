/** Where a text stands in a URI: in a query `+` means a space. */
export type UriPlace = 'path' | 'query';

/** Writes a text into a URI: unreserved characters (RFC 3986, section 2.3) stand for themselves, all others as percent and two hexadecimal digits. */
export function escapeUri(text: string, place: UriPlace): string {
  return text.replace(/[^A-Za-z0-9\-._~]/g, (character) => (character === ' ' && place === 'query' ? '+' : `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`));
}

/**
 * What a text in a URI stands for. A percent sign without two hexadecimal digits stands for itself; one character for one byte,
 * for GS1 values hold nothing beyond ASCII and what else was written must not pass for something that is.
 */
export function unescapeUri(text: string, place: UriPlace): string {
  const spaced = place === 'query' ? text.replaceAll('+', ' ') : text;
  return spaced.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}
