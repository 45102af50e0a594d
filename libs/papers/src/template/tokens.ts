/** A piece of a template's text. `at` and `end` count UTF-16 units, as the DOM does. */
export type Token =
  | { readonly kind: 'text'; readonly text: string; readonly at: number; readonly end: number }
  | { readonly kind: 'name' | 'open' | 'close'; readonly name: string; readonly at: number; readonly end: number }
  /** A brace with no partner: nothing else in a template may be one. */
  | { readonly kind: 'broken'; readonly text: string; readonly at: number; readonly end: number };

/** Parts of a text: braces as typed on a Chinese keyboard count too. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const pattern = /[{｛]\s*([#＃/／]?)\s*([^{}｛｝#＃/／]{1,60}?)\s*[}｝]|[{}｛｝]/gu;
  let last = 0;
  for (const match of text.matchAll(pattern)) {
    const { 0: whole, 1: mark, 2: name, index: at } = match;
    if (at > last) tokens.push({ kind: 'text', text: text.slice(last, at), at: last, end: at });
    last = at + whole.length;
    if (name === undefined) tokens.push({ kind: 'broken', text: text.slice(at, at + 20), at, end: last });
    else tokens.push({ kind: mark === '' || mark === undefined ? 'name' : /[#＃]/.test(mark) ? 'open' : 'close', name, at, end: last });
  }
  if (last < text.length) tokens.push({ kind: 'text', text: text.slice(last), at: last, end: text.length });
  return tokens;
}

/** Where a list opens or closes. */
export interface Marker {
  readonly kind: 'open' | 'close';
  readonly name: string;
}

/** The only marker of a text that says nothing else, such as a paragraph `{#批次}`. */
export function loneMarker(text: string): Marker | undefined {
  const [only, more] = tokensOf(text.trim());
  return more === undefined && only !== undefined && (only.kind === 'open' || only.kind === 'close') ? { kind: only.kind, name: only.name } : undefined;
}
