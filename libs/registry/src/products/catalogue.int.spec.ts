import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkDigit } from '@daodi/gs1';
import { readHerbCatalogue } from '../herbs/herb-catalogue';
import { findHerb } from '../herbs/herbs.service';
import { findSite } from '../sites/find-site';
import { type Account, RegistryBench } from '../testing/registry-bench';
import { findProduct } from './products.service';

const gtin = (body: string): string => body + checkDigit(body);

describe('herbs, products, sites', () => {
  let bench: RegistryBench;
  let owner: Account;
  beforeAll(async () => {
    bench = await RegistryBench.open();
    owner = await bench.organisation('PIECES', 'decoction-piece-factory', { gs1Prefix: '9521234' });
    for (const [code, name, latin] of [['lianqiao', '连翘', 'Forsythiae Fructus'], ['dihuang', '地黄', 'Rehmanniae Radix']]) {
      await bench.send(bench.operator, 'POST', '/api/v1/herbs', { code, name, pinyin: code, latin, part: '果实', verified: false, source: '测试' });
    }
  });
  afterAll(() => bench.close());
  const add = (more: object, who = owner) => bench.send(who, 'POST', '/api/v1/products', { name: '连翘饮片', herbs: ['lianqiao'], form: 'decoction-piece', ...more });

  it('finds herbs by Chinese, pinyin and Latin, and takes what is typed as text', async () => {
    const search = async (text: string) =>
      (await bench.send(owner, 'GET', `/api/v1/herbs?search=${encodeURIComponent(text)}`)).json().items.map(({ code }: { code: string }) => code);
    expect(await Promise.all(['翘', 'LIANQ', 'rehmanniae', '%', '_', "'"].map(search))).toEqual([['lianqiao'], ['lianqiao'], ['dihuang'], [], [], []]);
  });

  it('says anew what is known of a herb, with the old beside the new', async () => {
    const response = await bench.send(bench.operator, 'POST', '/api/v1/herbs', {
      code: 'lianqiao', name: '连翘', pinyin: 'lianqiao', latin: 'Forsythiae Fructus', part: '干燥果实', grades: ['青翘', '老翘'], verified: true, source: '印刷本',
    });
    expect(response.statusCode).toBe(200);
    expect(await findHerb(bench.dataSource, 'lianqiao')).toMatchObject({ verified: true, grades: ['青翘', '老翘'] });
    expect(await findHerb(bench.dataSource, 'lianqiao')).not.toHaveProperty('species');
  });

  it('keeps the species a herb may be of and its forms, each with its source', async () => {
    const species = [{ name: '柴胡', latin: 'Bupleurum chinense DC.', verified: false, source: '一般知识' }];
    const forms = [{ form: 'herb', verified: false, source: '模板' }, { form: 'decoction-piece', piece: '醋北柴胡', verified: false, source: '模板' }];
    const herb = { code: 'chaihu', name: '柴胡', pinyin: 'chaihu', latin: 'Bupleuri Radix', part: '干燥根', verified: false, source: '测试', species, forms };
    expect((await bench.send(bench.operator, 'POST', '/api/v1/herbs', herb)).statusCode).toBe(201);
    expect((await bench.send(owner, 'GET', '/api/v1/herbs/chaihu')).json()).toMatchObject({ species, forms });
    const faults = (await bench.send(bench.operator, 'POST', '/api/v1/herbs', { ...herb, species: [{ name: 'x', latin: 'y', verified: false }], forms: [{ form: 'powder', verified: false, source: 'x' }] })).json().errors;
    expect(new Set(faults.map(({ pointer }: { pointer: string }) => pointer))).toEqual(new Set(['/species/0/source', '/forms/0/form']));
  });

  it('takes a GTIN under one’s own prefix only, with its check digit, once', async () => {
    const rules = async (code: string, who = owner) => {
      const response = await add({ gtin: code }, who);
      return [response.statusCode, ...(response.json().errors ?? []).map(({ rule }: { rule: string }) => rule)];
    };
    expect(await rules('9521234000014')).toEqual([422, 'check-digit']);
    expect(await rules(gtin('690123400001'))).toEqual([422, 'own-prefix']);
    expect(await rules(gtin('952123400001'), await bench.organisation('PREFIXLESS'))).toEqual([422, 'own-prefix']);
    expect(await rules(gtin('952123400001'))).toEqual([201]);
    expect(await rules(gtin('1952123400001'))).toEqual([201]);
    expect(await rules(gtin('0952123400001'))).toEqual([409]);
  });

  it('keeps a net content exactly', async () => {
    const { id } = (await add({ netContent: { value: 0.1, unit: 'KGM' }, specification: '100 g/袋' })).json();
    expect(await findProduct(bench.dataSource, id)).toMatchObject({ organisationId: owner.organisationId, netContent: { value: '0.1', unit: 'KGM' } });
    expect((await add({ netContent: { value: '12.500', unit: 'GRM' } })).json().netContent).toEqual({ value: '12.5', unit: 'GRM' });
    for (const netContent of [{ value: 0, unit: 'KGM' }, { value: '1e999', unit: 'KGM' }, { value: '-1', unit: 'GRM' }, { value: 1, unit: 'jin' }, null, 5]) {
      expect((await add({ netContent })).statusCode).toBe(422);
    }
    expect((await add({ herbs: ['lianqiao', 'nothing'] })).json().errors).toEqual([expect.objectContaining({ pointer: '/herbs/1', rule: 'unknown-herb' })]);
  });

  it('names a site by URN and by SGLN, and by no GLN of others', async () => {
    const site = (more: object) => bench.send(owner, 'POST', '/api/v1/sites', { kind: 'workshop', name: '饮片车间', region: '141026', address: '某路 1 号', ...more });
    const gln = gtin('952123400002');
    const made = (await site({ gln })).json();
    expect(made).toMatchObject({ identifier: `urn:daodi:site:${made.id}`, sgln: `https://id.gs1.org/414/${gln}` });
    for (const name of [made.id, made.id.toUpperCase(), made.identifier, made.sgln]) expect((await findSite(bench.dataSource, name))?.id).toBe(made.id);
    expect(await findSite(bench.dataSource, 'urn:epc:id:sgln:1.2.3')).toBeUndefined();
    expect(await findSite(bench.dataSource, made.id)).not.toHaveProperty('address');
    await bench.organisation('NEIGHBOUR', 'retailer', { gs1Prefix: '9525555' });
    for (const body of [{ gln: gtin('952555500001') }, { gln: '9521234000021' }, { sgln: 'https://example.org/x' }, { gln, sgln: `https://id.gs1.org/414/${gtin('952123400003')}` }]) {
      expect((await site(body)).statusCode).toBe(422);
    }
  });
});

describe('the herb catalogue that is shipped', () => {
  const catalogue = readHerbCatalogue(JSON.parse(readFileSync(join(__dirname, '../../../../seeds/herbs.json'), 'utf8')));
  it('holds the herbs of the season, 青翘 and 老翘 apart, and claims to have verified none', () => {
    const names = catalogue.map(({ name }) => name);
    for (const name of ['连翘', '地黄', '黄芩', '党参', '黄芪', '柴胡', '远志', '酸枣仁', '丹参', '山楂', '五味子', '人参', '刺五加']) expect(names).toContain(name);
    expect(catalogue.find(({ name }) => name === '连翘')?.grades).toEqual(['青翘', '老翘']);
    expect(catalogue.filter(({ verified }) => verified)).toEqual([]);
  });
  it('names species and forms as what they are: copied or remembered, checked by nobody', () => {
    expect(catalogue.flatMap(({ species = [], forms = [] }) => [...species, ...forms]).filter(({ verified }) => verified)).toEqual([]);
    const speciesOf = (code: string): string[] => catalogue.find((herb) => herb.code === code)?.species?.map(({ latin }) => latin) ?? [];
    // The dried root of 党参 has no species of 人参: the break of species the trade is known for.
    expect(speciesOf('dangshen').some((latin) => latin.startsWith('Panax'))).toBe(false);
    expect(speciesOf('renshen')).toEqual(['Panax ginseng C. A. Mey.']);
    expect(catalogue.find(({ code }) => code === 'chaihu')?.forms?.map(({ form, piece }) => piece ?? form)).toEqual(['herb', '北柴胡', '醋北柴胡']);
  });
  it('is refused with a row that is no herb, or twice the same code', () => {
    expect(() => readHerbCatalogue([...catalogue, catalogue[0]])).toThrow(/row 57/);
    expect(() => readHerbCatalogue([{ code: 'x' }])).toThrow(/row 0/);
  });
});
