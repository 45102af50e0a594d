import { randomUUID } from 'node:crypto';
import { rebuild } from '@daodi/log';
import { judgeHistory } from '../history/judged-history';
import { isTouchedSince } from '../history/touched-since';
import { BENCH_FOLLOWERS, day, type Firm, kg, PROJECTIONS, QualityBench } from '../testing/quality-bench';
import { harvest, planting } from '../testing/season';

let bench: QualityBench;
let holder: Firm;
let supervisor: Firm;
let rival: Firm;
const product = randomUUID();
const NAME = '安泽连翘';
beforeAll(async () => {
  bench = await QualityBench.open();
  holder = await bench.firm('HOLDER', 'processor', ['quality-head']);
  supervisor = await bench.firm('BUREAU', 'supervisor', ['supervisor']);
  rival = await bench.firm('RIVAL', 'processor', ['quality-head']);
  await bench.record(holder, 'product', product, { name: '青翘', herbs: ['lianqiao'], form: 'herb', giName: NAME, netContent: { value: '500', unit: 'GRM' }, status: 'active' });
});
afterAll(() => bench.close());

const quota = (who: Firm, role: string, registeredKg: string, more: object = {}) => bench.send(role === 'owner' ? who.owner : who.as[role], 'POST', '/api/v1/gi-quotas', { name: NAME, year: 2026, registeredKg, source: '通知', ...more });
const lotOf = (signed: boolean): Promise<string> => bench.issue(holder, 'lianqiao', 'batch', signed ? { productId: product } : {});

/** Packs some kilograms under the sign on a day; answers the batch and the event. */
async function packed(kilograms: number, time: string): Promise<{ lot: string; event: string }> {
  const [crop, bulk, lot] = [await bench.issue(holder, 'lianqiao', 'crop'), await lotOf(false), await lotOf(true)];
  await bench.say(holder, planting(crop, day(1)));
  await bench.say(holder, harvest(crop, bulk, kilograms, day(2)));
  return { lot, event: await bench.say(holder, { type: 'TransformationEvent', eventTime: time, inputQuantityList: [kg(bulk, kilograms)], outputQuantityList: [kg(lot, kilograms)] }) };
}
async function found(lot: string): Promise<{ severity: string; evidence: string[]; numbers: { quotas: object[] } } | undefined> {
  await bench.drain();
  return (await bench.send(holder.owner, 'GET', `/api/v1/findings?batch=${encodeURIComponent(lot)}&rule=gi-quota-exceeded`)).json().items[0];
}
const nodeOf = async (uri: string): Promise<string> => (await bench.dataSource.query('SELECT n.id FROM node n JOIN identifier i ON i.id = n.identifier WHERE i.canonical = $1', [uri]))[0].id;
const blockedBy = async (lot: string): Promise<string[]> =>
  (await bench.send(holder.as['quality-head'], 'POST', '/api/v1/releases', { batch: lot, decision: 'released' })).json().reasons.map(({ rule }: { rule: string }) => rule);

let first: { lot: string; event: string };
let second: { lot: string; event: string };

it('blocks what overran the registered output, and not what was within it', async () => {
  first = await packed(60, day(10));
  second = await packed(60, day(12));
  expect(await found(second.lot)).toBeUndefined();
  const { id, registeredKg } = (await quota(holder, 'owner', '100')).json();
  expect(registeredKg).toBe('100');
  expect(await found(second.lot)).toMatchObject({ severity: 'blocking', evidence: [second.event], numbers: { quotas: [{ name: NAME, year: 2026, registered: 100, used: 120, unexplained: 20, uom: 'KGM' }] } });
  expect(await found(first.lot)).toBeUndefined();
  expect(await blockedBy(second.lot)).toContain('gi-quota-exceeded');
  expect(await blockedBy(first.lot)).not.toContain('gi-quota-exceeded');
  expect((await bench.send(holder.owner, 'PATCH', `/api/v1/gi-quotas/${id}`, { registeredKg: 120 })).statusCode).toBe(200);
  expect(await found(second.lot)).toBeUndefined();
});

it('counts what was packed anew once, pieces by their net content, and each year for itself', async () => {
  const packs = await lotOf(true);
  await bench.say(holder, { type: 'TransformationEvent', eventTime: day(13), inputQuantityList: [kg(second.lot, 60)], outputQuantityList: [{ epcClass: packs, quantity: 120 }] });
  expect(await found(packs)).toBeUndefined();
  const next = await packed(500, '2027-01-05T08:00:00Z');
  expect(await found(next.lot)).toBeUndefined();
});

it('hears a supervisor, the least of what is registered, and nobody else', async () => {
  expect((await quota(rival, 'owner', '1')).statusCode).toBe(201);
  expect((await quota(rival, 'owner', '1', { holder: 'HOLDER' })).json().errors[0]).toMatchObject({ pointer: '/holder', rule: 'unknown-holder' });
  expect(await found(second.lot)).toBeUndefined();
  const { id } = (await quota(supervisor, 'supervisor', '90', { holder: 'HOLDER' })).json();
  expect(await found(second.lot)).toMatchObject({ numbers: { quotas: [{ registered: 90, used: 120 }] } });
  const url = `/api/v1/gi-quotas/${id}`;
  expect((await bench.send(holder.owner, 'PATCH', url, { registeredKg: 900 })).statusCode).toBe(404);
  const lists = async (who: Firm) => (await bench.send(who.owner, 'GET', '/api/v1/gi-quotas')).json().items.map(({ own, registeredKg }: { own: boolean; registeredKg: string }) => `${registeredKg} ${own}`);
  expect(await lists(holder)).toEqual(['120 true', '90 false']);
  expect(await lists(rival)).toEqual(['1 true']);
});

it('is the same told late or anew, and a gate sees what bears on it', async () => {
  const early = await packed(40, day(9));
  // 40, then 60 make 100 of 90: what was within it a moment ago has overrun it.
  expect(await found(first.lot)).toMatchObject({ numbers: { quotas: [{ used: 100 }] } });
  expect(await found(early.lot)).toBeUndefined();
  for (const { tables } of await rebuild(bench.dataSource, PROJECTIONS, BENCH_FOLLOWERS, 'all')) for (const { table, before, after } of tables) expect([table, after]).toEqual([table, before]);
  const touched = async (said: () => Promise<unknown>): Promise<boolean> => {
    const history = await judgeHistory(bench.dataSource, await nodeOf(early.lot), holder.id);
    const size = BigInt(await bench.size());
    await said();
    return isTouchedSince(bench.dataSource, history, size);
  };
  expect(await touched(() => bench.issue(holder, 'lianqiao'))).toBe(false);
  expect(await touched(() => packed(1, day(3)))).toBe(true);
  expect(await touched(() => quota(holder, 'owner', '30'))).toBe(true);
  const { inputsDigest } = await judgeHistory(bench.dataSource, await nodeOf(early.lot), holder.id);
  expect(await touched(() => bench.declare(holder, second.event, 'TransformationEvent', day(12)))).toBe(true);
  expect((await judgeHistory(bench.dataSource, await nodeOf(early.lot), holder.id)).inputsDigest).toBe(inputsDigest);
});
