import { notoSans, printableText } from '@daodi/platform';
import PDFDocument from 'pdfkit';
import { statementRows, STATEMENT_COLUMNS } from './statement-rows';
import type { Statement } from './statements.service';

const MARGIN_PT = 32;
const LINE_PT = 14;
const SIZE_PT = 8;

/** A statement on A4 across, to print and sign. The same statement gives the same pages. @param at the day of printing, in the document */
export async function statementPdf(statement: Statement, at: Date): Promise<Buffer> {
  const noto = await notoSans();
  const pdf = new PDFDocument({
    size: 'A4', layout: 'landscape', margin: MARGIN_PT, lang: 'zh-CN', displayTitle: true,
    info: { Title: '结算单', Producer: 'Daodi', Creator: 'Daodi', CreationDate: at, ModDate: at },
  });
  const chunks: Buffer[] = [];
  const ended = new Promise<void>((resolve, reject) => pdf.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', resolve).on('error', reject));
  pdf.registerFont('regular', noto.bytes.regular).registerFont('bold', noto.bytes.bold);
  drawStatement(pdf, statement, (text) => printableText(text, noto));
  pdf.end();
  await ended;
  return Buffer.concat(chunks);
}

function drawStatement(pdf: PDFKit.PDFDocument, statement: Statement, printable: (text: string) => string): void {
  const { organisation, picker, from, to, totals, rule } = statement;
  const bottom = pdf.page.height - MARGIN_PT;
  let y = MARGIN_PT;
  const put = (text: string, x: number, width: number, font: 'regular' | 'bold' = 'regular', size = SIZE_PT, align: 'left' | 'right' = 'left') =>
    pdf.font(font).fontSize(size).text(printable(text), x, y, { width, align, lineBreak: false, ellipsis: true });
  const whole = pdf.page.width - 2 * MARGIN_PT;
  const header = (): void => {
    let x = MARGIN_PT;
    for (const { title, width, align } of STATEMENT_COLUMNS) {
      put(title, x, width - 4, 'bold', SIZE_PT, align);
      x += width;
    }
    y += LINE_PT;
    pdf.moveTo(MARGIN_PT, y - 3).lineTo(MARGIN_PT + whole, y - 3).lineWidth(0.5).stroke();
  };
  put('结算单 Statement', MARGIN_PT, whole, 'bold', 15);
  y += 22;
  put(`${organisation}　　${from} — ${to}`, MARGIN_PT, whole, 'regular', 10);
  y += 16;
  put(`交售人 ${[picker.name ?? '（姓名已删除）', picker.group, picker.village].filter((part) => part !== undefined).join('　')}　　编号 ${picker.id}`, MARGIN_PT, whole, 'regular', 10);
  y += 20;
  header();
  for (const { cells, isAside } of statementRows(statement)) {
    if (y + LINE_PT > bottom) {
      pdf.addPage();
      y = MARGIN_PT;
      header();
    }
    let x = MARGIN_PT;
    pdf.fillColor(isAside ? '#555555' : 'black');
    for (const [i, { width, align }] of STATEMENT_COLUMNS.entries()) {
      // What is said beside a slip has the whole line.
      if (isAside && i > 0) break;
      put(cells[i] ?? '', x, isAside ? whole : width - 4, 'regular', SIZE_PT, align);
      x += width;
    }
    pdf.fillColor('black');
    y += LINE_PT;
  }
  const closing = [
    `合计 ${totals.slips} 单${totals.void > 0 ? `（另作废 ${totals.void} 单）` : ''}　到货 ${totals.arrived.jin} 斤 = ${totals.arrived.kg} kg　扣除 ${totals.deducted.jin} 斤 = ${totals.deducted.kg} kg　结算 ${totals.paid.jin} 斤 = ${totals.paid.kg} kg`,
    `金额 ¥ ${totals.amount}${totals.withoutPrice > 0 ? `（${totals.withoutPrice} 单没有单价，未计）` : ''}`,
  ];
  if (y + 90 > bottom) {
    pdf.addPage();
    y = MARGIN_PT;
  }
  y += 6;
  for (const line of closing) {
    put(line, MARGIN_PT, whole, 'bold', 10);
    y += 17;
  }
  pdf.font('regular').fontSize(7).text(printable(rule.zh), MARGIN_PT, y + 2, { width: whole });
  y = pdf.y + 16;
  put('收购站（签字）__________________　　交售人（签字）__________________　　日期 ______________', MARGIN_PT, whole, 'regular', 10);
}
