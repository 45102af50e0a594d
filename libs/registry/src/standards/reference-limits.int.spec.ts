import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Account, RegistryBench } from '../testing/registry-bench';
import { readTable } from '@daodi/platform';
import { limitFaults } from './limit-faults';
import { type ReferenceLimit, readReferenceLimits } from './reference-limits';
import { readStandards } from './table/read-standards';

const read = (file: string): any => JSON.parse(readFileSync(join(__dirname, '../../../../seeds', file), 'utf8'));
const catalogue = readReferenceLimits(read('standards.json'));

describe('the limits that are shipped', () => {
  it('are of herbs of the catalogue, each with its source, and claim to have verified none', () => {
    const herbs = new Set(read('herbs.json').map(({ code }: { code: string }) => code));
    expect(catalogue.length).toBeGreaterThan(780);
    expect(catalogue.filter(({ herb, source, verified }) => (herb !== undefined && !herbs.has(herb)) || source.zh === '' || verified)).toEqual([]);
  });
  it('keep 青翘 and 老翘 apart, and the decimals as printed', () => {
    const extract = (grade: string) => catalogue.find((one) => one.herb === 'lianqiao' && one.grade === grade && one.form === '药材' && one.test === '浸出物')?.limitText;
    expect([extract('青翘'), extract('老翘')]).toEqual(['30.0', '16.0']);
    expect(catalogue.filter((one) => one.herb === 'dihuang' && one.test === '含量测定').map(({ limitText }) => limitText)).toEqual(expect.arrayContaining(['0.20', '0.10', '0.050']));
    const glycoside = catalogue.find(({ analyte, grade, herb }) => herb === 'lianqiao' && grade === '青翘' && analyte === '连翘酯苷A');
    expect([glycoside?.limitText, glycoside?.disputed]).toEqual(['3.5', true]);
  });
  it('are refused with a source that is not named', () => {
    expect(() => readReferenceLimits({ verified: false, sources: {}, standards: [{ herb: 'x', form: '药材', grade: '', limits: [['水分', '', 'max', '1', '%', '', 'nowhere', 0]] }] })).toThrow(/水分 of x/);
  });
});

describe('GET /api/v1/reference-limits', () => {
  let bench: RegistryBench;
  let owner: Account;
  beforeAll(async () => {
    bench = await RegistryBench.open();
    owner = await bench.organisation('STANDARDS');
  });
  afterAll(() => bench.close());

  it('go out as a table that cannot be read in before somebody says of which edition it is', async () => {
    const response = await bench.send(owner, 'GET', '/api/v1/reference-limits/export?format=xlsx&herb=lianqiao');
    const table = await readTable(response.rawPayload);
    const herbs = new Map([['lianqiao', 'lianqiao']]);
    const { standards, faults } = readStandards(table.ok ? table.rows : [], herbs);
    expect(faults).toEqual([]);
    expect(standards.map(({ body }) => `${body['form']} ${body['grade'] ?? ''}`)).toEqual(expect.arrayContaining(['herb 青翘', 'herb 老翘', 'decoction-piece 青翘']));
    for (const standard of standards) expect(new Set(standard.faults.map(({ rule, column }) => `${rule} ${column?.zh}`))).toEqual(new Set(['cell-empty 标准类别', 'cell-empty 施行日期', 'cell-empty 来源']));
    expect(standards.flatMap(({ body }) => limitFaults(body.limits as never))).toEqual([]);
  });

  it('needs a sign-in, and gives a herb’s limits with what is said of all herbs, page by page', async () => {
    expect((await bench.send(undefined, 'GET', '/api/v1/reference-limits')).statusCode).toBe(401);
    const found: ReferenceLimit[] = [];
    for (let cursor: string | undefined = '0'; cursor !== undefined; ) {
      const page: { items: ReferenceLimit[]; next?: string } = (await bench.send(owner, 'GET', `/api/v1/reference-limits?herb=lianqiao&grade=${encodeURIComponent('青翘')}&limit=20&cursor=${cursor}`)).json();
      found.push(...page.items);
      cursor = page.next;
    }
    expect(found.map(({ herb }) => herb)).toEqual(expect.arrayContaining(['lianqiao', undefined]));
    expect(found.filter(({ herb, grade, verified }) => (herb ?? 'lianqiao') !== 'lianqiao' || grade === '老翘' || verified)).toEqual([]);
    expect(found.find(({ test, form }) => test === '挥发油' && form === '药材')).toMatchObject({ direction: 'min', limitText: '2.0', source: { url: expect.stringContaining('https://') } });
  });
});
