import { normaliseTime } from '@daodi/epcis';
import type { Fault } from '@daodi/platform';
import { instant } from '@daodi/registry';

/** A clock may be this far ahead of ours before what it says counts as not having happened yet. */
const AHEAD_MS = 5 * 60_000;

/** When something happened: the text as given, and the offset as EPCIS wants it beside. */
export interface EventTime {
  readonly eventTime: string;
  readonly eventTimeZoneOffset: string;
}

/**
 * Reads when something happened. An offset is required: a time without one is not a time.
 *
 * @param now our clock
 * @returns the fault, pointing at `/eventTime`, where it cannot be taken
 */
export function readEventTime(text: string, now: Date): EventTime | Fault {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    return fault('event-time-date-only', '只有日期：请写明时间与时区，例如 2026-08-20T09:30:00+08:00', 'only a date: give the time and its offset too, e.g. 2026-08-20T09:30:00+08:00');
  }
  const at = normaliseTime(text);
  // The log keeps times within the years that four digits can name.
  if (at === undefined || instant(text) === undefined) {
    return fault('event-time', '应为带时区的 ISO 8601 时间，例如 2026-08-20T09:30:00+08:00', 'it must be an ISO 8601 time with its offset, e.g. 2026-08-20T09:30:00+08:00');
  }
  if (at.epochMicroseconds > BigInt(now.getTime() + AHEAD_MS) * 1000n) {
    return fault('event-time-future', '时间晚于现在：只能记录已发生的事', 'this lies in the future: only what has happened is recorded');
  }
  return { eventTime: text, eventTimeZoneOffset: at.offset === 'Z' ? '+00:00' : at.offset };
}

/** Whether it is the fault. */
export const isFault = (read: EventTime | Fault): read is Fault => 'rule' in read;

const fault = (rule: string, zh: string, en: string): Fault => ({ pointer: '/eventTime', rule, detail: { zh, en } });
