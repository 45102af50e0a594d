import { rebuild } from '@daodi/log';
import { type Firm, FormsBench, leftBy } from '../testing/forms-bench';

let bench: FormsBench;
let stall: Firm;
let rival: Firm;
beforeAll(async () => {
  bench = await FormsBench.open();
  [stall, rival] = [await bench.firm('ANGUO-TW'), await bench.firm('RIVAL')];
});
afterAll(() => bench.close());

const at = '2026-11-02T08:10:00+08:00';
const kg = (quantity: string) => ({ quantity, unit: 'kg' });
const pointers = (body: { errors?: { pointer: string; rule: string }[] }) => body.errors?.map(({ pointer, rule }) => `${pointer} ${rule}`);
const said = async (size: number) => (await bench.entriesFrom(size)).filter(({ kind }) => kind === 'event').map(({ body }) => body);
const codes = (answer: { batches: { code: string }[] }) => answer.batches.map(({ code }) => code);
const available = async (code: string) => (await bench.book(stall, code)).available;
const facts = async (code: string) => (await bench.dataSource.query('SELECT attributes FROM batch WHERE code = $1', [code]))[0].attributes;
const correct = (who: Pick<Firm, 'token'>, eventID: string, body: object) => bench.post(who, `/events/${encodeURIComponent(eventID)}/correction`, body);

describe.each([
  ['/splits', (batch: string) => ({ batch, parts: [kg('1')] })],
  ['/gradings', (batch: string) => ({ batch, outputs: [{ grade: '一等', ...kg('1') }] })],
  ['/repackings', (batch: string) => ({ batch, packages: { count: 1, ...kg('1') } })],
])('%s', (path, body) => {
  it('of another’s batch and of none are refused alike, and a repeat is stored once', async () => {
    const batch = await bench.harvested(stall, '10');
    const size = await bench.size();
    const theirs = await bench.post(rival, path, { eventTime: at, ...body(batch) });
    const none = await bench.post(rival, path, { eventTime: at, ...body('00000000000') });
    expect([theirs.status, pointers(theirs.body)]).toEqual([422, ['/batch unknown-batch']]);
    expect({ ...theirs.body, instance: '' }).toEqual({ ...none.body, instance: '' });
    expect(await bench.size()).toBe(size);
    const eventID = `urn:uuid:${crypto.randomUUID()}`;
    const first = await bench.post(stall, path, { eventTime: at, eventID, ...body(batch) });
    const again = await bench.post(stall, path, { eventTime: at, eventID, ...body(batch) });
    expect([first.status, again.status, again.body]).toEqual([201, 200, first.body]);
    expect(await available(batch)).toBe(9_000_000n);
  });

  it('warns of an overdraw, takes it when told to, and knows no crop', async () => {
    const batch = await bench.harvested(stall, '0.25');
    const warned = await bench.post(stall, path, { eventTime: at, ...body(batch) });
    expect([warned.status, warned.body.lines[0].missing]).toEqual([409, 0.75]);
    await bench.done(stall, path, { eventTime: at, ...body(batch), acceptOverdrawn: true, reason: '收货未录' });
    expect(await bench.book(stall, batch)).toMatchObject({ available: 0n, overdrawn: 750_000n });
    const crop = (await bench.done(stall, '/crops', { eventTime: at, herb: 'lianqiao', plots: [stall.plot], mode: 'wild-tended' })).batches[0].code;
    expect(pointers((await bench.post(stall, path, { eventTime: at, ...body(crop) })).body)).toEqual(['/batch no-lot']);
  });
});

describe('a split', () => {
  it('gives every part a code, lets the rest stay, and hands on what the material is', async () => {
    const batch = await bench.harvested(stall, '100');
    const size = await bench.size();
    const answer = await bench.done(stall, '/splits', { eventTime: at, site: stall.site, batch, parts: [{ ...kg('25'), count: 3, lotNumber: 'F-1' }, { quantity: '10', unit: '斤' }], losses: [{ cause: 'spilt', ...kg('0.2') }] });
    expect(leftBy(await bench.entriesFrom(size))).toEqual(['record:batch', 'record:batch', 'record:batch', 'record:batch', 'event:TransformationEvent']);
    expect(answer.batches.map((b: Record<string, unknown>) => [b['herb'], b['grade'], b['lotNumber'], b['quantity']])).toEqual([
      ...Array.from({ length: 3 }, () => ['lianqiao', '青翘', 'F-1', 25]), ['lianqiao', '青翘', undefined, 5],
    ]);
    expect(await facts(answer.batches[0].code)).toMatchObject({ form: 'fresh', role: 'product' });
    expect((await said(size))[0]).toMatchObject({ 'daodi:step': 'splitting', inputQuantityList: [{ quantity: 80.2, uom: 'KGM' }], 'daodi:losses': [{ cause: 'spilt', quantity: 0.2, uom: 'KGM' }] });
    expect(await available(batch)).toBe(19_800_000n);
  });

  it('makes one more part of what is left, and the same one again when it is corrected', async () => {
    const batch = await bench.harvested(stall, '100');
    const split = (quantity: string, remainder = 'part') => ({ eventTime: at, batch, parts: [kg(quantity)], remainder });
    const first = await bench.done(stall, '/splits', split('30'));
    expect(first.batches.map((b: { quantity: number }) => b.quantity)).toEqual([30, 70]);
    const second = (await correct(stall, first.eventID, { reason: '看错', replacement: split('40') })).body;
    expect([await available(batch), ...(await Promise.all(codes(first).map(available)))]).toEqual([0n, 40_000_000n, 60_000_000n]);
    expect((await correct(stall, second.eventID, { reason: '余量留下', replacement: split('40', 'stays') })).status).toBe(201);
    expect([await available(batch), ...(await Promise.all(codes(first).map(available)))]).toEqual([60_000_000n, 40_000_000n, 0n]);
  });

  it('of packs counts pieces, and knows that mass and pieces do not add up', async () => {
    const bulk = await bench.harvested(stall, '10');
    const packs = (await bench.done(stall, '/packing', { eventTime: at, inputs: [{ batch: bulk, ...kg('10') }], pieces: 40, netContent: { quantity: '250', unit: 'g' } })).batches[0].code;
    const parts = await bench.done(stall, '/splits', { eventTime: at, batch: packs, parts: [{ quantity: 10, unit: '袋' }, { quantity: 5, unit: '盒' }] });
    expect(parts.batches.map((b: { kind: string; quantity: number }) => [b.kind, b.quantity])).toEqual([['retail', 10], ['retail', 5]]);
    expect(await facts(parts.batches[0].code)).toMatchObject({ netContentMg: '250000' });
    const wrong = await bench.post(stall, '/splits', { eventTime: at, batch: packs, parts: [{ ...kg('1'), count: 2, code: '00000000000' }], losses: [{ cause: 'x', quantity: '1', unit: 'kg' }] });
    expect(pointers(wrong.body)).toEqual(['/parts/0/unit unit-dimension', '/parts/0/code code-of-many']);
  });
});

describe('a mixture', () => {
  it('is of a herb and a grade only where all of it is', async () => {
    const [a, b, c] = [await bench.harvested(stall, '100'), await bench.harvested(stall, '100'), await bench.harvested(stall, '100', undefined, 'huangqin')];
    const mix = (inputs: object[], more: object = {}) => bench.post(stall, '/mixtures', { eventTime: at, inputs, ...more });
    const one = await mix([{ batch: a, ...kg('60') }, { batch: b, quantity: '80', unit: '斤' }], { lotNumber: 'P-1' });
    expect([one.status, one.body.batches]).toEqual([201, [expect.objectContaining({ herb: 'lianqiao', grade: '青翘', lotNumber: 'P-1', quantity: 100 })]]);
    expect(pointers((await mix([{ batch: a, ...kg('1') }, { batch: c, ...kg('1') }])).body)).toEqual(['/formula formula-needed']);
    const two = await mix([{ batch: a, ...kg('1') }, { batch: c, ...kg('1') }], { formula: '双黄连' });
    expect(await facts(two.body.batches[0].code)).toMatchObject({ formula: '双黄连', herbs: ['huangqin', 'lianqiao'] });
    // A mixture of a mixture needs its name again, and what is split off it keeps it.
    expect(pointers((await mix([{ batch: two.body.batches[0].code, ...kg('1') }, { batch: a, ...kg('1') }])).body)).toEqual(['/formula formula-needed']);
    const bag = await bench.done(stall, '/splits', { eventTime: at, batch: two.body.batches[0].code, parts: [kg('1')] });
    expect(await facts(bag.batches[0].code)).toMatchObject({ formula: '双黄连', herbs: ['huangqin', 'lianqiao'] });
  });

  it('weighs what went in less what was lost; what the scale misses is a loss', async () => {
    const [a, b] = [await bench.harvested(stall, '10'), await bench.harvested(stall, '10')];
    const size = await bench.size();
    const inputs = [{ batch: a, ...kg('4') }, { batch: b, ...kg('4') }];
    const plain = await bench.done(stall, '/mixtures', { eventTime: at, inputs, losses: [{ cause: 'spilt', ...kg('0.5') }] });
    expect(plain.batches[0].quantity).toBe(7.5);
    const weighed = await bench.done(stall, '/mixtures', { eventTime: at, inputs, weighed: kg('7.9') });
    expect([weighed.batches[0].quantity, (await said(size))[1]?.['daodi:losses']]).toEqual([7.9, [{ cause: 'blending', quantity: 0.1, uom: 'KGM' }]]);
    const wrong = await bench.post(stall, '/mixtures', { eventTime: at, inputs: [inputs[0], inputs[0]], losses: [{ cause: 'x', ...kg('9') }] });
    expect(pointers(wrong.body)).toEqual(['/inputs one-batch', '/losses more-than-went-in']);
    expect((await bench.post(rival, '/mixtures', { eventTime: at, inputs })).status).toBe(422);
    expect(pointers((await bench.post(stall, '/mixtures', { eventTime: at, inputs: [inputs[0]] })).body)).toEqual(['/inputs arrayMinSize']);
  });
});

describe('grading and repacking', () => {
  it('gives every grade and the siftings a code, and says what the sieve took', async () => {
    const batch = await bench.harvested(stall, '100');
    const size = await bench.size();
    const answer = await bench.done(stall, '/gradings', {
      eventTime: at, batch, used: kg('100'), outputs: [{ grade: '一等', ...kg('61.5') }, { grade: '二等', ...kg('33') }], siftings: kg('4.8'),
    });
    expect(answer.batches.map((b: Record<string, unknown>) => [b['role'], b['grade'], b['quantity']])).toEqual([['product', '一等', 61.5], ['product', '二等', 33], ['waste', undefined, 4.8]]);
    expect((await said(size))[0]?.['daodi:losses']).toEqual([{ cause: 'sieving', quantity: 0.7, uom: 'KGM' }]);
    expect(await facts(answer.batches[2].code)).toMatchObject({ herb: 'lianqiao', form: 'siftings' });
  });

  it('wraps anew: packages, the odd one, and the old sacks', async () => {
    const batch = await bench.harvested(stall, '614.6');
    const size = await bench.size();
    const body = { eventTime: at, batch, packages: { count: 24, ...kg('25') }, odd: kg('11.4'), oldWrapping: kg('3.2') };
    const answer = await bench.done(stall, '/repackings', body);
    expect(answer.batches[0]).toMatchObject({ herb: 'lianqiao', grade: '青翘', quantity: 611.4 });
    expect((await said(size))[0]).toMatchObject({
      bizStep: 'repackaging', 'daodi:losses': [{ cause: 'old-wrapping', quantity: 3.2, uom: 'KGM' }],
      'daodi:packages': [{ epcClass: answer.batches[0].uri, packages: [{ count: 24, quantity: 25, uom: 'KGM' }, { count: 1, quantity: 11.4, uom: 'KGM' }] }],
    });
    expect(await available(batch)).toBe(0n);
    const corrected = await correct(stall, answer.eventID, { reason: '少数一件', replacement: { ...body, packages: { count: 23, ...kg('25') }, used: kg('614.6') } });
    expect([corrected.status, corrected.body.batches[0].code, await available(answer.batches[0].code)]).toEqual([201, answer.batches[0].code, 586_400_000n]);
    expect(pointers((await bench.post(stall, '/repackings', { ...body, packages: { count: 2, quantity: 3, unit: '袋' } })).body)).toEqual(['/packages/unit unit-dimension']);
  });

  it('is projected the same when everything is rebuilt from the first entry', async () => {
    for (const { tables } of await rebuild(bench.dataSource, bench.projections, [], 'all')) for (const { table, before, after } of tables) expect([table, after]).toEqual([table, before]);
  });
});
