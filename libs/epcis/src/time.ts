/** A point in time as EPCIS writes it, made comparable. */
export interface EventInstant {
  /** Microseconds since 1970-01-01T00:00:00Z, the precision PostgreSQL keeps; further digits are rounded half up. */
  readonly epochMicroseconds: bigint;
  /** UTC with exactly three decimals, rounded half up, as the event hash wants it (CBV 2.0 section 8.9, rule 9). */
  readonly utc: string;
  /** The offset that was written: `Z` or e.g. `+08:00`. */
  readonly offset: string;
}

const DATE_TIME_STAMP = /^([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]+))?(?:[Zz]|([+-])([0-9]{2}):([0-9]{2}))$/;

/**
 * Reads an `xsd:dateTimeStamp`: a day that exists, a time of day, an offset of at most 14 hours. Any number of
 * decimals. Undefined where the text is no such time; leap seconds are none, since no clock here can hold them.
 */
export function normaliseTime(text: string): EventInstant | undefined {
  const parts = readParts(text);
  if (parts === undefined) return undefined;
  const { seconds, fraction, offset } = parts;
  const micros = BigInt(`${fraction}0000000`.slice(0, 6)) + ((fraction.charCodeAt(6) || 0) >= 0x35 ? 1n : 0n);
  return { epochMicroseconds: BigInt(seconds) * 1_000_000n + micros, utc: utcText(seconds, fraction), offset };
}

/** Whether the text is a point in time that {@link normaliseTime} can read. */
export function isTime(text: string): boolean {
  return readParts(text) !== undefined;
}

/** The time in UTC with milliseconds; undefined where it is none. */
export function utcMilliseconds(text: string): string | undefined {
  const parts = readParts(text);
  return parts === undefined ? undefined : utcText(parts.seconds, parts.fraction);
}

function utcText(seconds: number, fraction: string): string {
  const millis = Number(`${fraction}000`.slice(0, 3)) + ((fraction.charCodeAt(3) || 0) >= 0x35 ? 1 : 0);
  return new Date(seconds * 1000 + millis).toISOString();
}

function readParts(text: string): { seconds: number; fraction: string; offset: string } | undefined {
  const match = DATE_TIME_STAMP.exec(text);
  if (match === null) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [number, number, number, number, number, number];
  const [fraction = '', sign, offsetHour, offsetMinute] = match.slice(7);
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysOf(year, month) || hour > 23 || minute > 59 || second > 59) return undefined;

  const away = Number(offsetHour ?? 0) * 60 + Number(offsetMinute ?? 0);
  if (away > 14 * 60 || Number(offsetMinute ?? 0) > 59) return undefined;
  const date = new Date(0);
  // Date.UTC takes the years 0 to 99 for 1900 to 1999.
  date.setUTCFullYear(year, month - 1, day);
  const seconds = date.getTime() / 1000 + hour * 3600 + minute * 60 + second - (sign === '-' ? -away : away) * 60;
  return { seconds, fraction, offset: sign === undefined ? 'Z' : text.slice(-6) };
}

function daysOf(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
