import { rebuild } from '@daodi/log';
import { REGISTRY_PROJECTIONS } from '../projection';
import { type Account, RegistryBench } from '../testing/registry-bench';
import { findScaleOn } from './find-scale';

const SCALE = { name: '一号台秤', kind: 'platform', division: { quantity: '0.2', unit: '斤' }, capacity: { quantity: '0.5', unit: 't' }, calibratedOn: '2026-03-12', validUntil: '2026-08-31' };

describe('scales', () => {
  let bench: RegistryBench;
  let owner: Account;
  let rival: Account;
  let site: string;
  beforeAll(async () => {
    bench = await RegistryBench.open();
    [owner, rival] = [await bench.organisation('WEIGHS'), await bench.organisation('WATCHES')];
    site = (await bench.send(owner, 'POST', '/api/v1/sites', { kind: 'station', name: '收购站', region: '141026' })).json().id;
  });
  afterAll(() => bench.close());

  const add = (more: object = {}, who = owner) => bench.send(who, 'POST', '/api/v1/scales', { ...SCALE, site, ...more });
  const change = (id: string, body: object, who = owner) => bench.send(who, 'PATCH', `/api/v1/scales/${id}`, body);
  const rules = (response: { json(): { errors: { pointer: string; rule: string }[] } }) => response.json().errors.map(({ pointer, rule }) => `${pointer} ${rule}`);

  it('keep their division and capacity in exact milligrams beside what was typed', async () => {
    const made = (await add()).json();
    expect(made).toMatchObject({ identifier: `urn:daodi:scale:${made.id}`, division: { quantity: '0.2', unit: '斤' }, divisionMg: '100000', capacityMg: '500000000' });
    expect(await findScaleOn(bench.dataSource, owner.organisationId, made.identifier, '2026-08-20')).toMatchObject({ id: made.id, site, divisionMg: 100_000n, validUntil: '2026-08-31' });
  });

  it('stand as they stood on the day of a weighing, in whatever order changes were said', async () => {
    const { id } = (await add()).json();
    await change(id, { from: '2026-09-10', division: { quantity: '50', unit: 'g' } });
    await change(id, { from: '2026-09-01', calibratedOn: '2026-09-01', validUntil: '2027-08-31', why: '重新检定' });
    const on = async (day: string) => (await bench.send(owner, 'GET', `/api/v1/scales/${id}?on=${day}`)).json();
    const seen = await Promise.all(['1999-01-01', '2026-08-31', '2026-09-01', '2026-09-09', '2026-09-10', '2030-01-01'].map(on));
    expect(seen.map(({ divisionMg, validUntil }) => `${divisionMg} ${validUntil}`)).toEqual([
      '100000 2026-08-31', '100000 2026-08-31', '100000 2027-08-31', '100000 2027-08-31', '50000 2026-08-31', '50000 2026-08-31',
    ]);
    expect((await bench.send(owner, 'GET', `/api/v1/scales/${id}`)).json()).toMatchObject({ divisionMg: '50000', from: '2026-09-10' });
    await change(id, { from: '2026-10-01', status: 'ended' });
    expect((await on('2026-09-30')).status).toBe('active');
    expect((await bench.send(owner, 'GET', `/api/v1/scales/${id}`)).json().status).toBe('ended');
  });

  it('are refused with what cannot be, every fault at once', async () => {
    expect(rules(await add({ site: '11111111-1111-4111-8111-111111111111', division: { quantity: '0.0000001', unit: 'kg' }, validUntil: '2026-01-01' })))
      .toEqual(['/division/quantity finer-than-a-milligram', '/validUntil before-calibration', '/site unknown-site']);
    expect(rules(await add({ division: { quantity: 1, unit: 't' } }))).toEqual(['/capacity below-division']);
    expect(rules(await add({ capacity: { quantity: '1e30', unit: 't' } }))).toEqual(['/capacity/quantity too-heavy']);
    expect((await add({ division: { quantity: 1, unit: '件' } })).statusCode).toBe(422);
    expect((await add({ division: undefined })).statusCode).toBe(422);
  });

  it('are nobody else’s to see, to change or to weigh on', async () => {
    const { id } = (await add()).json();
    for (const url of [`/api/v1/scales/${id}`, `/api/v1/scales/${id}?on=2026-08-20`]) expect((await bench.send(rival, 'GET', url)).statusCode).toBe(404);
    expect((await change(id, { name: '改名' }, rival)).statusCode).toBe(404);
    expect((await bench.send(rival, 'GET', '/api/v1/scales')).json().items).toEqual([]);
    expect(await findScaleOn(bench.dataSource, rival.organisationId, id, '2026-08-20')).toBeUndefined();
    expect(rules(await add({}, rival))).toEqual(['/site unknown-site']);
  });

  it('are the same when they are made anew from the log', async () => {
    const tables = (await rebuild(bench.dataSource, REGISTRY_PROJECTIONS, [], 'scales')).flatMap((rebuilt) => rebuilt.tables);
    expect(tables.filter(({ after, before }) => after !== before)).toEqual([]);
    expect(tables.filter(({ table, rows }) => /^scale/.test(table) && rows > 0)).toHaveLength(2);
  });
});
