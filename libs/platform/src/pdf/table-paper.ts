import PDFDocument from 'pdfkit';
import QRCode from 'qrcode';
import { notoSans, type NotoSans, printableText } from './noto-sans';

/** A column of a table: its title, and its width in points. */
export interface PaperColumn {
  readonly title: string;
  readonly width: number;
  readonly align: 'left' | 'right';
}

const MARGIN_PT = 32;
const LINE_PT = 14;
const SIZE_PT = 8;
const ASIDE_COLOUR = '#555555';

/**
 * A4 across with lines of text and tables, one after the other, whose head stands again on every page they run over. What
 * a cell cannot hold ends in an ellipsis. The same lines at the same time give the same bytes.
 */
export class TablePaper {
  private readonly chunks: Buffer[] = [];
  private readonly ended: Promise<void>;
  private y = MARGIN_PT;

  private constructor(
    private readonly pdf: PDFKit.PDFDocument,
    private columns: readonly PaperColumn[],
    private readonly noto: NotoSans,
    private readonly foot: string | undefined,
  ) {
    this.ended = new Promise((resolve, reject) => pdf.on('data', (chunk: Buffer) => this.chunks.push(chunk)).on('end', resolve).on('error', reject));
    pdf.registerFont('regular', noto.bytes.regular).registerFont('bold', noto.bytes.bold);
  }

  /**
   * @param at the time that stands in the document's properties
   * @param foot stands at the foot of every page, before its number of how many
   */
  static async begin(title: string, columns: readonly PaperColumn[], at: Date, foot?: string): Promise<TablePaper> {
    const noto = await notoSans();
    const pdf = new PDFDocument({
      size: 'A4', layout: 'landscape', margin: MARGIN_PT, lang: 'zh-CN', displayTitle: true, bufferPages: foot !== undefined,
      info: { Title: title, Producer: 'Daodi', Creator: 'Daodi', CreationDate: at, ModDate: at },
    });
    return new TablePaper(pdf, columns, noto, foot);
  }

  /** One line over the whole width, and how far below it the next begins. */
  line(text: string, { size = 10, isBold = false, advance = 16 }: { readonly size?: number; readonly isBold?: boolean; readonly advance?: number } = {}): void {
    this.put(text, MARGIN_PT, this.width, isBold ? 'bold' : 'regular', size);
    this.y += advance;
  }

  /** A text that takes as many lines as it needs. */
  paragraph(text: string, size: number, advance: number): void {
    this.pdf.font('regular').fontSize(size).text(printableText(text, this.noto), MARGIN_PT, this.y + 2, { width: this.width });
    this.y = this.pdf.y + advance;
  }

  /** Ends the table before and begins one with other columns. */
  table(columns: readonly PaperColumn[]): void {
    this.columns = columns;
    this.keepTogether(3 * LINE_PT);
    this.head();
  }

  /** The head of the table: titles over a rule. */
  head(): void {
    this.cells(this.columns.map(({ title }) => title), 'bold');
    this.pdf.moveTo(MARGIN_PT, this.y - 3).lineTo(MARGIN_PT + this.width, this.y - 3).lineWidth(0.5).stroke();
  }

  /** A row of the table. */
  row(cells: readonly string[]): void {
    this.turnFor();
    this.cells(cells, 'regular');
  }

  /** What is said beside a row; it has the whole line. */
  aside(text: string): void {
    this.turnFor();
    this.pdf.fillColor(ASIDE_COLOUR);
    this.put(text, MARGIN_PT, this.width, 'regular', SIZE_PT);
    this.pdf.fillColor('black');
    this.y += LINE_PT;
  }

  /**
   * A QR symbol in the upper right corner of the first page, its quiet zone of four modules around it.
   *
   * @param size with the quiet zone, in points
   */
  symbol(text: string, size: number): void {
    const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
    const module = size / (modules.size + 8);
    const [left, top] = [this.pdf.page.width - MARGIN_PT - size + 4 * module, MARGIN_PT + 4 * module];
    for (let y = 0; y < modules.size; y++) for (let x = 0; x < modules.size; x++) if (modules.get(y, x) === 1) this.pdf.rect(left + x * module, top + y * module, module, module);
    this.pdf.fill('black');
  }

  /** Begins a page unless so many points are left on this one. */
  keepTogether(points: number): void {
    if (this.y + points > this.bottom) this.turn();
  }

  /** Leaves room. */
  space(points: number): void {
    this.y += points;
  }

  /** The document. */
  async end(): Promise<Buffer> {
    this.numberPages();
    this.pdf.end();
    await this.ended;
    return Buffer.concat(this.chunks);
  }

  private get width(): number {
    return this.pdf.page.width - 2 * MARGIN_PT;
  }

  private get bottom(): number {
    return this.pdf.page.height - MARGIN_PT - (this.foot === undefined ? 0 : LINE_PT);
  }

  private numberPages(): void {
    if (this.foot === undefined) return;
    const { count } = this.pdf.bufferedPageRange();
    for (let page = 0; page < count; page++) {
      this.pdf.switchToPage(page);
      this.y = this.pdf.page.height - MARGIN_PT - LINE_PT;
      this.pdf.fillColor(ASIDE_COLOUR);
      this.put(`${this.foot}　　第 ${page + 1} 页 / 共 ${count} 页`, MARGIN_PT, this.width, 'regular', SIZE_PT);
      this.pdf.fillColor('black');
    }
  }

  private turn(): void {
    this.pdf.addPage();
    this.y = MARGIN_PT;
  }

  private turnFor(): void {
    if (this.y + LINE_PT <= this.bottom) return;
    this.turn();
    this.head();
  }

  private cells(cells: readonly string[], font: 'regular' | 'bold'): void {
    let x = MARGIN_PT;
    for (const [i, { width, align }] of this.columns.entries()) {
      this.put(cells[i] ?? '', x, width - 4, font, SIZE_PT, align);
      x += width;
    }
    this.y += LINE_PT;
  }

  private put(text: string, x: number, width: number, font: 'regular' | 'bold', size: number, align: 'left' | 'right' = 'left'): void {
    this.pdf.font(font).fontSize(size).text(printableText(text, this.noto), x, this.y, { width, align, height: size * 1.2, ellipsis: true });
  }
}
