import { catchUp, rebuild } from '@daodi/log';
import { historyFollower } from '@daodi/trace';
import { putFile } from '@daodi/platform';
import { type Firm, FormsBench, leftBy } from '../testing/forms-bench';

let bench: FormsBench;
let trader: Firm;
let buyer: Firm;
beforeAll(async () => {
  bench = await FormsBench.open({ followers: [historyFollower] });
  [trader, buyer] = [await bench.firm('BOZHOU-1'), await bench.firm('YP-2')];
});
afterAll(() => bench.close());

const PERSON = '王小二 13800001111';
const intake = (more: object = {}) => ({
  eventTime: '2026-09-01T10:00:00+08:00', means: 'purchase', herb: 'lianqiao', quantity: '400', unit: 'kg', grade: '青翘', form: 'dried',
  origin: { regionCode: '621100', text: '定西某村' }, year: 2025, seller: { person: PERSON }, price: { amount: '168.5', per: 'per-kg' }, supplierLot: 'GS-118', ...more,
});
const pointers = (body: { errors?: { pointer: string; rule: string }[] }) => body.errors?.map(({ pointer, rule }) => `${pointer} ${rule}`);
const uri = (code: string): string => `https://trace.example.cn/b/${code}`;
const trace = (who: Firm, code: string, direction = 'back') => bench.get(who, `/trace?epc=${encodeURIComponent(uri(code))}&direction=${direction}`);
const everything = async (): Promise<string> => JSON.stringify(await bench.dataSource.query('SELECT body FROM entry_body'));

describe('goods from outside', () => {
  it('are recorded by who receives only', async () => {
    expect((await bench.post(undefined, '/intakes', intake())).status).toBe(401);
    expect((await bench.post({ token: await bench.key(trader.organisationId, ['field-worker']) }, '/intakes', intake())).status).toBe(403);
  });

  it('become a batch whose origin is declared, and no origin event', async () => {
    const size = await bench.size();
    const { batches, eventID } = await bench.done(trader, '/intakes', intake());
    const entries = await bench.entriesFrom(size);
    expect(leftBy(entries)).toEqual(['record:batch', 'record:alias', 'event:ObjectEvent']);
    expect(batches).toEqual([expect.objectContaining({ kind: 'batch', herb: 'lianqiao', quantity: 400, uom: 'KGM' })]);
    expect(entries[2]?.body).toMatchObject({ action: 'OBSERVE', bizStep: 'receiving', quantityList: [{ epcClass: batches[0].uri, quantity: 400, uom: 'KGM' }], 'daodi:intake': { means: 'purchase', year: 2025 } });
    const { body } = await bench.get(trader, `/batches/${batches[0].code}`);
    expect(body).toMatchObject({ origin: { kind: 'declared', means: 'purchase', place: { regionCode: '621100' }, year: 2025 }, book: { available: 400 }, aliases: [{ scheme: 'supplier-lot', value: 'GS-118' }] });
    const own = await bench.get(trader, `/events/${encodeURIComponent(eventID)}`);
    expect(own.body.apart).toEqual({ price: { amount: '168.5', per: 'per-kg' }, 'seller.person': PERSON });
  });

  it.each([['opening-stock', 'stock_taking'], ['other-province', 'receiving'], ['import', 'receiving'], ['wild-collection', 'collecting']])('by %s are %s', async (means, step) => {
    const { eventID } = await bench.done(trader, '/intakes', intake({ means, quarantineNumber: 'Q-1', permit: { number: 'P-1' } }));
    const { body } = await bench.get(trader, `/events/${encodeURIComponent(eventID)}`);
    expect(body.event).toMatchObject({ bizStep: step, 'daodi:intake': { means, quarantineNumber: 'Q-1', permit: { number: 'P-1' } } });
  });

  it('name every fault at once', async () => {
    const { status, body } = await bench.post(trader, '/intakes', intake({ herb: 'nothing', year: 2027, seller: {}, papers: [{ kind: 'origin', file: 'a'.repeat(64) }] }));
    expect([status, pointers(body)]).toEqual([422, ['/herb unknown-herb', '/year year-future', '/papers/0/file unknown-file', '/seller party']]);
  });

  it('leave no person and no price in the log, and the same person gets the same opaque id', async () => {
    const first = await bench.done(trader, '/intakes', intake());
    const again = await bench.done(trader, '/intakes', intake({ quantity: '5' }));
    const sourceOf = async (id: string) => (await bench.get(trader, `/events/${encodeURIComponent(id)}`)).body.event.sourceList[0].source;
    expect(await sourceOf(first.eventID)).toMatch(/^urn:daodi:seller:[0-9a-f]{32}$/);
    expect(await sourceOf(again.eventID)).toBe(await sourceOf(first.eventID));
    const log = await everything();
    for (const secret of ['王小二', '13800001111', '168.5']) expect(log).not.toContain(secret);
  });

  it('are stored once under one event id, and something else kept apart is a conflict', async () => {
    const body = intake({ eventID: 'urn:uuid:6f2c9a3e-0000-4000-8000-000000000001' });
    const first = await bench.done(trader, '/intakes', body);
    expect(await bench.post(trader, '/intakes', body)).toMatchObject({ status: 200, body: { eventID: first.eventID } });
    expect((await bench.post(trader, '/intakes', { ...body, price: { amount: '1', per: 'in-all' } })).status).toBe(409);
  });

  it('keep a photograph of a paper by its digest', async () => {
    const { digest } = await putFile(bench.dataSource, { mediaType: 'image/png', bytes: Buffer.from('png') });
    const { eventID } = await bench.done(trader, '/intakes', intake({ papers: [{ kind: 'origin', number: 'CD-1', file: digest }] }));
    expect((await bench.get(trader, `/events/${encodeURIComponent(eventID)}`)).body.event['daodi:intake'].papers).toEqual([{ kind: 'origin', number: 'CD-1', file: digest }]);
  });
});

describe('a mixture of goods from outside and of one’s own harvest', () => {
  let [bought, mixed, bag] = ['', '', ''];
  let intakeId: string;
  beforeAll(async () => {
    const own = await bench.harvested(trader, '600', '2026-08-20T09:30:00+08:00');
    const taken = await bench.done(trader, '/intakes', intake());
    [bought, intakeId] = [taken.batches[0].code, taken.eventID];
    const step = (inputs: object[], outputs: object[], name: string) => bench.done(trader, '/processing', { eventTime: '2026-09-02T10:00:00+08:00', step: name, inputs, outputs });
    const kg = (batch: string, quantity: string) => ({ batch, quantity, unit: 'kg' });
    mixed = (await step([kg(own, '600'), kg(bought, '400')], [{ quantity: '1000', unit: 'kg' }], 'blending')).batches[0].code;
    bag = (await step([kg(mixed, '50')], [{ quantity: '50', unit: 'kg' }], 'splitting')).batches[0].code;
  });

  it('says 60.0 and 40.0 per cent by place, year and proof, to the gram, and claims only what all of it has', async () => {
    const { body } = await trace(trader, bag);
    expect(body.complete).toBe(false);
    expect(body.gaps).toEqual([{ at: uri(bought), reason: 'declared', quantity: 400, uom: 'KGM' }]);
    expect(body.composition).toMatchObject({
      state: 'determined',
      parts: [
        { proof: 'proven', places: ['141026'], year: 2026, herb: 'lianqiao', percent: '60.0', share: '0.6', quantity: 30, uom: 'KGM' },
        { proof: 'declared', places: ['621100'], year: 2025, herb: 'lianqiao', percent: '40.0', share: '0.4', quantity: 20, uom: 'KGM' },
      ],
      claims: { proven: false, herb: 'lianqiao', grade: '青翘', certificates: [] },
      declared: { percent: '40.0', quantity: 20, roots: [{ at: uri(bought), share: '0.4', quantity: 20 }] },
    });
    const composition = await bench.get(trader, `/batches/${bag}/composition`);
    expect(composition.body).toEqual({ code: bag, uri: uri(bag), ...body.composition });
    expect((await bench.get(buyer, `/batches/${bag}/composition`)).status).toBe(404);
    expect(body.composition.claims).not.toHaveProperty('county');
    expect(body.composition.claims).not.toHaveProperty('year');
  });

  it('is still declared at who bought it, and shows nobody the seller, the papers, the price', async () => {
    await bench.done(trader, '/shipments', { eventTime: '2026-09-03T10:00:00+08:00', to: { organisation: 'YP-2' }, lines: [{ batch: bag, quantity: '50', unit: 'kg' }] });
    await bench.done(buyer, '/receipts', { eventTime: '2026-09-04T10:00:00+08:00', from: { organisation: 'BOZHOU-1' }, lines: [{ batch: bag, accepted: { quantity: '50', unit: 'kg' } }] });
    await catchUp(bench.dataSource, historyFollower);
    const seen = await trace(buyer, bag);
    expect(seen.body.composition.parts.map(({ proof, percent }: { proof: string; percent: string }) => [proof, percent])).toEqual([['proven', '60.0'], ['declared', '40.0']]);
    expect(seen.body.gaps).toEqual([{ at: uri(bought), reason: 'declared', quantity: 400, uom: 'KGM' }]);
    const batch = await bench.get(buyer, `/batches/${bought}`);
    const event = await bench.get(buyer, `/events/${encodeURIComponent(intakeId)}`);
    expect([batch.status, event.status]).toEqual([404, 404]);
    for (const secret of ['urn:daodi:seller', '王小二', '168.5', 'GS-118', '定西某村']) expect(JSON.stringify([seen.body, batch.body, event.body])).not.toContain(secret);
  });

  it('changes its shares when the intake is corrected, and keeps its code', async () => {
    const { body } = await bench.post(trader, `/events/${encodeURIComponent(intakeId)}/correction`, { reason: '产地填错', replacement: intake({ origin: { regionCode: '141026' }, year: 2026 }) });
    expect(body.batches[0].code).toBe(bought);
    const { composition } = (await trace(trader, bag)).body;
    expect(composition.parts.map(({ proof, percent, places, year }: never) => [proof, percent, places, year])).toEqual([['proven', '60.0', ['141026'], 2026], ['declared', '40.0', ['141026'], 2026]]);
    expect(composition.claims).toMatchObject({ proven: false, county: '141026', year: 2026 });
  });

  it('is the same after a rebuild', async () => {
    const before = [(await trace(trader, bag)).body, (await trace(buyer, bag)).body];
    const rebuilt = await rebuild(bench.dataSource, bench.projections, [historyFollower], 'all');
    for (const { tables } of rebuilt) for (const { before: was, after } of tables) expect(after).toBe(was);
    expect([(await trace(trader, bag)).body, (await trace(buyer, bag)).body]).toEqual(before);
  });

  it('goes with the intake when that never happened', async () => {
    const events = (await bench.dataSource.query(`SELECT event_id FROM entry e WHERE event_time = '2026-09-01T10:00:00+08' AND organisation_id = $1 ORDER BY position DESC LIMIT 1`, [trader.organisationId]));
    await bench.post(trader, `/events/${encodeURIComponent(events[0].event_id)}/correction`, { reason: '没有发生' });
    const { composition } = (await trace(trader, bag)).body;
    expect(composition).toMatchObject({ state: 'undetermined' });
    expect(composition.parts.find(({ proof }: { proof: string }) => proof === 'undetermined')).toMatchObject({ percent: '40.0' });
  });
});
