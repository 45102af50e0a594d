/** Drawing something once that every page refers to: a thousand labels of a batch differ in a number only. */

/** Something drawn once. */
export interface DrawnOnce {
  /** Puts it onto the current page, its upper left corner at a place in points. */
  place(x: number, y: number): void;
}

/**
 * Makes a form (ISO 32000-1, 8.10) out of what `drawing` draws, on an area as large as the current page.
 *
 * @param name of the form among the resources of a page; unique in the document
 */
export function drawOnce(pdf: PDFKit.PDFDocument, name: string, drawing: () => void): DrawnOnce {
  const inner = pdf as unknown as { page: PageOfPdfkit };
  const real = inner.page;
  const form = new FormPage(pdf, real);
  inner.page = form;
  drawing();
  inner.page = real;
  form.end();
  return {
    place: (x, y) => {
      inner.page.xobjects[name] = form.content;
      // pdfkit turned the page over, and turns text over once more by the height of its page: the form has the same.
      pdf.addContent(`q 1 0 0 1 ${x.toFixed(3)} ${y.toFixed(3)} cm /${name} Do Q`);
    },
  };
}

type Resources = Record<string, unknown>;

/** What pdfkit 0.20 asks of the page it draws on. The version is pinned, and the tests read what was drawn. */
interface PageOfPdfkit {
  readonly width: number;
  readonly height: number;
  readonly margins: object;
  readonly fonts: Resources;
  readonly xobjects: Resources;
  readonly ext_gstates: Resources;
  readonly colorSpaces: Resources;
  maxY(): number;
  write(chunk: string): void;
}

class FormPage implements PageOfPdfkit {
  readonly width: number;
  readonly height: number;
  readonly margins: object;
  readonly fonts: Resources = {};
  readonly xobjects: Resources = {};
  readonly ext_gstates: Resources = {};
  readonly colorSpaces: Resources = {};
  readonly content: PDFKit.PDFKitReference;

  constructor(pdf: PDFKit.PDFDocument, { width, height, margins }: PageOfPdfkit) {
    [this.width, this.height, this.margins] = [width, height, margins];
    const resources = { Font: this.fonts, XObject: this.xobjects, ExtGState: this.ext_gstates, ColorSpace: this.colorSpaces };
    this.content = pdf.ref({ Type: 'XObject', Subtype: 'Form', FormType: 1, BBox: [0, 0, width, height], Resources: resources });
  }

  maxY(): number {
    return this.height;
  }

  write(chunk: string): void {
    this.content.write(chunk);
  }

  end(): void {
    (this.content as unknown as { end(): void }).end();
  }
}
