import { readEventTime } from './event-time';

const now = new Date('2026-08-20T02:00:00Z');

describe('readEventTime', () => {
  it('keeps the text and finds the offset', () => {
    expect(readEventTime('2026-08-20T09:30:00+08:00', now)).toEqual({ eventTime: '2026-08-20T09:30:00+08:00', eventTimeZoneOffset: '+08:00' });
    expect(readEventTime('2026-08-20T01:30:00Z', now)).toMatchObject({ eventTimeZoneOffset: '+00:00' });
  });
  it('bears a clock five minutes ahead and no further', () => {
    expect(readEventTime('2026-08-20T02:05:00Z', now)).toMatchObject({ eventTimeZoneOffset: '+00:00' });
    expect(readEventTime('2026-08-20T02:05:01Z', now)).toMatchObject({ rule: 'event-time-future', pointer: '/eventTime' });
  });
  it.each([['2026-08-20', 'event-time-date-only'], ['2026-08-20T09:30:00', 'event-time'], ['2026-02-30T09:30:00Z', 'event-time'], ['0001-01-01T00:00:00+08:00', 'event-time'], ['昨天', 'event-time']])('refuses %s: %s', (text, rule) => {
    expect(readEventTime(text, now)).toMatchObject({ rule });
  });
});
