import { type Firm, FormsBench, leftBy } from './testing/forms-bench';

let bench: FormsBench;
let coop: Firm;
let rival: Firm;
beforeAll(async () => {
  bench = await FormsBench.open();
  [coop, rival] = [await bench.firm('ANZE-LQ'), await bench.firm('RIVAL')];
});
afterAll(() => bench.close());

const dry = (batch: string, quantity: string, outputs: object[], more: object = {}) => ({
  eventTime: '2026-08-24T17:00:00+08:00', step: 'drying', inputs: [{ batch, quantity, unit: 'kg' }], outputs, ...more,
});
const out = (quantity: string, more: object = {}) => ({ quantity, unit: 'kg', ...more });
const pointers = (body: { errors?: { pointer: string; rule: string }[] }) => body.errors?.map(({ pointer, rule }) => `${pointer} ${rule}`);

describe('processing', () => {
  it('of another’s batch and of no batch are refused alike', async () => {
    const fresh = await bench.harvested(coop, '100');
    const size = await bench.size();
    const [theirs, nobodys] = [await bench.post(rival, '/processing', dry(fresh, '1', [out('1')])), await bench.post(rival, '/processing', dry('00000000000', '1', [out('1')]))];
    expect([theirs.status, pointers(theirs.body)]).toEqual([422, ['/inputs/0/batch unknown-batch']]);
    expect({ ...theirs.body, instance: '' }).toEqual({ ...nobodys.body, instance: '' });
    expect(await bench.size()).toBe(size);
  });

  it('makes a batch of every output, waste included, and keeps the books', async () => {
    const fresh = await bench.harvested(coop, '812.5');
    const size = await bench.size();
    const answer = await bench.done(coop, '/processing', dry(fresh, '812.5', [out('268', { form: 'dried', lotNumber: 'D-1' }), out('4.5', { role: 'waste' })], {
      losses: [{ cause: 'drying', quantity: '540', unit: 'kg' }], auxiliaries: [{ name: '水', quantity: '3', unit: 'kg', stays: false }],
    }));
    const entries = await bench.entriesFrom(size);
    expect(leftBy(entries)).toEqual(['record:batch', 'record:batch', 'event:TransformationEvent']);
    expect(answer.batches.map((b: { role: string; herb: string; grade?: string; quantity: number }) => [b.role, b.herb, b.grade, b.quantity])).toEqual([['product', 'lianqiao', '青翘', 268], ['waste', 'lianqiao', undefined, 4.5]]);
    expect(entries[2]?.body).toMatchObject({
      'daodi:step': 'drying',
      'daodi:losses': [{ cause: 'drying', quantity: 540, uom: 'KGM' }],
      'daodi:outputRoles': [{ epcClass: answer.batches[0].uri, role: 'product', form: 'dried' }, { epcClass: answer.batches[1].uri, role: 'waste' }],
      ilmd: { 'daodi:herb': 'lianqiao' },
    });
    expect((await bench.book(coop, fresh)).available).toBe(0n);
    expect((await bench.book(coop, answer.batches[0].code)).available).toBe(268_000_000n);
  });

  it('warns of an overdraw with the numbers, and takes it when told to', async () => {
    const fresh = await bench.harvested(coop, '100');
    const body = { ...dry(fresh, '60', [out('30')]), inputs: [{ batch: fresh, quantity: '60', unit: 'kg' }, { batch: `https://trace.example.cn/b/${fresh}`, quantity: '140', unit: '斤' }] };
    const size = await bench.size();
    const warned = await bench.post(coop, '/processing', body);
    const lines = [{ epcClass: `https://trace.example.cn/b/${fresh}`, wanted: 130, available: 100, missing: 30, uom: 'KGM' }];
    expect([warned.status, warned.body.type, warned.body.lines]).toEqual([409, 'urn:daodi:problem:overdrawn', lines]);
    expect(pointers((await bench.post(coop, '/processing', { ...body, acceptOverdrawn: true })).body)).toEqual(['/reason reason-missing']);
    expect(await bench.size()).toBe(size);
    const taken = await bench.done(coop, '/processing', { ...body, acceptOverdrawn: true, reason: '采收记录未同步' });
    expect(taken.overdrawn).toEqual(lines);
    expect(await bench.book(coop, fresh)).toMatchObject({ available: 0n, overdrawn: 30_000_000n });
  });

  it('needs a name for what several herbs became, and records a herb that changed', async () => {
    const [lianqiao, huangqin] = [await bench.harvested(coop, '50'), await bench.harvested(coop, '50', undefined, 'huangqin')];
    const inputs = [{ batch: lianqiao, quantity: '10', unit: 'kg' }, { batch: huangqin, quantity: '10', unit: 'kg' }];
    const blend = (output: object) => ({ eventTime: '2026-08-25T08:00:00+08:00', step: 'blending', inputs, outputs: [output] });
    expect(pointers((await bench.post(coop, '/processing', blend(out('20')))).body)).toEqual(['/outputs/0 formula-needed']);
    const size = await bench.size();
    await bench.done(coop, '/processing', blend(out('20', { formula: '双黄连' })));
    await bench.done(coop, '/processing', dry(lianqiao, '10', [out('3', { herb: 'dangshen' })]));
    const facts = (await bench.entriesFrom(size)).filter(({ type }) => type === 'batch').map(({ body }) => body['new']);
    expect(facts).toEqual([
      expect.objectContaining({ formula: '双黄连', herbs: ['huangqin', 'lianqiao'] }),
      expect.objectContaining({ herb: 'dangshen', herbChanged: { from: ['lianqiao'], to: 'dangshen' } }),
    ]);
    expect(facts[0]).not.toHaveProperty('herb');
  });

  it('is told every fault at once', async () => {
    const fresh = await bench.harvested(coop, '5');
    const { body } = await bench.post(coop, '/processing', dry(fresh, '1.0000001', [out('1', { unit: '袋', quantity: '1.5', herb: 'nothing', product: coop.site, code: '00000000000' })], { site: coop.plot }));
    expect(pointers(body)).toEqual([
      '/inputs/0/quantity finer-than-a-milligram', '/outputs/0/herb unknown-herb', '/outputs/0/product unknown-product',
      '/outputs/0/quantity part-of-a-piece', '/outputs/0/code unknown-code', '/site unknown-site',
    ]);
  });
});
