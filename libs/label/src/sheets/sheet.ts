import { FORMATS, type FormatName } from '../layout/label-format';
import type { LabelKind, LabelPiece, LabelText } from '../layout/label-text';
import type { SheetPlan } from '../pdf/render-sheet';
import type { Each } from './label-facts';

/** Labels of one sheet; more are several sheets. Drawing as many takes seconds, and the file stays below that of a photograph. */
export const LABELS_MAX = 10_000;

/** A sheet as the log keeps it: everything that is printed, so that it can be drawn again. */
export interface Sheet {
  readonly batch: string;
  readonly kind: LabelKind;
  readonly format: FormatName;
  readonly total: number;
  readonly text: LabelText;
  /** What the symbol of every label holds, and how people read it; of single packs each has its own. */
  readonly uri: string;
  readonly captions: readonly string[];
  readonly serials?: readonly { readonly uri: string; readonly captions: readonly string[] }[];
  /** Cartons: number of the first, and how many there are altogether. */
  readonly from?: number;
  readonly of?: number;
  readonly each?: Each;
  readonly sampleNumber?: string;
  /** Set where more labels were asked for than packs were made, and why. */
  readonly surplusBecause?: string;
}

/** One label of a sheet. */
export function pieceOf({ serials, uri, captions, kind, from = 1, of }: Sheet, index: number): LabelPiece {
  const own = serials?.[index];
  if (own !== undefined) return own;
  return { uri, captions, ...(kind === 'carton' && { number: `${from + index}/${of}` }) };
}

/** How a sheet is drawn. @param at when it was asked for */
export function planOf(sheet: Sheet, at: Date): SheetPlan {
  return {
    title: `${sheet.text.isDemo ? '演示 DEMO ' : ''}${sheet.text.title} ${sheet.batch}`,
    text: sheet.text,
    format: FORMATS[sheet.format],
    total: sheet.total,
    piece: (index) => pieceOf(sheet, index),
    at,
  };
}
