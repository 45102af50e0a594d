import { randomUUID } from 'node:crypto';
import { batchCode } from '@daodi/trace';
import { day, kg, QualityBench } from '../testing/quality-bench';
import { firms, playSeason, type Season, shipping } from '../testing/season';
import { judgeHistory } from './judged-history';
import { isTouchedSince } from './touched-since';

let bench: QualityBench;
let people: Pick<Season, 'coop' | 'factory' | 'laboratory'>;
beforeAll(async () => {
  bench = await QualityBench.open();
  people = await firms(bench);
});
afterAll(() => bench.close());

const nodeOf = async (uri: string): Promise<string> => {
  const [row] = await bench.dataSource.query('SELECT n.id FROM node n JOIN identifier i ON i.id = n.identifier WHERE i.canonical = $1', [uri]);
  return row.id;
};
/** Judges a share now, and tells whether what is said afterwards bears on it. */
async function isTouchedBy(uri: string, organisation: string, said: () => Promise<unknown>): Promise<boolean> {
  const history = await judgeHistory(bench.dataSource, await nodeOf(uri), organisation);
  const size = BigInt(await bench.size());
  await said();
  return isTouchedSince(bench.dataSource, history, size);
}

it('a record about what came out beside a batch bears on it, one about another batch does not', async () => {
  const { fresh, factory } = await playSeason(bench, people);
  const sliced = await bench.issue(factory, 'lianqiao');
  const code = batchCode(Uint8Array.from({ length: 10 }, () => Math.floor(Math.random() * 256)));
  const twigs = `urn:daodi:b:${code}`;
  await bench.say(factory, {
    type: 'TransformationEvent', eventTime: day(7), inputQuantityList: [kg(fresh, 0)], outputQuantityList: [kg(sliced, 1), kg(twigs, 1)],
  });
  expect(await isTouchedBy(sliced, factory.id, () => bench.issue(factory, 'lianqiao'))).toBe(false);
  expect(await isTouchedBy(sliced, factory.id, () => bench.record(factory, 'batch', code, { code, uri: twigs, kind: 'batch', herb: 'dihuang' }))).toBe(true);
});

it('a carton’s move declared in error bears on what it carried, though nothing names that any more', async () => {
  const { dried, factory, coop } = await playSeason(bench, people);
  const carton = `urn:example:carton:${dried.slice(-6)}`;
  await bench.say(factory, { type: 'AggregationEvent', action: 'ADD', bizStep: 'packing', eventTime: day(7), parentID: carton, childQuantityList: [kg(dried, 10)] });
  const { quantityList: _, ...move } = shipping(dried, 10, factory, coop, day(8));
  const shipped = await bench.say(factory, { ...move, epcList: [carton] });
  expect(await isTouchedBy(dried, coop.id, () => bench.declare(factory, shipped, 'ObjectEvent', day(8)))).toBe(true);
});

it('what was used on the crop behind it bears on it, told late or judged by another record; what was used on another crop does not', async () => {
  const { dried, crop, factory, coop } = await playSeason(bench, people);
  const work = (on: string) => ({ type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'urn:daodi:bizstep:plant-protection', eventTime: day(1), epcList: [on], 'daodi:inputsUsed': [{ name: '某药剂', quantity: 1, uom: 'LTR' }] });
  const other = await bench.issue(coop, 'lianqiao', 'crop');
  expect(await isTouchedBy(dried, factory.id, () => bench.say(coop, work(other)))).toBe(false);
  expect(await isTouchedBy(dried, factory.id, () => bench.say(coop, work(crop)))).toBe(true);
  for (const type of ['input-product', 'input-allowance']) {
    const state = { name: '某药剂', kind: 'pesticide', herb: 'lianqiao', ingredients: [], status: 'active' };
    expect(await isTouchedBy(dried, factory.id, () => bench.record(coop, type, randomUUID(), state))).toBe(true);
  }
});

it('how something was picked behind a batch of another grade bears on it, and is one of the inputs of what blocks', async () => {
  const { fresh, dried, factory, coop } = await playSeason(bench, people);
  const sold = await bench.issue(factory, 'lianqiao');
  const grade = (firm: typeof coop, uri: string, as: string) => {
    const code = uri.slice('urn:daodi:b:'.length);
    return bench.record(firm, 'batch', code, { code, uri, kind: 'batch', herb: 'lianqiao', grade: as });
  };
  await grade(factory, dried, '统货');
  await grade(factory, sold, '老翘');
  await bench.say(factory, { type: 'TransformationEvent', eventTime: day(7), inputQuantityList: [kg(dried, 20)], outputQuantityList: [kg(sold, 20)] });
  const judged = async () => judgeHistory(bench.dataSource, await nodeOf(sold), factory.id);
  const before = await judged();
  expect(await isTouchedBy(sold, factory.id, () => grade(coop, fresh, '青翘'))).toBe(true);
  const after = await judged();
  expect([before, after].map(({ findings }) => findings.some(({ rule }) => rule === 'grade-retyped'))).toEqual([false, true]);
  expect(after.inputsDigest).not.toBe(before.inputsDigest);
});
