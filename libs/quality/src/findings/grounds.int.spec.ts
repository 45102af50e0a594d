import { catchUp } from '@daodi/log';
import { judgeHistory } from '../history/judged-history';
import { isTouchedSince } from '../history/touched-since';
import { day, type Firm, QualityBench } from '../testing/quality-bench';
import { harvest, planting } from '../testing/season';
import { findingsFollower } from './findings.follower';

let bench: QualityBench;
let coop: Firm;
let baseId: string;
beforeAll(async () => {
  bench = await QualityBench.open();
  coop = await bench.firm('COOP', 'cooperative', ['quality-head']);
  baseId = (await bench.send(coop.owner, 'POST', '/api/v1/bases', { name: '基地', region: '141026' })).json().id;
});
afterAll(() => bench.close());

/** Some fifteen mu, which give 21 t of fresh 党参 at most. */
const ground = (lon: number) => ({ datum: 'WGS-84', boundary: { type: 'Polygon', coordinates: [[[lon, 36], [lon + 0.001, 36], [lon + 0.001, 36.001], [lon, 36.001], [lon, 36]]] } });
async function plot(lon: number): Promise<string> {
  const response = await bench.send(coop.owner, 'POST', '/api/v1/plots', { baseId, name: '地', layer: 'crop', fromYear: 2024, ...ground(lon) });
  expect(response.statusCode).toBe(201);
  return response.json().id;
}
async function change(id: string, body: object): Promise<void> {
  expect((await bench.send(coop.owner, 'PATCH', `/api/v1/plots/${id}`, { ...body, why: '更正' })).statusCode).toBe(200);
}
async function harvested(plots: readonly string[], amount: number): Promise<string> {
  const [crop, fresh] = [await bench.issue(coop, 'dangshen', 'crop', { plots }), await bench.issue(coop, 'dangshen')];
  await bench.say(coop, planting(crop, day(1)));
  await bench.say(coop, harvest(crop, fresh, amount, day(9)));
  return fresh;
}
/** Which of these batches are found to be more than their ground gives, with all harvests on it. */
async function found(batches: readonly string[]): Promise<(number | undefined)[]> {
  await catchUp(bench.dataSource, findingsFollower);
  const rows: { canonical: string; harvests: number }[] = await bench.dataSource.query(
    `SELECT i.canonical, (f.numbers -> 'grounds' -> 0 ->> 'harvests')::int AS harvests FROM finding f JOIN identifier i ON i.id = f.identifier WHERE f.rule = 'yield-over-area' AND i.canonical = ANY($1)`, [batches]);
  return batches.map((batch) => rows.find(({ canonical }) => canonical === batch)?.harvests);
}

it('one ground under two names is found with all that came of it, until a survey shows that they lie apart', async () => {
  const [one, other] = [await plot(110), await plot(110)];
  const batches = [await harvested([one], 15_000)];
  expect(await found(batches)).toEqual([undefined]);
  batches.push(await harvested([other], 15_000));
  expect(await found(batches)).toEqual([2, 2]);
  await change(other, ground(110.1));
  expect(await found(batches)).toEqual([undefined, undefined]);
  await change(one, ground(110.1));
  expect(await found(batches)).toEqual([2, 2]);
});

it('a piece that was given up and registered anew in the same year is the same ground', async () => {
  const old = await plot(111);
  const batches = [await harvested([old], 15_000)];
  await change(old, { status: 'ended' });
  batches.push(await harvested([await plot(111)], 15_000));
  expect(await found(batches)).toEqual([2, 2]);
});

it('three plots over one corner give what they cover, not less', async () => {
  // 15 mu each, each a third of its width from the next; together 24 mu, which give 34 t.
  const batches = [await harvested(await Promise.all([112, 112.0003, 112.0006].map(plot)), 30_000)];
  expect(await found(batches)).toEqual([undefined]);
});

it('for an organisation that judges itself strictly, a harvest on other land bears on a release', async () => {
  const plots = [await plot(113)];
  const fresh = await harvested(plots, 15_000);
  const [{ node }] = await bench.dataSource.query('SELECT n.id AS node FROM node n JOIN identifier i ON i.id = n.identifier WHERE i.canonical = $1', [fresh]);
  const isTouched = async (): Promise<boolean> => {
    const history = await judgeHistory(bench.dataSource, node, coop.id);
    const size = BigInt(await bench.size());
    await harvested(plots, 15_000);
    return isTouchedSince(bench.dataSource, history, size);
  };
  expect(await isTouched()).toBe(false);
  const response = await bench.send(coop.as['quality-head'], 'POST', '/api/v1/rule-strictness', { rule: 'yield-over-area', severity: 'blocking', why: '本厂从严' });
  expect(response.statusCode).toBe(200);
  expect(await isTouched()).toBe(true);
});
