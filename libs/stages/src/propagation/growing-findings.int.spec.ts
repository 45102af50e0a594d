import { randomUUID } from 'node:crypto';
import { catchUp, rebuild } from '@daodi/log';
import { QUALITY_FOLLOWERS, QUALITY_MIGRATIONS, QUALITY_PROJECTIONS, QualityModule } from '@daodi/quality';
import { record } from '@daodi/registry';
import { historyFollower } from '@daodi/trace';
import { type Firm, FormsBench } from '../testing/forms-bench';

const FOLLOWERS = [historyFollower, ...QUALITY_FOLLOWERS];
let bench: FormsBench;
let coop: Firm;
let rival: Firm;
let west: string;
beforeAll(async () => {
  bench = await FormsBench.open({ modules: [QualityModule], migrations: QUALITY_MIGRATIONS, projections: QUALITY_PROJECTIONS, followers: FOLLOWERS });
  [coop, rival] = [await bench.firm('ANZE-LQ', { roles: ['owner'] }), await bench.firm('RIVAL', { roles: ['owner'] })];
  west = randomUUID();
  await bench.say(coop.organisationId, [record('plot', west, 'created', { new: { name: '西坡', region: '141026', status: 'active', version: 1 } }), record('plot', coop.plot, 'changed', { new: { name: '东坡', region: '141026', status: 'active', version: 2 } })]);
});
afterAll(() => bench.close());

const notice = (who: Firm, more: object = {}) =>
  bench.done(who, '/opening-notices', { region: '141026', herb: 'lianqiao', grade: '青翘', from: '2026-07-15', number: '安政告 9', source: '县政府网站', ...more });
/** A crop on both plots, harvested on a day, from all of it or from the plots named. */
async function harvest(day: string, plots?: string[]): Promise<string> {
  const crop = await bench.done(coop, '/crops', { eventTime: '2020-03-20T09:00:00+08:00', herb: 'lianqiao', grade: '青翘', plots: [coop.plot, west], mode: 'wild-tended' });
  return (await bench.done(coop, '/harvests', { eventTime: `${day}T17:00:00+08:00`, crop: crop.batches[0].code, quantity: '100', unit: 'kg', plots })).batches[0].code;
}
async function change(path: string, body: object): Promise<void> {
  const { status, body: answer } = await bench.send(coop, 'PATCH', path, body);
  if (status !== 200) throw new Error(JSON.stringify(answer));
}

async function found(batch: string): Promise<string[]> {
  for (const follower of FOLLOWERS) await catchUp(bench.dataSource, follower);
  const { body } = await bench.get(coop, `/findings?batch=${batch}`);
  return body.items.filter(({ rule }: { rule: string }) => rule !== 'written-late').map(({ severity, rule }: { severity: string; rule: string }) => `${severity} ${rule}`).sort();
}

describe('findings of the field', () => {
  it('note picking before the county’s notice: ours or a supervisor’s, of that herb, grade and year; without one nothing is said', async () => {
    const early = await harvest('2026-07-10');
    expect(await found(early)).toEqual([]);
    await notice(rival);
    expect(await found(early)).toEqual([]);
    await notice(coop, { grade: '老翘' });
    await notice(coop, { region: '141031' });
    await notice(coop, { from: '2027-07-15' });
    expect(await found(early)).toEqual([]);
    const { id } = await notice(coop);
    expect(await found(early)).toEqual(['note picked-before-notice']);
    expect(await found(await harvest('2026-07-15'))).toEqual([]);
    await change(`/opening-notices/${id}`, { from: '2026-07-01', why: '看错日期' });
    expect(await found(early)).toEqual([]);
    const supervisor = await bench.firm('ANZE-GOV', { type: 'supervisor', roles: ['owner'] });
    await change(`/opening-notices/${id}`, { status: 'ended', why: '以县局为准' });
    await notice(supervisor, { grade: undefined });
    expect(await found(early)).toEqual(['note picked-before-notice']);
  });

  it('warn of picking while the land rests: of the land named, or where all of the crop’s rests; and close with the plan', async () => {
    const [whole, east, other] = [await harvest('2024-08-20'), await harvest('2024-08-20', [coop.plot]), await harvest('2024-08-20', [west])];
    const baseId = (await bench.done(coop, '/bases', { name: '一号基地', region: '141026' })).id;
    const plan = await bench.done(coop, '/rotation-plans', { baseId, year: 2024, resting: [coop.plot] });
    expect([await found(whole), await found(east), await found(other)]).toEqual([[], ['warning picked-while-resting'], []]);
    await change(`/rotation-plans/${plan.id}`, { resting: [coop.plot, west], why: '扩大封育' });
    expect([await found(whole), await found(east), await found(other)]).toEqual(Array(3).fill(['warning picked-while-resting']));
    await change(`/rotation-plans/${plan.id}`, { status: 'ended', why: '作废' });
    expect([await found(whole), await found(east)]).toEqual([[], []]);
  });

  it('warn of picking when no contract of the land holds, until it is renewed', async () => {
    const batch = await harvest('2023-08-20', [west]);
    expect(await found(batch)).toEqual([]);
    const contract = { land: [west], kind: 'lease', party: '飞岭村村民委员会', areaMu: '866' };
    const old = await bench.done(coop, '/land-contracts', { ...contract, from: '2018-03-01', to: '2022-02-28' });
    expect(await found(batch)).toEqual(['warning picked-without-contract']);
    await bench.done(coop, '/land-contracts', { ...contract, from: '2022-03-01', to: '2027-02-28', renews: old.id });
    expect(await found(batch)).toEqual([]);
  });

  it('warn of a density outside what was meant, close with its correction, and are the same when made anew', async () => {
    const plant = { eventTime: '2026-03-20T09:00:00+08:00', herb: 'lianqiao', plots: [west], mode: 'seedling', area: { quantity: '10', unit: 'mu' }, density: { min: 200, max: 260 } };
    const accession = (await bench.done(coop, '/accessions', { eventTime: '2019-10-12T10:00:00+08:00', number: 'SX-1', holder: '资源圃', herb: 'lianqiao', species: 'Forsythia suspensa', source: 'wild' })).batches[0].code;
    const seedlings = (await bench.done(coop, '/propagations', { eventTime: '2025-11-01T17:00:00+08:00', way: 'cutting', mothers: [accession], outputs: [{ form: 'seedling', quantity: 9000, unit: '个' }] })).batches[0].code;
    const dense = await bench.done(coop, '/crops', { ...plant, lots: [{ batch: seedlings, quantity: 5000, unit: '个' }] });
    const crop = dense.batches[0].code;
    expect(await found(crop)).toEqual(['warning planting-density']);
    await bench.done(coop, `/events/${encodeURIComponent(dense.eventID)}/correction`, { reason: '点数有误', replacement: { ...plant, lots: [{ batch: seedlings, quantity: 2300, unit: '个' }] } });
    expect(await found(crop)).toEqual([]);
    for (const { tables } of await rebuild(bench.dataSource, bench.projections, FOLLOWERS, 'findings')) for (const { table, before, after } of tables) expect([table, after]).toEqual([table, before]);
  });
});
