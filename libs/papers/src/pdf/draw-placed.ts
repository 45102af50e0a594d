import type { SymbolForms } from '@daodi/label';
import type { Placed } from '../layout/placed';

/** Without kerning and ligatures a text is exactly as wide as it was measured. */
const AS_MEASURED = { lineBreak: false, baseline: 'alphabetic', features: { kern: false, liga: false } } as unknown as PDFKit.Mixins.TextOptions;

/** Clear on each side of a code: four modules (ISO/IEC 18004) of a symbol of 29, the smallest an address needs. */
const QUIET = 4 / 37;

/** What drawing needs beside the document: codes, drawn once each, and pictures, read once each. */
export interface Drawing {
  readonly pdf: PDFKit.PDFDocument;
  readonly symbols: SymbolForms;
  /** What the font has no picture of, as it is shown. */
  shown(text: string): string;
}

/** Draws what was placed on the current page, its corner at a place. */
export function drawPlaced({ pdf, symbols, shown }: Drawing, placed: readonly Placed[], x: number, y: number): void {
  for (const one of placed) {
    switch (one.what) {
      case 'fill':
        pdf.rect(x + one.x, y + one.y, one.width, one.height).fill(`#${one.colour}`);
        break;
      case 'line':
        drawLine(pdf, one, x, y);
        break;
      case 'text':
        pdf.font(one.look.isBold ? 'bold' : 'regular').fontSize(one.look.size).fillColor(`#${one.look.colour}`).text(shown(one.text), x + one.x, y + one.y, AS_MEASURED);
        if (one.look.isUnderlined) pdf.moveTo(x + one.x, y + one.y + one.look.size * 0.15).lineTo(x + one.x + one.width, y + one.y + one.look.size * 0.15).lineWidth(one.look.size * 0.05).stroke(`#${one.look.colour}`);
        break;
      case 'code':
        symbols.place(one.text, x + one.x + one.side * QUIET, y + one.y + one.side * QUIET, one.side * (1 - 2 * QUIET));
        break;
      case 'picture':
        pdf.image(one.bytes, x + one.x, y + one.y, { width: one.width, height: one.height });
        break;
      default:
        one satisfies never;
    }
  }
}

function drawLine(pdf: PDFKit.PDFDocument, line: Extract<Placed, { readonly what: 'line' }>, x: number, y: number): void {
  const shifts = line.isDouble === true ? [-line.width, line.width] : [0];
  const isUpright = line.x === line.toX;
  for (const shift of shifts) {
    const [dx, dy] = isUpright ? [shift, 0] : [0, shift];
    pdf.moveTo(x + line.x + dx, y + line.y + dy).lineTo(x + line.toX + dx, y + line.toY + dy).lineCap('square').lineWidth(line.width).stroke(`#${line.colour}`);
  }
}
