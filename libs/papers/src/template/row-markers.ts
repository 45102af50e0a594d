import { children, type Element } from '../package/xml';
import { textOf } from './fill-paragraph';
import { type Token, tokensOf } from './tokens';

/** A marker of a list that opens in one cell and closes in another: its rows are repeated. */
export interface RowMarker {
  readonly row: number;
  readonly paragraph: Element;
  readonly token: Extract<Token, { readonly name: string }>;
}

/** Markers of a row that have no partner in their own cell. */
export function rowMarkers(row: Element, index: number): RowMarker[] {
  return children(row, 'w:tc').flatMap((cell) => {
    const open: RowMarker[] = [];
    const alone: RowMarker[] = [];
    for (const paragraph of children(cell, 'w:p')) {
      for (const token of tokensOf(textOf(paragraph))) {
        if (token.kind === 'open') open.push({ row: index, paragraph, token });
        else if (token.kind === 'close' && open.pop() === undefined) alone.push({ row: index, paragraph, token });
      }
    }
    return [...alone, ...open];
  });
}

/** Where what opens here closes. */
export function closingMarker(markers: readonly RowMarker[], opening: RowMarker): RowMarker | undefined {
  let depth = 0;
  for (const marker of markers.slice(markers.indexOf(opening))) {
    depth += marker.token.kind === 'open' ? 1 : -1;
    if (depth === 0) return marker;
  }
  return undefined;
}
