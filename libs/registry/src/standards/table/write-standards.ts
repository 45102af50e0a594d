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
