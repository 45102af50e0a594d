import { readTable } from '@daodi/platform';
import { type InstrumentTemplate, readResults } from './read-results';

const HPLC: InstrumentTemplate = {
  instrument: 'HPLC-03', sampleColumn: '样品编号',
  results: [{ column: '连翘酯苷A(%)', test: '含量测定', analyte: '连翘酯苷A', unit: '%', basis: 'dried' }, { column: '连翘苷(%)', test: '含量测定', analyte: '连翘苷', unit: '%', loq: '0.01' }],
};
const DIGEST = 'd'.repeat(64);

async function read(csv: string, template = HPLC) {
  const table = await readTable(Buffer.from(csv));
  if (!table.ok) throw new Error(table.rule);
  const { samples, faults } = readResults(table.rows, template, DIGEST);
  return { values: samples.map(({ sampleNumber, rows, items }) => [sampleNumber, rows, items.map(({ analyte, value }) => `${analyte} ${value}`)]), faults: faults.map(({ row, column, rule }) => [row, column, rule].filter((one) => one !== undefined).join(' ')), samples };
}

it('takes every value as the file has it, with instrument, digest and what the template says of its column', async () => {
  const { samples, faults } = await read('样品编号,备注,连翘酯苷A(%),连翘苷(%)\nS-1,,3.50,未检出\nS-2,,<0.10,0.20\n');
  expect(faults).toEqual([]);
  expect(samples[0]?.items).toEqual([
    { test: '含量测定', analyte: '连翘酯苷A', unit: '%', basis: 'dried', value: '3.50', instrument: 'HPLC-03', rawFileDigest: DIGEST },
    { test: '含量测定', analyte: '连翘苷', unit: '%', loq: '0.01', value: '未检出', instrument: 'HPLC-03', rawFileDigest: DIGEST },
  ]);
  expect(samples[1]?.items.map(({ value }) => value)).toEqual(['<0.10', '0.20']);
});

it.each<[string, string, unknown, string[]]>([
  ['rows of one sample are determinations', '样品编号,连翘酯苷A(%),连翘苷(%)\nS-1,3.50,0.20\nS-1,3.54,0.21\n', [['S-1', [2, 3], ['连翘酯苷A 3.50/3.54', '连翘苷 0.20/0.21']]], []],
  ['full-width digits and titles with spaces', '样品编号,连翘酯苷A （％）,连翘苷(%)\nS-1,３．５０,0.20\n', [['S-1', [2], ['连翘酯苷A 3.50', '连翘苷 0.20']]], []],
  ['a result that is missing', '样品编号,连翘酯苷A(%),连翘苷(%)\nS-1,,0.20\n', [['S-1', [2], ['连翘苷 0.20']]], ['2 连翘酯苷A(%) value-missing']],
  ['a row without a sample', '样品编号,连翘酯苷A(%),连翘苷(%)\n,3.5,0.20\nS-2,3.5,0.2\n', [['S-2', [3], ['连翘酯苷A 3.5', '连翘苷 0.2']]], ['2 样品编号 sample-missing']],
  ['a column that is not there', '样品编号,连翘苷(%)\nS-1,0.20\n', [], ['1 连翘酯苷A(%) column-missing']],
  ['a column that is there twice', '样品编号,连翘酯苷A(%),连翘苷(%),连翘苷(%)\nS-1,1,2,3\n', [], ['1 连翘苷(%) column-twice']],
  ['no row below the titles', '样品编号,连翘酯苷A(%),连翘苷(%)\n', [], ['1 no-rows']],
])('%s', async (_, csv, values, faults) => {
  const read_ = await read(csv);
  expect([read_.values, read_.faults]).toEqual([values, faults]);
});

it('finds the titles where the template says they stand', async () => {
  expect((await read('仪器导出,2026-08-10,\n样品编号,连翘酯苷A(%),连翘苷(%)\nS-1,3.50,0.20\n', { ...HPLC, headerRow: 2 })).values).toEqual([['S-1', [3], ['连翘酯苷A 3.50', '连翘苷 0.20']]]);
});

it('writes a number of a spreadsheet without the noise of binary fractions, and says what may be lost', () => {
  const cell = (text: string, isNumber = false) => ({ text, isNumber });
  const { samples, faults } = readResults([{ number: 1, cells: [cell('样品编号'), cell('连翘酯苷A(%)'), cell('连翘苷(%)')] }, { number: 2, cells: [cell('S-1'), cell(String(0.1 + 0.2), true), cell('0.20')] }], HPLC, DIGEST);
  expect([samples[0]?.items[0]?.value, faults.map(({ rule }) => rule)]).toEqual(['0.3', ['number-cell']]);
});
