import { fillText, type FilledPiece, linesOf, refuseOtherName, unclosed, unopened, type Where } from './fill-text';
import type { Filling } from './filling';
import { pictureOf } from './picture-mark';
import { Scope } from './scope';
import { cellName, type GridCell, type GridRow, type SheetGrid } from './sheet-grid';
import { type Token, tokensOf } from './tokens';

/** A marker of a list that opens in one cell and closes in another: its rows are repeated. */
interface CellMarker {
  readonly row: number;
  readonly cell: GridCell;
  readonly token: Extract<Token, { readonly name: string }>;
}

/** Fills a worksheet: the rows between `{#list}` and `{/list}` are repeated, merged cells and heights with them. */
export function fillGrid(grid: SheetGrid, filling: Filling): SheetGrid {
  return { ...grid, rows: fillRows(grid.rows, Scope.of(filling.values), grid.name, filling) };
}

function fillRows(rows: readonly GridRow[], scope: Scope, sheet: string, filling: Filling): GridRow[] {
  const { watch } = filling;
  const markers = rows.flatMap((row, i) => row.cells.flatMap((cell) => loneTokens(cell.text).map((token): CellMarker => ({ row: i, cell, token }))));
  const filled: GridRow[] = [];
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as GridRow;
    const opening = markers.find((marker) => marker.row === i && marker.token.kind === 'open');
    if (opening === undefined) {
      for (const { cell, token } of markers.filter((marker) => marker.row === i)) watch.fault(unopened(token.name, placeOf(sheet, cell, row)));
      filled.push({ ...row, cells: row.cells.map((cell) => fillCell(cell, scope, placeOf(sheet, cell, row), filling)) });
      continue;
    }
    const where = placeOf(sheet, opening.cell, row);
    const end = closingMarker(markers, opening);
    if (end === undefined) {
      watch.fault(unclosed(opening.token.name, where));
      continue;
    }
    refuseOtherName(opening.token.name, end.token, scope, where, watch);
    const repeated = rows.slice(i, end.row + 1).map((one, at) => ({ ...one, cells: one.cells.map((cell) => withoutMarkers(cell, [at === 0 ? opening : undefined, at === end.row - i ? end : undefined])) }));
    if (repeated.some(({ merges }, at) => merges.some(({ rows: down }) => at + down > repeated.length))) {
      watch.fault({ where, rule: 'merge-across-list', zh: '合并单元格跨出了列表的行', en: 'merged cells reach beyond the rows of the list' });
    }
    for (const line of linesOf(opening.token.name, scope, where, watch)) {
      filling.budget.spend(repeated.reduce((sum, { cells }) => sum + cells.length, 0));
      filled.push(...fillRows(repeated, line, sheet, filling));
    }
    i = end.row;
  }
  return filled;
}

function fillCell(cell: GridCell, scope: Scope, where: Where, { watch, marksPictures }: Filling): GridCell {
  const tokens = tokensOf(cell.text);
  if (tokens.every(({ kind }) => kind === 'text')) return cell;
  const pieces = fillText(cell.text, scope, where, watch);
  const text = pieces.map((piece: FilledPiece) => (piece.isPicture && marksPictures ? pictureOf(piece.text) : piece.text)).join('');
  // A weight alone in its cell stays a number one can add up; anything else, a lot number above all, is text.
  const name = tokens.length === 1 && tokens[0]?.kind === 'name' ? scope.find(tokens[0].name)?.field.en : undefined;
  return { ...cell, text, isNumber: name !== undefined && NUMBERS.has(name) && /^-?\d{1,12}(\.\d{1,9})?$/.test(text) };
}

const NUMBERS = new Set(['no', 'kg', 'jin', 'pieces', 'totalKg', 'totalJin', 'totalPieces', 'batchCount']);

/** Markers that have no partner in their own cell. */
function loneTokens(text: string): CellMarker['token'][] {
  const open: CellMarker['token'][] = [];
  const alone: CellMarker['token'][] = [];
  for (const token of tokensOf(text)) {
    if (token.kind === 'open') open.push(token);
    else if (token.kind === 'close' && open.pop() === undefined) alone.push(token);
  }
  return [...alone, ...open];
}

function closingMarker(markers: readonly CellMarker[], opening: CellMarker): CellMarker | undefined {
  let depth = 0;
  for (const marker of markers.slice(markers.indexOf(opening))) {
    depth += marker.token.kind === 'open' ? 1 : -1;
    if (depth === 0) return marker;
  }
  return undefined;
}

function withoutMarkers(cell: GridCell, markers: readonly (CellMarker | undefined)[]): GridCell {
  const own = markers.flatMap((marker) => (marker?.cell === cell ? [marker.token] : [])).sort((a, b) => b.at - a.at);
  return own.length === 0 ? cell : { ...cell, text: own.reduce((text, { at, end }) => text.slice(0, at) + text.slice(end), cell.text) };
}

const placeOf = (sheet: string, { column }: GridCell, { number }: GridRow): Where => ({ zh: `工作表「${sheet}」单元格 ${cellName(column, number)}`, en: `sheet "${sheet}", cell ${cellName(column, number)}` });
