import fc from 'fast-check';
import { arrayText } from './array-text';

/** How pg itself writes a parameter; it exports no type of it. */
const { prepareValue } = jest.requireActual<{ prepareValue(value: unknown): string }>('pg/lib/utils');

/** Reads the text form back, as PostgreSQL does: quoted parts with backslashes, NULL, and what has no quotes. */
function read(text: string): (string | null)[] {
  const parts: (string | null)[] = [];
  for (const [, quoted, bare] of text.slice(1, -1).matchAll(/(?:"((?:[^"\\]|\\[^])*)"|([^",]+))(?:,|$)/g)) {
    parts.push(quoted !== undefined ? quoted.replace(/\\([^])/g, '$1') : /^null$/i.test(bare as string) ? null : (bare as string));
  }
  return parts;
}

describe('arrayText', () => {
  it('leaves ids, numbers and times without quotes', () => {
    expect(arrayText(['0b1c-22', '2026-09-01T00:00:00.5Z', 12, -1.5, true, 7n])).toBe('{0b1c-22,2026-09-01T00:00:00.5Z,12,-1.5,true,7}');
  });
  it('tells nothing from the word', () => {
    expect(arrayText([null, undefined, 'null', 'NULL', ''])).toBe('{NULL,NULL,"null","NULL",""}');
  });
  it('is read back as it was, whatever the text', () => {
    fc.assert(fc.property(fc.array(fc.option(fc.string({ unit: 'binary' }))), (values) => {
      expect(read(arrayText(values) as string)).toEqual(values);
    }));
  });
  it('means what pg would have written', () => {
    fc.assert(fc.property(fc.array(fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null))), (values) => {
      expect(read(arrayText(values) as string)).toEqual(read(prepareValue(values)));
    }));
  });
  it('leaves bytes, lists and objects to pg', () => {
    expect([arrayText([Buffer.from('a')]), arrayText([['a']]), arrayText([{ a: 1 }]), arrayText([new Date(0)])]).toEqual([undefined, undefined, undefined, undefined]);
  });
});
