import { DAODI_EVENT_CONTEXT } from '@daodi/epcis';
import { rebuild } from '@daodi/log';
import { type Firm, FormsBench, leftBy } from '../testing/forms-bench';

let bench: FormsBench;
let coop: Firm;
let factory: Firm;
let rival: Firm;
beforeAll(async () => {
  bench = await FormsBench.open();
  [coop, factory, rival] = [await bench.firm('ANZE-LQ'), await bench.firm('HUAIHE-YP'), await bench.firm('RIVAL')];
});
afterAll(() => bench.close());

const kg = (batch: string, quantity: string) => ({ batch, quantity, unit: 'kg' });
const pointers = (body: { errors?: { pointer: string; rule: string }[] }) => body.errors?.map(({ pointer, rule }) => `${pointer} ${rule}`);
const correct = (who: Pick<Firm, 'token'>, eventID: string, body: object) => bench.post(who, `/events/${encodeURIComponent(eventID)}/correction`, body);
const cropOf = async (who: Firm) => (await bench.done(who, '/crops', { eventTime: '2023-03-20T09:00:00+08:00', herb: 'lianqiao', grade: '青翘', plots: [who.plot], mode: 'wild-tended' })).batches[0].code as string;
const harvestBody = (crop: string, quantity: string, more: object = {}) => ({ eventTime: '2026-08-20T09:30:00+08:00', crop, quantity, unit: 'kg', ...more });

describe('a correction', () => {
  let crop: string;
  beforeAll(async () => {
    crop = await cropOf(coop);
  });

  it('of another’s event answers like one of no event, and needs a role that answers for it', async () => {
    const { eventID } = await bench.done(coop, '/harvests', harvestBody(crop, '1'));
    const token = await bench.key(coop.organisationId, ['field-worker']);
    const size = await bench.size();
    const [theirs, none] = [await correct(rival, eventID, { reason: 'x' }), await correct(rival, 'urn:uuid:00000000-0000-4000-8000-000000000000', { reason: 'x' })];
    expect([theirs.status, { ...theirs.body, instance: '' }]).toEqual([404, { ...none.body, instance: '' }]);
    expect((await correct({ token }, eventID, { reason: 'x' })).status).toBe(403);
    expect(pointers((await correct(coop, eventID, {})).body)).toContain('/reason isString');
    expect(await bench.size()).toBe(size);
  });

  it('of a harvest keeps the batch’s code, and what follows follows', async () => {
    const { eventID, batches: [fresh] } = await bench.done(coop, '/harvests', harvestBody(crop, '812.5'));
    const dried = (await bench.done(coop, '/processing', { eventTime: '2026-08-24T17:00:00+08:00', step: 'drying', inputs: [kg(fresh.code, '800')], outputs: [{ quantity: '268', unit: 'kg' }] })).batches[0].code;
    await bench.done(coop, '/shipments', { eventTime: '2026-09-01T08:00:00+08:00', to: { organisation: factory.code }, lines: [kg(dried, '268')] });
    const size = await bench.size();
    const answer = await correct(coop, eventID, { reason: '磅单看错一位', replacement: harvestBody(crop, '721.5', { grade: '老翘' }) });
    expect([answer.status, answer.body.corrected, answer.body.batches[0]]).toEqual([201, eventID, expect.objectContaining({ code: fresh.code, grade: '老翘', quantity: 721.5 })]);
    const entries = await bench.entriesFrom(size);
    expect(leftBy(entries)).toEqual(['record:batch', 'event:TransformationEvent', 'event:TransformationEvent']);
    expect(entries[0]?.body).toMatchObject({ change: 'changed', old: { grade: '青翘' }, new: { grade: '老翘' } });
    expect([entries[1]?.declaration, entries[1]?.eventId, entries[1]?.body['errorDeclaration']]).toEqual([
      true, eventID, { declarationTime: expect.any(String), reason: 'incorrect_data', correctiveEventIDs: [answer.body.eventID], 'daodi:reason': '磅单看错一位' },
    ]);
    // What it leaves overdrawn stands there; nothing downstream was refused.
    expect(await bench.book(coop, fresh.code)).toMatchObject({ available: 0n, overdrawn: 78_500_000n });
    expect((await bench.book(factory, dried)).transit).toBe(268_000_000n);
  });

  it('of a corrected event is refused, naming what took its place; that can be corrected in turn', async () => {
    const { eventID, batches: [fresh] } = await bench.done(coop, '/harvests', harvestBody(crop, '10'));
    const second = (await correct(coop, eventID, { reason: 'a', replacement: harvestBody(crop, '11') })).body.eventID;
    const refused = await correct(coop, eventID, { reason: 'b', replacement: harvestBody(crop, '12') });
    expect([refused.status, refused.body.type, refused.body.correctiveEventIDs]).toEqual([409, 'urn:daodi:problem:already-corrected', [second]]);
    expect((await correct(coop, second, { reason: 'c', replacement: harvestBody(crop, '13') })).status).toBe(201);
    expect((await bench.book(coop, fresh.code)).available).toBe(13_000_000n);
    const shown = await bench.get(coop, `/events/${encodeURIComponent(eventID)}`);
    expect(shown.body.declaredInError).toMatchObject({ correctiveEventIDs: [second], 'daodi:reason': 'a' });
  });

  it('without a replacement says that it did not occur', async () => {
    const { eventID, batches: [fresh] } = await bench.done(coop, '/harvests', harvestBody(crop, '10'));
    const size = await bench.size();
    expect((await correct(coop, eventID, { reason: '重复登记' })).status).toBe(201);
    const entries = await bench.entriesFrom(size);
    expect(leftBy(entries)).toEqual(['event:TransformationEvent']);
    expect(entries[0]?.body['errorDeclaration']).toMatchObject({ reason: 'did_not_occur' });
    expect((await bench.book(coop, fresh.code)).available).toBe(0n);
  });

  it('with more outputs than before gives codes to those that are new only', async () => {
    const fresh = await bench.harvested(coop, '100');
    const body = (outputs: object[]) => ({ eventTime: '2026-08-24T17:00:00+08:00', step: 'sorting', inputs: [kg(fresh, '100')], outputs });
    const first = await bench.done(coop, '/processing', body([{ quantity: '90', unit: 'kg' }, { quantity: '5', unit: 'kg', role: 'waste' }]));
    const { body: second } = await correct(coop, first.eventID, { reason: '漏登副产品', replacement: body([{ quantity: '90', unit: 'kg' }, { quantity: '5', unit: 'kg', role: 'waste' }, { quantity: '4', unit: 'kg', role: 'co-product' }]) });
    expect(second.batches).toHaveLength(1);
    const event = (await bench.get(coop, `/events/${encodeURIComponent(second.eventID)}`)).body.event;
    expect(event.outputQuantityList.map(({ epcClass }: { epcClass: string }) => epcClass)).toEqual([first.batches[0].uri, first.batches[1].uri, second.batches[0].uri]);
  });

  it('says what is wrong with the replacement where it stands, and then leaves nothing', async () => {
    const { eventID } = await bench.done(coop, '/harvests', harvestBody(crop, '10'));
    const size = await bench.size();
    const wrong = async (replacement: object) => pointers((await correct(coop, eventID, { reason: 'x', replacement })).body);
    expect(await wrong(harvestBody('00000000000', '1', { eventTime: '2026-08-20' }))).toEqual(['/replacement/eventTime event-time-date-only', '/replacement/crop unknown-batch']);
    expect(await wrong({ crop, quantity: '1', colour: 'green', unit: 'kg', eventTime: 'x' })).toEqual(['/replacement/colour whitelistValidation']);
    expect(await wrong(harvestBody(crop, '11', { eventID }))).toEqual(['/replacement/eventID same-event']);
    expect(await wrong({ type: 'TransformationEvent' })).toEqual(expect.arrayContaining([expect.stringMatching(/^\/replacement/)]));
    expect(await bench.size()).toBe(size);
  });

  it('may give the right event in EPCIS', async () => {
    const { eventID, batches: [fresh] } = await bench.done(coop, '/harvests', harvestBody(crop, '10'));
    const replacement = {
      '@context': DAODI_EVENT_CONTEXT, type: 'TransformationEvent', eventTime: '2026-08-20T09:30:00+08:00', eventTimeZoneOffset: '+08:00',
      inputEPCList: [`https://trace.example.cn/b/${crop}`], outputQuantityList: [{ epcClass: fresh.uri, quantity: 9, uom: 'KGM' }],
    };
    const answer = await correct(coop, eventID, { reason: '系统补正', replacement });
    expect([answer.status, answer.body.eventID]).toEqual([201, expect.stringMatching(/^ni:/)]);
    expect((await bench.book(coop, fresh.code)).available).toBe(9_000_000n);
    expect(pointers((await correct(coop, answer.body.eventID, { reason: 'x', replacement: harvestBody(crop, '1') })).body)).toEqual(['/replacement no-form']);
  });

  it('of a stock-take compares with what the book held then, not with what moved since', async () => {
    const batch = await bench.harvested(coop, '50');
    const count = (quantity: string) => ({ eventTime: '2026-10-31T17:00:00+08:00', lines: [kg(batch, quantity)], surplusReason: 'count-surplus', shortageReason: 'count-shortage' });
    const { eventID } = await bench.done(coop, '/stock-takes', count('52'));
    await bench.done(coop, '/sales', { eventTime: '2026-11-05T10:00:00+08:00', lines: [kg(batch, '10')] });
    expect((await correct(coop, eventID, { reason: '看错', replacement: count('48') })).status).toBe(201);
    expect((await bench.book(coop, batch)).available).toBe(38_000_000n);
  });

  it('of a shipment, a receipt and a sale moves the goods as they moved', async () => {
    const batch = await bench.harvested(coop, '100');
    const ship = (quantity: string) => ({ eventTime: '2026-09-01T08:00:00+08:00', to: { organisation: factory.code }, lines: [kg(batch, quantity)] });
    const receive = (quantity: string) => ({ eventTime: '2026-09-02T08:00:00+08:00', from: { organisation: coop.code }, lines: [{ batch, accepted: { quantity, unit: 'kg' }, lotNumber: 'M-1' }] });
    const shipped = await bench.done(coop, '/shipments', ship('60'));
    const received = await bench.done(factory, '/receipts', receive('60'));
    await correct(coop, shipped.eventID, { reason: 'x', replacement: ship('70') });
    expect(await bench.book(factory, batch)).toMatchObject({ available: 60_000_000n, transit: 10_000_000n });
    const size = await bench.size();
    await correct(factory, received.eventID, { reason: 'x', replacement: receive('70') });
    expect(leftBy(await bench.entriesFrom(size))).toEqual(['event:ObjectEvent', 'event:ObjectEvent']);
    expect(await bench.book(factory, batch)).toMatchObject({ available: 70_000_000n, transit: 0n });
  });

  it('is projected the same when everything is rebuilt from the first entry', async () => {
    const rebuilt = await rebuild(bench.dataSource, bench.projections, [], 'all');
    for (const { tables } of rebuilt) for (const { table, before, after } of tables) expect([table, after]).toEqual([table, before]);
  });
});
