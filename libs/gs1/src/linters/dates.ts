import { all, digits, type Linter, type LintFault, part } from './lint';

/**
 * Dates as GS1 writes them (General Specifications, section 3.4): `YYMMDD` or `YYYYMMDD`. Of two digits of the year only
 * whether it is a leap year matters, and every fourth is: 2000 was one.
 */
function date(yearDigits: 2 | 4, mayLackDay: boolean): Linter {
  return (value) => {
    const length = yearDigits + 4;
    if (value.length !== length) return all(value.length < length ? 'DATE_TOO_SHORT' : 'DATE_TOO_LONG', value);
    const other = digits(value);
    if (other !== undefined) return other;
    const [year, month, day] = [Number(value.slice(0, yearDigits)), Number(value.slice(-4, -2)), Number(value.slice(-2))];
    if (month < 1 || month > 12) return part('ILLEGAL_MONTH', yearDigits, 2);
    const isWithin = day <= daysOf(month, yearDigits === 2 ? 2000 + year : year) && (day > 0 || mayLackDay);
    return isWithin ? undefined : part('ILLEGAL_DAY', yearDigits + 2, 2);
  };
}

function daysOf(month: number, year: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** `YYMMDD`; `yymmd0` where day 00 means the month as a whole. */
export const yymmdd = date(2, false);
export const yymmd0 = date(2, true);
/** `YYYYMMDD`, likewise. */
export const yyyymmdd = date(4, false);
export const yyyymmd0 = date(4, true);

function twoDigits(most: number, words: { readonly short: string; readonly long: string; readonly illegal: string }): Linter {
  return (value) => {
    if (value.length !== 2) return all(value.length < 2 ? words.short : words.long, value);
    return digits(value) ?? (Number(value) > most ? all(words.illegal, value) : undefined);
  };
}

/** Hour, minute, second, two digits each. */
export const hh = twoDigits(23, { short: 'HOUR_TOO_SHORT', long: 'HOUR_TOO_LONG', illegal: 'ILLEGAL_HOUR' });
export const mi = twoDigits(59, { short: 'MINUTE_TOO_SHORT', long: 'MINUTE_TOO_LONG', illegal: 'ILLEGAL_MINUTE' });
export const ss = twoDigits(59, { short: 'SECOND_TOO_SHORT', long: 'SECOND_TOO_LONG', illegal: 'ILLEGAL_SECOND' });

/** Hour and minute in one. */
export const hhmi: Linter = (value): LintFault | undefined => {
  if (value.length !== 4) return all(value.length < 4 ? 'HOUR_WITH_MINUTE_TOO_SHORT' : 'HOUR_WITH_MINUTE_TOO_LONG', value);
  const minute = mi(value.slice(2));
  return digits(value) ?? hh(value.slice(0, 2)) ?? (minute === undefined ? undefined : { ...minute, at: minute.at + 2 });
};
