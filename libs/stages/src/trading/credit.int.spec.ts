import { rebuild } from '@daodi/log';
import { type Firm, FormsBench, leftBy } from '../testing/forms-bench';

let bench: FormsBench;
let stall: Firm;
let shop: Firm;
let rival: Firm;
let batch: string;
beforeAll(async () => {
  bench = await FormsBench.open();
  [stall, shop, rival] = [await bench.firm('ANGUO-TW'), await bench.firm('HUAIHE-YP'), await bench.firm('RIVAL')];
});
beforeEach(async () => {
  batch = await bench.harvested(stall, '100');
});
afterAll(() => bench.close());

const kg = (quantity: string) => ({ quantity, unit: 'kg' });
const pointers = (body: { errors?: { pointer: string; rule: string }[] }) => body.errors?.map(({ pointer, rule }) => `${pointer} ${rule}`);
const credit = (more: object = {}) => ({ eventTime: '2026-11-02T14:30:00+08:00', buyer: 'K-017', lines: [{ batch, ...kg('25') }], amount: '1280.00', paid: 280, dueOn: '2026-12-31', ...more });
const back = (sale: string, more: object = {}) => ({ eventTime: '2026-11-03T10:05:00+08:00', sale, reason: '受潮', state: 'damp', ...more });
const correct = (who: Pick<Firm, 'token'>, eventID: string, body: object) => bench.post(who, `/events/${encodeURIComponent(eventID)}/correction`, body);
const available = async (code = batch) => (await bench.book(stall, code)).available / 1_000_000n;

describe('a sale on credit', () => {
  it('keeps money and buyer out of every event, and tells nobody else', async () => {
    const size = await bench.size();
    const answer = await bench.done(stall, '/credit-sales', credit());
    const entries = await bench.entriesFrom(size);
    expect(leftBy(entries)).toEqual(['record:credit', 'event:ObjectEvent']);
    expect([answer.recordedAs, answer.credit]).toEqual(['sale', entries[0]?.body['subject']]);
    expect(entries[1]?.body).toMatchObject({ bizStep: 'retail_selling', 'daodi:typed': { form: 'credit-sale', input: { lines: [{ batch, ...kg('25') }] } } });
    expect(JSON.stringify(entries[1]?.body)).not.toMatch(/K-017|1280\.00|2026-12-31/);
    const shown = (await bench.get(stall, `/credits/${answer.credit}`)).body;
    expect(shown).toMatchObject({ eventID: answer.eventID, buyer: 'K-017', amount: '1280.00', settled: '280.00', open: '1000.00', state: 'open', payments: [] });
    const [theirs, none] = [await bench.get(rival, `/credits/${answer.credit}`), await bench.get(rival, '/credits/00000000-0000-4000-8000-000000000000')];
    expect([theirs.status, { ...theirs.body, instance: '' }]).toEqual([404, { ...none.body, instance: '' }]);
    expect((await bench.post(rival, `/credits/${answer.credit}/payments`, { amount: 1, paidOn: '2026-12-05' })).status).toBe(404);
    expect((await bench.get(rival, '/credits?state=all')).body.items).toEqual([]);
  });

  it('to somebody registered here is a shipment, and says so', async () => {
    const size = await bench.size();
    const answer = await bench.done(stall, '/credit-sales', credit({ organisation: shop.code }));
    expect([answer.recordedAs, (await bench.entriesFrom(size))[1]?.body['bizStep']]).toEqual(['shipment', 'shipping']);
    expect((await bench.book(shop, batch)).transit).toBe(25_000_000n);
    expect(pointers((await bench.post(stall, '/returns', back(answer.eventID))).body)).toEqual(['/sale return-by-shipment']);
    const seen = await bench.get(shop, `/credits/${answer.credit}`);
    expect(seen.status).toBe(404);
  });

  it('is paid in parts; a payment written down wrongly is taken back and stays on record', async () => {
    const { credit: id } = await bench.done(stall, '/credit-sales', credit({ buyer: 'K-020' }));
    const pay = (amount: string) => bench.done(stall, `/credits/${id}/payments`, { amount, paidOn: '2026-12-05' });
    const wrong = await pay('500.5');
    await pay('400');
    expect((await bench.get(stall, '/credits?buyer=K-020')).body.items).toMatchObject([{ open: '99.50', settled: '1180.50' }]);
    await bench.done(stall, `/credits/${id}/payments/${wrong.id}/withdrawal`, { why: '重复登记' });
    expect((await bench.get(stall, `/credits/${id}`)).body).toMatchObject({ open: '600.00', payments: [{ amount: '500.50', status: 'withdrawn' }, { amount: '400.00', status: 'counted' }] });
    await pay('600');
    expect((await bench.get(stall, '/credits?buyer=K-020')).body.items).toEqual([]);
    expect((await bench.get(stall, '/credits?buyer=K-020&state=all')).body.items).toMatchObject([{ open: '0.00', state: 'settled' }]);
    expect(pointers((await bench.post(stall, `/credits/${id}/payments`, { amount: '0.005', paidOn: '2026-12-05' })).body)).toEqual(['/amount money']);
    expect((await bench.post(rival, `/credits/${id}/payments/${wrong.id}/withdrawal`, { why: 'x' })).status).toBe(404);
  });

  it('corrected keeps its credit; declared in error it is owed no more', async () => {
    const first = await bench.done(stall, '/credit-sales', credit({ buyer: 'K-030' }));
    const second = await correct(stall, first.eventID, { reason: '少收', replacement: credit({ buyer: 'K-030', amount: '1300' }) });
    expect([second.status, second.body.credit]).toEqual([201, first.credit]);
    expect((await bench.get(stall, `/credits/${first.credit}`)).body).toMatchObject({ eventID: second.body.eventID, open: '1020.00' });
    await correct(stall, second.body.eventID, { reason: '没有成交' });
    expect((await bench.get(stall, `/credits/${first.credit}`)).body.state).toBe('withdrawn');
    expect((await bench.get(stall, '/credits?buyer=K-030')).body.items).toEqual([]);
    expect(await available()).toBe(100n);
  });

  it('is stored once under its event id; with other money it is another', async () => {
    const eventID = `urn:uuid:${crypto.randomUUID()}`;
    const [first, again, other] = [await bench.post(stall, '/credit-sales', credit({ eventID })), await bench.post(stall, '/credit-sales', credit({ eventID })), await bench.post(stall, '/credit-sales', credit({ eventID, amount: '1281' }))];
    expect([first.status, again.status, again.body, other.status]).toEqual([201, 200, first.body, 409]);
  });

  it('is told every fault at once, and takes no name for a number', async () => {
    expect(pointers((await bench.post(stall, '/credit-sales', credit({ buyer: '张三' }))).body)).toEqual(['/buyer matches']);
    expect(pointers((await bench.post(stall, '/credit-sales', credit({ amount: '10.001', paid: '1', lines: [{ batch: '00000000000', ...kg('1') }] }))).body)).toEqual(['/lines/0/batch unknown-batch', '/amount money']);
    expect(pointers((await bench.post(stall, '/credit-sales', credit({ organisation: 'NOBODY', paid: 2000 }))).body)).toEqual(['/organisation unknown-organisation', '/paid paid-more-than-owed']);
    expect((await bench.post(stall, '/credit-sales', credit({ lines: [{ batch, ...kg('101') }] }))).status).toBe(409);
    expect((await bench.post(rival, '/credit-sales', credit())).status).toBe(422);
  });
});

describe('a return', () => {
  it('gives back to the same batch what was sold, and no more without a word', async () => {
    const { eventID } = await bench.done(stall, '/sales', { eventTime: '2026-11-02T14:30:00+08:00', lines: [{ batch, ...kg('25') }] });
    const size = await bench.size();
    const part = await bench.done(stall, '/returns', back(eventID, { lines: [{ batch, ...kg('10') }], site: stall.site }));
    expect((await bench.entriesFrom(size))[0]?.body).toMatchObject({ bizStep: 'receiving', disposition: 'returned', 'daodi:return': { ofEvent: eventID, reason: '受潮', state: 'damp' } });
    expect([await available(), (await bench.book(stall, batch)).availableAt.get(`urn:daodi:site:${stall.site}`)]).toEqual([85n, 10_000_000n]);
    const more = await bench.post(stall, '/returns', back(eventID, { lines: [{ batch, ...kg('16') }] }));
    expect([more.status, more.body.type, more.body.lines[0]]).toEqual([409, 'urn:daodi:problem:returned-more-than-sold', expect.objectContaining({ wanted: 16, available: 15, missing: 1 })]);
    await bench.done(stall, '/returns', back(eventID));
    expect(await available()).toBe(100n);
    expect(pointers((await bench.post(stall, '/returns', back(eventID))).body)).toEqual(['/sale all-returned']);
    expect((await correct(stall, part.eventID, { reason: '看错', replacement: back(eventID, { lines: [{ batch, ...kg('9') }] }) })).status).toBe(201);
    expect(await available()).toBe(99n);
  });

  it('is of a sale of one’s own that stands, and of what was in it', async () => {
    const other = await bench.harvested(stall, '10');
    const { eventID } = await bench.done(stall, '/sales', { eventTime: '2026-11-02T14:30:00+08:00', lines: [{ batch, ...kg('25') }] });
    expect(pointers((await bench.post(rival, '/returns', back(eventID))).body)).toEqual(['/sale unknown-sale']);
    expect(pointers((await bench.post(stall, '/returns', back(eventID, { lines: [{ batch: other, ...kg('1') }], credited: '5' }))).body)).toEqual(['/lines/0/batch not-of-sale', '/credited no-credit']);
    await correct(stall, eventID, { reason: '没有成交' });
    expect(pointers((await bench.post(stall, '/returns', back(eventID))).body)).toEqual(['/sale sale-corrected']);
  });

  it('takes off what the buyer owes, also when it is corrected or did not occur', async () => {
    const sale = await bench.done(stall, '/credit-sales', credit());
    const open = async () => (await bench.get(stall, `/credits/${sale.credit}`)).body.open;
    const size = await bench.size();
    const first = await bench.done(stall, '/returns', back(sale.eventID, { lines: [{ batch, ...kg('10') }], credited: '512.37' }));
    expect(leftBy(await bench.entriesFrom(size))).toEqual(['record:credit-payment', 'event:ObjectEvent']);
    expect(JSON.stringify((await bench.entriesFrom(size))[1]?.body)).not.toContain('512.37');
    expect(await open()).toBe('487.63');
    const second = await correct(stall, first.eventID, { reason: '算错', replacement: back(sale.eventID, { lines: [{ batch, ...kg('10') }], credited: '500' }) });
    expect([second.status, await open()]).toEqual([201, '500.00']);
    await correct(stall, second.body.eventID, { reason: '没有退' });
    expect([await open(), await available()]).toEqual(['1000.00', 75n]);
  });
});

describe('an exchange', () => {
  const exchange = (sale: string, given: string, more: object = {}) => ({ eventTime: '2026-11-03T10:20:00+08:00', sale, returned: [{ batch, ...kg('10') }], given: [{ batch: given, ...kg('9') }], reason: '规格不符', state: 'unopened', ...more });

  it('is a return and a sale in one act, and is corrected whole', async () => {
    const given = await bench.harvested(stall, '50');
    const { eventID } = await bench.done(stall, '/sales', { eventTime: '2026-11-02T14:30:00+08:00', lines: [{ batch, ...kg('25') }] });
    const size = await bench.size();
    const answer = await bench.done(stall, '/exchanges', exchange(eventID, given));
    const [returned, sold] = (await bench.entriesFrom(size)).map(({ body }) => body);
    expect([answer.eventIDs, returned?.['bizStep'], sold?.['bizStep'], sold?.['daodi:exchangeFor']]).toEqual([[returned?.['eventID'], sold?.['eventID']], 'receiving', 'retail_selling', returned?.['eventID']]);
    expect([await available(), await available(given)]).toEqual([85n, 41n]);
    const second = await correct(stall, answer.eventID, { reason: '看错', replacement: exchange(eventID, given, { given: [{ batch: given, ...kg('10') }] }) });
    expect([second.status, await available(), await available(given)]).toEqual([201, 85n, 40n]);
    await correct(stall, second.body.eventID, { reason: '没有换' });
    expect([await available(), await available(given)]).toEqual([75n, 50n]);
    // What was given may come back in turn.
    const third = await bench.done(stall, '/exchanges', exchange(eventID, given));
    await bench.done(stall, '/returns', back(third.eventIDs[1]));
    expect(await available(given)).toBe(50n);
  });

  it('warns of what is not there, and is nobody else’s', async () => {
    const given = await bench.harvested(stall, '5');
    const { eventID } = await bench.done(stall, '/sales', { eventTime: '2026-11-02T14:30:00+08:00', lines: [{ batch, ...kg('25') }] });
    const size = await bench.size();
    expect((await bench.post(stall, '/exchanges', exchange(eventID, given))).body.type).toBe('urn:daodi:problem:overdrawn');
    expect((await bench.post(rival, '/exchanges', exchange(eventID, given))).status).toBe(422);
    expect(await bench.size()).toBe(size);
    await bench.done(stall, '/exchanges', exchange(eventID, given, { acceptOverdrawn: true }));
    expect(await bench.book(stall, given)).toMatchObject({ available: 0n, overdrawn: 4_000_000n });
  });
});

it('is projected the same when everything is rebuilt from the first entry', async () => {
  for (const { tables } of await rebuild(bench.dataSource, bench.projections, [], 'all')) for (const { table, before, after } of tables) expect([table, after]).toEqual([table, before]);
});
