import { MM_PER_PT } from '../layout/fit-text';
import type { Placed } from '../layout/placed';

const pt = (mm: number): number => mm / MM_PER_PT;

/** Without kerning and ligatures a text is exactly as wide as it was measured. */
const AS_MEASURED = { lineBreak: false, baseline: 'alphabetic', features: { kern: false, liga: false } } as unknown as PDFKit.Mixins.TextOptions;

/** Draws the symbol of the label at a place, in points. */
type DrawSymbol = (x: number, y: number, side: number) => void;

/** Draws what was laid out, black only, with its upper left corner at a place of the page. */
export function draw(pdf: PDFKit.PDFDocument, placed: readonly Placed[], xMm: number, yMm: number, symbol?: DrawSymbol): void {
  for (const one of placed) {
    switch (one.what) {
      case 'text':
        pdf.font(one.weight).fontSize(one.sizePt).fillColor(one.isWhite ? 'white' : 'black').text(one.text, pt(xMm + one.xMm), pt(yMm + one.baselineMm), AS_MEASURED);
        break;
      case 'box':
        pdf.rect(pt(xMm + one.xMm), pt(yMm + one.yMm), pt(one.widthMm), pt(one.heightMm));
        if (one.lineMm === undefined) pdf.fill('black');
        else pdf.lineWidth(pt(one.lineMm)).stroke('black');
        break;
      case 'symbol':
        symbol?.(pt(xMm + one.xMm), pt(yMm + one.yMm), pt(one.sideMm));
        break;
      default:
        one satisfies never;
    }
  }
}
