import type { Weight } from './fit-text';

/** Something that is drawn, measured in millimetres from the label's upper left corner. */
export type Placed =
  | { readonly what: 'text'; readonly text: string; readonly xMm: number; readonly baselineMm: number; readonly sizePt: number; readonly weight: Weight; readonly isWhite?: true }
  /** A frame, or a black area where `lineMm` is left out. */
  | { readonly what: 'box'; readonly xMm: number; readonly yMm: number; readonly widthMm: number; readonly heightMm: number; readonly lineMm?: number }
  | { readonly what: 'symbol'; readonly xMm: number; readonly yMm: number; readonly sideMm: number };

/** An area of the label. */
export interface Area {
  readonly xMm: number;
  readonly yMm: number;
  readonly widthMm: number;
  readonly heightMm: number;
}
