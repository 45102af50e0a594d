import { randomUUID } from 'node:crypto';
import { catchUp } from '@daodi/log';
import { day, type Firm, QualityBench } from '../testing/quality-bench';
import { harvest, planting } from '../testing/season';
import { findingsFollower } from './findings.follower';

let bench: QualityBench;
let coop: Firm;
beforeAll(async () => {
  bench = await QualityBench.open();
  coop = await bench.firm('COOP', 'cooperative');
});
afterAll(() => bench.close());

const orders = <T>(items: readonly T[]): T[][] =>
  items.length < 2 ? [[...items]] : items.flatMap((item, i) => orders([...items.slice(0, i), ...items.slice(i + 1)]).map((rest) => [item, ...rest]));

it('what was used is found the same in every order in which harvest, spraying, label and stock are told, read one by one or all at once', async () => {
  const seen = new Set<string>();
  for (const [n, order] of orders([0, 1, 2, 3]).entries()) {
    const [crop, fresh, product, lot] = [await bench.issue(coop, 'lianqiao', 'crop'), await bench.issue(coop, 'lianqiao'), randomUUID(), randomUUID()];
    await bench.say(coop, planting(crop, day(1)));
    const tell = [
      () => bench.say(coop, { ...harvest(crop, fresh, 100, day(9)), 'daodi:step': 'harvest' }),
      () => bench.say(coop, {
        type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'urn:daodi:bizstep:plant-protection', eventTime: day(3), epcList: [crop],
        'daodi:inputsUsed': [{ name: '某药剂', product, lot, quantity: 11, uom: 'LTR' }, { name: '40%氧乐果乳油', kind: 'pesticide', quantity: 1, uom: 'LTR' }],
      }),
      () => bench.record(coop, 'input-product', product, { name: '某药剂', kind: 'pesticide', ingredients: [{ name: '苦参碱' }], crops: [{ crop: '连翘', herb: 'lianqiao', safetyIntervalDays: 7 }], status: 'active' }),
      () => bench.record(coop, 'input-lot', lot, { product, boughtOn: '2026-08-05', quantity: '10', uom: 'LTR', status: 'active' }),
    ];
    for (const i of order) {
      await (tell[i] as () => Promise<unknown>)();
      if (n % 2 === 0) await catchUp(bench.dataSource, findingsFollower);
    }
    await catchUp(bench.dataSource, findingsFollower);
    const rows: { rule: string; canonical: string; numbers: { uses?: object[] } }[] = await bench.dataSource.query(
      'SELECT f.rule, i.canonical, f.numbers FROM finding f JOIN identifier i ON i.id = f.identifier WHERE i.canonical = ANY($1) ORDER BY f.rule, i.canonical', [[crop, fresh]],
    );
    seen.add(JSON.stringify(rows.map(({ rule, canonical, numbers }) => [rule, canonical === crop ? 'crop' : 'fresh', numbers.uses ?? null])));
  }
  expect([...seen].map((one) => JSON.parse(one).map(([rule, of]: [string, string]) => `${rule} ${of}`))).toEqual([
    ['harvest-in-safety-interval fresh', 'input-balance crop', 'input-banned fresh', 'input-bought-after-use crop', 'input-off-label fresh'],
  ]);
}, 120_000);
