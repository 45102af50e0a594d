import type { OfficePackage } from '../package/office-package';
import { child, children, type Element, numberOf, valueOf } from '../package/xml';
import { type DocxStyles, isOn, nearest, nearestNumber, switchOf, twips } from './docx-styles';
import type { Numbering } from './docx-numbering';
import { lookOf, readPieces } from './docx-runs';
import { bordersOf, cellBorders, columnsOf, paddingOf, shadeOf, widthOf } from './docx-tables';
import type { Align, Block, Cell, Paragraph, Row, Table } from './paper-document';

/** What is needed to read a story of a Word file. */
export interface DocxContext {
  readonly office: OfficePackage;
  readonly styles: DocxStyles;
  readonly numbering: Numbering;
  /** Part name by relationship id. */
  readonly relations: ReadonlyMap<string, string>;
}

/** Paragraphs and tables of a story or cell, in order. */
export function readBlocks(parent: Element, context: DocxContext): Block[] {
  return children(parent).flatMap((one): Block[] => {
    if (one.tagName === 'w:p') return [readParagraph(one, context)];
    if (one.tagName === 'w:tbl') return [readTable(one, context)];
    if (one.tagName === 'w:sdt') return readBlocks(child(one, 'w:sdtContent') ?? one, context);
    return [];
  });
}

const ALIGN: Readonly<Record<string, Align>> = { center: 'center', right: 'right', end: 'right', both: 'justify', distribute: 'justify' };

function readParagraph(paragraph: Element, context: DocxContext): Paragraph {
  const properties = context.styles.paragraph(paragraph);
  const look = lookOf(context.styles.run(undefined, paragraph));
  const list = nearest(properties, 'w:numPr');
  const number = list && context.numbering.next(list);
  const indents = number === undefined ? properties : [...properties, ...children(number.level, 'w:pPr')];
  const indent = (name: string): number => twips(nearestNumber(indents, 'w:ind', name)) ?? 0;
  const chars = nearestNumber(properties, 'w:ind', 'w:firstLineChars');
  const pieces = readPieces(paragraph, context);
  return {
    what: 'paragraph',
    align: ALIGN[nearest(properties, 'w:jc')?.getAttribute('w:val') ?? ''] ?? 'left',
    before: twips(nearestNumber(properties, 'w:spacing', 'w:before')) ?? 0,
    after: twips(nearestNumber(properties, 'w:spacing', 'w:after')) ?? 0,
    left: indent('w:left') || indent('w:start'),
    right: indent('w:right') || indent('w:end'),
    firstLine: chars !== undefined ? (chars / 100) * look.size : indent('w:firstLine') - indent('w:hanging'),
    line: lineOf(properties),
    startsPage: switchOf(properties, 'w:pageBreakBefore'),
    keepsNext: switchOf(properties, 'w:keepNext'),
    pieces: number === undefined ? pieces : [{ what: 'text', text: `${number.text} `, ...look }, ...pieces],
    look,
  };
}

function lineOf(properties: readonly Element[]): Paragraph['line'] {
  const line = nearestNumber(properties, 'w:spacing', 'w:line');
  if (line === undefined) return { times: 1 };
  const rule = properties.map((one) => child(one, 'w:spacing')?.getAttribute('w:lineRule')).find((one) => one !== null && one !== undefined) ?? 'auto';
  return rule === 'exact' ? { exactly: line / 20 } : rule === 'atLeast' ? { atLeast: line / 20 } : { times: line / 240 };
}

function readTable(table: Element, context: DocxContext): Table {
  const properties = context.styles.table(table);
  const rows = children(table, 'w:tr');
  const borders = bordersOf(nearest(properties, 'w:tblBorders'));
  const padding = paddingOf(nearest(properties, 'w:tblCellMar'));
  const columns = columnsOf(table, rows);
  const spans = spansOf(rows);
  return {
    what: 'table',
    columns,
    align: ({ center: 'center', right: 'right', end: 'right' } as const)[nearest(properties, 'w:jc')?.getAttribute('w:val') ?? ''] ?? 'left',
    indent: widthOf(nearest(properties, 'w:tblInd')) ?? 0,
    rows: rows.map((row, r): Row => {
      const own = child(row, 'w:trPr');
      const height = child(own, 'w:trHeight');
      return {
        height: twips(numberOf(height, 'w:val')),
        isExact: height?.getAttribute('w:hRule') === 'exact',
        isHeading: child(own, 'w:tblHeader') !== undefined && isOn(valueOf(own, 'w:tblHeader') ?? 'true'),
        cells: (spans[r] ?? []).filter(({ isHidden }) => !isHidden).map(({ cell, at, columns: across, rows: down }): Cell => {
          const properties = child(cell, 'w:tcPr');
          const edges = { isFirstRow: r === 0, isLastRow: r + down === rows.length, isFirstColumn: at === 0, isLastColumn: at + across >= columns.length };
          return {
            at, columns: across, rows: down,
            blocks: readBlocks(cell, context),
            borders: cellBorders(child(properties, 'w:tcBorders'), borders, edges),
            fill: shadeOf(child(properties, 'w:shd')),
            vertical: ({ center: 'center', bottom: 'bottom' } as const)[valueOf(properties, 'w:vAlign') ?? ''] ?? 'top',
            padding: { ...padding, ...paddingOf(child(properties, 'w:tcMar'), padding) },
          };
        }),
      };
    }),
  };
}

interface Span {
  readonly cell: Element;
  readonly at: number;
  readonly columns: number;
  rows: number;
  /** It goes on what began above it. */
  readonly isHidden: boolean;
}

/** Which columns and rows each cell covers. */
function spansOf(rows: readonly Element[]): Span[][] {
  const above = new Map<number, Span>();
  return rows.map((row) => {
    let at = Number(valueOf(child(row, 'w:trPr'), 'w:gridBefore') ?? 0);
    return children(row, 'w:tc').map((cell) => {
      const properties = child(cell, 'w:tcPr');
      const columns = Math.max(1, Number(valueOf(properties, 'w:gridSpan') ?? 1));
      const merge = child(properties, 'w:vMerge');
      const goesOn = merge !== undefined && merge.getAttribute('w:val') !== 'restart' ? above.get(at) : undefined;
      const span: Span = { cell, at, columns, rows: 1, isHidden: goesOn !== undefined };
      if (goesOn !== undefined) goesOn.rows += 1;
      else if (merge !== undefined) above.set(at, span);
      else above.delete(at);
      at += columns;
      return span;
    });
  });
}
