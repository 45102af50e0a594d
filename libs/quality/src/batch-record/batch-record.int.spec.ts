import { rebuild } from '@daodi/log';
import { releaseState } from '../releases/release-state';
import { BENCH_FOLLOWERS, day, type Account, type Firm, PROJECTIONS, QualityBench } from '../testing/quality-bench';
import { drying, harvest, planting, receiving, report, sampling, shipping } from '../testing/season';

let bench: QualityBench;
let coop: Firm;
let factory: Firm;
let laboratory: Firm;
let rival: Firm;
let head: Account;
let second: Account;
beforeAll(async () => {
  bench = await QualityBench.open();
  coop = await bench.firm('COOP', 'cooperative');
  factory = await bench.firm('FACTORY', 'decoction-piece-factory', ['quality-head', 'warehouse', 'manager']);
  laboratory = await bench.firm('LAB', 'laboratory', ['lab-tester', 'lab-reviewer', 'lab-approver']);
  rival = await bench.firm('RIVAL', 'processor', ['quality-head', 'warehouse']);
  head = factory.as['quality-head']!;
  second = factory.as['warehouse']!;
});
afterAll(() => bench.close());

const PATH = '/api/v1/production-orders';
let orders = 0;
const orderBody = (more: object = {}) => ({
  number: `SC-${++orders}`, kind: 'decoction-pieces', name: '连翘饮片', lotNumber: '260905', procedure: 'STP-1 第 2 版', plannedOn: '2026-08-05',
  steps: [{ step: 'drying', yieldMin: '28.0', yieldMax: '35.0', balanceMin: '99.5', balanceMax: '100.0' }], ...more,
});
const post = async (who: Account, path: string, body: object, status = 201) => {
  const response = await bench.send(who, 'POST', `${PATH}${path}`, body);
  if (response.statusCode !== status) throw new Error(`${path}: ${response.statusCode} ${response.body}`);
  return response.json();
};
const recordOf = async (order: string, who: Account = head) => (await bench.send(who, 'GET', `${PATH}/${order}/batch-record`)).json();
const against = async (order: string): Promise<string[]> => (await recordOf(order)).reasons.map(({ rule }: { rule: string }) => rule);

/** 100 kg that came from a cooperative and became 30 kg. */
async function made(): Promise<{ fresh: string; dried: string; dryingId: string }> {
  const [crop, fresh, dried] = [await bench.issue(coop, 'lianqiao', 'crop'), await bench.issue(coop, 'lianqiao'), await bench.issue(factory, 'lianqiao')];
  await bench.say(coop, planting(crop, day(1)));
  await bench.say(coop, harvest(crop, fresh, 100, day(2)));
  await bench.say(coop, shipping(fresh, 100, coop, factory, day(3)));
  await bench.say(factory, receiving(fresh, 100, coop, factory, day(4)));
  const dryingId = await bench.say(factory, { ...drying(fresh, 100, dried, 30, 70, day(5)), 'daodi:step': 'drying' });
  await bench.say(factory, sampling(dried, 1, day(6), laboratory));
  return { fresh, dried, dryingId };
}

/** An order with everything on record, but for what `without` names. */
async function whole(without: readonly string[] = []): Promise<{ order: string; fresh: string; dried: string; dryingId: string }> {
  const goods = await made();
  const manager = factory.as['manager']!;
  const { id: order } = await post(manager, '', orderBody());
  const parts = [
    ['issues', { at: '2026-08-05T15:00:00+08:00', lines: [{ batch: goods.fresh, quantity: '201', unit: '斤' }] }],
    ['returns', { at: '2026-08-05T17:00:00+08:00', as: 'returned', lines: [{ batch: goods.fresh, quantity: 500, unit: 'g' }] }],
    ['clearances', { at: '2026-08-05T15:30:00+08:00', moment: 'before', area: '干燥间' }],
    ['steps', { eventID: goods.dryingId, equipment: '烘箱 HX-1', parameters: [{ name: '温度', value: '60', unit: '℃', required: '55～65' }] }],
    ['clearances', { at: '2026-08-05T18:30:00+08:00', moment: 'after', area: '干燥间' }],
  ] as const;
  for (const [kind, body] of parts) {
    if (without.includes(kind)) continue;
    const { id: part } = await post(manager, `/${order}/${kind}`, body);
    if (!without.includes(`check ${kind}`)) await post(second, `/${order}/checks`, { part });
  }
  return { order, ...goods };
}

describe('a batch record', () => {
  it('is complete when all of it is there, confirmed and reviewed, and shows its figures and its trace', async () => {
    const { order, dried } = await whole();
    expect(await against(order)).toEqual(['not-reviewed']);
    await post(head, `/${order}/reviews`, { remarks: '记录完整' });
    const record = await recordOf(order);
    expect([record.complete, record.reasons]).toEqual([true, []]);
    expect(record.steps).toMatchObject([{ step: 'drying', lostKg: '70', yieldPercent: '30.00', balancePercent: '100.00', isChecked: true }]);
    expect(record.whole).toEqual({ inKg: '100', productKg: '30', yieldPercent: '30.00', balancePercent: '100.00' });
    expect(record.products).toMatchObject([{ batch: dried, kg: '30', trace: { complete: true, gaps: [], crops: 1 } }]);
    expect(JSON.stringify(record)).not.toMatch(/"node"/);
  });

  it('is no more reviewed once anything of it changes: a later part, a part taken back, a corrected step', async () => {
    const { order, fresh, dried, dryingId } = await whole();
    const review = () => post(head, `/${order}/reviews`, {});
    await review();
    const { id: deviation } = await post(second, `/${order}/deviations`, { at: '2026-08-05T16:00:00+08:00', description: '温度 67 ℃' });
    expect(await against(order)).toEqual(['deviation-open', 'not-reviewed']);
    await post(head, `/${order}/deviations/${deviation}/closing`, { conclusion: '无影响' });
    expect(await against(order)).toEqual(['not-reviewed']);
    await review();
    expect(await against(order)).toEqual([]);

    const { id: wrong } = await post(second, `/${order}/issues`, { at: '2026-08-05T15:05:00+08:00', lines: [{ batch: fresh, quantity: '1', unit: 'kg' }] });
    expect(await against(order)).toEqual(['material-unbalanced', 'not-reviewed']);
    await post(head, `/${order}/withdrawals`, { part: wrong, reason: '登记错了指令' });
    expect((await recordOf(order)).entries.find(({ id }: { id: string }) => id === wrong)).toMatchObject({ isWithdrawn: true });
    await review();

    const corrected = await bench.say(factory, { ...drying(fresh, 100, dried, 27, 73, day(5)), 'daodi:step': 'drying' });
    await bench.say(factory, {
      ...drying(fresh, 100, dried, 30, 70, day(5)), 'daodi:step': 'drying', eventID: dryingId,
      errorDeclaration: { declarationTime: day(7), reason: 'incorrect_data', correctiveEventIDs: [corrected] },
    });
    const record = await recordOf(order);
    expect(record.steps).toMatchObject([{ events: [corrected], yieldPercent: '27.00', isChecked: false }]);
    expect(record.reasons.map(({ rule }: { rule: string }) => rule)).toEqual(['second-person-missing', 'yield-outside', 'not-reviewed']);
  });

  it('loses a step that was declared in error', async () => {
    const { order, dryingId } = await whole();
    await bench.declare(factory, dryingId, 'TransformationEvent', day(5));
    expect(await against(order)).toEqual(expect.arrayContaining(['no-steps', 'step-withdrawn', 'step-missing', 'not-reviewed']));
  });

  it.each([
    [['issues'], ['not-issued']], [['check steps'], ['second-person-missing']], [['check clearances'], ['clearance-missing', 'clearance-missing']], [['returns'], ['material-unbalanced']],
  ])('is not complete without %s', async (without, rules) => {
    const { order } = await whole(without);
    expect(await against(order)).toEqual([...rules, 'not-reviewed']);
  });

  it('is one paper', async () => {
    const { order } = await whole();
    const response = await bench.send(head, 'GET', `${PATH}/${order}/batch-record.pdf`);
    expect([response.statusCode, response.headers['content-type'], response.rawPayload.subarray(0, 5).toString()]).toEqual([200, 'application/pdf', '%PDF-']);
  });
});

describe('who and what', () => {
  it('is confirmed by somebody else, signed by people, and belongs to one order', async () => {
    const { order, dryingId } = await whole(['steps']);
    const manager = factory.as['manager']!;
    const { id: part } = await post(manager, `/${order}/steps`, { eventID: dryingId });
    expect(await post(manager, `/${order}/checks`, { part }, 409)).toMatchObject({ type: 'urn:daodi:problem:same-person' });
    const { id: other } = await post(manager, '', orderBody());
    expect(await post(manager, `/${other}/steps`, { eventID: dryingId }, 409)).toMatchObject({ type: 'urn:daodi:problem:step-recorded-already' });
    expect(await post(second, `/${other}/checks`, { part }, 422)).toMatchObject({ errors: [{ pointer: '/part', rule: 'unknown-part' }] });
    expect((await bench.send(second, 'POST', `${PATH}/${order}/reviews`, {})).statusCode).toBe(403);
  });

  it('says all that is wrong with an order at once', async () => {
    const manager = factory.as['manager']!;
    const { number } = await post(manager, '', orderBody());
    const wrong = orderBody({ number, formula: [{ herb: 'nobody-knows', quantity: '0.0000001', unit: 'kg' }], steps: [{ step: 'drying', yieldMin: '50', yieldMax: '9.5' }, { step: 'drying' }] });
    const { errors } = await post(manager, '', wrong, 422);
    expect(errors.map(({ pointer, rule }: { pointer: string; rule: string }) => `${pointer} ${rule}`)).toEqual([
      '/number number-taken', '/formula/0/herb unknown-herb', '/formula/0/quantity finer-than-a-milligram', '/steps/0/yieldMax bounds-order', '/steps/1/step step-twice',
    ]);
  });

  it('is nobody else’s: another organisation is told what it is told of an order there is not', async () => {
    const { order, fresh, dryingId } = await whole();
    const size = await bench.size();
    const thief = rival.as['warehouse']!;
    const absent = '00000000-0000-4000-8000-000000000000';
    for (const [path, body] of [['issues', { at: day(5), lines: [{ batch: fresh, quantity: 1, unit: 'kg' }] }], ['steps', { eventID: dryingId }], ['checks', { part: absent }]] as const) {
      const [theirs, none] = [await post(thief, `/${order}/${path}`, body, 404), await post(thief, `/${absent}/${path}`, body, 404)];
      expect({ ...theirs, instance: '' }).toEqual({ ...none, instance: '' });
    }
    for (const suffix of ['', '.pdf']) expect((await bench.send(thief, 'GET', `${PATH}/${order}/batch-record${suffix}`)).statusCode).toBe(404);
    const { id: own } = await post(rival.owner, '', orderBody());
    expect(await post(thief, `/${own}/issues`, { at: day(5), lines: [{ batch: fresh, quantity: 1, unit: 'kg' }] }, 422)).toMatchObject({ errors: [{ rule: 'unknown-batch' }] });
    expect(await post(thief, `/${own}/steps`, { eventID: dryingId }, 422)).toMatchObject({ errors: [{ rule: 'no-transformation' }] });
    // Only the rival's own order came to the log.
    expect(await bench.size()).toBe(size + 1);
    expect((await bench.send(rival.owner, 'GET', PATH)).json().items.map(({ id }: { id: string }) => id)).toEqual([own]);
  });
});

describe('the gate', () => {
  const release = (batch: string) => bench.send(head, 'POST', '/api/v1/releases', { batch, decision: 'released' });

  it('lets nothing pass whose record is not complete and reviewed, and suspends what was released when the record changes', async () => {
    const { order, dried } = await whole();
    await report(bench, laboratory, dried, 'pass');
    const refused = await release(dried);
    expect(refused.statusCode).toBe(409);
    expect(refused.json().reasons).toMatchObject([{ rule: 'batch-record-incomplete', share: 'own', numbers: { against: ['not-reviewed'] } }]);
    await post(head, `/${order}/reviews`, {});
    expect((await release(dried)).statusCode).toBe(201);
    const [{ id: node }] = await bench.dataSource.query('SELECT n.id FROM node n JOIN identifier i ON i.id = n.identifier WHERE i.canonical = $1', [dried]);
    const state = async () => (await releaseState(bench.dataSource, node)).state;
    expect(await state()).toBe('released');
    await post(second, `/${order}/deviations`, { at: '2026-08-05T16:00:00+08:00', description: '温度 67 ℃' });
    expect(await state()).toBe('suspended');
    const again = await release(dried);
    expect(again.json().reasons).toMatchObject([{ rule: 'batch-record-incomplete', numbers: { against: ['deviation-open', 'not-reviewed'] } }]);
  });
});

it('is made anew from the log as it was', async () => {
  const { order } = await whole();
  const before = await recordOf(order);
  await rebuild(bench.dataSource, PROJECTIONS, BENCH_FOLLOWERS, 'all');
  expect(await recordOf(order)).toEqual(before);
});
