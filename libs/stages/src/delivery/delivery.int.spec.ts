import { type Entry, readEntries, rebuild } from '@daodi/log';
import { event } from '@daodi/registry';
import { type Firm, FormsBench, leftBy } from '../testing/forms-bench';

let bench: FormsBench;
let coop: Firm;
let rival: Firm;
let keeper: { token: string };
let crop: string;
let picker: string;
beforeAll(async () => {
  bench = await FormsBench.open();
  [coop, rival] = [await bench.firm('ANZE-LQ'), await bench.firm('RIVAL')];
  keeper = { token: await bench.key(coop.organisationId, ['station-keeper']) };
  crop = (await bench.done(coop, '/crops', { eventTime: '2023-03-20T09:00:00+08:00', herb: 'lianqiao', grade: '青翘', plots: [coop.plot], mode: 'wild-tended' })).batches[0].code;
  picker = (await bench.done(coop, '/pickers', { kind: 'household', name: '王秀英', phone: '13900000000', group: '三组' })).id;
});
afterAll(() => bench.close());

const slip = (more: object = {}) => ({ eventTime: '2026-08-20T19:40:00+08:00', site: coop.site, picker, area: coop.plot, herb: 'lianqiao', grade: '青翘', unit: '斤', gross: '86.4', tare: '1.4', sacks: 2, price: '3.20', ...more });
const heap = (more: object = {}) => ({ eventTime: '2026-08-20T21:30:00+08:00', site: coop.site, area: coop.plot, herb: 'lianqiao', grade: '青翘', day: '2026-08-20', ...more });
const day = (n: number) => ({ day: `2026-07-${String(n).padStart(2, '0')}` });
const rules = (body: { errors?: { pointer: string; rule: string }[] }) => body.errors?.map(({ pointer, rule }) => `${pointer} ${rule}`);
const statement = async (of: string, from: string, to = from) => (await bench.get(keeper, `/pickers/${of}/statement?from=${from}&to=${to}`)).body;
const everything = async () => JSON.stringify((await bench.entriesFrom(0)).map(({ body }) => body));

describe('a slip', () => {
  it('says what arrived and what is paid, exactly, and leaves one record without a name', async () => {
    const size = await bench.size();
    const made = await bench.done(coop, '/slips', slip({ ...day(1), deductions: [{ kind: 'water', percent: '5' }, { kind: 'impurity', weight: '2' }] }));
    expect(made).toMatchObject({ arrived: { kg: '42.5', jin: '85' }, net: { kg: '39.375', jin: '78.75' }, paid: { jin: '78.75' }, notes: ['no-scale'] });
    const entries = await bench.entriesFrom(size);
    expect(leftBy(entries)).toEqual(['record:slip']);
    expect(entries[0]?.body['new']).toMatchObject({ gross: '86.4', unit: '斤', grossMg: '43200000', arrivedMg: '42500000', netMg: '39375000', deductions: [{ kind: 'water', percent: '5', mg: '2125000' }, { kind: 'impurity', weight: '2', mg: '1000000' }] });
  });

  it('keeps the net on paper beside the computed one, says so, and pays that of the paper', async () => {
    const made = await bench.done(coop, '/slips', slip({ ...day(2), deductions: [{ kind: 'water', percent: '5' }], netOnPaper: '81' }));
    expect(made).toMatchObject({ net: { jin: '80.75' }, paid: { jin: '81' }, notes: ['net-differs', 'no-scale'] });
    expect((await statement(picker, '2026-07-02')).lines[0]).toMatchObject({ net: { jin: '80.75' }, netOnPaper: { jin: '81' }, amount: '259.20' });
  });

  it('may bring a bare name, which lies beside the log and in no answer that is kept', async () => {
    const body = slip({ ...day(3), picker: undefined, newPicker: { kind: 'bare-name', name: '赵六娃', phone: '13911112222' } });
    const size = await bench.size();
    const first = await bench.post(coop, '/slips', body, { 'idempotency-key': 'evening-1' });
    expect([first.status, leftBy(await bench.entriesFrom(size))]).toEqual([201, ['record:picker', 'record:slip']]);
    const again = await bench.post(coop, '/slips', body, { 'idempotency-key': 'evening-1' });
    expect([again.headers['idempotency-replayed'], again.body.id, await bench.size()]).toEqual(['true', first.body.id, size + 2]);
    const kept = JSON.stringify(await bench.dataSource.query(`SELECT * FROM idempotency WHERE key = 'evening-1'`));
    for (const text of [JSON.stringify(first.body), kept, await everything()]) expect(text).not.toMatch(/赵六娃|13911112222/);
    expect((await bench.get(coop, `/pickers/${first.body.picker}`)).body).toMatchObject({ name: '赵六娃', phone: '13911112222', kind: 'bare-name' });
    expect((await bench.get(coop, '/pickers?name=六娃')).body.items).toHaveLength(1);
  });

  it('under the id of a device is stored once, and another under it is refused', async () => {
    const id = '3f2b8c1e-0000-4000-8000-00000000000a';
    const body = slip({ ...day(4), id });
    const size = await bench.size();
    expect([(await bench.post(coop, '/slips', body)).status, (await bench.post(coop, '/slips', body)).status, await bench.size()]).toEqual([201, 200, size + 1]);
    expect((await bench.post(coop, '/slips', { ...body, gross: '99' })).body.type).toBe('urn:daodi:problem:slip-conflict');
    expect(rules((await bench.post(rival, '/slips', { ...body, area: rival.plot, site: undefined })).body)).toEqual(['/id id-used']);
  });

  it('is refused with every fault and its place', async () => {
    const size = await bench.size();
    const wrong = async (more: object) => rules((await bench.post(coop, '/slips', slip(more))).body);
    expect(await wrong({ picker: '11111111-1111-4111-8111-111111111111', area: rival.plot, herb: 'nothing', tare: '90', site: rival.site, pickedFrom: '2026-08-20', pickedTo: '2026-08-19', scale: 'x' }))
      .toEqual(['/picker unknown-picker', '/herb unknown-herb', '/area unknown-land', '/site unknown-site', '/tare tare-not-below-gross', '/pickedTo before-picking', '/scale unknown-scale']);
    expect(await wrong({ area: undefined, eventTime: '2026-08-20' })).toEqual(['/eventTime event-time-date-only', ' area-or-crop']);
    expect(await wrong({ deductions: [{ kind: 'water' }, { kind: 'water', percent: 1, weight: 1 }] })).toEqual(['/deductions/0 percent-or-weight', '/deductions/1 percent-or-weight']);
    expect(await wrong({ deductions: [{ kind: 'water', percent: '60' }, { kind: 'other', percent: '41' }] })).toEqual(['/deductions deducted-more-than-arrived']);
    expect(await wrong({ gross: '1.0000000001' })).toEqual(['/gross finer-than-a-milligram']);
    expect(await wrong({ crop, area: undefined, herb: 'huangqin' })).toEqual(['/herb herb-of-crop']);
    expect(await bench.size()).toBe(size);
  });
});

describe('closing', () => {
  const of = (n: number, more: object = {}) => slip({ ...day(n), ...more });
  const close = (n: number, more: object = {}) => bench.post(coop, '/heaps', heap({ ...day(n), ...more }));

  it('makes one batch of what physically arrived, to the milligram, once', async () => {
    for (const gross of ['86.4', '50.001', '33.3']) await bench.done(coop, '/slips', of(10, { gross, deductions: [{ kind: 'water', percent: '7' }] }));
    await bench.done(coop, '/slips', of(10, { grade: '老翘' }));
    expect((await bench.get(coop, '/heaps/open?day=2026-07-10')).body.items).toMatchObject([{ grade: '老翘', slips: 1 }, { grade: '青翘', slips: 3, pickers: 1, sacks: 6, arrived: { jin: '165.501' } }]);
    const size = await bench.size();
    const closed = await close(10);
    expect([closed.status, closed.body.batches[0]]).toEqual([201, expect.objectContaining({ herb: 'lianqiao', grade: '青翘', quantity: 82.7505 })]);
    const entries = await bench.entriesFrom(size);
    expect(leftBy(entries)).toEqual(['record:batch', 'record:heap', 'event:TransformationEvent']);
    expect(entries[2]?.body).toMatchObject({ inputEPCList: [`https://trace.example.cn/b/${crop}`], 'daodi:delivery': { slips: 3, pickers: 1, sacks: 6, slipsDigest: expect.stringMatching(/^[0-9a-f]{64}$/) } });
    expect(JSON.stringify(entries.map(({ body }) => body))).not.toMatch(/王秀英|3\.20/);
    expect(await bench.book(coop, closed.body.batches[0].code)).toMatchObject({ available: 82_750_500n });
    const again = await close(10);
    expect([again.status, again.body.type, again.body.batch]).toEqual([409, 'urn:daodi:problem:heap-closed', closed.body.batches[0].code]);
    expect(rules((await close(11)).body)).toEqual([' no-open-slips']);
  });

  it('says what to do where no crop stands there, and takes one that is named', async () => {
    await bench.done(coop, '/slips', of(12, { herb: 'huangqin', grade: undefined }));
    expect(rules((await close(12, { herb: 'huangqin', grade: undefined })).body)).toEqual(['/area no-crop']);
    const other = (await bench.done(coop, '/crops', { eventTime: '2023-03-20T09:00:00+08:00', herb: 'huangqin', plots: [coop.plot], mode: 'seed' })).batches[0].code;
    expect((await close(12, { herb: 'huangqin', grade: undefined, crop: other })).status).toBe(201);
    await bench.done(coop, '/slips', of(12, { area: undefined, herb: undefined, crop }));
    expect((await close(12, { area: undefined, herb: undefined, crop })).status).toBe(201);
  });

  it('takes a correction before and after it: the batch keeps its code and weighs what arrived', async () => {
    const [first, second] = [await bench.done(coop, '/slips', of(14)), await bench.done(coop, '/slips', of(14))];
    const before = await bench.post(coop, `/slips/${first.id}/correction`, { reason: '看错磅', replacement: of(14, { gross: '84.4' }) });
    expect([before.status, before.body.arrived.jin, before.body.eventIDs]).toEqual([201, '83', []]);
    const { batches: [batch], eventID } = (await close(14)).body;
    const size = await bench.size();
    const after = await bench.post(coop, `/slips/${second.id}/correction`, { reason: '皮重漏记', replacement: of(14, { tare: '3.4' }) });
    expect(after.status).toBe(201);
    const entries = await bench.entriesFrom(size);
    expect(leftBy(entries)).toEqual(['record:slip', 'record:heap', 'event:TransformationEvent', 'event:TransformationEvent']);
    expect(entries[2]).toMatchObject({ declaration: true, eventId: eventID });
    expect(entries[3]?.body).toMatchObject({ outputQuantityList: [{ epcClass: batch.uri, quantity: 83, uom: 'KGM' }] });
    expect(await bench.book(coop, batch.code)).toMatchObject({ available: 83_000_000n });
    expect((await statement(picker, '2026-07-14')).lines[1].corrections).toMatchObject([{ why: '皮重漏记', was: { tare: { jin: '1.4' } } }]);
    const voided = await bench.post(coop, `/slips/${second.id}/correction`, { reason: '重复登记' });
    expect([voided.body.status, (await bench.book(coop, batch.code)).available]).toEqual(['void', 41_500_000n]);
    expect((await bench.post(coop, `/slips/${second.id}/correction`, { reason: 'x' })).body.type).toBe('urn:daodi:problem:slip-void');
    expect((await statement(picker, '2026-07-14')).totals).toMatchObject({ slips: 1, void: 1, paid: { jin: '83' }, amount: '265.60' });
    await bench.done(coop, `/slips/${first.id}/correction`, { reason: '另一天的', replacement: of(15) });
    expect((await bench.book(coop, batch.code)).available).toBe(0n);
    expect((await bench.get(coop, '/slips?state=open&day=2026-07-15')).body.items).toHaveLength(1);
  });

  it('takes late slips: shown as late, added in one act', async () => {
    await bench.done(coop, '/slips', of(16));
    const { batches: [batch] } = (await close(16)).body;
    const late = await bench.post(coop, '/slips', of(16, { gross: '21.4' }), { 'x-captured-time': '2026-07-16T19:50:00+08:00', 'x-device': 'phone-2;counter=7' });
    expect([late.status, late.body.lateFor]).toEqual([201, expect.any(String)]);
    expect((await bench.get(coop, '/slips?state=late')).body.items).toMatchObject([{ id: late.body.id, pickerName: '王秀英', written: { provenance: 'offline', device: { id: 'phone-2', counter: 7 }, capturedTime: '2026-07-16T11:50:00.000000Z' } }]);
    expect((await bench.get(coop, '/heaps/open?day=2026-07-16')).body.items).toMatchObject([{ lateFor: late.body.lateFor, slips: 1 }]);
    expect(rules((await bench.post(coop, `/heaps/${late.body.lateFor}/slips`, { slips: [picker], reason: 'x' })).body)).toEqual(['/slips/0 not-open']);
    const size = await bench.size();
    const added = await bench.done(coop, late.body.links.addToHeap.replace('/api/v1', ''), { reason: '手机离线' });
    expect(added.batch).toBe(batch.code);
    expect(leftBy(await bench.entriesFrom(size))).toEqual(['record:heap', 'event:TransformationEvent', 'event:TransformationEvent']);
    expect((await bench.book(coop, batch.code)).available).toBe(52_500_000n);
    expect(rules((await bench.post(coop, late.body.links.addToHeap.replace('/api/v1', ''), { reason: 'x' })).body)).toEqual([' no-open-slips']);
    expect((await statement(picker, '2026-07-16')).lines).toMatchObject([{ isLate: false }, { isLate: true, batch: batch.code }]);
  });

  it('takes a late slip once, however its id is spelled', async () => {
    await bench.done(coop, '/slips', of(17));
    const { batches: [batch] } = (await close(17)).body;
    const late = await bench.done(coop, '/slips', of(17, { id: 'ABCDEF12-0000-4000-8000-00000000000a', gross: '21.4' }));
    await bench.done(coop, `/heaps/${late.lateFor}/slips`, { slips: [late.id.toUpperCase(), late.id], reason: '手机离线' });
    expect((await bench.book(coop, batch.code)).available).toBe(52_500_000n);
    expect((await bench.get(coop, `/heaps/${late.lateFor}`)).body.slips).toHaveLength(2);
  });

  it('that another system declared in error is told anew with its slips', async () => {
    const { id } = await bench.done(coop, '/slips', of(19));
    const { eventID } = (await close(19)).body;
    const [{ body, context }] = (await readEntries(bench.dataSource, 'e.event_id = $1', [eventID])) as [Entry];
    await bench.say(coop.organisationId, [event({ ...body, errorDeclaration: { declarationTime: '2026-08-21T00:00:00Z' } }, context)]);
    await bench.done(coop, '/slips', of(19, { gross: '21.4' }));
    const again = await close(19);
    expect([again.status, again.body.batches[0].quantity]).toEqual([201, 52.5]);
    expect((await bench.post(coop, `/slips/${id}/correction`, { reason: '重复登记' })).status).toBe(201);
    expect((await bench.book(coop, again.body.batches[0].code)).available).toBe(10_000_000n);
  });

  it('that did not occur opens its slips again; one told by its form keeps them', async () => {
    const { id } = await bench.done(coop, '/slips', of(18));
    const { batches: [batch], eventID } = (await close(18)).body;
    const told = await bench.post(coop, `/events/${encodeURIComponent(eventID)}/correction`, { reason: '批号写错', replacement: heap({ ...day(18), lotNumber: 'X-1' }) });
    expect(told.body.batches).toMatchObject([{ code: batch.code, lotNumber: 'X-1', quantity: 42.5 }]);
    expect(rules((await bench.post(coop, `/events/${encodeURIComponent(told.body.eventID)}/correction`, { reason: 'x', replacement: heap({ ...day(18), grade: '老翘' }) })).body)).toEqual(['/replacement heap-key']);
    expect((await bench.post(coop, `/events/${encodeURIComponent(told.body.eventID)}/correction`, { reason: '没有封堆' })).status).toBe(201);
    expect((await bench.book(coop, batch.code)).available).toBe(0n);
    expect((await bench.get(coop, `/slips/${id}`)).body.heap).toBeUndefined();
    expect((await close(18)).body.batches[0].quantity).toBe(42.5);
  });
});

describe('what is of one organisation', () => {
  it('is nobody else’s to see, to close or to correct', async () => {
    const { id } = await bench.done(coop, '/slips', slip(day(20)));
    const closed = (await bench.get(coop, '/heaps?day=2026-07-10')).body.items[0].id;
    for (const path of [`/slips/${id}`, `/heaps/${closed}`, `/pickers/${picker}`]) expect((await bench.get(rival, path)).status).toBe(404);
    for (const path of ['/slips', '/heaps', '/heaps/open', '/pickers']) expect((await bench.get(rival, path)).body.items).toEqual([]);
    expect((await bench.post(rival, `/slips/${id}/correction`, { reason: 'x' })).status).toBe(404);
    expect((await bench.post(rival, `/heaps/${closed}/slips`, { reason: 'x' })).status).toBe(404);
    expect(rules((await bench.post(rival, '/heaps', heap(day(20)))).body)).toContain('/area unknown-land');
  });

  it('is paid by those who pay only', async () => {
    const path = `/pickers/${picker}/statement?from=2026-07-01&to=2026-07-31`;
    const theirs = { token: await bench.key(rival.organisationId, ['station-keeper']) };
    expect((await bench.get(theirs, path)).status).toBe(404);
    for (const role of ['field-worker', 'warehouse', 'quality-head', 'machine'] as const) expect((await bench.get({ token: await bench.key(coop.organisationId, [role]) }, path)).status).toBe(403);
    expect(rules((await bench.get(keeper, `/pickers/${picker}/statement?from=2026-07-31&to=2026-07-01`)).body)).toEqual([' to-before-from']);
  });

  it('loses a name for good and keeps the slips', async () => {
    const gone = (await bench.done(coop, '/pickers', { kind: 'member', name: '李要忘', village: '141026100201' })).id;
    await bench.done(coop, '/slips', slip({ ...day(21), picker: gone }));
    const owner = { token: await bench.key(coop.organisationId, ['owner']) };
    expect((await bench.post(owner, `/pickers/${gone}/erasure`, { why: '本人申请' })).body).toMatchObject({ status: 'erased', erased: 1 });
    const { picker: shown, totals } = await statement(gone, '2026-07-21');
    expect([shown, totals.slips]).toEqual([{ id: gone, kind: 'member' }, 1]);
    expect(await bench.dataSource.query('SELECT FROM picker_name WHERE picker_id = $1', [gone])).toEqual([]);
    expect(rules((await bench.post(coop, '/slips', slip({ picker: gone }))).body)).toEqual(['/picker unknown-picker']);
  });
});

it('is the same when it is made anew from the log, and names are untouched by that', async () => {
  const names = await bench.dataSource.query('SELECT * FROM picker_name ORDER BY picker_id');
  const tables = (await rebuild(bench.dataSource, bench.projections, [], 'all')).flatMap((rebuilt) => rebuilt.tables);
  expect(tables.filter(({ after, before }) => after !== before)).toEqual([]);
  expect(tables.filter(({ table, rows }) => /^(slip|slip_version|heap|picker)$/.test(table) && rows > 0)).toHaveLength(4);
  expect(await bench.dataSource.query('SELECT * FROM picker_name ORDER BY picker_id')).toEqual(names);
  expect(await everything()).not.toMatch(/王秀英|赵六娃|李要忘|13900000000/);
});
