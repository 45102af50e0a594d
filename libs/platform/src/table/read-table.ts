import { parse } from 'csv-parse/sync';
import { unzipSync } from 'fflate';
import { readSheet } from 'read-excel-file/node';
import type { Bilingual } from '../start-failure';

/** A cell as it was sent. */
export interface TableCell {
  readonly text: string;
  /**
   * Set where the spreadsheet keeps a number and not what was typed: 0.20 and 0.2 are one there, and a long number has
   * lost its end. What needs its digits asks for a text cell.
   */
  readonly isNumber: boolean;
}

/** A row, with its number as the spreadsheet shows it, from 1. */
export interface TableRow {
  readonly number: number;
  readonly cells: readonly TableCell[];
}

export type TableReading = { readonly ok: true; readonly rows: readonly TableRow[] } | { readonly ok: false; readonly rule: string; readonly detail: Bilingual };

const UNPACKED_BYTES_MAX = 20 * 1024 * 1024;
const PARTS_MAX = 300;
const [ROWS_MAX, COLUMNS_MAX] = [20_000, 100];

/**
 * Reads a table somebody sent: the first sheet of an .xlsx file, or CSV as Excel in Chinese writes it (UTF-8 with or
 * without its mark, GB 18030, UTF-16 with tabs), parted by commas, semicolons or tabs. Empty rows are left out.
 */
export async function readTable(bytes: Buffer): Promise<TableReading> {
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf) return refuse('old-format', '这是旧的 .xls 或加密文件：请另存为 .xlsx，不加密码', 'this is an old .xls or an encrypted file: save it as .xlsx without a password');
  const reading = bytes[0] === 0x50 && bytes[1] === 0x4b ? await readXlsx(bytes) : readCsv(bytes);
  if (!reading.ok) return reading;
  const rows = reading.rows.filter(({ cells }) => cells.some(({ text }) => text.trim() !== ''));
  if (rows.length > ROWS_MAX || rows.some(({ cells }) => cells.length > COLUMNS_MAX)) {
    return refuse('table-too-large', `表格超过 ${ROWS_MAX} 行或 ${COLUMNS_MAX} 列`, `the table has more than ${ROWS_MAX} rows or ${COLUMNS_MAX} columns`);
  }
  return { ok: true, rows };
}

const refuse = (rule: string, zh: string, en: string): TableReading => ({ ok: false, rule, detail: { zh, en } });

async function readXlsx(bytes: Buffer): Promise<TableReading> {
  if (isBomb(bytes)) return refuse('zip-bomb', '文件已损坏，或解压后过大', 'the file is damaged, or too large when unpacked');
  try {
    const sheet = await readSheet(bytes);
    return { ok: true, rows: sheet.map((cells, i) => ({ number: i + 1, cells: cells.map(cellOf) })) };
  } catch {
    return refuse('no-table', '不是可读的 .xlsx 文件', 'it is no .xlsx file that can be read');
  }
}

function cellOf(value: unknown): TableCell {
  if (value === null || value === undefined) return { text: '', isNumber: false };
  if (value instanceof Date) return { text: value.toISOString().slice(0, 10), isNumber: false };
  return { text: String(value), isNumber: typeof value === 'number' };
}

/** Looks at the sizes the directory of the file states, before anything is unpacked. */
function isBomb(bytes: Buffer): boolean {
  let [unpacked, parts] = [0, 0];
  try {
    unzipSync(bytes, { filter: ({ originalSize }) => ((unpacked += originalSize), (parts += 1), false) });
  } catch {
    return true;
  }
  return unpacked > UNPACKED_BYTES_MAX || parts > PARTS_MAX;
}

function readCsv(bytes: Buffer): TableReading {
  const text = textOf(bytes);
  if (text === undefined) return refuse('no-text', '既不是 .xlsx，也不是可读的 CSV 文本', 'it is neither .xlsx nor CSV text that can be read');
  try {
    const records: string[][] = parse(text, { bom: true, delimiter: delimiterOf(text), relax_column_count: true, relax_quotes: true, skip_empty_lines: false });
    return { ok: true, rows: records.map((record, i) => ({ number: i + 1, cells: record.map((cell) => ({ text: unguarded(cell), isNumber: false })) })) };
  } catch {
    return refuse('no-table', 'CSV 的引号不成对', 'the quotes of the CSV do not match');
  }
}

/** UTF-8 where it is that; else what Excel in Chinese saves. A NUL is in no text. */
function textOf(bytes: Buffer): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      return text.includes('\0') ? undefined : text;
    } catch {
      continue;
    }
  }
  return undefined;
}

function delimiterOf(text: string): string {
  const [head = ''] = text.split(/\r?\n/, 1);
  const counts = [',', '\t', ';', '，'].map((delimiter) => [delimiter, head.split(delimiter).length] as const);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? ',';
}

/** What we put before a formula when we wrote it is no part of it. */
const unguarded = (cell: string): string => (/^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell);
