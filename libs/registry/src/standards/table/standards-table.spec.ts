import { readTable, type TableRow, writeTable } from '@daodi/platform';
import fc from 'fast-check';
import { keptLimits, limitFaults } from '../limit-faults';
import { FAMILY_MEANINGS, LIMIT_DIRECTIONS, type StandardLimit, type TypedLimit } from '../limit';
import type { StandardVersion } from '../standards-on';
import { readStandards } from './read-standards';
import { columnTitled, dayOf, STANDARD_COLUMNS, wordOf } from './standard-columns';
import { standardRows } from './write-standards';

const HERBS = new Map([['连翘', 'lianqiao'], ['lianqiao', 'lianqiao']]);
const rowsOf = (...rows: string[][]): TableRow[] => rows.map((cells, i) => ({ number: i + 1, cells: cells.map((text) => ({ text, isNumber: false })) }));
const HEAD = ['标准类别', '标准名称', '品种', '形态', '施行日期', '来源', '检验项目', '成分', '方向', '限度', '单位'];
const row = (...last: string[]): string[] => ['药典', '药典 连翘', '连翘', '药材', '2025年10月1日', '印刷本', ...last];
const told = (rows: TableRow[]): string[] => {
  const { faults, standards } = readStandards(rows, HERBS);
  return [...faults, ...standards.flatMap((one) => one.faults)].map(({ row: number, column, rule }) => `${number} ${column?.zh ?? '-'} ${rule}`);
};

describe('a table of standards', () => {
  it('is read by words and by codes, in full-width digits too', () => {
    const { standards } = readStandards(rowsOf(HEAD, row('水分', '', '不得过', '１０．０', '％'), row('含量测定', 'Rg1＋Re', '不得少于', '0.30', '%'), ['gi', '卢氏连翘', 'lianqiao', 'herb', '2026/1/2', 'x', '性状', '', 'conforms', '应符合规定', '']), HERBS);
    expect(standards.map(({ body, row: number, limitRows, faults }) => ({ body, number, limitRows, faults }))).toEqual([
      {
        body: {
          family: 'pharmacopoeia', name: '药典 连翘', herb: 'lianqiao', form: 'herb', effectiveFrom: '2025-10-01', source: '印刷本',
          limits: [{ item: '水分', direction: 'max', limitText: '10.0', unit: '%' }, { item: '含量测定', analytes: ['Rg1', 'Re'], direction: 'min', limitText: '0.30', unit: '%' }],
        }, number: 2, limitRows: [2, 3], faults: [],
      },
      { body: { family: 'gi', name: '卢氏连翘', herb: 'lianqiao', form: 'herb', effectiveFrom: '2026-01-02', source: 'x', limits: [{ item: '性状', direction: 'conforms', limitText: '应符合规定' }] }, number: 4, limitRows: [4], faults: [] },
    ]);
  });

  it.each<[what: string, rows: TableRow[], faults: string[]]>([
    ['nothing', [], ['1 - table-empty']],
    ['a title nobody knows, and lacking ones', rowsOf(['标准名称', '颜色']), ['1 - column-unknown', ...['标准类别', '施行日期', '来源', '检验项目', '方向', '限度'].map((zh) => `1 ${zh} column-missing`)]],
    ['a title twice', rowsOf([...HEAD, '限度']), ['1 限度 column-twice']],
    ['a herb nobody knows', rowsOf(HEAD, ['药典', 'x', '人参果', '药材', '2025-10-01', 'y', '水分', '', '不得过', '1', '%']), ['2 品种 cell-unreadable']],
    ['a direction nobody knows', rowsOf(HEAD, row('水分', '', '大约', '1', '%')), ['2 方向 cell-unreadable']],
    ['no item', rowsOf(HEAD, row('', '', '不得过', '1', '%')), ['2 检验项目 cell-empty']],
    ['a day that is none', rowsOf(HEAD, ['药典', 'x', '连翘', '药材', '去年', 'y', '水分', '', '不得过', '1', '%']), ['2 施行日期 cell-unreadable']],
    ['a limit kept as a number', [...rowsOf(HEAD), { number: 7, cells: row('水分', '', '不得过', '0.2', '%').map((text, i) => ({ text, isNumber: i === 9 })) }], ['7 限度 cell-is-number']],
    ['one standard of two days', rowsOf(HEAD, row('水分', '', '不得过', '1', '%'), ['药典', '药典 连翘', '连翘', '药材', '2026-01-01', '印刷本', '总灰分', '', '不得过', '1', '%']), ['3 施行日期 rows-differ']],
  ])('is told of %s, by row and column', (_, rows, faults) => expect(told(rows)).toEqual(faults));

  it('says what would be right', () => {
    const [fault] = readStandards(rowsOf(HEAD, row('水分', '', '大约', '1', '%')), HERBS).standards[0]?.faults ?? [];
    expect(fault).toMatchObject({ given: '大约', detail: { zh: expect.stringContaining('不得过、不得少于'), en: expect.stringContaining('max, min') } });
  });

  it('knows every word it writes, and every title in both languages', () => {
    for (const column of STANDARD_COLUMNS) {
      expect([columnTitled(column.zh), columnTitled(column.en.toUpperCase())]).toEqual([column, column]);
      for (const code of new Set(column.words?.values() ?? [])) expect([code, column.words?.get(wordOf(column, code))]).toEqual([code, code]);
    }
    expect(STANDARD_COLUMNS[0]?.words?.get('药典')).toBe('pharmacopoeia');
    expect(new Set(STANDARD_COLUMNS[0]?.words?.values())).toEqual(new Set(Object.keys(FAMILY_MEANINGS)));
    expect(dayOf('２０２５．１０．１')).toBe('2025-10-01');
  });

  it('comes back from CSV and from Excel with every limit as it was', async () => {
    const digits = fc.tuple(fc.nat(99), fc.nat(999), fc.boolean()).map(([whole, part, has]) => (has ? `${whole}.${String(part).padStart(3, '0')}` : String(whole)));
    const typed: fc.Arbitrary<TypedLimit> = fc.record({
      item: fc.constantFrom('水分', '含量测定', '重金属及有害元素', '=1+1'), analytes: fc.option(fc.uniqueArray(fc.constantFrom('Rg1', 'Re', '铅', '𠮿酮Ⅲ'), { minLength: 1, maxLength: 3 }), { nil: undefined }),
      direction: fc.constantFrom(...LIMIT_DIRECTIONS), limitText: digits, unit: fc.constantFrom('%', 'mg/kg', 'μg/kg'), chapter: fc.option(fc.constantFrom('0832', '2321'), { nil: undefined }),
      basis: fc.option(fc.constantFrom('dried' as const, 'as-is' as const), { nil: undefined }), page: fc.option(fc.constantFrom('177', '第 2 页'), { nil: undefined }), source: fc.option(fc.constant('模板'), { nil: undefined }),
    }).map((limit) => ({ ...limit, limitText: limit.direction === 'range' ? `${limit.limitText}~100000` : limit.limitText }) as TypedLimit);
    const limits = fc.array(typed, { minLength: 1, maxLength: 6 }).filter((list) => limitFaults(list).length === 0);
    await fc.assert(fc.asyncProperty(limits, fc.constantFrom('csv' as const, 'xlsx' as const), async (list, format) => {
      const kept: StandardLimit[] = keptLimits(list);
      const version = { family: 'house', name: '内控', herb: 'lianqiao', effectiveFrom: '2026-01-01', source: '企业', limits: kept } as unknown as StandardVersion;
      const reading = await readTable(await writeTable(standardRows([version]), format));
      const read = readStandards(reading.ok ? reading.rows : [], HERBS).standards[0];
      expect(read?.faults).toEqual([]);
      expect(keptLimits(read?.body.limits as unknown as TypedLimit[])).toEqual(kept);
    }), { numRuns: 60 });
  });
});
