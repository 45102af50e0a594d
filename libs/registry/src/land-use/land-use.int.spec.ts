import { rebuild } from '@daodi/log';
import { REGISTRY_PROJECTIONS } from '../projection';
import { type Account, RegistryBench } from '../testing/registry-bench';

const SQUARE = { type: 'Polygon', coordinates: [[[112.2, 36.1], [112.21, 36.1], [112.21, 36.11], [112.2, 36.11], [112.2, 36.1]]] };

describe('the use of land', () => {
  let bench: RegistryBench;
  let owner: Account;
  let stranger: Account;
  let baseId: string;
  let area: string;
  beforeAll(async () => {
    bench = await RegistryBench.open();
    [owner, stranger] = [await bench.organisation('USE-1'), await bench.organisation('USE-2')];
    baseId = (await bench.send(owner, 'POST', '/api/v1/bases', { name: '东山', region: '141026' })).json().id;
    area = (await tend({})).json().id;
    await bench.send(bench.operator, 'POST', '/api/v1/herbs', { code: 'lianqiao', name: '连翘', pinyin: 'lianqiao', latin: 'Forsythiae Fructus', part: '果实', verified: false, source: '测试', grades: ['青翘'] });
  });
  afterAll(() => bench.close());
  const tend = (more: object) =>
    bench.send(owner, 'POST', '/api/v1/tending-areas', { baseId, name: '东坡', layer: 'shrub', fromYear: 2024, boundary: SQUARE, datum: 'WGS-84', ...more });
  const contract = (more: object) => bench.send(owner, 'POST', '/api/v1/land-contracts', { land: [area], kind: 'lease', party: '飞岭村村民委员会', from: '2024-03-01', to: '2029-02-28', areaMu: '866', ...more });
  const rules = (response: { json(): { errors: { pointer: string; rule: string }[] } }) => response.json().errors.map(({ pointer, rule }) => `${pointer} ${rule}`);

  it('keeps compartments, and the area on the slope beside the one seen from above', async () => {
    const { areaM2, groundAreaM2, compartment, subCompartment, notes } = (await tend({ compartment: '12', subCompartment: '0147', slopeDegrees: 30, layer: 'canopy', declaredMu: '1733', muMeasure: 'ground' })).json();
    expect([compartment, subCompartment]).toEqual(['12', '0147']);
    expect(groundAreaM2 / areaM2).toBeCloseTo(1.1547, 4);
    expect(notes).toEqual([]);
    expect((await tend({ layer: 'canopy', declaredMu: '1800', fromYear: 2050 })).json().notes.map(({ rule }: { rule: string }) => rule)).toContain('area-differs');
  });

  it('notes an overlap under trees with shrubs and with herbs, not of shrubs with herbs or trees', async () => {
    const notes = async (layer: string) => (await tend({ layer, fromYear: 2025 })).json().notes.map(({ rule }: { rule: string }) => rule);
    expect(await notes('crop')).toEqual([]);
    expect(await notes('herb')).toEqual([]);
    expect(await notes('understorey')).toEqual(['overlap', 'overlap']);
  });

  it('tells of a contract how it stands, is renewed, and takes no other’s land, contract or base', async () => {
    const size = await bench.size();
    expect(rules(await contract({ to: '2023-01-01', land: [area, baseId], renews: area }))).toEqual(['/land/1 unknown-land', '/renews unknown-contract', '/to days-order']);
    const foreign = await bench.send(stranger, 'POST', '/api/v1/disasters', { land: [area], kind: 'hail', from: '2026-06-01', affectedMu: '5' });
    expect(rules(foreign)).toEqual(['/land/0 unknown-land']);
    expect(rules(await bench.send(stranger, 'POST', '/api/v1/rotation-plans', { baseId, year: 2026, resting: [area] }))).toEqual(['/resting/0 unknown-land', '/baseId unknown-base']);
    expect(await bench.size()).toBe(size);
    const old = (await contract({ from: '2019-03-01', to: '2024-02-29' })).json();
    await contract({ renews: old.id, to: '2099-02-28' });
    const { items } = (await bench.send(owner, 'GET', '/api/v1/land-contracts')).json();
    expect(items.map(({ standing, areaMu, renews }: { standing: string; areaMu: string; renews?: string }) => [standing, areaMu, renews])).toEqual([['expired', '866', undefined], ['valid', '866', old.id]]);
    expect((await bench.send(stranger, 'GET', '/api/v1/land-contracts')).json().items).toEqual([]);
    expect((await bench.send(stranger, 'GET', `/api/v1/land-contracts/${old.id}`)).statusCode).toBe(404);
  });

  it('shows the notice of a supervisor to everybody, and anybody else’s to itself', async () => {
    const supervisor = await bench.organisation('USE-SUP', 'supervisor');
    const notice = (who: Account, number: string) =>
      bench.send(who, 'POST', '/api/v1/opening-notices', { region: '141026', herb: 'lianqiao', grade: '青翘', from: '2026-07-15', number, source: '县政府网站' });
    for (const [who, number] of [[owner, 'A'], [supervisor, 'B'], [stranger, 'C']] as const) expect([number, (await notice(who, number)).statusCode]).toEqual([number, 201]);
    const seen = async (who: Account) => (await bench.send(who, 'GET', '/api/v1/opening-notices')).json().items.map(({ number, own }: { number: string; own: boolean }) => `${number} ${own}`);
    expect([await seen(owner), await seen(supervisor), await seen(stranger)]).toEqual([['A true', 'B false'], ['B true'], ['B false', 'C true']]);
    expect(rules(await bench.send(owner, 'POST', '/api/v1/opening-notices', { region: '141026', herb: 'nothing', from: '2026-07-15', number: '1', source: 'x' }))).toEqual(['/herb unknown-herb']);
  });

  it('of one ground by two organisations is seen by its supervisor only, unless layers differ or both contracts say so', async () => {
    const other = (lon: number): object => ({ type: 'Polygon', coordinates: [[[lon, 37], [lon + 0.01, 37], [lon + 0.01, 37.01], [lon, 37.01], [lon, 37]]] });
    const theirBase = (await bench.send(stranger, 'POST', '/api/v1/bases', { name: '他社', region: '141031' })).json().id;
    const theirs = async (layer: string) => (await bench.send(stranger, 'POST', '/api/v1/tending-areas', { baseId: theirBase, name: '他坡', layer, fromYear: 2026, boundary: other(113.005), datum: 'WGS-84' })).json();
    const mine = (await tend({ layer: 'shrub', boundary: other(113) })).json();
    const [shrubs, trees] = [await theirs('shrub'), await theirs('canopy')];
    expect([mine.notes, shrubs.notes, trees.notes]).toEqual([[], [], []]);
    const supervisor = await bench.organisation('USE-GOV', 'supervisor');
    const seen = async () => (await bench.send(supervisor, 'GET', '/api/v1/shared-ground')).json().items;
    expect(await seen()).toEqual([]);
    await bench.send(bench.operator, 'POST', '/api/v1/jurisdictions', { organisationId: supervisor.organisationId, regionPrefix: '1410', stage: 'planting', herb: 'all' });
    const [found, ...more] = await seen();
    expect([more, found.sides.map(({ organisation, land }: { organisation: string; land: string }) => [organisation, land]).sort()]).toEqual([[], [['USE-1', mine.id], ['USE-2', shrubs.id]]]);
    expect(found.overlapM2 / mine.areaM2).toBeCloseTo(0.5, 2);
    expect((await bench.send(owner, 'GET', '/api/v1/shared-ground')).statusCode).toBe(403);
    const shares = (who: Account, land: string) => bench.send(who, 'POST', '/api/v1/land-contracts', { land: [land], kind: 'lease', party: '某村', from: '2026-01-01', to: '2030-12-31', areaMu: 1, sharedGround: true });
    await shares(owner, mine.id);
    expect(await seen()).toHaveLength(1);
    await shares(stranger, shrubs.id);
    expect(await seen()).toEqual([]);
  });

  it('is the same when it is made anew from the log', async () => {
    await bench.send(owner, 'POST', '/api/v1/rotation-plans', { baseId, year: 2026, resting: [area] });
    const { id } = (await bench.send(owner, 'POST', '/api/v1/disasters', { land: [area], kind: 'frost', from: '2026-04-12', affectedMu: '120.50', evidence: [{ name: '照片' }] })).json();
    expect((await bench.send(owner, 'PATCH', `/api/v1/disasters/${id}`, { lossPercent: 60 })).json()).toMatchObject({ affectedMu: '120.5', lossPercent: 60, evidence: [{ name: '照片' }] });
    const tables = (await rebuild(bench.dataSource, REGISTRY_PROJECTIONS, [], 'land-use')).flatMap((rebuilt) => rebuilt.tables);
    expect(tables.filter(({ after, before }) => after !== before)).toEqual([]);
  });
});
