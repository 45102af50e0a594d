import { type Firm, FormsBench, leftBy } from './testing/forms-bench';

let bench: FormsBench;
let coop: Firm;
let rival: Firm;
beforeAll(async () => {
  bench = await FormsBench.open();
  [coop, rival] = [await bench.firm('ANZE-LQ'), await bench.firm('RIVAL')];
});
afterAll(() => bench.close());

const cropBody = (who: Firm, more: object = {}) => ({ eventTime: '2023-03-20T09:00:00+08:00', herb: 'lianqiao', grade: '青翘', plots: [who.plot], mode: 'wild-tended', ...more });
const harvestBody = (crop: string, more: object = {}) => ({ eventTime: '2026-08-20T09:30:00+08:00', crop, quantity: '812.5', unit: 'kg', ...more });
const pointers = (body: { errors?: { pointer: string; rule: string }[] }) => body.errors?.map(({ pointer, rule }) => `${pointer} ${rule}`);

describe('crops', () => {
  it('are registered by who works the field only', async () => {
    expect((await bench.post(undefined, '/crops', cropBody(coop))).status).toBe(401);
    const token = await bench.key(coop.organisationId, ['lab-tester']);
    expect((await bench.post({ token }, '/crops', cropBody(coop))).status).toBe(403);
  });
  it('leave a batch record and an event, and nothing when refused', async () => {
    const size = await bench.size();
    const { batches } = await bench.done(coop, '/crops', cropBody(coop));
    const entries = await bench.entriesFrom(size);
    expect(leftBy(entries)).toEqual(['record:batch', 'event:ObjectEvent']);
    expect(batches).toEqual([{ code: expect.any(String), uri: `https://trace.example.cn/b/${batches[0].code}`, kind: 'crop', herb: 'lianqiao', grade: '青翘' }]);
    expect(entries[1]?.body).toMatchObject({ action: 'ADD', bizStep: 'commissioning', epcList: [batches[0].uri], eventTimeZoneOffset: '+08:00' });
    const refused = await bench.post(coop, '/crops', cropBody(coop, { herb: 'ginseng?', plots: [rival.plot, 'x'], eventTime: '2023-03-20' }));
    expect([refused.status, pointers(refused.body)]).toEqual([422, ['/eventTime event-time-date-only', '/herb unknown-herb', '/plots/0 unknown-land', '/plots/1 unknown-land']]);
    expect(await bench.size()).toBe(size + 2);
  });
});

describe('harvests', () => {
  let crop: string;
  beforeAll(async () => {
    crop = (await bench.done(coop, '/crops', cropBody(coop))).batches[0].code;
  });

  it('of another’s crop, of nothing and of nonsense are refused alike', async () => {
    const size = await bench.size();
    const answers = [];
    for (const [who, ref] of [[rival, crop], [rival, '00000000000'], [rival, `https://trace.example.cn/b/${crop}`], [coop, 'urn:example:nothing'], [coop, '连翘']] as const) {
      const { status, body } = await bench.post(who, '/harvests', harvestBody(ref));
      answers.push([status, body.type, pointers(body)]);
    }
    for (const answer of answers) expect(answer).toEqual([422, 'urn:daodi:problem:unknown-batch', ['/crop unknown-batch']]);
    expect(await bench.size()).toBe(size);
  });

  it('leave a batch record and a transformation of the crop, which is not consumed', async () => {
    const size = await bench.size();
    const answer = await bench.post(coop, '/harvests', harvestBody(crop, { site: coop.site, quantity: 1625, unit: '斤', from: '2026-08-18', area: { quantity: '12.5', unit: 'mu' }, lotNumber: '2026-LQ/08' }));
    expect(answer.status).toBe(201);
    const [batch] = answer.body.batches;
    expect(batch).toMatchObject({ herb: 'lianqiao', grade: '青翘', role: 'product', quantity: 812.5, uom: 'KGM', lotNumber: '2026-LQ/08' });
    const entries = await bench.entriesFrom(size);
    expect(leftBy(entries)).toEqual(['record:batch', 'event:TransformationEvent']);
    expect(entries[1]?.body).toMatchObject({
      inputEPCList: [`https://trace.example.cn/b/${crop}`],
      outputQuantityList: [{ epcClass: batch.uri, quantity: 812.5, uom: 'KGM' }],
      readPoint: { id: `urn:daodi:site:${coop.site}` },
      ilmd: { 'cbvmda:harvestStartDate': '2026-08-18', 'daodi:herb': 'lianqiao' },
      'daodi:typed': { form: 'harvest', input: { quantity: 1625, unit: '斤' } },
    });
    expect(entries[0]?.actor.kind).toBe('key');
    expect(answer.headers.location).toBe(`/api/v1/events/${encodeURIComponent(answer.body.eventID)}`);
    expect((await bench.book(coop, batch.code)).available).toBe(812_500_000n);
  });

  it('cannot be told without time, offset or a weight, or before they happen', async () => {
    const { body, status } = await bench.post(coop, '/harvests', harvestBody(crop, { eventTime: '2999-01-01T00:00:00Z', quantity: '0.0000001' }));
    expect([status, pointers(body)]).toEqual([422, ['/eventTime event-time-future', '/quantity finer-than-a-milligram']]);
    const wrong = await bench.post(coop, '/harvests', harvestBody(crop, { quantity: '-1', unit: '钱', colour: 'green' }));
    expect([wrong.status, pointers(wrong.body)?.sort()]).toEqual([422, ['/colour whitelistValidation', '/quantity amount', '/unit isIn']]);
  });

  it('are stored once under the id a device gave, however often they are sent', async () => {
    const eventID = 'urn:uuid:0193f2a4-7c1e-7d3a-9b5e-2f6c8d1e4a70';
    const first = await bench.post(coop, '/harvests', harvestBody(crop, { eventID }));
    const size = await bench.size();
    const again = await bench.post(coop, '/harvests', harvestBody(crop, { eventID }));
    expect([first.status, again.status, again.body]).toEqual([201, 200, first.body]);
    const other = await bench.post(coop, '/harvests', harvestBody(crop, { eventID, quantity: '1' }));
    expect([other.status, other.body.type]).toEqual([409, 'urn:daodi:problem:event-conflict']);
    expect(await bench.size()).toBe(size);
    expect((await bench.post(rival, '/crops', cropBody(rival, { eventID }))).status).toBe(201);
  });

  it('are answered from memory under an Idempotency-Key', async () => {
    const key = { 'idempotency-key': 'h-1' };
    const first = await bench.post(coop, '/harvests', harvestBody(crop), key);
    const size = await bench.size();
    const again = await bench.post(coop, '/harvests', harvestBody(crop), key);
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect((await bench.post(coop, '/harvests', harvestBody(crop, { quantity: 2 }), key)).status).toBe(422);
    expect(await bench.size()).toBe(size);
  });
});
