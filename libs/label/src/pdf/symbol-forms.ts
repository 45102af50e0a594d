import QRCode from 'qrcode';

/** Error correction of printed codes, about 15 percent (ISO/IEC 18004): a torn bag still scans. */
const LEVEL = 'M';

/** How many modules a symbol of this text has on a side. */
export function modulesOf(text: string): number {
  return QRCode.create(text, { errorCorrectionLevel: LEVEL }).modules.size;
}

/**
 * QR symbols of a document. Each is drawn once, as a form the pages refer to: a thousand bags of one batch carry the
 * same. Drawn as areas and not as a picture, so that no viewer blurs its edges.
 */
export class SymbolForms {
  private readonly forms = new Map<string, { readonly name: string; readonly form: PDFKit.PDFKitReference; readonly side: number }>();

  constructor(private readonly pdf: PDFKit.PDFDocument) {}

  /** Puts the symbol of a text onto the page; all in points from its upper left corner. */
  place(text: string, x: number, y: number, side: number): void {
    const { name, form, side: modules } = this.formOf(text);
    const page = this.pdf.page as unknown as { xobjects: Record<string, unknown> };
    page.xobjects[name] = form;
    const scale = (side / modules).toFixed(5);
    // pdfkit turned the page upside down, as the form is drawn from top to bottom.
    this.pdf.addContent(`q ${scale} 0 0 ${scale} ${x.toFixed(3)} ${y.toFixed(3)} cm /${name} Do Q`);
  }

  private formOf(text: string): { readonly name: string; readonly form: PDFKit.PDFKitReference; readonly side: number } {
    const known = this.forms.get(text);
    if (known !== undefined) return known;
    const { modules } = QRCode.create(text, { errorCorrectionLevel: LEVEL });
    const side = modules.size;
    const form = this.pdf.ref({ Type: 'XObject', Subtype: 'Form', FormType: 1, BBox: [0, 0, side, side], Resources: {} });
    form.end(Buffer.from(`0 g ${runsOf(side, (x, y) => modules.get(y, x) === 1)}f`, 'latin1'));
    const made = { name: `Q${this.forms.size + 1}`, form, side };
    this.forms.set(text, made);
    return made;
  }
}

/** Dark runs of each row as rectangles of one path. */
function runsOf(side: number, isDark: (x: number, y: number) => boolean): string {
  let path = '';
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      if (!isDark(x, y)) continue;
      const start = x;
      while (x < side && isDark(x, y)) x++;
      path += `${start} ${y} ${x - start} 1 re `;
    }
  }
  return path;
}
