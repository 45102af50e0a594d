import { randomUUID } from 'node:crypto';
import { record } from '@daodi/registry';
import { type Story, passAndRelease, tellStory } from './testing/forsythia-story';
import { kg, PassportBench, pieces, uriOf } from './testing/passport-bench';

describe('the public door, as the role of the resolver', () => {
  let bench: PassportBench;
  let story: Story;
  beforeAll(async () => {
    bench = await PassportBench.open();
    story = await tellStory(bench);
    await passAndRelease(bench, story);
  });
  afterAll(() => bench.close());

  const page = async (path: string, headers: Record<string, string> = {}) => {
    const { statusCode, body, headers: answered } = await bench.get(path, headers);
    return { status: statusCode, body, headers: answered };
  };

  describe('a code', () => {
    it.each([
      [(s: Story) => `/b/${s.packs}`, (s: Story) => `/p/b/${s.packs}`],
      [(s: Story) => `/b/${s.packs.toLowerCase()}/?from=wechat&x=%E7%94%B2`, (s: Story) => `/p/b/${s.packs}?from=wechat&x=%E7%94%B2`],
      [(s: Story) => `/01/${s.gtin}/10/LQ260912?17=261231`, (s: Story) => `/p/01/${s.gtin}/10/LQ260912?17=261231`],
      [(s: Story) => `/01/${s.gtin}`, (s: Story) => `/p/01/${s.gtin}`],
    ])('leads on to its page with the query as it was sent', async (from, to) => {
      for (const method of ['GET', 'HEAD'] as const) {
        const answer = await bench.get(from(story), {}, method);
        expect([answer.statusCode, answer.headers.location, answer.headers['access-control-allow-origin'], answer.body]).toEqual([307, to(story), '*', '']);
      }
    });

    it('answers OPTIONS for any site', async () => {
      for (const path of [`/b/${story.packs}`, `/01/${story.gtin}`, `/p/b/${story.packs}`, '/p']) {
        const answer = await bench.get(path, { origin: 'https://elsewhere.example' }, 'OPTIONS');
        expect([answer.statusCode, answer.headers['access-control-allow-methods'], answer.headers['access-control-allow-origin']]).toEqual([204, 'GET, HEAD, OPTIONS', '*']);
      }
    });

    it.each([
      ['malformed', 400, '/b/ABC', /读不出来/],
      ['never issued', 404, '/b/00000000000', /从来没有发出过这个码/],
      ['a serial never issued', 404, (s: Story) => `/b/${s.packs}/s/AAAA`, /单品码/],
      ['a wrong check digit', 400, '/01/09521234500019/10/A', /校验位/],
      ['a product nobody registered', 404, '/01/09521111100003', /没有在本平台登记/],
      ['a unit nobody packed', 404, '/00/095212345000012349', /物流单元码/],
      ['a place nobody registered', 404, '/414/9521234500001', /位置码/],
    ])('%s is told so with %s, at both doors', async (_name, status, path, words) => {
      const at = typeof path === 'string' ? path : path(story);
      for (const door of [at, `/p${at}`]) {
        const answer = await page(door);
        expect(answer.status).toBe(status);
        expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
        expect(answer.body).toMatch(words);
        expect((await bench.get(door, { accept: 'application/json' })).json()).toMatchObject({ status, state: expect.any(String) });
      }
    });

    it.each(['NEVER', 'A%2FB'])('a lot nobody made of a product on record leads up to the product’s page, which says so: %s', async (lot) => {
      const at = `/01/${story.gtin}/10/${lot}`;
      const answer = await bench.get(at);
      expect([answer.statusCode, answer.headers.location]).toEqual([307, `/p${at}`]);
      const told = await page(`/p${at}`);
      expect([told.status, told.body]).toEqual([404, expect.stringMatching(/批号/)]);
    });

    it('cannot break the door', async () => {
      for (const path of ['/b/%zz', '/b/%E0%A4%A', '/01/%00/10/%00', `/b/${'9'.repeat(1500)}`, '/01/10/21/22', '/p/p/p', '/p/b/', '/b/..%2F..%2Fetc', `/01/${story.gtin}/10/${'A'.repeat(21)}`, '/p/<script>alert(1)</script>']) {
        const { status, body } = await page(path);
        expect([path, status >= 400 && status < 500]).toEqual([path, true]);
        expect(body).not.toContain('<script');
      }
    });
  });

  describe('the page of a released batch', () => {
    it('tells the whole story, to the county and without prices, people or customers', async () => {
      const { status, body, headers } = await page(`/p/b/${story.packs}`);
      expect(status).toBe(200);
      for (const words of [
        '连翘', 'Forsythiae Fructus', 'lianqiao', '青翘', '山西省临汾市安泽县', '已放行', '采收', '812.5 千克', '干燥', '损耗 540 千克', '事后补记：2026年8月29日', '核对', '他证',
        '临汾药材检验中心', 'LFJC-2026-0871', '符合规定', '放行', '运输交接', '收货方未确认', '销售 × 6 次', '零售单位', '中药材 GAP 延伸检查', '未经核实', '已过期', '码可以被复制', 'LQ260912',
      ]) expect(body).toContain(words);
      expect(body).not.toMatch(/黄花岭|东坡|68 元|39 元|尧都老街药房|健康证|正品|演示/);
      expect(body).not.toMatch(/<script|<img|https?:\/\//);
      expect(Buffer.byteLength(body)).toBeLessThan(30_000);
      expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='/);
      expect(headers['cache-control']).toBe('no-cache');
    });

    it('speaks the language asked for', async () => {
      const at = `/p/b/${story.packs}`;
      expect((await page(at, { 'accept-language': 'en-GB,en;q=0.9,zh;q=0.5' })).body).toContain('<html lang="en">');
      expect((await page(`${at}?lang=zh`, { 'accept-language': 'en' })).body).toContain('<html lang="zh-CN">');
      const english = await page(`${at}?lang=en`);
      expect(english.headers['content-language']).toBe('en');
      for (const words of ['What happened', 'Harvest', 'Anze County, Linfen, Shanxi', 'Anze Shanlihong Forsythia Cooperative', 'written later', 'What is not known', 'a code can be copied']) expect(english.body).toContain(words);
      expect(english.body).not.toMatch(/采收|自述|genuine/);
    });

    it('has the same facts as JSON', async () => {
      const passport = await bench.passport(`/p/b/${story.packs}`);
      expect(passport).toMatchObject({ status: 200, state: 'known', demo: false, standing: 'released', quantity: { value: '1000', unit: 'pieces' }, unknown: [] });
      expect(passport.steps.map((step: { kind: string; process?: string }) => step.process ?? step.kind)).toEqual([
        'planting', 'field-work', 'harvest', 'drying', 'transport', 'storage', 'sorting', 'sampling', 'report', 'packing', 'release', 'transport', 'transport', 'sale',
      ]);
      expect(JSON.stringify(passport)).not.toMatch(/黄花岭|东坡|price|尧都老街|[0-9a-f]{8}-[0-9a-f]{4}/);
      const link = await bench.passport(`/p/01/${story.gtin}/10/LQ260912`);
      expect({ ...link, subject: undefined }).toEqual({ ...passport, subject: undefined });
    });

    it('is sent once and then only confirmed, by language and kind', async () => {
      const at = `/p/b/${story.packs}`;
      const first = await page(at);
      const again = await page(at, { 'if-none-match': `W/"other", ${String(first.headers.etag)}` });
      expect([again.status, again.body, again.headers.etag]).toEqual([304, '', first.headers.etag]);
      const other = await page(`${at}?lang=en`, { 'if-none-match': String(first.headers.etag) });
      expect(other.status).toBe(200);
      expect(other.headers.vary).toBe('Accept, Accept-Language');
    });

    it('shows of the material only what its own way here went through', async () => {
      const other = await bench.organisation('XX-SC', '别家药材行', 'market');
      await bench.say(story.coop, '2026-08-22T08:00:00+08:00', { type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'shipping', quantityList: [kg(story.dried, 1)], destinationList: [{ type: 'possessing_party', destination: 'urn:daodi:org:XX-SC' }] });
      await bench.say(other, '2026-08-23T08:00:00+08:00', { type: 'ObjectEvent', action: 'DELETE', bizStep: 'destroying', quantityList: [kg(story.dried, 1)] });
      const { steps } = await bench.passport(`/p/b/${story.packs}`);
      expect(steps.map(({ kind }: { kind: string }) => kind)).not.toContain('destruction');
    });
  });
});

describe('what a rival says', () => {
  it('does not change a byte of the page', async () => {
    const bench = await PassportBench.open();
    try {
      const story = await tellStory(bench);
      await passAndRelease(bench, story);
      const paths = [`/p/b/${story.packs}`, `/p/b/${story.dried}?lang=en`, `/p/b/${story.crop}`, '/p/b/00000000000', `/p/01/${story.gtin}/10/CLAIMED`];
      const read = () => Promise.all(paths.map(async (path) => [(await bench.get(path)).body, (await bench.get(path)).headers.etag, JSON.stringify(await bench.passport(path)).replace(/urn:uuid:[^"]+/, '')]));
      const before = await read();
      const rival = await bench.organisation('RIVAL', '对手公司', 'retailer');
      const at = '2026-09-15T08:00:00+08:00';
      const to = [{ type: 'possessing_party', destination: 'urn:daodi:org:RIVAL' }];
      const from = [{ type: 'possessing_party', source: 'urn:daodi:org:XF-YP' }];
      await bench.say(rival, at, { type: 'ObjectEvent', action: 'DELETE', bizStep: 'destroying', quantityList: [pieces(story.packs, 1000)] });
      await bench.say(rival, at, { type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'receiving', quantityList: [pieces(story.packs, 10)], sourceList: from, destinationList: to });
      await bench.say(rival, at, { type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'shipping', quantityList: [kg(story.dried, 10)], destinationList: to });
      await bench.say(rival, '2026-08-01T08:00:00+08:00', { type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning', quantityList: [kg(story.fresh, 5)] });
      await bench.say(rival, at, { type: 'TransformationEvent', inputQuantityList: [kg('NOBODYS', 1)], outputQuantityList: [kg(story.slices, 99)] });
      await bench.say(rival, at, { type: 'TransformationEvent', inputQuantityList: [kg(story.dried, 268)], outputQuantityList: [{ epcClass: 'urn:x:fake', quantity: 1, uom: 'KGM' }] });
      await bench.say(rival, at, { type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning', quantityList: [{ epcClass: `https://id.gs1.org/01/${story.gtin}/10/CLAIMED`, quantity: 5, uom: 'KGM' }] });
      await bench.say(rival, at, { type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning', epcList: [uriOf('00000000000')] });
      await bench.say(rival, at, { type: 'TransformationEvent', eventID: story.harvestEvent, inputEPCList: [uriOf(story.crop)], outputQuantityList: [kg(story.fresh, 1)] });
      await bench.say(rival, at, { type: 'TransformationEvent', eventID: story.harvestEvent, errorDeclaration: { declarationTime: at, reason: 'did_not_occur' }, inputEPCList: [uriOf(story.crop)], outputQuantityList: [kg(story.fresh, 1)] });
      await bench.write(rival, [record('certificate', randomUUID(), 'created', { new: { kind: '假证', number: '1', issuer: 'x', subject: { type: 'organisation', id: story.factory }, validFrom: '2026-01-01', verified: true, status: 'active' } })]);
      await bench.write(rival, [record('batch', story.packs, 'ended', { new: { code: story.packs, uri: 'x', kind: 'batch', herb: 'other' } })]);
      expect(await read()).toEqual(before);
    } finally {
      await bench.close();
    }
  });
});

describe('a code in other states', () => {
  let bench: PassportBench;
  let coop: string;
  beforeAll(async () => {
    bench = await PassportBench.open({ isDemo: true });
    coop = await bench.organisation('AZ', '安泽社', 'cooperative', { gs1Prefix: '9521234' });
  });
  afterAll(() => bench.close());

  const grown = async (amount = 10): Promise<{ code: string; event: string }> => {
    const code = await bench.issue(coop, 'batch');
    return { code, event: await bench.say(coop, '2026-08-20T08:00:00+08:00', { type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning', quantityList: [kg(code, amount)] }) };
  };

  it('says on every page of a demo that it is one', async () => {
    const { code } = await grown();
    for (const path of ['/p', '/b/ABC', '/b/00000000000', `/p/b/${code}`, `/p/b/${code}?lang=en`]) expect((await bench.get(path)).body).toMatch(/class="demo".*演示/);
    expect(await bench.passport(`/p/b/${code}`)).toMatchObject({ demo: true });
  });

  it('says that it came unencrypted from another machine; the JSON does not', async () => {
    const get = (url: string, remoteAddress: string, headers: Record<string, string> = {}) => bench.app.inject({ method: 'GET', url, remoteAddress, headers });
    for (const path of [`/p/b/${(await grown()).code}`, '/p', '/p/b/00000000000']) {
      expect((await get(path, '192.168.1.9')).body).toContain('本页未加密');
      expect((await get(path, '127.0.0.1')).body).not.toContain('本页未加密');
      expect((await get(path, '192.168.1.9', { accept: 'application/json' })).body).not.toContain('未加密');
    }
  });

  it('says that an origin was only stated, and that nothing is released', async () => {
    const { code } = await grown();
    const { body } = await bench.get(`/p/b/${code}`);
    expect(body).toMatch(/尚未放行/);
    expect(body).toMatch(/安泽社自行申报，没有种植和采收的记录/);
    expect(body).toMatch(/没有检验报告的记录/);
  });

  it('has a page before anything is on record, and tells a reserved code', async () => {
    const issued = await bench.issue(coop, 'batch');
    const reserved = await bench.issue(coop, 'batch', { state: 'reserved' });
    expect((await bench.get(`/p/b/${issued}`)).body).toMatch(/此码已发出，还没有记录/);
    expect((await bench.get(`/p/b/${reserved}`)).body).toMatch(/此码已预留，尚未启用/);
    expect(await bench.passport(`/p/b/${issued}`)).toMatchObject({ status: 200, state: 'no-records' });
  });

  it('answers a withdrawn code with 410', async () => {
    const { code } = await grown();
    await bench.write(coop, [record('batch', code, 'ended', { new: { code, uri: uriOf(code), kind: 'batch' } })]);
    expect((await bench.get(`/b/${code}`)).statusCode).toBe(307);
    const answer = await bench.get(`/p/b/${code}`);
    expect([answer.statusCode, /这个码已作废/.test(answer.body)]).toEqual([410, true]);
  });

  it('shows a correction, what was said before, and the same story otherwise', async () => {
    const { code, event } = await grown(12);
    const right = await bench.issue(coop, 'batch');
    await bench.say(coop, '2026-08-20T08:00:00+08:00', { type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning', quantityList: [kg(right, 10)] });
    const replacement = `urn:uuid:${randomUUID()}`;
    const wrong = { type: 'ObjectEvent', eventID: event, action: 'ADD', bizStep: 'commissioning', quantityList: [kg(code, 12)] };
    await bench.say(coop, '2026-08-20T08:00:00+08:00', {
      ...wrong, errorDeclaration: { declarationTime: '2026-09-03T08:00:00+08:00', reason: 'incorrect_data', correctiveEventIDs: [replacement] }, 'daodi:reason': '老张抄错',
    });
    await bench.say(coop, '2026-08-20T08:00:00+08:00', { type: 'ObjectEvent', eventID: replacement, action: 'ADD', bizStep: 'commissioning', quantityList: [kg(code, 10)] });
    const { body } = await bench.get(`/p/b/${code}`);
    expect(body).toMatch(/更正于 \d{4}年\d+月\d+日，原因：数据有误，原记 12 千克/);
    expect(body).not.toContain('老张');
    const [corrected, typedRight] = [await bench.passport(`/p/b/${code}`), await bench.passport(`/p/b/${right}`)];
    expect(corrected.steps[0].corrections).toHaveLength(1);
    const plain = (passport: { steps: object[] }) => ({ ...passport, subject: undefined, steps: passport.steps.map((step) => ({ ...step, corrections: undefined })) });
    expect(plain(corrected)).toEqual(plain(typedRight));
  });

  it('marks what an import wrote as written later', async () => {
    const code = await bench.issue(coop, 'batch');
    await bench.say(coop, '2026-08-20T08:00:00+08:00', { type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning', quantityList: [kg(code, 1)] }, { provenance: 'import', capturedTime: '2026-08-20T01:00:00Z' });
    expect((await bench.passport(`/p/b/${code}`)).steps[0]).toMatchObject({ writtenLater: '2026-08-20' });
  });

  it('tells a single pack the story of its lot, and that a copied code is possible', async () => {
    const lot = await bench.issue(coop, 'retail', { lotNumber: 'L1' });
    await bench.say(coop, '2026-08-21T08:00:00+08:00', { type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning', quantityList: [pieces(lot, 2)] });
    await bench.say(coop, '2026-08-21T09:00:00+08:00', { type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning', epcList: [`${uriOf(lot)}/s/7Q2K9X4M`], ilmd: { 'daodi:ofBatch': uriOf(lot) } });
    bench.quality.release = [{ node: await bench.node(lot), state: 'released', org: coop, day: '2026-08-22', at: '2026-08-22T00:00:00.000000Z', reasons: [], isHeld: false }];
    const passport = await bench.passport(`/p/b/${lot}/s/7q2k9x4m`);
    expect(passport).toMatchObject({ status: 200, standing: 'released', subject: { kind: 'serial', code: lot, serial: '7Q2K9X4M' }, quantity: { value: '2', unit: 'pieces' } });
    expect(passport.notProven[0].zh).toContain('单件包装');
    expect(passport.steps.map(({ kind }: { kind: string }) => kind)).toEqual(['declared-origin', 'serialisation', 'release']);
  });

  it('tells the story of a lot and a pallet that only GS1 names', async () => {
    const link = 'https://id.gs1.org/01/09521234500018/10/E1';
    await bench.say(coop, '2026-08-20T08:00:00+08:00', { type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning', quantityList: [{ epcClass: link, quantity: 5, uom: 'KGM' }] });
    await bench.say(coop, '2026-08-20T09:00:00+08:00', {
      type: 'AggregationEvent', action: 'ADD', bizStep: 'packing', parentID: 'urn:epc:id:sscc:9521234.0500001234', childQuantityList: [{ epcClass: link, quantity: 5, uom: 'KGM' }],
    });
    expect(await bench.passport('/p/01/09521234500018/10/E1')).toMatchObject({ status: 200, quantity: { value: '5', unit: 'kg' } });
    const sscc = '095212345000012349';
    expect((await bench.get(`/00/${sscc}`)).statusCode).toBe(307);
    expect((await bench.passport(`/p/00/${sscc}`)).steps.map(({ kind }: { kind: string }) => kind)).toEqual(['declared-origin']);
  });

  it.each([
    ['rejected', { state: 'rejected' as const }, /不予放行/],
    ['suspended', { state: 'suspended' as const, reasons: [{ zh: '账实不符', en: 'x' }], unconfirmedSince: '2026-09-14T01:02:03.000000Z' }, /放行已暂停.*账实不符.*2026-09-14 09:02:03/],
    ['held', { state: 'released' as const, isHeld: true }, /已冻结/],
    ['released, and no statutory standard judged it', { state: 'released' as const, isBeyondStatute: true }, /已放行.*未按法定标准判定/],
  ])('says plainly that a batch is %s', async (_name, more, words) => {
    const { code } = await grown();
    bench.quality.release = [{ node: await bench.node(code), org: coop, day: '2026-09-13', at: '2026-09-13T00:00:00.000000Z', reasons: [], isHeld: false, ...more }];
    expect((await bench.get(`/p/b/${code}`)).body).toMatch(words);
  });
});

describe('goods from outside', () => {
  it('are declared, with their kilograms, and so is their part of what is made of them', async () => {
    const bench = await PassportBench.open();
    try {
      const coop = await bench.organisation('AZ-LQ', '安泽山里红合作社', 'cooperative');
      const bought = await bench.issue(coop, 'batch', { origin: { kind: 'declared', means: 'purchase', place: { regionCode: '140427', text: '某村某人家' }, year: 2025 } });
      const own = await bench.issue(coop, 'batch', {});
      const mixed = await bench.issue(coop, 'batch', { grade: '一等' });
      await bench.say(coop, '2026-08-20T08:00:00+08:00', { type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'receiving', quantityList: [kg(bought, 40)], 'daodi:intake': { means: 'purchase' } });
      await bench.say(coop, '2026-08-20T08:00:00+08:00', { type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning', quantityList: [kg(own, 60)] });
      await bench.say(coop, '2026-08-21T08:00:00+08:00', { type: 'TransformationEvent', inputQuantityList: [kg(bought, 40), kg(own, 60)], outputQuantityList: [kg(mixed, 100)], 'daodi:step': 'blending' });
      const passport = await bench.passport(`/p/b/${mixed}`);
      expect(passport.composition).toEqual({ state: 'determined', parts: [
        { proof: 'declared', places: [], percent: '60.0' }, { proof: 'declared', places: [{ zh: '山西省长治市', en: expect.any(String) }], year: 2025, percent: '40.0' },
      ] });
      expect([passport.claims, passport.grade, passport.origins]).toEqual([{ proven: false }, undefined, []]);
      expect(passport.steps[0]).toMatchObject({ kind: 'declared-origin' });
      expect(passport.unknown.map(({ zh }: { zh: string }) => zh)).toContain('安泽山里红合作社从外部收进的 40 千克原料，来历由其申报，未经证实。');
      expect(JSON.stringify(passport)).not.toContain('某人家');
    } finally {
      await bench.close();
    }
  });
});

describe('with quality itself', () => {
  it('shows reports that count and decisions, read as the role of the resolver', async () => {
    const bench = await PassportBench.open({ isReal: true });
    try {
      const { slices, laboratory, factory } = await tellStory(bench);
      const rival = await bench.organisation('RIVAL', '对手检验所', 'laboratory');
      const state = (number: string, verdict: string) => ({
        number, batch: uriOf(slices), canonical: `urn:daodi:b:${slices}`, standard: '企业标准', status: 'approved', tester: randomUUID(), approver: randomUUID(), issuedOn: '2026-09-10', verdict,
        items: [{ test: '水分', value: '12.1', unit: '%', limitText: '≤10.0%', verdict }],
      });
      await bench.write(laboratory, [record('test-report', randomUUID(), 'created', { new: state('R-1', 'fail') })]);
      await bench.write(rival, [record('test-report', randomUUID(), 'created', { new: state('R-2', 'pass') })]);
      await bench.write(factory, [record('release', randomUUID(), 'decided', { new: { canonical: `urn:daodi:b:${slices}`, node: await bench.node(slices), decision: 'rejected', reports: [] } })]);
      const passport = await bench.passport(`/p/b/${slices}`);
      expect(passport).toMatchObject({ standing: 'failed', release: { state: 'rejected', by: { name: { zh: '襄汾本草饮片有限公司' } } } });
      expect(passport.reports).toEqual([expect.objectContaining({ number: 'R-1', verdict: 'fail', isIndependent: true, items: [{ name: '水分', result: '12.1 %', limit: '≤10.0%', verdict: 'fail' }] })]);
      expect((await bench.get(`/p/b/${slices}`)).body).toMatch(/检验不符合规定/);
    } finally {
      await bench.close();
    }
  });
});
