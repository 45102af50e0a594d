import { area } from '@turf/area';
import { feature, featureCollection } from '@turf/helpers';
import { intersect } from '@turf/intersect';
import type { Fault } from '@daodi/platform';
import { type Datum, type LonLat, toWgs84 } from './datum';
import { firstCrossing } from './crossing';

/** A closed line of positions; the last equals the first. */
export type Ring = readonly LonLat[];
/** Its first ring is the outer one, the others are holes. */
export type PolygonRings = readonly Ring[];

/** An area on the ground, as GeoJSON (RFC 7946). */
export type Boundary =
  | { readonly type: 'Polygon'; readonly coordinates: PolygonRings }
  | { readonly type: 'MultiPolygon'; readonly coordinates: readonly PolygonRings[] };

export type BoundaryReading = { readonly boundary: Boundary } | { readonly faults: readonly Fault[] };

/** More positions than a walk round any plot gives; beyond it the look for crossings would hold everybody up. */
const POSITIONS_MAX = 5_000;
/** Faults told of one boundary; a file of another format would otherwise give thousands. */
const FAULTS_MAX = 50;

/** Square metres of one mu: 2000/3, the mu of 1959. */
const MU_M2 = 2000 / 3;

/**
 * Reads a boundary and checks that it is one: its type, positions in range, rings of at least four positions that
 * close, no ring that crosses or touches itself, no two rings that cross. What is no boundary cannot be read and is
 * refused; whether it is the right one is for notes and findings to say.
 *
 * @param pointer JSON pointer of the boundary in the body, for the faults
 */
export function readBoundary(value: unknown, pointer: string): BoundaryReading {
  const faults: Fault[] = [];
  const say = (at: string, rule: string, zh: string, en: string): void => {
    if (faults.length < FAULTS_MAX) faults.push({ pointer: at, rule, detail: { zh, en } });
  };
  const { type, coordinates } = (value ?? {}) as { type?: unknown; coordinates?: unknown };
  if (type !== 'Polygon' && type !== 'MultiPolygon') {
    say(`${pointer}/type`, 'boundary-type', '应为 Polygon 或 MultiPolygon', 'It must be Polygon or MultiPolygon');
    return { faults };
  }
  const polygons = listOf(type === 'Polygon' ? [coordinates] : coordinates);
  const pathOf = (i: number): string => (type === 'Polygon' ? `${pointer}/coordinates` : `${pointer}/coordinates/${i}`);
  if (polygons === undefined) say(`${pointer}/coordinates`, 'boundary-empty', '缺少坐标', 'There are no coordinates');
  let positions = 0;
  polygons?.forEach((polygon, i) => {
    const rings = listOf(polygon);
    if (rings === undefined) return say(pathOf(i), 'boundary-empty', '缺少坐标', 'There are no coordinates');
    rings.forEach((ring, j) => {
      positions += Array.isArray(ring) ? ring.length : 0;
      checkRing(ring, `${pathOf(i)}/${j}`, say);
    });
  });
  if (positions > POSITIONS_MAX) {
    say(`${pointer}/coordinates`, 'boundary-size', `坐标点超过 ${POSITIONS_MAX} 个`, `It has more than ${POSITIONS_MAX} positions`);
  }
  if (faults.length > 0) return { faults };

  const boundary = { type, coordinates } as Boundary;
  polygonsOf(boundary).forEach((rings, i) => {
    const crossing = firstCrossing(rings);
    if (crossing === undefined) return;
    const { ring, segment, otherRing, otherSegment } = crossing;
    const place = `${otherRing}/${otherSegment}`;
    say(`${pathOf(i)}/${ring}/${segment}`, 'boundary-crossing', `边界线与 ${place} 处的线相交`, `The line from here crosses the one from ${place}`);
  });
  if (faults.length === 0 && areaM2(boundary) < 1) say(pointer, 'boundary-no-area', '面积不足 1 平方米', 'It encloses less than one square metre');
  return faults.length > 0 ? { faults } : { boundary };
}

function checkRing(ring: unknown, at: string, say: (at: string, rule: string, zh: string, en: string) => void): void {
  const positions = listOf(ring);
  if (positions === undefined || positions.length < 4) {
    return say(at, 'boundary-ring-short', '环至少要有 4 个点', 'A ring has at least four positions');
  }
  let isSound = true;
  positions.forEach((position, k) => {
    if (isPosition(position)) return;
    isSound = false;
    say(`${at}/${k}`, 'boundary-position', '应为 [经度, 纬度]，经度 -180 到 180，纬度 -90 到 90', 'It must be [longitude, latitude] with -180 to 180 and -90 to 90');
  });
  const [first, last] = [positions[0], positions.at(-1)] as [LonLat, LonLat];
  if (isSound && (first[0] !== last[0] || first[1] !== last[1])) {
    say(`${at}/${positions.length - 1}`, 'boundary-open', '环未闭合：终点应与起点相同', 'The ring is not closed: its last position must equal its first');
  }
}

const listOf = (value: unknown): readonly unknown[] | undefined => (Array.isArray(value) && value.length > 0 ? value : undefined);

function isPosition(value: unknown): value is LonLat {
  if (!Array.isArray(value) || value.length < 2 || value.length > 3) return false;
  if (!value.every((number) => typeof number === 'number' && Number.isFinite(number))) return false;
  return Math.abs(value[0]) <= 180 && Math.abs(value[1]) <= 90;
}

/** The polygons of a boundary. */
export function polygonsOf(boundary: Boundary): readonly PolygonRings[] {
  return boundary.type === 'Polygon' ? [boundary.coordinates] : boundary.coordinates;
}

/** A boundary taken in some datum as WGS-84, to a hundred-millionth of a degree (a millimetre). Heights are left behind. */
export function boundaryToWgs84(boundary: Boundary, datum: Datum): Boundary {
  const convert = (rings: PolygonRings): PolygonRings =>
    rings.map((ring) => ring.map(([lon, lat]) => toWgs84([lon, lat], datum).map((degrees) => Number(degrees.toFixed(8))) as unknown as LonLat));
  return boundary.type === 'Polygon'
    ? { type: 'Polygon', coordinates: convert(boundary.coordinates) }
    : { type: 'MultiPolygon', coordinates: boundary.coordinates.map(convert) };
}

/** Square metres inside a WGS-84 boundary, seen from above: ground on a slope has more. */
export function areaM2(boundary: Boundary): number {
  return area(featureOf(boundary));
}

/** Square metres two boundaries have in common. */
export function overlapM2(a: Boundary, b: Boundary): number {
  const common = intersect(featureCollection([featureOf(a), featureOf(b)]));
  return common === null ? 0 : area(common);
}

type AnyPolygon = Parameters<typeof intersect>[0]['features'][number];

/** turf's types want arrays that can be written; it does not write them. */
const featureOf = (boundary: Boundary): AnyPolygon => feature(boundary as unknown as AnyPolygon['geometry']);

/** Square metres of so many mu. */
export const muToM2 = (mu: number): number => mu * MU_M2;

/** The rectangle around a boundary: west, south, east, north in degrees. */
export function boxOf(boundary: Boundary): readonly [number, number, number, number] {
  const positions = polygonsOf(boundary).flat(2);
  const lons = positions.map(([lon]) => lon);
  const lats = positions.map(([, lat]) => lat);
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}
