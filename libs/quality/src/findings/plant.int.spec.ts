import { randomUUID } from 'node:crypto';
import { rebuild } from '@daodi/log';
import { judgeHistory } from '../history/judged-history';
import { isTouchedSince } from '../history/touched-since';
import { BENCH_FOLLOWERS, day, type Firm, kg, PROJECTIONS, QualityBench } from '../testing/quality-bench';
import { drying, harvest, planting } from '../testing/season';

let bench: QualityBench;
let plant: Firm;
const site = randomUUID();
beforeAll(async () => {
  bench = await QualityBench.open();
  plant = await bench.firm('PLANT', 'processor', ['quality-head']);
  await states('100');
});
afterAll(() => bench.close());

const states = (dailyCapacityKg?: string) => bench.record(plant, 'site', site, { kind: 'workshop', name: '一车间', region: '141026', identifier: `urn:daodi:site:${site}`, status: 'active', ...(dailyCapacityKg !== undefined && { dailyCapacityKg }) });

/** A drying of some kilograms at an hour of a day in China; answers the batch that came out and the event. */
async function dried(kilograms: number, time: string, step = 'drying'): Promise<{ lot: string; event: string }> {
  const [crop, fresh, lot] = [await bench.issue(plant, 'huangqin', 'crop'), await bench.issue(plant, 'huangqin'), await bench.issue(plant, 'huangqin')];
  await bench.say(plant, planting(crop, day(1)));
  await bench.say(plant, harvest(crop, fresh, kilograms, day(2)));
  const event = await bench.say(plant, { ...drying(fresh, kilograms, lot, kilograms - 1, 1, time), 'daodi:step': step, bizLocation: { id: `urn:daodi:site:${site}` } });
  return { lot, event };
}

async function found(lot: string): Promise<{ severity: string; evidence: string[]; numbers: { days: object[] } } | undefined> {
  await bench.drain();
  return (await bench.send(plant.owner, 'GET', `/api/v1/findings?batch=${encodeURIComponent(lot)}&rule=plant-over-capacity`)).json().items[0];
}

it('finds a day on which a workshop took in more than it can, with every batch of it, by the day in China', async () => {
  const first = await dried(90, '2026-08-20T16:00:00Z');
  expect(await found(first.lot)).toBeUndefined();
  const dayBefore = await dried(90, '2026-08-20T15:59:00Z');
  const graded = await dried(90, '2026-08-20T20:00:00Z', 'grading');
  expect(await found(first.lot)).toBeUndefined();
  const second = await dried(110, '2026-08-21T15:59:00Z');
  const both = { severity: 'warning', numbers: { days: [{ site, day: '2026-08-21', step: 'drying', took: 200, can: 100, unexplained: 100, uom: 'KGM' }] } };
  for (const { lot } of [first, second]) {
    const finding = await found(lot);
    expect(finding).toMatchObject(both);
    expect([...(finding?.evidence ?? [])].sort()).toEqual([first.event, second.event].sort());
  }
  for (const { lot } of [dayBefore, graded]) expect(await found(lot)).toBeUndefined();
  for (const { tables } of await rebuild(bench.dataSource, PROJECTIONS, BENCH_FOLLOWERS, 'all')) for (const { table, before, after } of tables) expect([table, after]).toEqual([table, before]);
  await bench.declare(plant, second.event, 'TransformationEvent', '2026-08-21T15:59:00Z');
  expect(await found(first.lot)).toBeUndefined();
});

it('follows what the plant says of itself', async () => {
  const { lot } = await dried(140, '2026-09-01T04:00:00Z');
  expect(await found(lot)).toMatchObject({ severity: 'note' });
  await states('140');
  expect(await found(lot)).toBeUndefined();
  await states();
  expect(await found(lot)).toBeUndefined();
  await states('70');
  expect(await found(lot)).toMatchObject({ severity: 'warning' });
});

it('bears on a gate only where the organisation made it block', async () => {
  const { lot } = await dried(10, '2026-09-05T04:00:00Z');
  const [{ id }] = await bench.dataSource.query('SELECT n.id FROM node n JOIN identifier i ON i.id = n.identifier WHERE i.canonical = $1', [lot]);
  const isTouched = async (): Promise<boolean> => {
    const history = await judgeHistory(bench.dataSource, id, plant.id);
    const size = BigInt(await bench.size());
    await dried(10, '2026-09-05T05:00:00Z');
    return isTouchedSince(bench.dataSource, history, size);
  };
  expect(await isTouched()).toBe(false);
  await bench.record(plant, 'rule-strictness', randomUUID(), { rule: 'plant-over-capacity', severity: 'blocking', status: 'active' });
  expect(await isTouched()).toBe(true);
});
