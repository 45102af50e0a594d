import { type OfficePackage, partText, relationsOf } from '../package/office-package';
import { child, children, type Element, numberOf, parseXml } from '../package/xml';

/** A cell of a worksheet: its place, its style, its text. */
export interface GridCell {
  /** From 0. */
  readonly column: number;
  readonly style: number;
  readonly text: string;
  /** Stored as a number, which Excel then shows as its style says. */
  readonly isNumber: boolean;
}

/** Cells merged from a row's cell on: how many columns and rows. */
export interface GridMerge {
  readonly column: number;
  readonly columns: number;
  readonly rows: number;
}

export interface GridRow {
  /** Number in the file, from 1; copies keep the one they were made of. */
  readonly number: number;
  readonly height?: number;
  readonly cells: readonly GridCell[];
  readonly merges: readonly GridMerge[];
}

/** A worksheet's cells. */
export interface SheetGrid {
  readonly name: string;
  readonly part: string;
  readonly rows: readonly GridRow[];
}

/** More is no paper; a cell far out would make a table of millions. */
const ROWS_MAX = 2000;
const COLUMNS_MAX = 100;

/** The worksheets of an Excel file that hold anything, in the order of their tabs. */
export function readGrids(office: OfficePackage): SheetGrid[] {
  const shared = office.parts.has('xl/sharedStrings.xml') ? children(parseXml(partText(office, 'xl/sharedStrings.xml')).documentElement, 'si').map(textOfString) : [];
  const relations = relationsOf(office, 'xl/workbook.xml');
  const sheets = children(child(parseXml(partText(office, 'xl/workbook.xml')).documentElement, 'sheets'), 'sheet');
  return sheets.flatMap((sheet) => {
    const part = relations.get(sheet.getAttribute('r:id') ?? '') ?? '';
    if (!office.parts.has(part) || sheet.getAttribute('state')?.includes('idden') === true) return [];
    const rows = readRows(parseXml(partText(office, part)).documentElement as Element, shared);
    return rows.some(({ cells }) => cells.some(({ text }) => text !== '')) ? [{ name: sheet.getAttribute('name') ?? '', part, rows }] : [];
  });
}

/** Text of a shared or inline string: its runs together, phonetic guides left out. */
const textOfString = (string: Element): string => children(string).flatMap((one) => (one.tagName === 't' ? [one.textContent ?? ''] : one.tagName === 'r' ? [child(one, 't')?.textContent ?? ''] : [])).join('');

function readRows(sheet: Element, shared: readonly string[]): GridRow[] {
  const merges = children(child(sheet, 'mergeCells'), 'mergeCell').flatMap((one) => {
    const [from, to] = (one.getAttribute('ref') ?? '').split(':').map(placeOfCell);
    return from === undefined || to === undefined ? [] : [{ row: from.row, column: from.column, columns: to.column - from.column + 1, rows: to.row - from.row + 1 }];
  });
  let next = 1;
  const rows = new Map<number, GridRow>();
  for (const row of children(child(sheet, 'sheetData'), 'row')) {
    const number = numberOf(row, 'r') ?? next;
    next = number + 1;
    if (number > ROWS_MAX) break;
    rows.set(number, {
      number,
      height: numberOf(row, 'ht'),
      cells: children(row, 'c').flatMap((cell, i) => {
        const column = placeOfCell(cell.getAttribute('r') ?? '')?.column ?? i;
        return column >= COLUMNS_MAX ? [] : [{ column, style: numberOf(cell, 's') ?? 0, ...valueOfCell(cell, shared) }];
      }),
      merges: merges.filter(({ row: top }) => top === number),
    });
  }
  const last = Math.max(0, ...rows.keys());
  return Array.from({ length: last }, (_, i) => rows.get(i + 1) ?? { number: i + 1, cells: [], merges: [] });
}

function valueOfCell(cell: Element, shared: readonly string[]): Pick<GridCell, 'text' | 'isNumber'> {
  const value = child(cell, 'v')?.textContent ?? '';
  switch (cell.getAttribute('t')) {
    case 's':
      return { text: shared[Number(value)] ?? '', isNumber: false };
    case 'inlineStr':
      return { text: textOfString(child(cell, 'is') ?? cell), isNumber: false };
    case 'b':
      return { text: value === '1' ? '是' : '否', isNumber: false };
    case 'str':
    case 'e':
      return { text: value, isNumber: false };
    default:
      return { text: value, isNumber: value !== '' };
  }
}

/** `C12` as row 12 and column 2; undefined of anything else. */
export function placeOfCell(reference: string): { readonly row: number; readonly column: number } | undefined {
  const match = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(reference);
  if (match === null) return undefined;
  return { row: Number(match[2]), column: [...(match[1] as string)].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1 };
}

/** Column 2 of row 12 as `C12`. */
export function cellName(column: number, row: number): string {
  let letters = '';
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  return `${letters}${row}`;
}
