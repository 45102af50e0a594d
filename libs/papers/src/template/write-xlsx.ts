import { strToU8 } from 'fflate';
import { type OfficePackage, partText } from '../package/office-package';
import { children, type Element, escapeXml, parseXml, xmlText } from '../package/xml';
import { cellName, type SheetGrid } from './sheet-grid';

/** The Excel file with other cells in its worksheets; columns, styles and page setup stay. */
export function writeGrids(office: OfficePackage, grids: readonly SheetGrid[]): OfficePackage {
  const parts = new Map(office.parts);
  for (const grid of grids) parts.set(grid.part, strToU8(withRows(partText(office, grid.part), grid)));
  return { ...office, parts };
}

function withRows(xml: string, grid: SheetGrid): string {
  const document = parseXml(xml);
  const sheet = document.documentElement as Element;
  const prefix = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">';
  const rows = grid.rows.map((row, i) => {
    const cells = row.cells.map((cell) => cellXml(cell, cellName(cell.column, i + 1))).join('');
    return `<row r="${i + 1}"${row.height === undefined ? '' : ` ht="${row.height}" customHeight="1"`}>${cells}</row>`;
  });
  const merges = grid.rows.flatMap((row, i) => row.merges.map(({ column, columns, rows: down }) => `<mergeCell ref="${cellName(column, i + 1)}:${cellName(column + columns - 1, i + down)}"/>`));
  replace(sheet, 'sheetData', `${prefix}<sheetData>${rows.join('')}</sheetData></worksheet>`);
  if (merges.length > 0) replace(sheet, 'mergeCells', `${prefix}<mergeCells count="${merges.length}">${merges.join('')}</mergeCells></worksheet>`);
  for (const stale of [...children(sheet, 'dimension')]) sheet.removeChild(stale);
  return xmlText(document);
}

function cellXml({ style, text, isNumber }: SheetGrid['rows'][number]['cells'][number], name: string): string {
  const look = style === 0 ? '' : ` s="${style}"`;
  if (text === '') return `<c r="${name}"${look}/>`;
  if (isNumber) return `<c r="${name}"${look}><v>${text}</v></c>`;
  return `<c r="${name}"${look} t="inlineStr"><is><t xml:space="preserve">${escapeXml(text)}</t></is></c>`;
}

function replace(sheet: Element, name: string, xml: string): void {
  const fresh = children(parseXml(xml).documentElement, name)[0] as Element;
  const imported = (sheet.ownerDocument as NonNullable<typeof sheet.ownerDocument>).importNode(fresh, true);
  const old = children(sheet, name)[0];
  if (old !== undefined) sheet.replaceChild(imported, old);
}
