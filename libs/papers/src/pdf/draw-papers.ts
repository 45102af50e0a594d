import { setImmediate } from 'node:timers/promises';
import { labelFonts, MISSING, MM_PER_PT, SymbolForms } from '@daodi/label';
import PDFDocument from 'pdfkit';
import { layOutBlocks } from '../layout/lay-out-blocks';
import type { PaperDocument } from '../layout/paper-document';
import { paginate } from '../layout/paginate';
import { heightOf, stacked } from '../layout/placed';
import type { TypeSetter } from '../layout/set-lines';
import { TooLong } from '../template/filling';
import { type Drawing, drawPlaced } from './draw-placed';
import { layOutFrame, type PaperFrame } from './paper-frame';

/** A paper to be drawn: its sections, and what the platform puts on each page. */
export interface PaperToDraw {
  readonly title: string;
  readonly sections: readonly PaperDocument[];
  readonly frame: PaperFrame;
}

/** More than this no paper has; a template that never ends would. */
const PAGES_MAX = 2000;

/** Draws papers into one PDF, each beginning on a page of its own and counted by itself. The same papers give the same bytes. @throws TooLong */
export async function drawPapers(title: string, papers: readonly PaperToDraw[], at: Date): Promise<Buffer> {
  const fonts = await labelFonts();
  const setter: TypeSetter = { width: (text, { size, isBold }) => fonts.measure(shownBy(fonts.has, text), size, isBold ? 'bold' : 'regular') / MM_PER_PT };
  const pdf = new PDFDocument({ autoFirstPage: false, margin: 0, lang: 'zh-CN', displayTitle: true, info: { Title: title, Producer: 'Daodi', Creator: 'Daodi', CreationDate: at, ModDate: at } });
  const chunks: Buffer[] = [];
  const ended = new Promise<void>((resolve, reject) => pdf.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', resolve).on('error', reject));
  pdf.registerFont('regular', fonts.bytes.regular).registerFont('bold', fonts.bytes.bold);
  const drawing: Drawing = { pdf, symbols: new SymbolForms(pdf), shown: (text) => shownBy(fonts.has, text) };
  for (const paper of papers) await drawPaper(paper, drawing, setter);
  pdf.end();
  await ended;
  return Buffer.concat(chunks);
}

/** 〓 for what the font has no picture of, as printers always did; nothing is dropped in silence. */
const shownBy = (has: (character: string) => boolean, text: string): string => [...text].map((character) => (has(character) ? character : MISSING)).join('');

async function drawPaper({ sections, frame }: PaperToDraw, drawing: Drawing, setter: TypeSetter): Promise<void> {
  const { pdf } = drawing;
  const laid = sections.map((section) => {
    const { page } = section;
    const width = Math.max(20, page.width - page.left - page.right);
    const put = layOutFrame(frame, page, setter);
    const story = (blocks: PaperDocument['header']) => layOutBlocks(blocks, width, page.height, setter, { page: 0, pages: 0 });
    const [head, foot] = [heightOf(story(section.header)), heightOf(story(section.footer))];
    const top = Math.max(page.top, put.top, head > 0 ? Math.max(page.header, put.top) + head + 4 : 0);
    const bottom = Math.max(page.bottom, put.bottom, foot > 0 ? Math.max(page.footer, put.bottom) + foot + 4 : 0);
    const height = Math.max(100, page.height - top - bottom);
    return { section, width, put, top, foot, pages: paginate(layOutBlocks(section.body, width, height, setter), height) };
  });
  const total = laid.reduce((sum, { pages }) => sum + pages.length, 0);
  if (total > PAGES_MAX) throw new TooLong();
  let number = 0;
  for (const { section, width, put, top, foot, pages } of laid) {
    const { page } = section;
    for (const placed of pages) {
      number += 1;
      pdf.addPage({ size: [page.width, page.height], margin: 0 });
      if (frame.isDemo) drawDemo(pdf, page.width, page.height);
      const count = { page: number, pages: total };
      drawPlaced(drawing, stacked(layOutBlocks(section.header, width, page.height, setter, count)), page.left, Math.max(page.header, put.top));
      drawPlaced(drawing, placed, page.left, top);
      drawPlaced(drawing, stacked(layOutBlocks(section.footer, width, page.height, setter, count)), page.left, page.height - Math.max(page.footer, put.bottom) - foot);
      drawPlaced(drawing, put.placed(number, total), 0, 0);
      await setImmediate();
    }
  }
}

/** Across the page, under everything: nobody can take a page of a demonstration for a paper. */
function drawDemo(pdf: PDFKit.PDFDocument, width: number, height: number): void {
  const words = '演示 DEMO';
  pdf.save().rotate(-35, { origin: [width / 2, height / 2] }).font('bold').fontSize(96).fillColor('#EFEFEF');
  pdf.text(words, width / 2 - pdf.widthOfString(words) / 2, height / 2 - 60, { lineBreak: false }).restore();
}
