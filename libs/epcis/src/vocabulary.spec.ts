import fc from 'fast-check';
import { DAODI_NAMESPACE, DAODI_TERMS, bizStepUri, cbvUri, cbvWord, daodi, daodiContextDocument, effectiveContext, normaliseTime, resolveContext, sameWord, wordsOf } from './index';

describe('words of the Core Business Vocabulary', () => {
  it('are one word however written', () => {
    const spellings = ['shipping', 'cbv:BizStep-shipping', 'urn:epcglobal:cbv:bizstep:shipping', 'https://ref.gs1.org/cbv/BizStep-shipping', 'http://ref.gs1.org/cbv/BizStep-shipping'];
    for (const spelling of spellings) {
      expect(bizStepUri(spelling)).toBe('https://ref.gs1.org/cbv/BizStep-shipping');
      expect(cbvWord('bizStep', spelling)).toBe('shipping');
      expect(sameWord('bizStep', spelling, 'shipping')).toBe(true);
    }
    expect(sameWord('bizStep', 'shipping', 'receiving')).toBe(false);
  });
  it('are read from the ratified context', () => {
    expect(wordsOf('bizStep')).toHaveLength(41);
    expect(wordsOf('disposition')).toHaveLength(33);
    expect(wordsOf('measurementType').length).toBeGreaterThan(60);
    expect(cbvUri('sourceOrDestinationType', 'owning_party')).toBe('https://ref.gs1.org/cbv/SDT-owning_party');
    expect(cbvUri('measurementType', 'Temperature')).toBe('https://gs1.org/voc/Temperature');
    expect(cbvUri('errorReason', 'urn:epcglobal:cbv:er:incorrect_data')).toBe(cbvUri('errorReason', 'incorrect_data'));
  });
  it('leave other vocabularies alone, and expand their declared prefixes', () => {
    expect(cbvWord('bizStep', 'urn:gdst:bizStep:hatching')).toBe('urn:gdst:bizStep:hatching');
    expect(cbvUri('bizStep', 'ex:drying', resolveContext({ ex: 'https://ex.example/' }))).toBe('https://ex.example/drying');
    expect(cbvUri('bizStep', 'constructor')).toBe('constructor');
  });
});

describe('contexts', () => {
  it('of the document come before those of the event', () => {
    const both = effectiveContext({ ex: 'https://a.example/' }, { '@context': [{ ex: 'https://b.example/' }] });
    expect(both).toEqual([{ ex: 'https://a.example/' }, { ex: 'https://b.example/' }]);
    expect(resolveContext(both).prefixes.get('ex')).toBe('https://b.example/');
  });
  it('may define prefixes by prefixes', () => {
    expect(resolveContext([{ a: 'https://a.example/' }, { b: 'a:sub/', '@vocab': 'x:', c: { '@id': 'b:c#' } }]).prefixes.get('c')).toBe('https://a.example/sub/c#');
  });
});

describe('normaliseTime', () => {
  it.each([
    ['2023-02-02T11:04:03.1415Z', '2023-02-02T11:04:03.142Z', 1675335843141500n, 'Z'],
    ['2023-02-02T11:04:03.1414+08:00', '2023-02-02T03:04:03.141Z', 1675307043141400n, '+08:00'],
    ['2023-12-31T23:59:59.9995-00:30', '2024-01-01T00:30:00.000Z', 1704068999999500n, '-00:30'],
    ['2024-02-29T24:00:00Z', undefined, 0n, ''], ['2023-02-29T00:00:00Z', undefined, 0n, ''], ['1900-02-29T00:00:00Z', undefined, 0n, ''],
    ['2023-01-01T00:00:60Z', undefined, 0n, ''], ['2023-01-01T00:00:00+14:01', undefined, 0n, ''], ['0000-01-01T00:00:00Z', undefined, 0n, ''],
    ['2023-01-01 00:00:00Z', undefined, 0n, ''], ['2023-01-01T00:00:00.Z', undefined, 0n, ''],
    ['0099-03-01T00:00:00.0000005Z', '0099-03-01T00:00:00.000Z', -59037897599999999n, 'Z'],
  ])('%s', (text, utc, epochMicroseconds, offset) => {
    expect(normaliseTime(text)).toEqual(utc === undefined ? undefined : { utc, epochMicroseconds, offset });
  });
  it('agrees with JavaScript on every millisecond', () => {
    fc.assert(fc.property(fc.date({ min: new Date('0001-01-02T00:00:00Z'), max: new Date('9999-12-30T00:00:00Z'), noInvalidDate: true }), (date) => {
      expect(normaliseTime(date.toISOString())).toEqual({ utc: date.toISOString(), epochMicroseconds: BigInt(date.getTime()) * 1000n, offset: 'Z' });
    }));
  });
});

describe('our own vocabulary', () => {
  it('names its fields by one prefix', () => {
    expect(daodi('losses')).toBe('daodi:losses');
    const context = daodiContextDocument()['@context'];
    for (const name of Object.keys(DAODI_TERMS)) expect(context[`daodi:${name}`]).toEqual({ '@id': DAODI_NAMESPACE + name });
  });
});
