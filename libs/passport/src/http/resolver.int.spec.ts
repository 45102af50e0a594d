import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readLinkset } from '@daodi/gs1';
import { linkRecords, record } from '@daodi/registry';
import Ajv from 'ajv';
import type { Response as LightMyRequestResponse } from 'light-my-request';
import { PassportBench } from '../testing/passport-bench';

const folder = join(resolve(__dirname, '../../../..', process.env.DAODI_VECTORS ?? '../shared/reference'), 'digital-link');
const read = (name: string): any => JSON.parse(readFileSync(join(folder, name), 'utf8'));
const isLinkset = new Ajv({ strict: false }).compile(read('gs1-linkset-schema.json'));
const { fixture, cases }: { fixture: object; cases: { id: string; clause: string; request: { method: 'GET'; path: string; headers: Record<string, string> }; expect: Record<string, any> }[] } = read('resolver-cases.json');

let bench: PassportBench;
let firm: string;
beforeAll(async () => {
  bench = await PassportBench.open();
  firm = await bench.organisation('FIRM', '某公司', 'brand-owner', { gs1Prefix: '6901234' });
  await load(fixture);
});
afterAll(() => bench.close());

/** Loads a linkset as `daodi links import` does. @returns how many records it took */
async function load(set: unknown): Promise<number> {
  const { links, faults } = readLinkset(set);
  expect(faults).toEqual([]);
  const drafts = await linkRecords(bench.service.manager, links);
  if (drafts.length > 0) await bench.write(firm, drafts);
  return drafts.length;
}

const relations = (header: unknown): string[] => [...String(header ?? '').matchAll(/rel="([^"]+)"/g)].map(([, rel]) => rel as string);

/** Everything a case may expect, by its member's name. */
const HOLDS: Readonly<Record<string, (answer: LightMyRequestResponse, value: any) => unknown>> = {
  status: ({ statusCode }, value) => expect(statusCode).toBe(value),
  statusIn: ({ statusCode }, value) => expect(value).toContain(statusCode),
  statusClass: ({ statusCode }, value) => expect(Math.floor(statusCode / 100)).toBe(value),
  location: ({ headers }, value) => expect(headers.location).toBe(value),
  locationStartsWith: ({ headers }, value) => expect(headers.location?.startsWith(value)).toBe(true),
  locationPath: ({ headers }, value) => expect(new URL(String(headers.location)).pathname).toBe(value),
  emptyBody: ({ body }) => expect(body).toBe(''),
  headerPresent: ({ headers }, value) => expect(Object.keys(headers)).toEqual(expect.arrayContaining(value)),
  allowMethods: ({ headers }, value) => expect(String(headers['access-control-allow-methods']).split(/\s*,\s*/)).toEqual(expect.arrayContaining(value)),
  linkRel: ({ headers }, value) => expect(relations(headers.link)).toEqual(expect.arrayContaining(value)),
  linkRelAbsent: ({ headers }, value) => expect(value.filter((rel: string) => relations(headers.link).includes(rel))).toEqual([]),
  contentType: ({ headers }, value) => expect(String(headers['content-type']).split(';')[0]).toBe(value),
  schema: ({ body }) => expect([isLinkset(JSON.parse(body)), isLinkset.errors]).toEqual([true, null]),
  anchors: ({ body }, value) => expect(JSON.parse(body).linkset.map(({ anchor }: { anchor: string }) => anchor)).toEqual(value),
  bodyContains: ({ body }, value) => value.forEach((text: string) => expect(body).toContain(text)),
  jsonRequired: ({ body }, value) => expect(Object.keys(JSON.parse(body))).toEqual(expect.arrayContaining(value)),
  jsonPrimaryKeysSubsetOf: ({ body }, value) => expect(JSON.parse(body).supportedPrimaryKeys.filter((key: string) => !value.includes(key))).toEqual([]),
};

it.each(cases.map((one) => [`${one.id} ${one.clause}`, one] as const))('%s', async (_, { request, expect: wanted }) => {
  const answer = await bench.get(request.path, request.headers, request.method);
  for (const [name, value] of Object.entries(wanted)) {
    if (HOLDS[name] === undefined) throw new Error(`nothing looks at "${name}"`);
    HOLDS[name](answer, value);
  }
});

describe('a linkset loaded again', () => {
  it('adds nothing, takes nothing away, and replaces a default that leads elsewhere', async () => {
    expect(await load(fixture)).toBe(0);
    const anchor = 'https://other.example/01/06901234567892';
    expect(await load({ linkset: [{ anchor, itemDescription: 'x', 'https://ref.gs1.org/voc/instructions': [{ href: 'https://trace.example.cn/how', title: '用法' }] }] })).toBe(1);
    expect((await bench.get('/01/06901234567892')).headers.location).toBe('https://trace.example.cn/p/06901234567892');
    expect((await bench.get('/01/06901234567892?linkType=gs1:instructions')).headers.location).toMatch(/^https:\/\/trace\.example\.cn\/how\?/);
    const moved = { linkset: [{ anchor: 'https://id.gs1.org/01/06901234567915', itemDescription: 'x', 'https://ref.gs1.org/voc/defaultLink': [{ href: 'https://a.example/1', title: '一' }] }] };
    await load(moved);
    await load(JSON.parse(JSON.stringify(moved).replace('/1"', '/2"')));
    expect((await bench.get('/01/06901234567915')).headers.location).toBe('https://a.example/2');
  });
});

describe('what is on record here', () => {
  it('leads to its page, has a linkset, and a lot nobody issued leads up to its product', async () => {
    const gtin = '06901234567922';
    await bench.write(firm, [record('herb', 'lianqiao', 'created', { new: { name: '连翘', pinyin: 'lianqiao', latin: 'Forsythiae Fructus', part: '果实', grades: [], verified: false, source: '测试' } })]);
    const product = '0193f2a4-7c1e-7d3a-9b5e-2f6c8d1e4a70';
    await bench.write(firm, [record('product', product, 'created', { new: { name: '连翘', herbs: ['lianqiao'], form: 'decoction-piece', gtin, status: 'active' } })]);
    expect((await bench.get(`/01/${gtin}?x=1`)).headers.location).toBe(`/p/01/${gtin}?x=1`);
    const nobodys = await bench.get(`/01/${gtin}/10/NEVER`);
    expect([nobodys.statusCode, nobodys.headers.location]).toEqual([307, `/p/01/${gtin}/10/NEVER`]);
    const page = await bench.get(String(nobodys.headers.location));
    expect([page.statusCode, page.body]).toEqual([404, expect.stringContaining('没有登记过这个批号')]);
    const set = await bench.get(`/01/${gtin}/10/NEVER`, { accept: 'application/linkset+json' });
    expect([set.statusCode, isLinkset(JSON.parse(set.body))]).toEqual([200, true]);
    expect(JSON.parse(set.body).linkset).toMatchObject([{ anchor: `https://trace.example.cn/01/${gtin}`, 'https://ref.gs1.org/voc/defaultLink': [{ href: `https://trace.example.cn/p/01/${gtin}/10/NEVER` }] }]);
    // What its owner registers of the same level stands before our page; a lot on record here before what is said of its product.
    await load({ linkset: [{ anchor: `https://id.gs1.org/01/${gtin}`, itemDescription: 'x', 'https://ref.gs1.org/voc/defaultLink': [{ href: 'https://a.example/own', title: '自有网站' }] }] });
    expect((await bench.get(`/01/${gtin}`)).headers.location).toBe('https://a.example/own');
    expect((await bench.get(`/01/${gtin}?linkType=gs1:traceability`, { 'accept-language': 'en' })).headers.location).toBe(`/p/01/${gtin}?lang=en&linkType=gs1:traceability`);
    const code = await bench.issue(firm, 'retail', { productId: product, lotNumber: 'L1', attributes: {} });
    expect(code).toHaveLength(11);
    expect((await bench.get(`/01/${gtin}/10/L1`)).headers.location).toBe(`/p/01/${gtin}/10/L1`);
  });

  it('answers what rests on no page as the schema, as JSON-LD and as a page with nothing in it that runs', async () => {
    const html = await bench.get('/01/06901234567892?linkType=linkset', { accept: 'text/html' });
    expect(html.body).toContain('<script type="application/ld+json">');
    expect(JSON.parse((await bench.get('/01/06901234567892?linkType=linkset', { accept: 'application/ld+json' })).body)['@context']).toContain('linkset-context');
    await load({ linkset: [{ anchor: 'https://id.gs1.org/01/06901234567939', itemDescription: '</script><script>alert(1)</script>', 'https://ref.gs1.org/voc/defaultLink': [{ href: 'https://a.example/"><script>', title: '<b>"\'&' }] }] });
    const evil = (await bench.get('/01/06901234567939?linkType=linkset', { accept: 'text/html' })).body;
    expect(evil.match(/<script/g)).toHaveLength(1);
    expect(evil).not.toContain('<b>');
  });
});
