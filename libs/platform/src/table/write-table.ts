import { stringify } from 'csv-stringify/sync';
import writeXlsxFile from 'write-excel-file/node';

/** What a table can be written as. */
export const TABLE_FORMATS = ['csv', 'xlsx'] as const;
export type TableFormat = (typeof TABLE_FORMATS)[number];

/** The media type of each. */
export const TABLE_MEDIA_TYPES: Readonly<Record<TableFormat, string>> = {
  csv: 'text/csv; charset=utf-8', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/**
 * Writes a table, its first row in bold where there is bold. Every cell is text, so that a spreadsheet keeps `0.20` as it
 * is and runs nothing: in CSV, which has no types, an apostrophe stands before what Excel would take for a formula. CSV
 * begins with the mark by which Excel in Chinese knows UTF-8.
 */
export async function writeTable(rows: readonly (readonly string[])[], format: TableFormat): Promise<Buffer> {
  if (format === 'csv') return Buffer.from(stringify(rows as string[][], { bom: true, escape_formulas: true, record_delimiter: '\r\n' }), 'utf8');
  const cells = rows.map((row, i) => row.map((value) => ({ value, type: String, format: '@', ...(i === 0 && { fontWeight: 'bold' as const }) })));
  return writeXlsxFile(cells as never).toBuffer();
}
