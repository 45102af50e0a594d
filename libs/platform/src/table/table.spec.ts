import { strToU8, zipSync } from 'fflate';
import fc from 'fast-check';
import writeXlsxFile from 'write-excel-file/node';
import { readTable } from './read-table';
import { TABLE_FORMATS, writeTable } from './write-table';

const textsOf = async (bytes: Buffer): Promise<string[][]> => {
  const reading = await readTable(bytes);
  if (!reading.ok) throw new Error(reading.rule);
  return reading.rows.map(({ cells }) => cells.map(({ text }) => text));
};
const HEAD = '项目,限度\r\n水分,10.0\r\n';
const gbk = Buffer.from([0xcf, 0xee, 0xc4, 0xbf, 0x2c, 0xcf, 0xde, 0xb6, 0xc8, 0x0d, 0x0a, 0xcb, 0xae, 0xb7, 0xd6, 0x2c, 0x31, 0x30, 0x2e, 0x30, 0x0d, 0x0a]);

describe('a table somebody sends', () => {
  it.each([
    ['UTF-8', Buffer.from(HEAD)],
    ['UTF-8 with its mark, as Excel saves it', Buffer.from(`\ufeff${HEAD}`)],
    ['GB 18030, as Excel in Chinese saves it', gbk],
    ['UTF-16 with tabs', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(HEAD.replaceAll(',', '\t'), 'utf16le')])],
    ['with semicolons', Buffer.from(HEAD.replaceAll(',', ';'))],
    ['with full-width commas', Buffer.from(HEAD.replaceAll(',', '，'))],
    ['with quotes', Buffer.from('"项目","限度"\n"水分","10.0"\n')],
  ])('is read in %s', async (_, bytes) => expect(await textsOf(bytes)).toEqual([['项目', '限度'], ['水分', '10.0']]));

  it('keeps the numbers of its rows over empty ones', async () => {
    const reading = await readTable(Buffer.from('项目\n\n ,\n水分\n'));
    expect(reading.ok && reading.rows.map(({ number }) => number)).toEqual([1, 4]);
  });

  it('tells a number of a spreadsheet from a text: its decimals are gone', async () => {
    const bytes = await writeXlsxFile([[{ value: 0.2, type: Number, format: '0.00' }, { value: '0.20', type: String }, { value: new Date(Date.UTC(2025, 9, 1)), type: Date, format: 'yyyy-mm-dd' }]] as never).toBuffer();
    const reading = await readTable(bytes);
    expect(reading.ok && reading.rows[0]?.cells).toEqual([{ text: '0.2', isNumber: true }, { text: '0.20', isNumber: false }, { text: '2025-10-01', isNumber: false }]);
  });

  it.each([
    ['an old .xls', Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), 'old-format'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2]), 'no-text'],
    ['half a zip', Buffer.from([0x50, 0x4b, 3, 4, 1]), 'zip-bomb'],
    ['a zip of something else', Buffer.from(zipSync({ a: strToU8('a') })), 'no-table'],
    ['a zip that swells', Buffer.from(zipSync({ 'xl/workbook.xml': new Uint8Array(21 * 1024 * 1024) })), 'zip-bomb'],
    ['too many rows', Buffer.from('a\n'.repeat(20_001)), 'table-too-large'],
  ])('is refused as %s', async (_, bytes, rule) => expect(await readTable(bytes)).toMatchObject({ ok: false, rule }));
});

describe('a table we write', () => {
  const DANGEROUS = ['=1+1', '+cmd', '-2', '@SUM(A1)', '\tx', '𠮿酮Ⅲ', '0.20', '"', "'", 'a,b', '两\n行'];
  it.each(TABLE_FORMATS)('says in %s what it said, formulas and all, and runs none', async (format) => {
    const bytes = await writeTable([['项目'], ...DANGEROUS.map((text) => [text])], format);
    // What reads a workbook leaves out blanks at the ends of a cell.
    const trimmed = (rows: string[][]): string[][] => rows.map((row) => row.map((text) => text.trim()));
    expect(trimmed(await textsOf(bytes))).toEqual(trimmed([['项目'], ...DANGEROUS.map((text) => [text])]));
  });
  it('is known as UTF-8 by Excel, and has no cell that begins like a formula', async () => {
    const text = (await writeTable([['项目'], ...DANGEROUS.map((one) => [one])], 'csv')).toString('utf8');
    expect(text.startsWith('\ufeff')).toBe(true);
    expect(text.split('\r\n').filter((line) => /^"?[=+\-@\t]/.test(line))).toEqual([]);
  });
  it('comes back as it was, whatever stands in it', async () => {
    const cell = fc.string({ unit: fc.constantFrom(...'aZ09.,;"\'=+-@ 水分０１％~\n'), maxLength: 8 }).filter((text) => text.trim() !== '' && !/^'[=+\-@\t\r]/.test(text));
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 5 }), async (rows) => {
      expect(await textsOf(await writeTable([['a', 'b', 'c'], ...rows], 'csv'))).toEqual([['a', 'b', 'c'], ...rows]);
    }));
  });
});
