import { setImmediate } from 'node:timers/promises';
import PDFDocument from 'pdfkit';
import { MM_PER_PT } from '../layout/fit-text';
import type { LabelFormat } from '../layout/label-format';
import type { LabelPiece, LabelText } from '../layout/label-text';
import { layOut } from '../layout/lay-out';
import { draw } from './draw';
import { type DrawnOnce, drawOnce } from './drawn-once';
import { labelFonts } from './fonts';
import { SymbolForms } from './symbol-forms';

/** How long drawing may keep the event loop: requests of others wait no longer than this. */
const SLICE_MS = 10;

/** What a sheet is made of. The same gives the same bytes. */
export interface SheetPlan {
  readonly title: string;
  readonly text: LabelText;
  readonly format: LabelFormat;
  readonly total: number;
  /** The labels in order, made one at a time. */
  piece(index: number): LabelPiece;
  /** Stands in the document as its date. */
  readonly at: Date;
}

/** Thrown where labels do not fit their format; it was checked when the sheet was asked for, so it is a fault of ours. */
export class DoesNotFit extends Error {}

/**
 * Draws a sheet, a label at a time, letting others run in between. Pages leave the document as they are full: what is held
 * in memory is the compressed file and the pictures of the characters used.
 *
 * @param progress hears how many labels are drawn, as often as the event loop was given free; it may throw to stop
 */
export async function renderSheet({ title, text, format, total, piece, at }: SheetPlan, progress: (done: number) => void | Promise<void>): Promise<Buffer> {
  const { bytes, measure } = await labelFonts();
  const laidOut = layOut(text, format, measure);
  if (laidOut === undefined) throw new DoesNotFit();
  const { page } = format;
  const size = [page.widthMm / MM_PER_PT, page.heightMm / MM_PER_PT];
  const pdf = new PDFDocument({
    size, margin: 0, autoFirstPage: false, lang: 'zh-CN', displayTitle: true,
    info: { Title: title, Producer: 'Daodi', Creator: 'Daodi', CreationDate: at, ModDate: at },
  });
  const chunks: Buffer[] = [];
  const ended = new Promise<void>((resolve, reject) => pdf.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', resolve).on('error', reject));
  pdf.registerFont('regular', bytes.regular).registerFont('bold', bytes.bold);
  const symbols = new SymbolForms(pdf);
  const perPage = page.columns * page.rows;
  let common: DrawnOnce | undefined;
  let since = performance.now();
  for (let i = 0; i < total; i++) {
    const place = i % perPage;
    if (place === 0) pdf.addPage({ size, margin: 0 });
    const xMm = page.leftMm + (place % page.columns) * page.stepXMm;
    const yMm = page.topMm + Math.floor(place / page.columns) * page.stepYMm;
    const one = piece(i);
    const own = laidOut.of(one);
    if (own === undefined) throw new DoesNotFit();
    common ??= drawOnce(pdf, 'Common', () => draw(pdf, laidOut.common, 0, 0));
    common.place(xMm / MM_PER_PT, yMm / MM_PER_PT);
    draw(pdf, own, xMm, yMm, (x, y, side) => symbols.place(one.uri, x, y, side));
    if (performance.now() - since < SLICE_MS) continue;
    await progress(i + 1);
    await setImmediate();
    since = performance.now();
  }
  pdf.end();
  await ended;
  return Buffer.concat(chunks);
}
