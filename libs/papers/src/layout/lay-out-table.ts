import type { Block, Cell, Row, Side, Table } from './paper-document';
import { type Band, heightOf, moved, type Placed, stacked } from './placed';

/** Lays out what is in a cell, in a width. */
export type LayOutInside = (blocks: readonly Block[], width: number) => Band[];

/** A table as bands, a row each; rows tied by a cell that covers several are one. */
export function layOutTable(table: Table, width: number, tallest: number, inside: LayOutInside): Band[] {
  const columns = fitted(table.columns, width);
  const whole = columns.reduce((sum, one) => sum + one, 0);
  const left = table.align === 'center' ? (width - whole) / 2 : table.align === 'right' ? width - whole : Math.min(table.indent, Math.max(0, width - whole));
  const edges = columns.reduce((all, one) => [...all, (all.at(-1) as number) + one], [left]);
  const laid = table.rows.map((row) => row.cells.map((cell) => layOutCell(cell, edges, inside)));
  const heights = heightsOf(table.rows, laid);
  const headings = headingRows(table.rows);
  const bands: Band[] = [];
  for (let r = 0; r < table.rows.length;) {
    const tied = tiedRows(table.rows, r);
    const isTall = heights.slice(r, r + tied).reduce((a, b) => a + b, 0) > tallest;
    const rows = isTall && tied === 1 ? splitRow(laid[r] as LaidCell[], tallest) : [rowBand(laid.slice(r, r + tied), heights.slice(r, r + tied))];
    for (const row of rows) bands.push({ ...row, headings: headings !== undefined && r >= headings.to ? bands.slice(headings.from, headings.to) : undefined });
    r += tied;
  }
  return bands;
}

interface LaidCell {
  readonly cell: Cell;
  readonly x: number;
  readonly width: number;
  readonly content: readonly Band[];
}

/** Columns as they are, or narrowed together to the room there is. */
function fitted(columns: readonly number[], width: number): readonly number[] {
  const whole = columns.reduce((sum, one) => sum + one, 0);
  return whole <= width + 1 ? columns : columns.map((one) => (one * width) / whole);
}

function layOutCell(cell: Cell, edges: readonly number[], inside: LayOutInside): LaidCell {
  const x = edges[Math.min(cell.at, edges.length - 1)] as number;
  const to = edges[Math.min(cell.at + cell.columns, edges.length - 1)] as number;
  const { left, right } = cell.padding;
  return { cell, x, width: to - x, content: inside(cell.blocks, Math.max(4, to - x - left - right)) };
}

const contentHeight = ({ cell, content }: LaidCell): number => heightOf(content) + cell.padding.top + cell.padding.bottom;

/** Each row as high as its own cells need; a cell over several rows makes the last of them higher. */
function heightsOf(rows: readonly Row[], laid: readonly (readonly LaidCell[])[]): number[] {
  const heights = rows.map(({ height = 0, isExact }, r) => (isExact ? height : Math.max(height, 4, ...(laid[r] ?? []).filter(({ cell }) => cell.rows === 1).map(contentHeight))));
  laid.forEach((cells, r) => {
    for (const one of cells) {
      const last = Math.min(rows.length, r + one.cell.rows) - 1;
      const lacking = contentHeight(one) - heights.slice(r, last + 1).reduce((a, b) => a + b, 0);
      if (one.cell.rows > 1 && lacking > 0) heights[last] = (heights[last] as number) + lacking;
    }
  });
  return heights;
}

/** How many rows from one on belong together. */
function tiedRows(rows: readonly Row[], from: number): number {
  let end = from + 1;
  for (let r = from; r < end && r < rows.length; r++) for (const { rows: down } of rows[r]?.cells ?? []) end = Math.max(end, Math.min(rows.length, r + down));
  return end - from;
}

/** The rows to be repeated on top of each page, in Excel not always the first. */
function headingRows(rows: readonly Row[]): { readonly from: number; readonly to: number } | undefined {
  const from = rows.findIndex(({ isHeading }) => isHeading);
  let to = from;
  while (from >= 0 && rows[to]?.isHeading === true) to += 1;
  // Tied rows are one band: then bands and rows do not count alike.
  return from < 0 || to >= rows.length || rows.slice(0, to).some((_, r) => tiedRows(rows, r) > 1) ? undefined : { from, to };
}

function rowBand(laid: readonly (readonly LaidCell[])[], heights: readonly number[]): Band {
  const placed: { under: Placed[]; over: Placed[] } = { under: [], over: [] };
  let y = 0;
  laid.forEach((cells, r) => {
    for (const one of cells) {
      const height = heights.slice(r, r + one.cell.rows).reduce((a, b) => a + b, 0);
      const free = Math.max(0, height - contentHeight(one));
      const down = one.cell.vertical === 'center' ? free / 2 : one.cell.vertical === 'bottom' ? free : 0;
      placed.under.push(...frameOf(one, y, height));
      placed.over.push(...moved(stacked(one.content), one.x + one.cell.padding.left, y + one.cell.padding.top + down));
    }
    y += heights[r] as number;
  });
  return { height: y, placed: [...placed.under.filter(({ what }) => what === 'fill'), ...placed.over, ...placed.under.filter(({ what }) => what !== 'fill')] };
}

/** A row higher than a page goes on on the next: each part has its frame. */
function splitRow(cells: readonly LaidCell[], tallest: number): Band[] {
  const rest = cells.map(({ content }) => [...content]);
  const parts: Band[] = [];
  while (rest.some((bands) => bands.length > 0)) {
    const taken = cells.map((one, i): LaidCell => {
      const content: Band[] = [];
      let room = tallest - one.cell.padding.top - one.cell.padding.bottom;
      for (let next = rest[i]?.[0]; next !== undefined && (next.height <= room || content.length === 0); next = rest[i]?.[0]) {
        content.push(next);
        room -= next.height;
        rest[i]?.shift();
      }
      return { ...one, content };
    });
    parts.push(rowBand([taken], [Math.max(...taken.map(contentHeight))]));
  }
  return parts;
}

function frameOf({ cell, x, width }: LaidCell, y: number, height: number): Placed[] {
  const sides: Readonly<Record<Side, readonly [number, number, number, number]>> = {
    top: [x, y, x + width, y], bottom: [x, y + height, x + width, y + height], left: [x, y, x, y + height], right: [x + width, y, x + width, y + height],
  };
  const lines = (Object.keys(sides) as Side[]).flatMap((side): Placed[] => {
    const border = cell.borders[side];
    if (border === undefined) return [];
    const [fromX, fromY, toX, toY] = sides[side];
    return [{ what: 'line', x: fromX, y: fromY, toX, toY, width: border.width, colour: border.colour, isDouble: border.isDouble }];
  });
  return [...(cell.fill === undefined ? [] : [{ what: 'fill' as const, x, y, width, height, colour: cell.fill }]), ...lines];
}
