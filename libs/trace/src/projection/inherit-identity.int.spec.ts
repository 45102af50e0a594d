import { createDataSource } from '@daodi/platform';
import { rebuild } from '@daodi/log';
import { batchCode } from '../domain/batch-code';
import { TraceBench } from '../testing';
import { traceProjection } from './trace.projection';

const HOST = 'https://trace.example.cn';

let bench: TraceBench;
let coop: string;
let serial = 0;

beforeAll(async () => {
  bench = await TraceBench.open();
  coop = await bench.organisation('COOP');
  await bench.record(coop, 'public-url', { host: 'trace.example.cn' });
});
afterAll(() => bench.close());

interface Goods {
  readonly uri: string;
  readonly facts: Record<string, unknown>;
}

/** A code, with what its issuer says when what it was made of is not on record. */
const goods = (facts: Record<string, unknown> = {}, kind = 'batch'): Goods => {
  const bytes = Buffer.alloc(10);
  bytes.writeUInt32BE((serial += 1));
  const code = batchCode(bytes);
  return { uri: `${HOST}/b/${code}`, facts: { code, uri: `${HOST}/b/${code}`, kind, ...facts } };
};
const issued = ({ facts }: Goods) => bench.record(coop, 'batch', facts);
const made = (inputs: readonly Goods[], outputs: readonly Goods[], more: object = {}) => {
  const event = {
    type: 'TransformationEvent', eventID: `urn:example:inherit:${(serial += 1)}`, eventTime: '2026-08-20T01:00:00Z',
    inputEPCList: inputs.filter(({ facts }) => facts['kind'] === 'crop').map(({ uri }) => uri),
    inputQuantityList: inputs.filter(({ facts }) => facts['kind'] !== 'crop').map(({ uri }) => ({ epcClass: uri, quantity: 1, uom: 'KGM' })),
    outputQuantityList: outputs.map(({ uri }) => ({ epcClass: uri, quantity: 1, uom: 'KGM' })), ...more,
  };
  return { say: () => bench.say(coop, event), declare: () => bench.say(coop, { ...event, errorDeclaration: { declarationTime: '2026-08-21T01:00:00Z' } }) };
};
const herbOf = async ({ uri }: Goods): Promise<string> => {
  const [row] = await bench.dataSource.query('SELECT herb, grade FROM batch WHERE uri = $1', [uri]);
  return `${row.herb ?? '–'} ${row.grade ?? '–'}`;
};

describe('what a batch is, where nobody said it', () => {
  it('follows what went in, however late and however far up that arrives', async () => {
    const [crop, fresh, dried, twigs] = [goods({ herb: 'lianqiao', grade: '青翘' }, 'crop'), goods(), goods(), goods({ role: 'waste' })];
    for (const one of [dried, twigs]) await issued(one);
    await made([fresh], [dried, twigs]).say();
    await issued(fresh);
    await made([crop], [fresh]).say();
    expect(await Promise.all([fresh, dried, twigs].map(herbOf))).toEqual(['– –', '– –', '– –']);
    await issued(crop);
    expect(await Promise.all([fresh, dried, twigs].map(herbOf))).toEqual(['lianqiao 青翘', 'lianqiao 青翘', 'lianqiao –']);
  });

  it.each([
    ['two herbs', [{ herb: 'lianqiao' }, { herb: 'huangqin' }], {}, '– –'],
    ['one herb and something unknown', [{ herb: 'lianqiao' }, {}], {}, '– –'],
    ['one herb in two grades', [{ herb: 'lianqiao', grade: '青翘' }, { herb: 'lianqiao', grade: '老翘' }], {}, 'lianqiao –'],
    ['one herb, one of them without a grade', [{ herb: 'lianqiao', grade: '青翘' }, { herb: 'lianqiao' }], {}, 'lianqiao –'],
    ['another herb than was stated', [{ herb: 'dangshen' }], { herb: 'renshen' }, 'renshen –'],
    ['a grade of its own', [{ herb: 'dangshen', grade: '统货' }], { grade: '一等' }, 'dangshen 一等'],
  ])('of %s', async (_, inputs, stated, is) => {
    const parents = inputs.map((facts) => goods(facts));
    const child = goods(stated);
    await issued(child);
    await made(parents, [child]).say();
    for (const parent of parents) await issued(parent);
    expect(await herbOf(child)).toBe(is);
  });

  it('is not known any more when what made it is declared in error', async () => {
    const [fresh, dried, packs] = [goods({ herb: 'lianqiao' }), goods(), goods({}, 'retail')];
    for (const one of [fresh, dried, packs]) await issued(one);
    const drying = made([fresh], [dried]);
    await drying.say();
    await made([dried], [packs]).say();
    expect(await herbOf(packs)).toBe('lianqiao –');
    await drying.declare();
    expect(await Promise.all([dried, packs].map(herbOf))).toEqual(['– –', '– –']);
  });

  it('comes out the same when the tables are made anew', async () => {
    const owner = await createDataSource({ url: bench.database.ownerUrl, poolMax: 2 }).initialize();
    try {
      const parts = await rebuild(owner, [traceProjection], [], 'all');
      expect(parts.flatMap(({ tables }) => tables).filter(({ before, after }) => before !== after)).toEqual([]);
    } finally {
      await owner.destroy();
    }
  });
});
