import type { TextLook } from './paper-document';

/** Something put, in points from the upper left corner of what it is part of. */
export type Placed =
  | { readonly what: 'text'; readonly text: string; readonly x: number; readonly y: number; readonly width: number; readonly look: TextLook }
  | { readonly what: 'fill'; readonly x: number; readonly y: number; readonly width: number; readonly height: number; readonly colour: string }
  | { readonly what: 'line'; readonly x: number; readonly y: number; readonly toX: number; readonly toY: number; readonly width: number; readonly colour: string; readonly isDouble?: boolean }
  | { readonly what: 'code'; readonly text: string; readonly x: number; readonly y: number; readonly side: number }
  | { readonly what: 'picture'; readonly bytes: Buffer; readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** What stays together on a page: a line of text, a row of a table. `y` of what is placed counts from its top. */
export interface Band {
  readonly height: number;
  readonly placed: readonly Placed[];
  /** Stays on the page of the next one. */
  readonly keepsNext?: boolean;
  readonly startsPage?: boolean;
  /** Put again on top of a page that goes on with the table. */
  readonly headings?: readonly Band[];
}

/** The same, somewhere else. */
export function moved(placed: readonly Placed[], dx: number, dy: number): Placed[] {
  return placed.map((one) => (one.what === 'line' ? { ...one, x: one.x + dx, y: one.y + dy, toX: one.toX + dx, toY: one.toY + dy } : { ...one, x: one.x + dx, y: one.y + dy }));
}

export const heightOf = (bands: readonly Band[]): number => bands.reduce((sum, { height }) => sum + height, 0);

/** Bands below each other as one. */
export function stacked(bands: readonly Band[]): Placed[] {
  let y = 0;
  return bands.flatMap(({ height, placed }) => {
    const there = moved(placed, 0, y);
    y += height;
    return there;
  });
}
