import type { TableRow } from '@daodi/platform';
import { halfWidth, plain } from '../limit';
import { columnTitled, dayOf, STANDARD_COLUMNS, type StandardColumn } from './standard-columns';

/** Something wrong in one cell, and what would be right. */
export interface CellFault {
  /** As the spreadsheet numbers it, from 1. */
  readonly row: number;
  /** Title of the column, in Chinese and English; absent for the row as a whole. */
  readonly column?: { readonly zh: string; readonly en: string };
  readonly rule: string;
  /** What stands there. */
  readonly given?: string;
  readonly detail: { readonly zh: string; readonly en: string };
}

/** One standard out of a table: its rows stand together or apart, and agree on everything that is of the standard. */
export interface TypedStandard {
  /** A body as the form takes it, as far as it could be read. */
  readonly body: Readonly<Record<string, unknown>> & { readonly limits: readonly Readonly<Record<string, unknown>>[] };
  /** The row of the standard itself (its first), and of each limit. */
  readonly row: number;
  readonly limitRows: readonly number[];
  readonly faults: readonly CellFault[];
}

export interface StandardsReading {
  readonly standards: readonly TypedStandard[];
  /** What is wrong with the table as a whole. */
  readonly faults: readonly CellFault[];
}

/** Members by which rows are of one standard. */
const KEY = ['family', 'name', 'edition', 'number', 'herb', 'form', 'piece', 'grade', 'region'] as const;

/**
 * Reads a table of standards, a limit to a row. Its first row holds the titles.
 *
 * @param herbs codes of herbs by code and by Chinese name
 */
export function readStandards([head, ...rows]: readonly TableRow[], herbs: ReadonlyMap<string, string>): StandardsReading {
  if (head === undefined) return { standards: [], faults: [{ row: 1, rule: 'table-empty', detail: { zh: '表格是空的', en: 'the table is empty' } }] };
  const columns = head.cells.map(({ text }) => columnTitled(text));
  const faults = headFaults(head, columns);
  if (faults.length > 0) return { standards: [], faults };
  const groups = new Map<string, ReadRow[]>();
  for (const row of rows) {
    const read = readRow(row, columns, herbs);
    const key = KEY.map((member) => plain(String(read.standard[member] ?? ''))).join('|');
    groups.set(key, [...(groups.get(key) ?? []), read]);
  }
  return { standards: [...groups.values()].map(standardOf), faults: [] };
}

function headFaults(head: TableRow, columns: readonly (StandardColumn | undefined)[]): CellFault[] {
  const unknown = head.cells.flatMap(({ text }, i): CellFault[] => (columns[i] !== undefined || text.trim() === '' ? [] : [{
    row: head.number, rule: 'column-unknown', given: text, detail: { zh: `没有这一列；可用的列：${STANDARD_COLUMNS.map(({ zh }) => zh).join('、')}`, en: `there is no such column; there are: ${STANDARD_COLUMNS.map(({ en }) => en).join(', ')}` },
  }]));
  const lacking = STANDARD_COLUMNS.filter(({ needed, member }) => needed === true && !columns.some((column) => column?.member === member))
    .map((column): CellFault => ({ row: head.number, ...of(column), rule: 'column-missing', detail: { zh: `缺“${column.zh}”列`, en: `the column ${column.en} is missing` } }));
  const twice = columns.flatMap((column, i): CellFault[] => (column === undefined || columns.indexOf(column) === i ? [] : [{ row: head.number, ...of(column), rule: 'column-twice', detail: { zh: '同一列出现两次', en: 'the same column stands twice' } }]));
  return [...unknown, ...lacking, ...twice];
}

const of = ({ zh, en }: StandardColumn): Pick<CellFault, 'column'> => ({ column: { zh, en } });

interface ReadRow {
  readonly number: number;
  readonly standard: Record<string, unknown>;
  readonly limit: Record<string, unknown>;
  readonly faults: readonly CellFault[];
}

function readRow({ number, cells }: TableRow, columns: readonly (StandardColumn | undefined)[], herbs: ReadonlyMap<string, string>): ReadRow {
  const read: ReadRow & { faults: CellFault[] } = { number, standard: {}, limit: {}, faults: [] };
  for (const [i, column] of columns.entries()) {
    const { text = '', isNumber = false } = cells[i] ?? {};
    if (column === undefined) continue;
    const fault = (rule: string, detail = rightFor(column)): void => void read.faults.push({ row: number, ...of(column), rule, ...(text.trim() !== '' && { given: text }), detail });
    if (text.trim() === '') {
      if (column.needed === true) fault('cell-empty');
      continue;
    }
    if (column.kind === 'exact' && isNumber) {
      fault('cell-is-number', { zh: '请把单元格设为文本再写：数字格式会丢掉末尾的零，0.20 会变成 0.2', en: 'make it a text cell: as a number it loses its zeros, and 0.20 becomes 0.2' });
      continue;
    }
    const value = valueOf(column, text, herbs);
    if (value === undefined) fault('cell-unreadable');
    else read[column.of][column.member] = value;
  }
  return read;
}

const rightFor = ({ right }: StandardColumn): CellFault['detail'] => ({ zh: `应为${right.zh}`, en: `it must be ${right.en}` });

function valueOf({ member, words, kind }: StandardColumn, text: string, herbs: ReadonlyMap<string, string>): unknown {
  if (member === 'herb') return herbs.get(plain(text));
  if (words !== undefined) return words.get(plain(text)) ?? words.get(plain(text).toLowerCase());
  if (kind === 'day') return dayOf(text);
  if (kind === 'list') return text.split(/[+＋、]/).map((one) => one.trim()).filter((one) => one !== '');
  return halfWidth(text);
}

/** What the rows of one standard say of it must be the same in all of them. */
function standardOf(rows: readonly ReadRow[]): TypedStandard {
  const [first] = rows as readonly [ReadRow];
  const differing = rows.slice(1).flatMap(({ number, standard }): CellFault[] =>
    STANDARD_COLUMNS.filter(({ of: owner, member }) => owner === 'standard' && standard[member] !== first.standard[member]).map((column) => ({
      row: number, ...of(column), rule: 'rows-differ', given: String(standard[column.member] ?? ''),
      detail: { zh: `与第 ${first.number} 行同一标准，此列应同为“${String(first.standard[column.member] ?? '')}”`, en: `it is of the same standard as row ${first.number}, so it must be “${String(first.standard[column.member] ?? '')}” too` },
    })));
  return {
    body: { ...first.standard, limits: rows.map(({ limit }) => limit) }, row: first.number, limitRows: rows.map(({ number }) => number), faults: [...rows.flatMap(({ faults }) => faults), ...differing],
  };
}

/** Where in the table a fault of a body is, by its JSON pointer. */
export function cellOf({ row, limitRows }: TypedStandard, pointer: string): Pick<CellFault, 'row' | 'column'> {
  const [, first = '', index, member] = pointer.split('/');
  const isLimit = first === 'limits' && index !== undefined;
  const column = STANDARD_COLUMNS.find((one) => one.member === (isLimit ? member : first) && one.of === (isLimit ? 'limit' : 'standard'));
  return { row: isLimit ? (limitRows[Number(index)] ?? row) : row, ...(column !== undefined && of(column)) };
}
