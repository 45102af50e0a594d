import { randomUUID } from 'node:crypto';
import { record } from '@daodi/registry';
import { type Firm, FormsBench } from '../testing/forms-bench';

let bench: FormsBench;
let coop: Firm;
let rival: Firm;
let [east, west] = ['', ''];
beforeAll(async () => {
  bench = await FormsBench.open();
  [coop, rival] = [await bench.firm('ANZE-LQ', { roles: ['owner'] }), await bench.firm('RIVAL', { roles: ['owner'] })];
  [east, west] = [randomUUID(), randomUUID()];
  const plot = { region: '141026', status: 'active', version: 1 };
  // 10 mu are 6,667 m²; on 60 degrees they are 20 on the ground.
  await bench.say(coop.organisationId, [
    record('plot', east, 'created', { new: { ...plot, name: '东坡', areaM2: 6667, groundAreaM2: 13334 } }),
    record('plot', west, 'created', { new: { ...plot, name: '西坡', declaredMu: '15' } }),
  ]);
});
afterAll(() => bench.close());

const yieldsOf = async (who: Firm, year: number) => (await bench.get(who, `/yields?year=${year}`)).body;

it('tells fresh kilograms for each mu, by the land harvested from, with what struck it', async () => {
  const crop = (await bench.done(coop, '/crops', { eventTime: '2020-03-20T09:00:00+08:00', herb: 'lianqiao', grade: '青翘', plots: [east, west], mode: 'wild-tended' })).batches[0];
  const harvest = (day: string, quantity: number, plots?: string[]) => bench.done(coop, '/harvests', { eventTime: `${day}+08:00`, crop: crop.code, quantity, unit: 'kg', plots });
  await harvest('2025-08-20T09:00:00', 400);
  await harvest('2025-12-31T23:59:59', 100);
  await harvest('2026-01-01T00:00:01', 300, [east]);
  await bench.done(coop, '/propagations', { eventTime: '2025-09-20T09:00:00+08:00', way: 'seed-harvest', mothers: [crop.code], outputs: [{ form: 'seed', quantity: 50, unit: 'kg' }] });
  await bench.done(coop, '/disasters', { land: [west], kind: 'frost', from: '2025-04-12', affectedMu: '12', lossPercent: 60, evidence: [{ name: '照片' }] });
  await bench.done(coop, '/disasters', { land: [west], kind: 'hail', from: '2026-06-12', affectedMu: '3' });
  const common = { crop: crop.uri, herb: 'lianqiao', grade: '青翘', uom: 'KGM' };
  expect(await yieldsOf(coop, 2025)).toEqual({
    year: 2025, area: 'projection',
    items: [{ ...common, harvests: 2, quantity: 500, areaMu: 25.001, kgPerMu: 20, disasters: [{ kind: 'frost', from: '2025-04-12', affectedMu: '12', lossPercent: 60, evidence: 1 }] }],
  });
  expect((await yieldsOf(coop, 2026)).items).toEqual([{ ...common, harvests: 1, quantity: 300, areaMu: 10.001, kgPerMu: 29.999, groundMu: 20.001, kgPerGroundMu: 14.999, disasters: [] }]);
  expect((await yieldsOf(rival, 2025)).items).toEqual([]);
});

it('needs a year', async () => {
  expect((await bench.get(coop, '/yields')).status).toBe(422);
});
