import { randomUUID } from 'node:crypto';
import { type Firm, FormsBench, leftBy } from './testing/forms-bench';
import { record } from '@daodi/registry';
import { DAODI_EVENT_CONTEXT } from '@daodi/epcis';
import { Log } from '@daodi/log';

let bench: FormsBench;
let factory: Firm;
let shop: Firm;
let rival: Firm;
let product: string;
beforeAll(async () => {
  bench = await FormsBench.open();
  [factory, shop, rival] = [await bench.firm('HUAIHE-YP', { gs1Prefix: '9521234' }), await bench.firm('LAOBAIXING', { type: 'retailer' }), await bench.firm('RIVAL')];
  product = randomUUID();
  await bench.say(factory.organisationId, [record('product', product, 'created', {
    new: { name: '连翘饮片', herbs: ['lianqiao'], form: '饮片', gtin: '09521234000018', netContent: { value: '250', unit: 'GRM' }, status: 'active' },
  })]);
});
afterAll(() => bench.close());

const AT = '2026-09-20T10:00:00+08:00';
const uri = (code: string) => `https://trace.example.cn/b/${code}`;
const pack = (batch: string, quantity: string, pieces: number, more: object = {}) => ({ eventTime: AT, inputs: [{ batch, quantity, unit: 'kg' }], pieces, ...more });
const pointers = (body: { errors?: { pointer: string; rule: string }[] }) => body.errors?.map(({ pointer, rule }) => `${pointer} ${rule}`);

describe('packing', () => {
  it('of another’s bulk, or with another’s product, is refused', async () => {
    const bulk = await bench.harvested(factory, '10');
    expect(pointers((await bench.post(rival, '/packing', pack(bulk, '1', 4, { product }))).body)).toEqual(['/inputs/0/batch unknown-batch', '/product unknown-product']);
  });

  it('makes packs of bulk; the lot holds the mass, serials are its pieces', async () => {
    const bulk = await bench.harvested(factory, '100');
    const size = await bench.size();
    const answer = await bench.done(factory, '/packing', pack(bulk, '100', 398, { product, lotNumber: '260920', expiryDate: '2028-09-19', serials: 20, losses: [{ cause: 'dust', quantity: '500', unit: 'g' }] }));
    const entries = await bench.entriesFrom(size);
    expect(leftBy(entries)).toEqual(['record:batch', 'event:TransformationEvent', 'event:ObjectEvent']);
    const [lot] = answer.batches;
    expect(lot).toMatchObject({ kind: 'retail', herb: 'lianqiao', lotNumber: '260920', quantity: 398 });
    expect(lot).not.toHaveProperty('uom');
    expect(entries[0]?.body['new']).toMatchObject({ netContentMg: '250000', productId: product });
    expect(answer.serials).toHaveLength(20);
    expect(new Set(answer.serials).size).toBe(20);
    for (const serial of answer.serials) expect(serial).toMatch(/^https:\/\/id\.gs1\.org\/01\/09521234000018\/21\/[0-9A-Z]{13}$/);
    expect(entries[2]?.body).toMatchObject({ action: 'ADD', bizStep: 'commissioning', ilmd: { 'daodi:ofBatch': lot.uri } });
    expect((await bench.book(factory, lot.code)).available).toBe(398n);
    expect((await bench.book(factory, bulk)).available).toBe(0n);
  });

  it('gives serials under the lot’s own code where there is no GTIN; a rival can neither make one nor sell one', async () => {
    const bulk = await bench.harvested(factory, '10');
    const answer = await bench.done(factory, '/packing', pack(bulk, '10', 40, { netContent: { quantity: '250', unit: 'g' }, serials: 2 }));
    const [lot] = answer.batches;
    for (const serial of answer.serials) expect(serial).toMatch(new RegExp(`^${lot.uri}/s/[0-9A-Z]{13}$`));
    expect(await bench.book(factory, answer.serials[0])).toMatchObject({ isHolder: true });
    const forged = `${lot.uri}/s/FORGED1234567`;
    await bench.app.get(Log).append({
      decide: () => [{
        kind: 'event', type: 'ObjectEvent', organisationId: rival.organisationId, actor: { kind: 'system', id: rival.organisationId }, provenance: 'epcis',
        requestId: randomUUID(), eventId: `urn:uuid:${randomUUID()}`, eventTime: AT, eventOffset: '+08:00', capturedTime: AT, context: DAODI_EVENT_CONTEXT,
        body: { type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning', eventTime: AT, epcList: [forged], ilmd: { 'daodi:ofBatch': lot.uri } },
      }],
      respond: () => ({ status: 201, body: null }),
    });
    expect(await bench.book(rival, forged)).toMatchObject({ isHolder: false });
    for (const serial of [answer.serials[0], forged, `${lot.uri}/s/NEVERMADE1234`]) {
      const sale = await bench.post(rival, '/sales', { eventTime: AT, serials: [serial] });
      expect([sale.status, pointers(sale.body)]).toEqual([422, ['/serials/0 unknown-batch']]);
    }
    expect((await bench.book(factory, lot.code)).available).toBe(40n);
  });

  it('asks for no more serials than packs', async () => {
    const bulk = await bench.harvested(factory, '10');
    expect(pointers((await bench.post(factory, '/packing', pack(bulk, '1', 3, { serials: 4, netContent: { quantity: 1, unit: '盒' } }))).body)).toEqual(['/netContent/unit unit-dimension', '/serials more-than-pieces']);
  });
});

describe('packs on their way', () => {
  it('go by the carton: packing moves nothing, the carton moves all that is in it', async () => {
    const bulk = await bench.harvested(factory, '10');
    const { batches: [lot], serials } = await bench.done(factory, '/packing', pack(bulk, '10', 40, { netContent: { quantity: '250', unit: 'g' }, serials: 3 }));
    const size = await bench.size();
    const { batches: [carton] } = await bench.done(factory, '/aggregations', { eventTime: '2026-09-20T11:00:00+08:00', action: 'pack', lines: [{ batch: lot.code, quantity: 10, unit: '盒' }], serials: serials.slice(0, 2) });
    expect(leftBy(await bench.entriesFrom(size))).toEqual(['record:batch', 'event:AggregationEvent']);
    expect(carton.kind).toBe('container');
    expect((await bench.book(factory, lot.code)).available).toBe(40n);
    await bench.done(factory, '/shipments', { eventTime: '2026-09-21T08:00:00+08:00', to: { organisation: 'LAOBAIXING' }, containers: [carton.code] });
    expect((await bench.book(factory, lot.code)).available).toBe(28n);
    await bench.done(shop, '/receipts', { eventTime: '2026-09-22T08:00:00+08:00', from: { organisation: 'HUAIHE-YP' }, containers: [carton.code], site: shop.site });
    expect(await bench.book(shop, lot.code)).toMatchObject({ available: 12n, transit: 0n });
    await bench.done(shop, '/aggregations', { eventTime: '2026-09-22T09:00:00+08:00', action: 'unpack', container: carton.code });
    // The shop got the pack inside the carton: its lot is the shop's, so the pack can be sold by its serial.
    await bench.done(shop, '/sales', { eventTime: '2026-09-23T09:00:00+08:00', serials: [serials[0]], price: '38.00', buyer: 'VIP-7' });
    expect((await bench.book(shop, lot.code)).available).toBe(11n);
    await bench.done(factory, '/sales', { eventTime: '2026-09-23T09:00:00+08:00', serials: [serials[2]] });
    expect((await bench.book(factory, lot.code)).available).toBe(27n);
  });

  it('go into a container under one’s own SSCC, not under another’s', async () => {
    const bulk = await bench.harvested(factory, '10');
    const body = (container: string) => ({ eventTime: AT, action: 'pack', container, lines: [{ batch: bulk, quantity: '5', unit: 'kg' }] });
    const own = await bench.post(factory, '/aggregations', body('https://id.gs1.org/00/095212340000000013'));
    expect([own.status, own.body.batches]).toEqual([201, []]);
    const theirs = await bench.harvested(shop, '10');
    const stolen = await bench.post(shop, '/aggregations', { ...body('https://id.gs1.org/00/095212340000000020'), lines: [{ batch: theirs, quantity: '5', unit: 'kg' }] });
    expect(pointers(stolen.body)).toEqual(['/container unknown-batch']);
    expect(pointers((await bench.post(factory, '/aggregations', body(bulk))).body)).toEqual(['/container no-container']);
    expect(pointers((await bench.post(factory, '/aggregations', { eventTime: AT, action: 'unpack' })).body)).toEqual(['/container no-container']);
  });
});
