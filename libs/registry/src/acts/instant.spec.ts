import fc from 'fast-check';
import { event } from './draft';
import { instant, instantOf } from './instant';

describe('instant', () => {
  it('is one spelling for one moment', () => {
    expect(instant('2026-08-20T09:30:00+08:00')).toBe('2026-08-20T01:30:00.000000Z');
    expect(instant('2026-08-20T01:30:00.123456789Z')).toBe('2026-08-20T01:30:00.123456Z');
    expect(instant('2005-04-03t20:33:31.116-06:00')).toBe('2005-04-04T02:33:31.116000Z');
  });
  it('is none without offset, on a day or at an hour that does not exist', () => {
    for (const text of ['2026-08-20T09:30:00', '2026-02-30T00:00:00Z', '2026-13-01T00:00:00Z', '2026-08-20T25:00:00Z', '2026-08-20', '', '0000-01-01T00:00:00Z', '0001-01-01T00:00:00+08:00', '9999-12-31T23:00:00-08:00']) {
      expect(instant(text)).toBeUndefined();
    }
  });
  it('agrees with our clock', () => {
    fc.assert(fc.property(fc.date({ min: new Date('1900-01-01'), max: new Date('2999-01-01'), noInvalidDate: true }), (date) => {
      expect(instant(date.toISOString())).toBe(instantOf(date));
    }));
  });
});

describe('event', () => {
  it('takes type, id, time and offset from the event, and knows a declaration', () => {
    const body = { type: 'ObjectEvent', eventID: 'urn:uuid:1', eventTime: '2026-08-20T09:30:00+08:00', eventTimeZoneOffset: '+08:00' };
    expect(event(body, null)).toMatchObject({ kind: 'event', type: 'ObjectEvent', eventId: 'urn:uuid:1', declaration: false, eventTime: '2026-08-20T01:30:00.000000Z', eventOffset: '+08:00' });
    expect(event({ ...body, errorDeclaration: { declarationTime: 'x' } }, null).declaration).toBe(true);
    expect(() => event({ ...body, eventTime: 'now' }, null)).toThrow(RangeError);
  });
});
