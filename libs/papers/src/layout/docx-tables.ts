import { child, children, type Element, numberOf, valueOf } from '../package/xml';
import { colourOf, twips } from './docx-styles';
import type { Border, Borders, Side } from './paper-document';

const SIDES: readonly Side[] = ['top', 'right', 'bottom', 'left'];
/** Word's own cell padding: 0.19 cm at the sides. */
const PADDING: Readonly<Record<Side, number>> = { top: 0, right: 5.4, bottom: 0, left: 5.4 };

/** Borders of a table: those around it and those between its cells. */
export interface TableBorders extends Borders {
  readonly insideH?: Border;
  readonly insideV?: Border;
}

function borderOf(element: Element | undefined): Border | undefined {
  const style = element?.getAttribute('w:val');
  if (element === undefined || style === null || style === undefined || style === 'nil' || style === 'none') return undefined;
  return { width: Math.min(6, Math.max(0.25, (numberOf(element, 'w:sz') ?? 4) / 8)), colour: colourOf(element.getAttribute('w:color')) ?? '000000', ...(style === 'double' && { isDouble: true }) };
}

/** Borders a table, or its style, gives. */
export function bordersOf(element: Element | undefined): TableBorders {
  const named = (name: string): Border | undefined => borderOf(child(element, `w:${name}`));
  return { top: named('top'), bottom: named('bottom'), left: named('left') ?? named('start'), right: named('right') ?? named('end'), insideH: named('insideH'), insideV: named('insideV') };
}

/** Borders of a cell: its own, else the table's that falls on that side. */
export function cellBorders(own: Element | undefined, table: TableBorders, edges: { readonly isFirstRow: boolean; readonly isLastRow: boolean; readonly isFirstColumn: boolean; readonly isLastColumn: boolean }): Borders {
  const inherited: Borders = {
    top: edges.isFirstRow ? table.top : table.insideH, bottom: edges.isLastRow ? table.bottom : table.insideH,
    left: edges.isFirstColumn ? table.left : table.insideV, right: edges.isLastColumn ? table.right : table.insideV,
  };
  return Object.fromEntries(SIDES.map((side) => {
    const said = child(own, `w:${side}`) ?? child(own, side === 'left' ? 'w:start' : side === 'right' ? 'w:end' : '');
    return [side, said === undefined ? inherited[side] : borderOf(said)];
  }));
}

/** A width in points; per cent and automatic ones have none. */
export const widthOf = (element: Element | undefined): number | undefined => (element?.getAttribute('w:type') === 'dxa' ? twips(numberOf(element, 'w:w')) : undefined);

export function paddingOf(element: Element | undefined, otherwise: Readonly<Record<Side, number>> = PADDING): Record<Side, number> {
  return Object.fromEntries(SIDES.map((side) => [side, widthOf(child(element, `w:${side}`)) ?? otherwise[side]])) as Record<Side, number>;
}

/** The colour behind a cell. */
export const shadeOf = (element: Element | undefined): string | undefined => {
  const fill = element?.getAttribute('w:fill');
  return fill === 'auto' ? undefined : colourOf(fill);
};

/** Widths of the columns: as the grid says, else as the cells of the fullest row do. */
export function columnsOf(table: Element, rows: readonly Element[]): number[] {
  const grid = children(child(table, 'w:tblGrid'), 'w:gridCol').map((one) => twips(numberOf(one, 'w:w')) ?? 0);
  if (grid.length > 0 && grid.every((width) => width > 0)) return grid;
  const widths = rows.map((row) => children(row, 'w:tc').map((cell) => widthOf(child(child(cell, 'w:tcPr'), 'w:tcW')) ?? 60));
  const count = Math.max(1, ...rows.map((row) => children(row, 'w:tc').reduce((sum, cell) => sum + Number(valueOf(child(cell, 'w:tcPr'), 'w:gridSpan') ?? 1), 0)));
  return widths.find((one) => one.length === count) ?? Array.from({ length: count }, () => 450 / count);
}
