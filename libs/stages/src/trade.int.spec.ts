import { type Firm, FormsBench, leftBy } from './testing/forms-bench';

let bench: FormsBench;
let coop: Firm;
let factory: Firm;
let rival: Firm;
beforeAll(async () => {
  bench = await FormsBench.open();
  [coop, factory, rival] = [await bench.firm('ANZE-LQ'), await bench.firm('HUAIHE-YP', { type: 'decoction-piece-factory' }), await bench.firm('RIVAL')];
});
afterAll(() => bench.close());

const kg = (quantity: string) => ({ quantity, unit: 'kg' });
const ship = (batch: string, quantity: string, more: object = {}) => ({
  eventTime: '2026-09-01T08:00:00+08:00', to: { organisation: 'HUAIHE-YP' }, lines: [{ batch, ...kg(quantity) }], ...more,
});
const receive = (lines: object[], more: object = {}) => ({ eventTime: '2026-09-02T15:00:00+08:00', from: { organisation: 'ANZE-LQ' }, lines, ...more });
const uri = (code: string) => `https://trace.example.cn/b/${code}`;
const pointers = (body: { errors?: { pointer: string; rule: string }[] }) => body.errors?.map(({ pointer, rule }) => `${pointer} ${rule}`);

describe('a shipment', () => {
  it('of another’s goods, or by who only reads them, is refused', async () => {
    const batch = await bench.harvested(coop, '10');
    expect((await bench.post({ token: await bench.key(coop.organisationId, ['lab-tester']) }, '/shipments', ship(batch, '1'))).status).toBe(403);
    const theirs = await bench.post(rival, '/shipments', ship(batch, '1'));
    expect([theirs.status, pointers(theirs.body)]).toEqual([422, ['/lines/0/batch unknown-batch']]);
  });

  it('moves goods on their way to the named, keeps the carrier to the sayer’s own words', async () => {
    const batch = await bench.harvested(coop, '200');
    const size = await bench.size();
    await bench.done(coop, '/shipments', ship(batch, '150', { site: coop.site, carrier: '顺通物流' }));
    const entries = await bench.entriesFrom(size);
    expect(leftBy(entries)).toEqual(['event:ObjectEvent']);
    const { 'daodi:typed': typed, ...body } = entries[0]?.body ?? {};
    expect(body).toMatchObject({
      action: 'OBSERVE', bizStep: 'shipping', quantityList: [{ epcClass: uri(batch), quantity: 150, uom: 'KGM' }],
      sourceList: [{ type: 'possessing_party', source: 'urn:daodi:org:ANZE-LQ' }],
      destinationList: [{ type: 'possessing_party', destination: 'urn:daodi:org:HUAIHE-YP' }],
    });
    expect(JSON.stringify(body)).not.toContain('顺通');
    expect(typed).toMatchObject({ form: 'shipment', input: { carrier: '顺通物流' } });
    expect((await bench.book(coop, batch)).available).toBe(50_000_000n);
    expect((await bench.book(factory, batch)).transitFrom).toEqual(new Map([[coop.organisationId, 150_000_000n]]));
  });

  it('to an outside party names it without telling its name', async () => {
    const batch = await bench.harvested(coop, '10');
    const size = await bench.size();
    await bench.done(coop, '/shipments', ship(batch, '1', { to: { name: '张记药行' } }));
    await bench.done(coop, '/shipments', ship(batch, '1', { to: { name: '张记药行' } }));
    const [one, two] = (await bench.entriesFrom(size)).map(({ body }) => body['destinationList']);
    expect(one).toEqual([{ type: 'possessing_party', destination: expect.stringMatching(/^urn:daodi:outside:[0-9a-f]{32}$/) }]);
    expect(two).toEqual(one);
  });

  it('to nobody, or of nothing, is refused', async () => {
    const { body } = await bench.post(coop, '/shipments', { eventTime: '2026-09-01T08:00:00+08:00', to: { organisation: 'NOBODY' } });
    expect(pointers(body)).toEqual([' no-goods', '/to/organisation unknown-organisation']);
  });

  it('of one batch by 64 clients at once moves exactly what was in it', async () => {
    const batch = await bench.harvested(coop, '100');
    const answers = await Promise.all(Array.from({ length: 64 }, () => bench.post(coop, '/shipments', ship(batch, '3', { acceptOverdrawn: true, reason: '同时发货' }))));
    expect(answers.every(({ status }) => status === 201)).toBe(true);
    expect(answers.filter(({ body }) => body.overdrawn !== undefined)).toHaveLength(31);
    expect(await bench.book(coop, batch)).toMatchObject({ available: 0n, overdrawn: 92_000_000n });
    expect((await bench.book(factory, batch)).transit).toBe(100_000_000n);
  });
});

describe('a receipt', () => {
  it('parts a delivery into accepted, rejected and short, and remembers the receiver’s own lot number', async () => {
    const batch = await bench.harvested(coop, '200');
    await bench.done(coop, '/shipments', ship(batch, '200'));
    const size = await bench.size();
    const line = { batch, accepted: kg('197'), rejected: { ...kg('2'), reason: '霉变' }, short: kg('1'), lotNumber: 'YL-260902-01' };
    await bench.done(factory, '/receipts', receive([line], { site: factory.site }));
    const entries = await bench.entriesFrom(size);
    expect(leftBy(entries)).toEqual(['record:alias', 'event:ObjectEvent']);
    expect(entries[1]?.body).toMatchObject({
      bizStep: 'receiving', quantityList: [{ quantity: 197 }],
      'daodi:receipt': { accepted: [{ quantity: 197 }], rejected: [{ quantity: 2, reason: '霉变' }], short: [{ quantity: 1 }] },
    });
    expect(await bench.book(factory, batch)).toMatchObject({ available: 197_000_000n, rejected: 2_000_000n, transit: 0n, overdrawn: 0n });
  });

  it('of more than was shipped is warned of, then taken', async () => {
    const batch = await bench.harvested(coop, '100');
    await bench.done(coop, '/shipments', ship(batch, '80'));
    const body = receive([{ batch, accepted: kg('85') }]);
    const warned = await bench.post(factory, '/receipts', body);
    expect([warned.status, warned.body.type, warned.body.lines]).toEqual([409, 'urn:daodi:problem:received-more-than-shipped', [{ epcClass: uri(batch), wanted: 85, available: 80, missing: 5, uom: 'KGM' }]]);
    await bench.done(factory, '/receipts', { ...body, acceptOverdrawn: true, reason: '对方磅秤偏差' });
    expect(await bench.book(factory, batch)).toMatchObject({ available: 80_000_000n, overdrawn: 5_000_000n });
  });

  it('of another’s batch is answered exactly like one of a batch that does not exist', async () => {
    const [batch, none] = [await bench.harvested(coop, '100'), '00000000000'];
    const before = await bench.book(coop, batch);
    const answers = [];
    for (const code of [batch, none]) {
      for (const more of [{}, { acceptOverdrawn: true, reason: 'x' }]) {
        const { status, body } = await bench.post(rival, '/receipts', receive([{ batch: code, accepted: kg('5'), lotNumber: 'R-1' }], more));
        answers.push(JSON.stringify([status, body]).replaceAll(code, 'CODE').replace(/urn:uuid:[0-9a-f-]+/g, 'ID'));
      }
      const after = await bench.post(rival, '/shipments', { ...ship(code, '5') });
      answers.push(JSON.stringify([after.status, after.body]).replaceAll(code, 'CODE').replace(/urn:uuid:[0-9a-f-]+/g, 'ID'));
    }
    expect(answers.slice(0, 3)).toEqual(answers.slice(3));
    expect(await bench.book(coop, batch)).toEqual(before);
  });

  it('that comes before its shipment is made good by it', async () => {
    const batch = await bench.harvested(coop, '60');
    await bench.done(factory, '/receipts', receive([{ batch, accepted: kg('60') }], { acceptOverdrawn: true, reason: '对方尚未同步' }));
    expect((await bench.book(factory, batch)).available).toBe(0n);
    await bench.done(coop, '/shipments', ship(batch, '60'));
    expect(await bench.book(factory, batch)).toMatchObject({ available: 60_000_000n, overdrawn: 0n });
  });

  it('names each batch once and says what came of it', async () => {
    const batch = await bench.harvested(coop, '60');
    await bench.done(coop, '/shipments', ship(batch, '60'));
    const { body } = await bench.post(factory, '/receipts', receive([{ batch, accepted: kg('1') }, { batch: uri(batch) }, { batch: 'urn:example:lot:1', accepted: { quantity: '2', unit: '袋' } }]));
    expect(pointers(body)).toEqual(['/lines/1 no-quantity', '/lines/1/batch batch-twice']);
  });
});
