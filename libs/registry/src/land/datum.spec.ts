import fc from 'fast-check';
import { DATUMS, fromWgs84, type LonLat, toWgs84 } from './datum';

const chinese = fc.tuple(fc.double({ min: 75, max: 135, noNaN: true }), fc.double({ min: 18, max: 53, noNaN: true }));

describe('datums of boundaries', () => {
  it.each<[LonLat, LonLat]>([
    [[121.5272106, 31.1774276], [121.531541859215, 31.17530398364597]],
    [[113.912316, 22.543847], [113.9171764808363, 22.540796131694766]],
    [[116.377817, 39.911954], [116.38404722455657, 39.91334545536069]],
  ])('shifts %p to the published GCJ-02 position', (wgs, gcj) => {
    const [lon, lat] = fromWgs84(wgs, 'GCJ-02');
    expect(lon).toBeCloseTo(gcj[0], 9);
    expect(lat).toBeCloseTo(gcj[1], 9);
  });

  it.each(DATUMS)('comes back from %s within a millionth of a degree, anywhere in China', (datum) => {
    fc.assert(
      fc.property(chinese, ([lon, lat]) => {
        const [x, y] = toWgs84(fromWgs84([lon, lat], datum), datum);
        expect(Math.abs(x - lon)).toBeLessThan(1e-6);
        expect(Math.abs(y - lat)).toBeLessThan(1e-6);
      }),
    );
  });

  it('moves a Chinese position by 0.1 to 1.6 km between map and GPS, and a foreign one not at all', () => {
    const [lon, lat] = fromWgs84([112.25, 36.15], 'GCJ-02');
    const metres = Math.hypot((lon - 112.25) * 89_900, (lat - 36.15) * 111_000);
    expect(metres).toBeGreaterThan(100);
    expect(metres).toBeLessThan(1600);
    expect(fromWgs84([2.35, 48.85], 'GCJ-02')).toEqual([2.35, 48.85]);
  });
});
