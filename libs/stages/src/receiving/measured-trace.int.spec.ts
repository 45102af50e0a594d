import { catchUp } from '@daodi/log';
import { historyFollower } from '@daodi/trace';
import { type Firm, FormsBench } from '../testing/forms-bench';

let bench: FormsBench;
let coop: Firm;
let factory: Firm;
beforeAll(async () => {
  bench = await FormsBench.open({ followers: [historyFollower] });
  [coop, factory] = [await bench.firm('ANZE-LQ', { roles: ['machine', 'owner'] }), await bench.firm('HUAIHE-YP', { type: 'decoction-piece-factory', roles: ['machine', 'owner'] })];
});
afterAll(() => bench.close());

const uri = (code: string) => `https://trace.example.cn/b/${code}`;
const scaleOf = async (firm: Firm) =>
  (await bench.done(firm, '/scales', { name: '台秤', site: firm.site, division: { quantity: '0.1', unit: 'kg' }, validUntil: '2027-03-11' })).id as string;
const oven = (percent: string, scale?: string) => ({ weighing: { ...(scale && { scale }), moisture: { percent, method: 'oven' } } });
const traceOf = async (firm: Firm, code: string) => {
  await catchUp(bench.dataSource, historyFollower);
  return (await bench.get(firm, `/trace?epc=${encodeURIComponent(uri(code))}&direction=back`)).body;
};

it('a trace balances a drying on dry matter, where both ends were measured, and cuts the scale from what others read', async () => {
  const scale = await scaleOf(coop);
  const fresh = await bench.harvested(coop, '812.5');
  const dried = await bench.done(coop, '/processing', {
    eventTime: '2026-08-24T17:00:00+08:00', step: 'drying', inputs: [{ batch: fresh, quantity: '812.5', unit: 'kg', ...oven('65.0', scale) }],
    outputs: [{ quantity: '320', unit: 'kg', form: 'dried', ...oven('11.0', scale) }], losses: [{ cause: 'drying', quantity: '492.5', unit: 'kg' }],
  });
  const batch = dried.batches[0].code as string;
  const steps = (await traceOf(coop, batch)).steps;
  expect(steps.map(({ dryMatter }: { dryMatter?: object }) => dryMatter)).toEqual([undefined, { in: 284.375, out: 284.8, verdict: 'agrees', uom: 'KGM' }]);

  await bench.done(coop, '/shipments', { eventTime: '2026-09-01T08:00:00+08:00', to: { organisation: 'HUAIHE-YP' }, lines: [{ batch, quantity: '320', unit: 'kg', ...oven('11.0', scale) }] });
  await bench.done(factory, '/receipts', { eventTime: '2026-09-02T15:00:00+08:00', from: { organisation: 'ANZE-LQ' }, lines: [{ batch, accepted: { quantity: '319.9', unit: 'kg', weighing: { scale: await scaleOf(factory) } } }] });
  await bench.done(factory, '/stock-takes', { eventTime: '2026-10-31T17:00:00+08:00', lines: [{ batch, quantity: '320.4', unit: 'kg', reason: 'moisture-regain', ...oven('11.2') }] });
  const seen = await traceOf(factory, batch);
  expect(seen.steps[1].dryMatter).toMatchObject({ verdict: 'agrees' });
  expect(seen.bookedDifferences).toEqual([
    { reason: 'moisture-regain', direction: 'gained', quantity: 0.5, uom: 'KGM', count: 1 }, { reason: 'scale-difference', direction: 'lost', quantity: 0.1, uom: 'KGM', count: 1 },
  ]);
  expect(JSON.stringify(seen)).not.toContain(scale);
});

it('a trace says when more dry matter came out than can have gone in, and by which moistures', async () => {
  const fresh = await bench.harvested(coop, '100');
  const dry = async (method: string) => {
    const moisture = (percent: string) => ({ weighing: { moisture: { percent, method } } });
    const answer = await bench.done(coop, '/processing', {
      eventTime: '2026-08-24T17:00:00+08:00', step: 'drying', inputs: [{ batch: fresh, quantity: '40', unit: 'kg', ...moisture('65.0') }], outputs: [{ quantity: '20', unit: 'kg', ...moisture('11.0') }],
    });
    return (await traceOf(coop, answer.batches[0].code)).steps[1].dryMatter;
  };
  // 19 kg at most 11.05 % water, less 41 kg at least 64.95 %: no scale is named, so a kilogram is what was typed.
  expect(await dry('oven')).toEqual({ in: 14, out: 17.8, verdict: 'gained', by: 2.53, basis: 'measured', uom: 'KGM' });
  expect(await dry('table')).toMatchObject({ verdict: 'gained', basis: 'stated' });
});
