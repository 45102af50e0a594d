import { kinks } from '@turf/kinks';
import fc from 'fast-check';
import { areaM2, type Boundary, boundaryToWgs84, muToM2, readBoundary } from './boundary';
import { firstCrossing } from './crossing';
import type { LonLat } from './datum';

const square: LonLat[] = [[112, 36], [112.01, 36], [112.01, 36.01], [112, 36.01], [112, 36]];
const polygon = (...rings: LonLat[][]) => ({ type: 'Polygon', coordinates: rings });
const rulesOf = (value: unknown): string[] => {
  const reading = readBoundary(value, '/boundary');
  return 'faults' in reading ? reading.faults.map(({ rule, pointer }) => `${rule} ${pointer}`) : [];
};

describe('readBoundary', () => {
  it('refuses what is no area, and says where', () => {
    expect(rulesOf(undefined)).toEqual(['boundary-type /boundary/type']);
    expect(rulesOf({ type: 'Point', coordinates: [112, 36] })).toEqual(['boundary-type /boundary/type']);
    expect(rulesOf({ type: 'Polygon', coordinates: [] })).toEqual(['boundary-empty /boundary/coordinates']);
    expect(rulesOf({ type: 'MultiPolygon', coordinates: 'x' })).toEqual(['boundary-empty /boundary/coordinates']);
    expect(rulesOf(polygon(square.slice(0, 3)))).toEqual(['boundary-ring-short /boundary/coordinates/0']);
    expect(rulesOf(polygon(square.slice(0, 4)))).toEqual(['boundary-open /boundary/coordinates/0/3']);
    expect(rulesOf({ type: 'MultiPolygon', coordinates: [[square], [[[1, 2], [181, 2], ['1', 2], [1, 2]]]] })).toEqual([
      'boundary-position /boundary/coordinates/1/0/1',
      'boundary-position /boundary/coordinates/1/0/2',
    ]);
    expect(rulesOf(polygon([[112, 36], [112, 36], [112, 36], [112, 36]]))).toEqual(['boundary-no-area /boundary']);
  });

  it('refuses a ring that crosses, touches or runs back over itself', () => {
    const bow: LonLat[] = [[112, 36], [112.01, 36.01], [112.01, 36], [112, 36.01], [112, 36]];
    expect(rulesOf(polygon(bow))).toEqual(['boundary-crossing /boundary/coordinates/0/0']);
    const eight: LonLat[] = [[112, 36], [112.01, 36.01], [112.02, 36], [112.02, 36.02], [112.01, 36.01], [112, 36.02], [112, 36]];
    expect(rulesOf(polygon(eight))).toHaveLength(1);
    const spike: LonLat[] = [[112, 36], [112.02, 36], [112.01, 36], [112.01, 36.01], [112, 36]];
    expect(rulesOf(polygon(spike))).toHaveLength(1);
  });

  it('refuses a hole that crosses its outer ring, and takes one inside', () => {
    const hole = (by: number): LonLat[] => square.map(([lon, lat]) => [112 + (lon - 112) / 2 + by, 36 + (lat - 36) / 2 + 0.001]);
    expect(rulesOf(polygon(square, hole(0.001)))).toEqual([]);
    expect(rulesOf(polygon(square, hole(0.008)))).toHaveLength(1);
  });

  it('takes a position recorded twice and a height', () => {
    expect(rulesOf({ type: 'Polygon', coordinates: [[square[0], ...square].map((p) => [...(p as LonLat), 850])] })).toEqual([]);
  });

  it('sees every crossing that turf sees, in random rings', () => {
    const degree = fc.integer({ min: 0, max: 60 });
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(degree, degree), { minLength: 3, maxLength: 9, selector: String }), (points) => {
        const ring = [...points, points[0] as [number, number]];
        const theirs = kinks({ type: 'Polygon', coordinates: [ring] }).features.length > 0;
        if (theirs) expect(firstCrossing([ring])).toBeDefined();
        // Where only we object, two lines lie on each other.
        else if (firstCrossing([ring]) !== undefined) expect(hasCollinearOverlap(ring)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('measures a hundredth of a degree square at 36° N as 1 501 mu, within half a percent', () => {
    const boundary = polygon(square) as unknown as Boundary;
    expect(Math.abs(areaM2(boundary) / muToM2(1501) - 1)).toBeLessThan(0.005);
  });

  it('converts to WGS-84 and leaves heights behind', () => {
    const gcj = { type: 'Polygon', coordinates: [square.map((p) => [...p, 9])] } as unknown as Boundary;
    const [[first]] = boundaryToWgs84(gcj, 'GCJ-02').coordinates as unknown as [[LonLat]];
    expect(first).toHaveLength(2);
    expect(first[0]).toBeLessThan(112);
    expect(boundaryToWgs84(polygon(square) as unknown as Boundary, 'CGCS2000').coordinates).toEqual([square]);
  });
});

function hasCollinearOverlap(ring: readonly (readonly [number, number])[]): boolean {
  for (let i = 0; i + 1 < ring.length; i++) {
    for (let k = i + 1; k + 1 < ring.length; k++) {
      const [[ax, ay], [bx, by], [cx, cy], [dx, dy]] = [ring[i], ring[i + 1], ring[k], ring[k + 1]] as unknown as [number, number][] as [[number, number], [number, number], [number, number], [number, number]];
      if ((bx - ax) * (cy - ay) === (by - ay) * (cx - ax) && (bx - ax) * (dy - ay) === (by - ay) * (dx - ax)) return true;
    }
  }
  return false;
}
