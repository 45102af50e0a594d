import { catchUp, rebuild } from '@daodi/log';
import { QUALITY_FOLLOWERS, QUALITY_MIGRATIONS, QUALITY_PROJECTIONS, QualityModule } from '@daodi/quality';
import type { Role } from '@daodi/registry';
import { historyFollower } from '@daodi/trace';
import { type Firm, FormsBench } from '../testing/forms-bench';

const FOLLOWERS = [historyFollower, ...QUALITY_FOLLOWERS];
let bench: FormsBench;
let store: Firm;
let buyer: Firm;
let head: Firm;
let laboratory: readonly Firm[];
let zones: Record<'quarantine' | 'qualified' | 'rejected', string>;
beforeAll(async () => {
  bench = await FormsBench.open({ modules: [QualityModule], migrations: QUALITY_MIGRATIONS, projections: QUALITY_PROJECTIONS, followers: FOLLOWERS });
  [store, buyer] = [await bench.firm('ANZE-LQ'), await bench.firm('HUAIHE-YP')];
  const person = async (role: Role): Promise<Firm> => ({ ...store, ...(await bench.signedIn(store.organisationId, [role])) });
  head = await person('quality-head');
  laboratory = await Promise.all((['lab-tester', 'lab-reviewer', 'lab-approver'] as const).map(person));
  const token = await bench.key(store.organisationId, ['warehouse']);
  const zone = async (kind: string): Promise<string> => (await bench.done({ ...store, token }, '/zones', { site: store.site, zone: kind, name: `${kind} A-01` })).id;
  zones = { quarantine: await zone('quarantine'), qualified: await zone('qualified'), rejected: await zone('rejected') };
});
afterAll(() => bench.close());

const kg = (batch: string, quantity: string | number) => ({ batch, quantity, unit: 'kg' });
let hour = 0;
/** Each act after the one before. */
const at = (): string => new Date(Date.UTC(2026, 8, 1, ++hour)).toISOString();

async function storedIn(place: string, kilograms: string): Promise<string> {
  const batch = await bench.harvested(store, kilograms);
  await bench.done(store, '/storage', { eventTime: at(), site: place, lines: [kg(batch, kilograms)] });
  return batch;
}

const decide = (batch: string, from: string, to: string, kilograms: string) => bench.done(head, '/zone-decisions', { eventTime: at(), from, to, lines: [kg(batch, kilograms)], basis: '外观' });
const KNOWING = { acceptUndecided: true, reason: '急' };
const shipped = (batch: string, kilograms: string, more: object = {}) => bench.done(store, '/shipments', { eventTime: at(), to: { organisation: buyer.code }, lines: [kg(batch, kilograms)], ...more });

async function found(batch: string): Promise<{ rule: string; severity: string; numbers: Record<string, unknown> }[]> {
  for (const follower of FOLLOWERS) await catchUp(bench.dataSource, follower);
  const { body } = await bench.get(head, `/findings?batch=${batch}`);
  return body.items.filter(({ rule }: { rule: string }) => /zone/.test(rule)).map(({ rule, severity, numbers }: any) => ({ rule, severity, numbers }));
}

let reports = 0;
async function passed(batch: string): Promise<void> {
  const [tester, reviewer, approver] = laboratory as [Firm, Firm, Firm];
  const { id } = await bench.done(tester, '/test-reports', { number: `R-${++reports}`, batch, standard: '企业标准', items: [{ test: '水分', value: '8.1', unit: '%', limitText: '不得过 10.0%', verdict: 'pass' }] });
  for (const [who, step, body] of [[reviewer, 'review', {}], [approver, 'approval', { verdict: 'pass' }]] as const) {
    const { status, body: answer } = await bench.post(who, `/test-reports/${id}/${step}`, body);
    if (status !== 200) throw new Error(JSON.stringify(answer));
  }
}
const zoneReasons = ({ body }: { body: { reasons?: { rule: string }[] } }): string[] => (body.reasons ?? []).map(({ rule }) => rule).filter((rule) => /zone|on-hand/.test(rule));
const release = (batch: string) => bench.post(head, '/releases', { batch, decision: 'released' });

describe('zones and what is found', () => {
  it('block what was found unfit as a whole, whatever a report says, until it is decided otherwise', async () => {
    const batch = await storedIn(zones.quarantine, '10');
    await passed(batch);
    await decide(batch, zones.quarantine, zones.rejected, '4');
    expect(await found(batch)).toEqual([]);
    await decide(batch, zones.quarantine, zones.rejected, '6');
    expect(await found(batch)).toEqual([{ rule: 'all-in-rejected-zone', severity: 'blocking', numbers: { rejected: 10, uom: 'KGM' } }]);
    expect(zoneReasons(await release(batch))).toEqual(['all-in-rejected-zone']);
    await decide(batch, zones.rejected, zones.qualified, '10');
    expect([await found(batch), zoneReasons(await release(batch))]).toEqual([[], []]);
  });

  it('block what was sent on, sold or used out of a zone for what is unfit, named or not, and warn of the undecided', async () => {
    const named = await storedIn(zones.rejected, '10');
    await shipped(named, '3', { site: zones.rejected, ...KNOWING });
    expect(await found(named)).toEqual([{ rule: 'left-rejected-zone', severity: 'blocking', numbers: { left: 3, uom: 'KGM' } }]);
    const unnamed = await storedIn(zones.rejected, '10');
    await bench.done(store, '/sales', { eventTime: at(), lines: [kg(unnamed, '2')], ...KNOWING });
    await bench.done(store, '/processing', { eventTime: at(), step: 'sorting', inputs: [kg(unnamed, '1')], outputs: [{ quantity: '1', unit: 'kg' }], ...KNOWING });
    expect(await found(unnamed)).toEqual([{ rule: 'left-rejected-zone', severity: 'blocking', numbers: { left: 3, uom: 'KGM' } }]);
    const undecided = await storedIn(zones.quarantine, '10');
    await shipped(undecided, '3', KNOWING);
    expect(await found(undecided)).toEqual([{ rule: 'left-undecided-zone', severity: 'warning', numbers: { left: 3, uom: 'KGM' } }]);
  });

  it('tell nothing of what becomes of such goods: decided, sampled, destroyed; nor of what had left before', async () => {
    const batch = await storedIn(zones.quarantine, '10');
    await decide(batch, zones.quarantine, zones.qualified, '6');
    await shipped(batch, '6', { site: zones.qualified });
    await bench.done(store, '/samples', { eventTime: at(), site: zones.quarantine, lines: [kg(batch, '0.5')] });
    await decide(batch, zones.quarantine, zones.rejected, '3.5');
    await bench.done(store, '/destructions', { eventTime: at(), site: zones.rejected, witness: store.person, lines: [kg(batch, '1.5')], reason: '霉变' });
    expect(await found(batch)).toEqual([]);
    await passed(batch);
    // What is left is unfit, so there is nothing to let go; what was let go before is not spoken of.
    expect(zoneReasons(await release(batch))).toEqual(['only-rejected-on-hand']);
  });

  it('are listed with their decisions, to their own organisation alone', async () => {
    const batch = await storedIn(zones.quarantine, '10');
    await decide(batch, zones.quarantine, zones.qualified, '10');
    const { items } = (await bench.get(store, '/zone-decisions?limit=500')).body;
    expect(items.at(-1)).toMatchObject({ decision: 'qualified', basis: '外观', status: 'active' });
    expect((await bench.get(buyer, '/zone-decisions')).body.items).toEqual([]);
  });

  it('let goods go back to whom they came from', async () => {
    const batch = await bench.harvested(buyer, '10');
    await bench.done(buyer, '/shipments', { eventTime: at(), to: { organisation: store.code }, lines: [kg(batch, '10')] });
    await bench.done(store, '/receipts', { eventTime: at(), site: zones.quarantine, from: { organisation: buyer.code }, lines: [{ batch, accepted: { quantity: '10', unit: 'kg' } }] });
    await decide(batch, zones.quarantine, zones.rejected, '10');
    await shipped(batch, '10', { site: zones.rejected, ...KNOWING });
    expect(await found(batch)).toEqual([]);
  });

  it('judge what lies in a carton by where the carton left', async () => {
    const batch = await storedIn(zones.rejected, '10');
    const packed = (await bench.done(store, '/packing', { eventTime: at(), site: zones.rejected, inputs: [kg(batch, '10')], pieces: 10, netContent: { quantity: '1', unit: 'kg' }, ...KNOWING })).batches[0].code;
    expect((await found(batch)).map(({ rule }) => rule)).toEqual(['left-rejected-zone']);
    await bench.done(store, '/storage', { eventTime: at(), site: zones.rejected, lines: [{ batch: packed, quantity: 10, unit: '袋' }] });
    const { batches } = await bench.done(store, '/aggregations', { eventTime: at(), action: 'pack', site: zones.rejected, lines: [{ batch: packed, quantity: 4, unit: '袋' }] });
    await bench.done(store, '/shipments', { eventTime: at(), site: zones.rejected, to: { organisation: buyer.code }, containers: [batches[0].code], ...KNOWING });
    expect((await found(packed)).map(({ rule, numbers }) => [rule, numbers['left']])).toEqual([['left-rejected-zone', 4]]);
  });

  it('are the same after everything is made anew', async () => {
    const all = () => bench.dataSource.query(`SELECT * FROM finding WHERE rule ~ 'zone' ORDER BY id`);
    const before = await all();
    await rebuild(bench.dataSource, bench.projections, FOLLOWERS, 'all');
    expect(before.length).toBeGreaterThan(3);
    expect(await all()).toEqual(before);
  });
});
