import { type OfficePackage, partText } from '../package/office-package';
import { child, children, type Element, numberOf, parseXml } from '../package/xml';
import { partPictures } from '../template/picture-mark';
import type { GridCell, GridRow, SheetGrid } from '../template/sheet-grid';
import { CODE_SIDE } from './docx-runs';
import type { Block, Cell, PaperDocument, PaperPage, Paragraph, Piece, Row, Table, TextLook } from './paper-document';
import { type CellStyle, readCellStyles } from './xlsx-styles';

/** Filled worksheets as papers to be drawn, one section each: the page as Excel would print it, fitted to its width. */
export function readXlsx(office: OfficePackage, grids: readonly SheetGrid[]): PaperDocument[] {
  const styleOf = readCellStyles(office.parts.has('xl/styles.xml') ? partText(office, 'xl/styles.xml') : undefined);
  return grids.map((grid) => {
    const sheet = parseXml(partText(office, grid.part)).documentElement as Element;
    const headings = headingRows(office, grid.name);
    const count = Math.max(1, ...grid.rows.flatMap(({ cells, merges }) => [...cells.map(({ column }) => column + 1), ...merges.map(({ column, columns }) => column + columns)]));
    const table: Table = {
      what: 'table', indent: 0,
      columns: widthsOf(sheet, count),
      align: ['1', 'true'].includes(child(sheet, 'printOptions')?.getAttribute('horizontalCentered') ?? '') ? 'center' : 'left',
      rows: rowsOf(grid.rows, count, styleOf, headings),
    };
    return { page: pageOf(sheet), header: printed(sheet, 'oddHeader'), footer: printed(sheet, 'oddFooter'), body: [table] };
  });
}

/** Widths are in characters of the standard letter: 7 pixels and 5 of padding at 96 an inch. */
const pointsOf = (characters: number): number => (characters * 7 + 5) * 0.75;

function widthsOf(sheet: Element, count: number): number[] {
  const standard = numberOf(child(sheet, 'sheetFormatPr'), 'defaultColWidth') ?? 8.43;
  const widths = Array.from({ length: count }, () => pointsOf(standard));
  for (const col of children(child(sheet, 'cols'), 'col')) {
    const [from, to] = [numberOf(col, 'min') ?? 1, Math.min(count, numberOf(col, 'max') ?? 1)];
    const isHidden = ['1', 'true'].includes(col.getAttribute('hidden') ?? '');
    for (let i = from; i <= to; i++) widths[i - 1] = isHidden ? 0.01 : pointsOf(numberOf(col, 'width') ?? standard);
  }
  return widths;
}

function rowsOf(rows: readonly GridRow[], count: number, styleOf: (style: number) => CellStyle, headings: ReadonlySet<number>): Row[] {
  const covered = new Set<string>();
  return rows.map((row, r): Row => {
    for (const { column, columns, rows: down } of row.merges) {
      for (let y = 0; y < down; y++) for (let x = 0; x < columns; x++) if (x + y > 0) covered.add(`${r + y} ${column + x}`);
    }
    const byColumn = new Map(row.cells.map((cell) => [cell.column, cell]));
    const cells: Cell[] = [];
    for (let column = 0; column < count; column++) {
      if (covered.has(`${r} ${column}`)) continue;
      const merge = row.merges.find((one) => one.column === column);
      const cell = byColumn.get(column) ?? { column, style: 0, text: '', isNumber: false };
      const columns = merge?.columns ?? overflow(cell, byColumn, column, count, styleOf, (at) => covered.has(`${r} ${at}`) || row.merges.some((one) => one.column === at));
      cells.push(cellOf(cell, column, columns, merge?.rows ?? 1, styleOf, byColumn));
      if (merge === undefined) column += columns - 1;
    }
    return { cells, height: row.height ?? 15, isExact: false, isHeading: headings.has(row.number) };
  });
}

/** Text that is not wrapped runs on over empty cells beside it. */
function overflow(cell: GridCell, byColumn: ReadonlyMap<number, GridCell>, from: number, count: number, styleOf: (style: number) => CellStyle, isTaken: (column: number) => boolean): number {
  const style = styleOf(cell.style);
  if (cell.text === '' || cell.isNumber || style.wraps || (style.align ?? 'left') !== 'left' || Object.keys(style.borders).length > 0) return 1;
  let columns = 1;
  while (from + columns < count && !isTaken(from + columns) && (byColumn.get(from + columns)?.text ?? '') === '' && Object.keys(styleOf(byColumn.get(from + columns)?.style ?? 0).borders).length === 0) columns += 1;
  return columns;
}

function cellOf(cell: GridCell, at: number, columns: number, rows: number, styleOf: (style: number) => CellStyle, byColumn: ReadonlyMap<number, GridCell>): Cell {
  const style = styleOf(cell.style);
  const last = byColumn.get(at + columns - 1);
  const pieces = partPictures(cell.text).map(({ text, isPicture }): Piece => (isPicture ? { what: 'code', text, side: CODE_SIDE } : { what: 'text', text, ...style.look }));
  return {
    at, columns, rows,
    blocks: [paragraphOf(pieces, style.look, style.align ?? (cell.isNumber ? 'right' : 'left'), style.indent)],
    // Of merged cells the right border is that of the last.
    borders: { ...style.borders, ...(last !== undefined && { right: styleOf(last.style).borders.right ?? style.borders.right }) },
    fill: style.fill,
    vertical: style.vertical,
    padding: { top: 1.5, bottom: 1.5, left: 2.5, right: 2.5 },
  };
}

const paragraphOf = (pieces: readonly Piece[], look: TextLook, align: Paragraph['align'], left = 0): Paragraph => ({
  what: 'paragraph', align, before: 0, after: 0, left, right: 0, firstLine: 0, line: { times: 1 }, startsPage: false, keepsNext: false, pieces, look,
});

/** Rows to be repeated on every page, as the workbook names them (`_xlnm.Print_Titles`). */
function headingRows(office: OfficePackage, sheet: string): Set<number> {
  const names = children(child(parseXml(partText(office, 'xl/workbook.xml')).documentElement, 'definedNames'), 'definedName');
  const titles = names.find((one) => one.getAttribute('name') === '_xlnm.Print_Titles' && (one.textContent ?? '').includes(sheet));
  const match = /\$(\d+):\$(\d+)/.exec(titles?.textContent ?? '');
  return new Set(match === null ? [] : Array.from({ length: Math.min(20, Number(match[2]) - Number(match[1]) + 1) }, (_, i) => Number(match[1]) + i));
}

const INCH = 72;
/** Width and height of the papers Excel numbers; A4 for all others. */
const PAPERS: Readonly<Record<number, readonly [number, number]>> = { 8: [841.9, 1190.6], 9: [595.3, 841.9], 11: [419.5, 595.3], 1: [612, 792] };

function pageOf(sheet: Element): PaperPage {
  const setup = child(sheet, 'pageSetup');
  const margins = child(sheet, 'pageMargins');
  const [short, long] = PAPERS[numberOf(setup, 'paperSize') ?? 9] ?? [595.3, 841.9];
  const isLying = setup?.getAttribute('orientation') === 'landscape';
  const margin = (name: string, inches: number): number => Math.min(3, Math.abs(numberOf(margins, name) ?? inches)) * INCH;
  return {
    width: isLying ? long : short, height: isLying ? short : long,
    top: margin('top', 0.75), right: margin('right', 0.7), bottom: margin('bottom', 0.75), left: margin('left', 0.7), header: margin('header', 0.3), footer: margin('footer', 0.3),
  };
}

/** Header or footer: `&L`, `&C`, `&R` part it, `&P` and `&N` count pages; codes that only style it are left out. */
function printed(sheet: Element, name: string): Block[] {
  const text = child(child(sheet, 'headerFooter'), name)?.textContent ?? '';
  const look: TextLook = { size: 9, isBold: false, isUnderlined: false, colour: '000000' };
  const parts = text.split(/&(?=[LCR])/).filter((part) => part !== '');
  return parts.map((part) => {
    const align = part.startsWith('L') ? 'left' : part.startsWith('R') ? 'right' : 'center';
    const body = (/^[LCR]/.test(part) ? part.slice(1) : part).replace(/&"[^"]*"|&\d{1,3}|&[BIUSEXY]|&K[0-9A-F]{6}/g, '');
    const pieces = body.split(/(&P|&N)/).filter((one) => one !== '').map((one): Piece => (one === '&P' ? { what: 'page-number', ...look } : one === '&N' ? { what: 'page-count', ...look } : { what: 'text', text: one.replace(/&[A-Z]/g, ''), ...look }));
    return paragraphOf(pieces, look, align);
  });
}
