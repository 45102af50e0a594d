import { day, type Firm, QualityBench } from '../testing/quality-bench';
import { drying, firms, harvest, planting, type Season } from '../testing/season';

let bench: QualityBench;
let people: Pick<Season, 'coop' | 'factory' | 'laboratory'>;
beforeAll(async () => {
  bench = await QualityBench.open();
  people = await firms(bench);
});
afterAll(() => bench.close());

const of = async (who: Firm, query = ''): Promise<any[]> => (await bench.send(who.owner, 'GET', `/api/v1/yields/learnt${query}`)).json().items;

it('are learnt of own steps by year, from five on, beside the general band; what is unlike the others is named, and nobody else sees any', async () => {
  const { coop, factory } = people;
  const crop = await bench.issue(coop, 'lianqiao', 'crop');
  await bench.say(coop, planting(crop, '2024-04-01T08:00:00Z'));
  const dry = async (out: number, time = day(2)): Promise<string> => {
    const [fresh, dried] = [await bench.issue(coop, 'lianqiao', 'batch', { form: 'fresh', grade: '青翘' }), await bench.issue(coop, 'lianqiao', 'batch', { form: 'dried', grade: '青翘' })];
    await bench.say(coop, harvest(crop, fresh, 100, time));
    await bench.say(coop, drying(fresh, 100, dried, out, 100 - out, time));
    return dried;
  };
  for (const out of [31, 32, 30, 33]) await dry(out);
  expect(await of(coop)).toMatchObject([{ herb: 'lianqiao', grade: '青翘', from: 'fresh', to: 'dried', year: 2026, runs: 4, inPerOut: { median: 3.17, verified: false } }]);
  expect((await of(coop))[0].inPerOut.learnt).toBeUndefined();
  const odd = await dry(55);
  await dry(31.5);
  await dry(32, '2025-08-02T08:00:00Z');
  const items = await of(coop, '?herb=lianqiao');
  expect(items).toMatchObject([{ year: 2025, runs: 1, unlike: [] }, { year: 2026, runs: 6, unlike: [{ batch: odd, in: 100, out: 55, uom: 'KGM', inPerOut: 1.81 }] }]);
  const [least, most] = items[1].inPerOut.learnt;
  expect([least < 3.03, most > 3.33, least > 1.81]).toEqual([true, true, true]);
  expect(items[1].inPerOut.usual).toHaveLength(2);
  expect([await of(factory), await of(coop, '?herb=dihuang')]).toEqual([[], []]);
  expect((await bench.send(undefined, 'GET', '/api/v1/yields/learnt')).statusCode).toBe(401);
});
