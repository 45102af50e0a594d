const INSTANT = /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}:\d{2}:\d{2})(?:\.(\d+))?([Zz]|[+-]\d{2}:\d{2})$/;

/**
 * An instant in the one spelling of the log: UTC with six decimals of a second, as the database writes it back. A
 * projection therefore reads the same text now and when it is rebuilt. Finer decimals than microseconds are cut.
 *
 * @param text ISO 8601 date and time with offset (`2026-08-20T09:30:00+08:00`)
 * @returns undefined where it is no such instant: no offset, 30 February, hour 25
 */
export function instant(text: string): string | undefined {
  const match = INSTANT.exec(text);
  if (match === null) return undefined;
  const [, date, time, decimals, offset] = match as unknown as [string, string, string, string | undefined, string];
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const isDay = day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
  const at = Date.parse(`${date}T${time}${offset.toUpperCase()}`);
  if (!isDay || year === 0 || Number.isNaN(at)) return undefined;
  const whole = new Date(at).toISOString();
  // An offset may carry 0001-01-01 or 9999-12-31 out of the years that four digits can name.
  if (!/^\d{4}-/.test(whole) || whole.startsWith('0000')) return undefined;
  return `${whole.slice(0, 19)}.${(decimals ?? '').padEnd(6, '0').slice(0, 6)}Z`;
}

/** A moment of our own clock in the same spelling. */
export const instantOf = (date: Date): string => `${date.toISOString().slice(0, -1)}000Z`;
