import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isPathSequence } from '../dictionary/application-identifiers';
import { readDigitalLinkUri, writeDigitalLinkUri } from './digital-link-uri';
import type { Element, Gs1Reading, ReadingOptions } from './element';
import { humanReadable, readBracketed, readElementString, writeBracketed, writeElementString } from './element-string';
import { readScanData } from './scan-data';
import { escapeUri, unescapeUri } from './uri-escape';
import { type PrintedSymbol, writeScanData } from './write-scan-data';

const folder = join(resolve(__dirname, '../../../..', process.env.DAODI_VECTORS ?? '../shared/reference'), 'digital-link');

/** Cases that GS1's own engine is tested by, or that it answered. */
const casesOf = (name: string): Record<string, any>[] => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')).cases;

const each = (name: string, look: (one: Record<string, any>) => void): void => {
  const cases = casesOf(name);
  expect(cases.length).toBeGreaterThan(0);
  for (const one of cases) look(one);
};

const optionsOf = ({ flags = {} }: Record<string, any>): ReadingOptions => ({
  permitUnknownAis: flags.permitUnknownAIs ?? false,
  permitZeroSuppressedGtin: flags.permitZeroSuppressedGTIN ?? false,
  permitConvenienceAlphas: flags.permitConvenienceAlphas ?? false,
  refuseUnknownAttributes: flags.gs1_encoder_vUNKNOWN_AI_NOT_DL_ATTR ?? true,
});

/** What an oracle says of valid data. */
function sameAs({ id, aiData, canonicalUri, hri, element }: Record<string, any>, elements: readonly Element[]): void {
  expect({ id, aiData: writeBracketed(elements), canonicalUri: writeDigitalLinkUri(elements) ?? null, hri: humanReadable(elements), ...(element !== undefined && { element: writeElementString(elements) }) })
    .toEqual({ id, aiData, canonicalUri, hri, ...(element !== undefined && { element }) });
}

const verdict = (id: string, reading: Gs1Reading): string => `${id} ${reading.valid ? 'valid' : `invalid ${reading.error.rule}`}`;
const isAsExpected = (id: string, reading: Gs1Reading, valid: boolean): void => expect(verdict(id, reading)).toMatch(new RegExp(`^${id} ${valid ? 'valid' : 'invalid'}`));

describe('GS1 data against the cases of the GS1 syntax engine', () => {
  // Cases on single AIs look at each for itself.
  const alone = { associations: false };

  it('combinations of AIs', () => each('engine-ai-associations', (one) => isAsExpected(one.id, readBracketed(one.aiData, optionsOf(one)), one.valid)));

  it('bracketed AIs', () => each('engine-ai-bracketed', (one) => {
    const reading = readBracketed(one.aiData, alone);
    isAsExpected(one.id, reading, one.valid);
    if (reading.valid) expect(writeElementString(reading.elements)).toBe(one.element);
  }));

  it('element strings', () => each('engine-ai-element-string', (one) => isAsExpected(one.id, readElementString(one.element, { ...optionsOf(one), ...alone }), one.valid)));

  it('what linters say through an AI', () => each('engine-ai-linter-errors', (one) => {
    const reading = readBracketed(one.aiData, alone);
    expect(`${one.id} ${reading.valid ? 'OK' : reading.error.rule}`).toBe(`${one.id} ${one.lint}`);
  }));

  it('Digital Links written', () => each('engine-dl-generate', (one) => {
    const reading = readBracketed(one.aiData, { ...alone, permitUnknownAis: true });
    expect(`${one.id} ${reading.valid ? writeDigitalLinkUri(reading.elements, one.stem ?? undefined, optionsOf(one)) : 'unread'}`).toBe(`${one.id} ${one.valid ? one.uri : undefined}`);
  }));

  it('Digital Links read', () => each('engine-dl-parse', (one) => {
    const reading = readDigitalLinkUri(one.uri, { ...optionsOf(one), ...alone });
    isAsExpected(one.id, reading, one.valid);
    if (reading.valid) expect(`${one.id} ${writeElementString(reading.elements)}`).toBe(`${one.id} ${one.element}`);
  }));

  it('orders of keys and qualifiers', () => {
    each('engine-dl-path-sequences', ({ seq }) => expect([seq, isPathSequence(seq)]).toEqual([seq, true]));
    for (const seq of [['10'], ['01', '21', '10'], ['01', '235', '10'], ['01', '99'], ['00', '10'], ['414', '254', '7040'], ['01', '10', '10'], []]) expect([seq, isPathSequence(seq)]).toEqual([seq, false]);
  });

  it('what a scanner reports, read', () => each('engine-scan-process', (one) => {
    const reading = readScanData(one.scanData, alone);
    isAsExpected(one.id, reading, one.valid);
    if (reading.valid) expect(`${one.id} ${reading.data}`).toBe(`${one.id} ${one.dataStr}`);
  }));

  it('what a scanner reports, written', () => each('engine-scan-generate', (one) => {
    const symbol = (one.symbology as string).replace(/^GS1_128_CC[AC]$/, 'GS1-128') as PrintedSymbol;
    expect(`${one.id} ${writeScanData(symbol, one.dataStr, one.flags) ?? null}`).toBe(`${one.id} ${one.scanData}`);
  }));

  it('escapes of URIs', () => {
    each('engine-uri-escape', (one) => expect([escapeUri(one.in, 'path'), escapeUri(one.in, 'query')]).toEqual([one.asPath, one.asQuery]));
    each('engine-uri-unescape', (one) => expect([unescapeUri(one.in, 'path'), unescapeUri(one.in, 'query')]).toEqual([one.asPath, one.asQuery]));
  });
});

describe('GS1 data against what the engine answered', () => {
  it('bracketed AIs', () => each('oracle-ai-bracketed', (one) => {
    const reading = readBracketed(one.aiDataIn);
    isAsExpected(one.id, reading, one.valid);
    if (reading.valid) sameAs(one, reading.elements);
  }));

  it('element strings', () => each('oracle-ai-element-string', (one) => {
    // Without FNC1 the engine takes any text for plain text.
    if (!one.elementIn.startsWith('^')) return expect([one.valid, one.aiData]).toEqual([true, '']);
    const reading = readElementString(one.elementIn);
    isAsExpected(one.id, reading, one.valid);
    return reading.valid ? sameAs(one, reading.elements) : undefined;
  }));

  it('Digital Links', () => each('oracle-dl-parse', (one) => {
    const reading = readDigitalLinkUri(one.uri);
    isAsExpected(one.id, reading, one.valid);
    if (!reading.valid) return;
    sameAs(one, reading.elements);
    expect([one.id, reading.ignored]).toEqual([one.id, one.ignoredQueryParams]);
  }));

  it('scans', () => each('oracle-scan', (one) => {
    const reading = readScanData(one.scanData);
    isAsExpected(one.id, reading, one.valid);
    if (!reading.valid) return;
    sameAs(one, reading.elements);
    expect([one.id, reading.data, reading.link?.ignored ?? []]).toEqual([one.id, one.dataStr, one.ignoredQueryParams]);
  }));
});
