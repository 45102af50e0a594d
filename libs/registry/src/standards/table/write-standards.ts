import type { ReferenceLimit } from '../reference-limits';
import type { StandardVersion } from '../standards-on';
import { STANDARD_COLUMNS, wordOf } from './standard-columns';

/** The table of some versions, a limit to a row, as it can be read in again. */
export function standardRows(versions: readonly StandardVersion[]): string[][] {
  const rows = versions.flatMap((version) => version.limits.map((limit) => STANDARD_COLUMNS.map((column) => {
    const value = (column.of === 'standard' ? version : limit)[column.member as never] as string | readonly string[] | undefined;
    return value === undefined ? '' : typeof value === 'string' ? wordOf(column, value) : value.join('+');
  })));
  return [STANDARD_COLUMNS.map(({ zh }) => zh), ...rows];
}

/** A form as the templates call it: `药材`, or `饮片:` and its name; limits of anything else are of no one herb's standard. */
const TEMPLATE_FORM = /^(?:(药材)|饮片:(.+))$/;

/**
 * Limits as they were read somewhere, in the same table: a beginning for whoever types a standard from its printed
 * source. Family, edition, first day and printed source stay empty, since they are not known, so that it cannot be read in as it is.
 */
export function referenceRows(limits: readonly ReferenceLimit[], nameOf: (herb: string) => string): string[][] {
  const rows = limits.flatMap(({ herb, form, grade = '', test, analyte = '', direction, limitText, unit, chapter = '', source, disputed }) => {
    const [, raw, piece = ''] = TEMPLATE_FORM.exec(form) ?? [];
    if (herb === undefined || (raw === undefined && piece === '') || direction === 'band') return [];
    const values: Readonly<Record<string, string>> = {
      name: `${piece === '' ? nameOf(herb) : piece}${grade === '' ? '' : ` ${grade}`}`, herb, form: raw === undefined ? 'decoction-piece' : 'herb', piece, grade,
      limitSource: `${source.zh}，未核对${disputed ? '；他处数值不同' : ''}`, item: test, analytes: analyte, direction, limitText, unit, chapter,
    };
    return [STANDARD_COLUMNS.map((column) => wordOf(column, values[column.of === 'limit' && column.member === 'source' ? 'limitSource' : column.member] ?? ''))];
  });
  return [STANDARD_COLUMNS.map(({ zh }) => zh), ...rows];
}
