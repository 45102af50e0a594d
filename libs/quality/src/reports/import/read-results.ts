import type { TableCell, TableRow } from '@daodi/platform';
import type { ReportItem } from '../report-state';

/** How an instrument's table is read; see the registry's form of it. */
export interface InstrumentTemplate {
  readonly instrument: string;
  readonly headerRow?: number;
  readonly sampleColumn: string;
  readonly results: readonly (Pick<ReportItem, 'test' | 'analyte' | 'unit' | 'basis' | 'loq'> & { readonly column: string })[];
}

/** Something in a table that cannot be taken, or that somebody should look at. */
export interface RowFault {
  /** As the spreadsheet counts, from 1. */
  readonly row: number;
  /** Title of the column, where it is about one. */
  readonly column?: string;
  readonly rule: 'column-missing' | 'column-twice' | 'sample-missing' | 'value-missing' | 'value-long' | 'number-cell' | 'no-rows';
  readonly detail: { readonly zh: string; readonly en: string };
}

/** What a table says of one sample. */
export interface SampleResults {
  readonly sampleNumber: string;
  /** Rows it stands in: more than one are several determinations. */
  readonly rows: readonly number[];
  readonly items: readonly ReportItem[];
}

const fault = (row: number, rule: RowFault['rule'], zh: string, en: string, column?: string): RowFault => ({ row, rule, ...(column !== undefined && { column }), detail: { zh, en } });

/** Longest value a report takes; determinations are put together. */
const VALUE_MAX = 200;

/**
 * Reads the results of an instrument's table, sample by sample, as the file has them: nothing is rounded and no value guessed.
 * Rows of one sample are determinations of the same, put together as laboratories write them (`4.21/4.25`). A value that is
 * missing leaves its item out of that sample, and is told.
 *
 * @param rawFileDigest SHA-256 of the file, hex, which goes with every result
 */
export function readResults(rows: readonly TableRow[], template: InstrumentTemplate, rawFileDigest: string): { readonly samples: readonly SampleResults[]; readonly faults: readonly RowFault[] } {
  const { headerRow = 1, sampleColumn, results, instrument } = template;
  const header = rows.find(({ number }) => number === headerRow);
  const titles = (header?.cells ?? []).map(({ text }) => plain(text));
  const wanted = [sampleColumn, ...results.map(({ column }) => column)];
  const lacking = wanted.flatMap((column): RowFault[] => {
    const count = titles.filter((title) => title === plain(column)).length;
    if (count === 1) return [];
    return [count === 0 ? fault(headerRow, 'column-missing', `标题行没有“${column}”列`, `the row of titles has no column "${column}"`, column)
      : fault(headerRow, 'column-twice', `“${column}”列出现 ${count} 次`, `the column "${column}" is there ${count} times`, column)];
  });
  if (lacking.length > 0) return { samples: [], faults: lacking };
  const at = (row: TableRow, column: string): TableCell => row.cells[titles.indexOf(plain(column))] ?? { text: '', isNumber: false };
  const faults: RowFault[] = [];
  const bySample = new Map<string, TableRow[]>();
  for (const row of rows.filter(({ number }) => number > headerRow)) {
    const sampleNumber = at(row, sampleColumn).text.trim();
    if (sampleNumber === '') faults.push(fault(row.number, 'sample-missing', '没有样品编号', 'there is no sample number', sampleColumn));
    else bySample.set(sampleNumber, [...(bySample.get(sampleNumber) ?? []), row]);
  }
  if (bySample.size === 0 && faults.length === 0) faults.push(fault(headerRow, 'no-rows', '标题行之下没有数据', 'there is nothing below the titles'));
  const samples = [...bySample].map(([sampleNumber, own]): SampleResults => ({
    sampleNumber, rows: own.map(({ number }) => number),
    items: results.flatMap(({ column, ...about }) => {
      const values = own.map((row) => ({ row, value: valueOf(at(row, column)) }));
      for (const { row, value } of values) {
        if (value === '') faults.push(fault(row.number, 'value-missing', `样品 ${sampleNumber} 没有“${column}”的结果`, `sample ${sampleNumber} has no result for "${column}"`, column));
        if (at(row, column).isNumber) faults.push(fault(row.number, 'number-cell', '表格中存的是数值，末位的 0 可能已丢失', 'the cell holds a number: zeros at its end may be lost', column));
      }
      const value = values.map((one) => one.value).filter((one) => one !== '').join('/');
      if (value.length > VALUE_MAX) faults.push(fault(own[0]?.number ?? headerRow, 'value-long', `“${column}”的测定值太多`, `there are too many determinations of "${column}"`, column));
      return value === '' || value.length > VALUE_MAX ? [] : [{ ...about, value, instrument, rawFileDigest }];
    }),
  }));
  return { samples, faults };
}

/** A cell as a value; of a number what it was typed as, without the noise of binary fractions. */
function valueOf({ text, isNumber }: TableCell): string {
  if (!isNumber) return text.normalize('NFKC').trim();
  return String(Number(Number(text).toPrecision(15)));
}

const plain = (title: string): string => title.normalize('NFKC').replace(/\s+/gu, '');
