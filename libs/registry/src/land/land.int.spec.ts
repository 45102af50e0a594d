import { fromWgs84, type LonLat } from './datum';
import { type Account, RegistryBench } from '../testing/registry-bench';

const square = (lon: number, lat: number, side = 0.01): LonLat[] => [[lon, lat], [lon + side, lat], [lon + side, lat + side], [lon, lat + side], [lon, lat]];
const polygon = (ring: LonLat[]) => ({ type: 'Polygon', coordinates: [ring] });

describe('land', () => {
  let bench: RegistryBench;
  let owner: Account;
  let baseId: string;
  beforeAll(async () => {
    bench = await RegistryBench.open();
    owner = await bench.organisation('LAND');
    baseId = (await bench.send(owner, 'POST', '/api/v1/bases', { name: '一号基地', region: '141026', village: '某村' })).json().id;
  });
  afterAll(() => bench.close());
  const plot = (more: object) =>
    bench.send(owner, 'POST', '/api/v1/plots', { baseId, name: '地', layer: 'crop', fromYear: 2026, boundary: polygon(square(112.2, 36.1)), datum: 'WGS-84', ...more });

  it('is refused where it is no boundary, with a pointer to every fault, and nothing is left', async () => {
    const size = await bench.size();
    const response = await plot({ boundary: polygon([[112, 36], [112, 95], [200, 36], [112, 36.1]]), datum: undefined });
    expect(response.json().errors.map(({ pointer, rule }: { pointer: string; rule: string }) => `${pointer} ${rule}`)).toEqual(['/datum isIn']);
    const second = await plot({ boundary: polygon([[112, 36], [112, 95], [200, 36], [112, 36.1]]) });
    expect(second.json().errors.map(({ pointer, rule }: { pointer: string; rule: string }) => `${pointer} ${rule}`)).toEqual([
      '/boundary/coordinates/0/1 boundary-position', '/boundary/coordinates/0/2 boundary-position',
    ]);
    expect((await plot({ fromYear: 2026, toYear: 2025 })).statusCode).toBe(422);
    expect((await plot({ declaredMu: '-1' })).statusCode).toBe(422);
    expect((await plot({ baseId: '11111111-1111-4111-8111-111111111111' })).json().errors[0].pointer).toBe('/baseId');
    expect(await bench.size()).toBe(size);
  });

  it('is stored as WGS-84 with the original beside it', async () => {
    const ring = square(112.5, 36.5);
    const gcj = ring.map((position) => fromWgs84(position, 'GCJ-02'));
    const { boundary, boundaryOriginal, datum, areaM2 } = (await plot({ boundary: polygon(gcj), datum: 'GCJ-02' })).json();
    expect([datum, boundaryOriginal]).toEqual(['GCJ-02', polygon(gcj)]);
    boundary.coordinates[0].forEach(([lon, lat]: LonLat, i: number) => {
      expect(Math.abs(lon - (ring[i] as LonLat)[0])).toBeLessThan(1e-6);
      expect(Math.abs(lat - (ring[i] as LonLat)[1])).toBeLessThan(1e-6);
    });
    expect(Number.isInteger(areaM2)).toBe(true);
  });

  it('is noted, not refused, where declared mu and boundary are more than 15 % apart', async () => {
    const rulesOf = async (declaredMu: string) => (await plot({ boundary: polygon(square(113, 36)), declaredMu })).json().notes.map(({ rule }: { rule: string }) => rule);
    expect(await rulesOf('1500')).not.toContain('area-differs');
    expect(await rulesOf('1200')).toContain('area-differs');
    expect(await rulesOf('1800.50')).toContain('area-differs');
  });

  it('is noted where it overlaps in the same layer and year, and only there', async () => {
    const first = (await plot({ boundary: polygon(square(114, 36)), fromYear: 2024, toYear: 2026 })).json();
    const notes = async (more: object) => (await plot({ boundary: polygon(square(114.005, 36.005)), ...more })).json().notes;
    expect(await notes({ fromYear: 2027 })).toEqual([]);
    expect(await notes({ layer: 'canopy' })).toEqual([]);
    expect(await notes({ boundary: polygon(square(114.01, 36)), layer: 'crop', fromYear: 2025, toYear: 2025 })).toEqual([]);
    const [overlap] = await notes({ fromYear: 2026, toYear: 2026 });
    expect(overlap).toMatchObject({ rule: 'overlap', other: first.id });
    expect(overlap.detail.overlapM2 / first.areaM2).toBeCloseTo(0.25, 1);
    const stranger = await bench.organisation('LAND-2');
    const theirs = (await bench.send(stranger, 'POST', '/api/v1/bases', { name: '他社基地', region: '141026' })).json().id;
    const body = { baseId: theirs, name: '地', layer: 'crop', fromYear: 2026, boundary: polygon(square(114, 36)), datum: 'WGS-84' };
    expect((await bench.send(stranger, 'POST', '/api/v1/plots', body)).json().notes).toEqual([]);
  });

  it('gets a new version by a new boundary, which takes its notes along', async () => {
    const one = (await plot({ boundary: polygon(square(115, 36)) })).json();
    const two = (await plot({ boundary: polygon(square(115.005, 36)) })).json();
    expect(two.notes).toHaveLength(1);
    const moved = await bench.send(owner, 'PATCH', `/api/v1/plots/${one.id}`, { boundary: polygon(square(115.02, 36)), datum: 'CGCS2000', why: '重测' });
    expect(moved.json()).toMatchObject({ version: 2, name: '地', datum: 'CGCS2000' });
    const rows = await bench.dataSource.query(`SELECT FROM land_note WHERE land_id = $1 OR other_id = $1::text`, [one.id]);
    expect(rows).toEqual([]);
    const [entry] = (await bench.send(owner, 'GET', `/api/v1/log?requestId=${moved.headers['x-request-id']}`)).json().items;
    expect(entry.body).toMatchObject({ change: 'changed', why: '重测', old: { version: 1 }, new: { version: 2 } });
  });
});
