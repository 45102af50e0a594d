import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Ajv from 'ajv';
import { readDigitalLinkUri } from '../elements/digital-link-uri';
import { chooseLink, withQuery } from './choose';
import { fullLinkType, levelsOf, type ResolverLink } from './link';
import { readLinkset, writeLinkset } from './linkset';
import { lookUpLanguage, lookUpType, wantedOf } from './negotiate';

const folder = join(resolve(__dirname, '../../../..', process.env.DAODI_VECTORS ?? '../shared/reference'), 'digital-link');
const read = (name: string): any => JSON.parse(readFileSync(join(folder, name), 'utf8'));
const isLinkset = new Ajv({ strict: false }).compile(read('gs1-linkset-schema.json'));
const GTIN = '06901234567892';

const levels = (path: string): string[] => {
  const reading = readDigitalLinkUri(`https://example.cn${path}`);
  if (!reading.valid) throw new Error(reading.error.rule);
  return levelsOf(reading).map((level) => level.replaceAll('\u001d', '/'));
};

it('a serial outranks a lot, a lot a variant, and more qualifiers fewer', () => {
  expect(levels(`/01/${GTIN}/22/V/10/L/21/S`)).toEqual(['22/V/10/L/21/S', '10/L/21/S', '22/V/21/S', '21/S', '22/V/10/L', '10/L', '22/V', ''].map((rest) => `01/${GTIN}${rest === '' ? '' : `/${rest}`}`));
  expect(levels(`/01/${GTIN}`)).toEqual([`01/${GTIN}`]);
  expect(levels('/414/6901234567892/254/X')).toEqual(['414/6901234567892/254/X', '414/6901234567892']);
});

it('knows a link type under any of its names', () => {
  for (const name of ['gs1:pip', 'https://gs1.org/voc/pip', 'http://www.gs1.org/voc/pip', 'https://ref.gs1.org/voc/pip']) expect(fullLinkType(name)).toBe('https://ref.gs1.org/voc/pip');
});

describe('negotiation', () => {
  it('reads what is wanted, most first', () => {
    expect(wantedOf('zh;q=0.3,en-GB;q=0.9, fr')).toEqual([{ value: 'fr', q: 1 }, { value: 'en-gb', q: 0.9 }, { value: 'zh', q: 0.3 }]);
    expect(wantedOf(undefined)).toEqual([]);
  });
  const things = [{ hreflang: ['zh'], type: 'text/html' }, { hreflang: ['en'], type: 'application/pdf' }];
  it.each([['zh-CN,zh;q=0.9,en;q=0.8', 'zh'], ['zh;q=0.3,en-GB;q=0.9', 'en'], ['zh-Hans-CN', 'zh'], ['de', undefined], ['en;q=0', undefined], ['*', undefined], [undefined, undefined]])('language %s → %s', (header, language) => {
    expect(lookUpLanguage(things, header)?.map(({ hreflang: [one] }) => one)).toEqual(language === undefined ? undefined : [language]);
  });
  it.each([['application/pdf', 'application/pdf'], ['text/*;q=0.5,application/pdf;q=0.4', 'text/html'], ['image/png', undefined], [undefined, undefined]])('type %s → %s', (header, type) => {
    expect(lookUpType(things, header)?.map((one) => one.type)).toEqual(type === undefined ? undefined : [type]);
  });
});

describe('linksets', () => {
  it.each(['linkset-ExampleLinkset.json', 'linkset-valid-gs1-example.json', 'resolver-testsuite-modelLinkset.json'])('reads %s, and writes what the GS1 schema takes', (name) => {
    const { links, faults } = readLinkset(read(name));
    // The oldest example's default link has no title, which a link must have since.
    expect(faults.map(({ rule }) => rule)).toEqual(name === 'linkset-ExampleLinkset.json' ? ['title'] : []);
    expect(links.length).toBeGreaterThan(0);
    const all = [...new Set(links.map(({ level }) => level))];
    expect([isLinkset(writeLinkset(links, all)), isLinkset.errors]).toEqual([true, null]);
  });

  it.each(['linkset-invalid-basic-example.json', 'linkset-invalid-gs1-example.json'])('says what is wrong with %s', (name) => {
    expect(readLinkset(read(name)).faults.map(({ pointer, rule }) => [pointer, rule])).toEqual([['/linkset/0/prev/0/href', 'href']].map(([pointer, rule]) => (name.includes('gs1') ? [pointer?.replace('href', 'title'), 'title'] : [pointer, rule])));
  });

  it('refuses what no resolver could answer by', () => {
    const link = { href: 'https://example.cn/', title: '页' };
    const rules = (...sets: object[]) => readLinkset({ linkset: sets }).faults.map(({ rule }) => rule);
    expect(rules({ anchor: `https://x/01/${GTIN.slice(0, -1)}3`, 'https://ref.gs1.org/voc/pip': [link] })).toEqual(['INCORRECT_CHECK_DIGIT']);
    expect(rules({ anchor: `https://x/01/${GTIN}/10/L/21/S`, 'https://ref.gs1.org/voc/pip': [link] })).toEqual(['serial-alone']);
    expect(rules({ anchor: `https://x/01/${GTIN}`, 'https://ref.gs1.org/voc/pip': [{ ...link, hreflang: ['zh-Hans'] }] })).toEqual(['hreflang']);
    expect(rules({ anchor: `https://x/01/${GTIN}`, 'https://ref.gs1.org/voc/pip': [{ ...link, href: 'javascript:alert(1)' }] })).toEqual(['href']);
    expect(rules({ anchor: `https://x/01/${GTIN}`, 'https://ref.gs1.org/voc/defaultLink': [link, link] })).toEqual(['one-default']);
    expect(readLinkset([]).faults.map(({ rule }) => rule)).toEqual(['linkset']);
  });
});

describe('the choice of a link', () => {
  const { links } = readLinkset(read('resolver-cases.json').fixture);
  const choose = (path: string, request: Parameters<typeof chooseLink>[2] = {}): string => {
    const reading = readDigitalLinkUri(`https://x${path}`);
    if (!reading.valid) throw new Error(reading.error.rule);
    const choice = chooseLink(links as ResolverLink[], levelsOf(reading), request);
    return choice.kind === 'link' ? choice.link.href : choice.kind === 'several' ? `several ${choice.links.length}` : 'none';
  };

  it('is the default of the finest level, whatever language is preferred', () => {
    expect(choose(`/01/${GTIN}`, { acceptLanguage: 'en' })).toBe(`https://trace.example.cn/p/${GTIN}`);
    expect(choose(`/01/${GTIN}/10/NOSUCHLOT`)).toBe(`https://trace.example.cn/p/${GTIN}`);
    expect(choose('/01/06901234567908')).toBe('none');
  });

  it('is by language, type or context where a type is asked for, and several where nothing decides', () => {
    expect(choose(`/01/${GTIN}`, { linkType: fullLinkType('gs1:pip'), acceptLanguage: 'en' })).toBe(`https://trace.example.cn/p/${GTIN}/en`);
    expect(choose(`/01/${GTIN}`, { linkType: fullLinkType('gs1:pip'), acceptLanguage: 'de' })).toBe('several 2');
    expect(choose(`/01/${GTIN}`, { linkType: fullLinkType('gs1:certificationInfo') })).toBe('several 2');
    expect(choose(`/01/${GTIN}`, { linkType: fullLinkType('gs1:recipeInfo') })).toBe('none');
  });

  it('is a default by language only where that language is wanted', () => {
    const set = (linkType: string, href: string, more: object = {}): object => ({ anchor: `https://x/01/${GTIN}`, [`https://ref.gs1.org/voc/${linkType}`]: [{ href, title: 't', ...more }] });
    const { links: multi } = readLinkset({ linkset: [set('defaultLink', 'https://a/'), set('defaultLinkMulti', 'https://a/en', { hreflang: ['en'] }), set('defaultLinkMulti', 'https://a/zh', { hreflang: ['zh'] })] });
    const reading = readDigitalLinkUri(`https://x/01/${GTIN}`);
    const to = (acceptLanguage?: string): unknown => reading.valid && (chooseLink(multi, levelsOf(reading), { acceptLanguage }) as { link: ResolverLink }).link.href;
    expect([to('en'), to('zh-CN'), to('de'), to()]).toEqual(['https://a/en', 'https://a/zh', 'https://a/', 'https://a/']);
  });

  it('keeps the query as it was sent', () => {
    expect([withQuery('https://a/b', ''), withQuery('https://a/b', '17=281019;3103=000250'), withQuery('https://a/b?x=1#y', 'flag')]).toEqual(['https://a/b', 'https://a/b?17=281019;3103=000250', 'https://a/b?x=1&flag#y']);
  });
});
