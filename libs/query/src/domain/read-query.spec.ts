import { readQuery } from './read-query';

const faultsOf = (parameters: Record<string, unknown>): string[] => {
  const reading = readQuery(parameters);
  return reading.ok ? [] : reading.faults.map(({ rule }) => rule);
};

describe('readQuery', () => {
  it.each<[string, Record<string, unknown>]>([
    ['parameter-EQ_action', { EQ_action: 'FOO' }],
    ['parameter-EQ_action', { EQ_action: 'ADD|FOO' }],
    ['parameter-eventType', { eventType: 'HarvestEvent' }],
    ['parameter-orderBy', { orderBy: 'foo' }],
    ['parameter-orderDirection', { orderBy: 'eventTime', orderDirection: 'asc' }],
    ['parameter-maxEventCount', { orderBy: 'eventTime', eventCountLimit: '1', maxEventCount: '1' }],
    ['parameter-eventCountLimit', { eventCountLimit: '1' }],
    ['parameter-eventCountLimit', { orderBy: 'eventTime', eventCountLimit: '-1' }],
    ['parameter-maxEventCount', { maxEventCount: '0' }],
    ['parameter-GE_eventTime', { GE_eventTime: 'x' }],
    ['parameter-GE_eventTime', { GE_eventTime: '2026-02-30T00:00:00Z' }],
    ['parameter-EQ_bizStep', { EQ_bizStep: '' }],
    ['parameter-EQ_bizStep', { EQ_bizStep: 'shipping|' }],
    ['parameter-EQ_bizStep', { EQ_bizStep: ['shipping', 'receiving'] }],
    ['parameter-EQ_colour', { EQ_colour: 'red' }],
    ['parameter-MATCH_epc', { MATCH_epc: 'urn:epc:idpat:sgtin:0614141.112345.*' }],
    ['parameter-EXISTS_errorDeclaration', { EXISTS_errorDeclaration: 'yes' }],
  ])('names %s in %j', (rule, parameters) => expect(faultsOf(parameters)).toEqual([rule]));

  it('names every fault at once', () => {
    expect(faultsOf({ EQ_action: 'FOO', LT_eventTime: 'x', EQ_colour: 'red', orderBy: 'foo' }).sort()).toEqual([
      'parameter-EQ_action', 'parameter-EQ_colour', 'parameter-LT_eventTime', 'parameter-orderBy',
    ]);
  });

  it('reads lists parted by |, times in any offset, and the order', () => {
    const reading = readQuery({ EQ_bizStep: 'shipping|receiving', GE_eventTime: '2026-09-01T08:00:00+08:00', LT_recordTime: '2026-09-01T08:00:00 08:00', orderBy: 'eventTime', perPage: '3' });
    expect(reading).toMatchObject({
      ok: true,
      query: {
        words: [{ field: 'bizStep', values: ['shipping', 'receiving'] }],
        eventTime: { ge: '2026-09-01T00:00:00.000000Z' },
        recordTime: { lt: '2026-09-01T00:00:00.000000Z' },
        order: { by: 'eventTime', descending: true },
      },
    });
  });
});
