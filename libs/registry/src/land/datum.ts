/**
 * From the datum a boundary was taken in to WGS-84. A phone's GPS gives WGS-84; Chinese maps give GCJ-02, Baidu's
 * BD-09, both shifted by 100 to 700 m. CGCS2000 differs from WGS-84 by centimetres and counts as the same.
 */
export const DATUMS = ['WGS-84', 'CGCS2000', 'GCJ-02', 'BD-09'] as const;
export type Datum = (typeof DATUMS)[number];

/** What each datum is. */
export const DATUM_MEANINGS = {
  'WGS-84': 'GPS 坐标 what a GPS receiver gives', CGCS2000: '国家大地坐标系 the national datum', 'GCJ-02': '国内地图（高德、腾讯）坐标 Chinese maps',
  'BD-09': '百度坐标 Baidu maps',
} as const;

/** Longitude and latitude in degrees; further members of a GeoJSON position (height) are left as they are. */
export type LonLat = readonly [number, number];

/** Semi-major axis in metres and squared eccentricity of the Krasovsky 1940 ellipsoid, on which GCJ-02 is computed. */
const AXIS_M = 6378245.0;
const ECCENTRICITY2 = 0.006693421622965943;
/** Degrees below which the inverse has arrived: a tenth of a millimetre. */
const ARRIVED_DEG = 1e-9;
const ROUNDS_MAX = 30;

/** A position of any of the datums as WGS-84. */
export function toWgs84(position: LonLat, datum: Datum): LonLat {
  switch (datum) {
    case 'WGS-84':
    case 'CGCS2000':
      return position;
    case 'GCJ-02':
      return invert(wgs84ToGcj02, position);
    case 'BD-09':
      return invert(wgs84ToGcj02, invert(gcj02ToBd09, position));
  }
}

/** A WGS-84 position as the datum has it. */
export function fromWgs84(position: LonLat, datum: Datum): LonLat {
  switch (datum) {
    case 'WGS-84':
    case 'CGCS2000':
      return position;
    case 'GCJ-02':
      return wgs84ToGcj02(position);
    case 'BD-09':
      return gcj02ToBd09(wgs84ToGcj02(position));
  }
}

/** The publicly known form of the GCJ-02 shift. Outside a rectangle around China there is none. */
function wgs84ToGcj02([lon, lat]: LonLat): LonLat {
  if (lon < 72.004 || lon > 137.8347 || lat < 0.8293 || lat > 55.8271) return [lon, lat];
  const x = lon - 105;
  const y = lat - 35;
  const radians = (lat / 180) * Math.PI;
  const magic = 1 - ECCENTRICITY2 * Math.sin(radians) ** 2;
  const northM = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * Math.sqrt(Math.abs(x)) + waves(x, 6, 2) + waves(y, 1, 1 / 3, 20, 40) + longWaves(y, 160, 12, 320, 30);
  const eastM = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * Math.sqrt(Math.abs(x)) + waves(x, 6, 2) + waves(x, 1, 1 / 3, 20, 40) + longWaves(x, 150, 12, 300, 30);
  const dLat = (northM * 180) / (((AXIS_M * (1 - ECCENTRICITY2)) / (magic * Math.sqrt(magic))) * Math.PI);
  const dLon = (eastM * 180) / ((AXIS_M / Math.sqrt(magic)) * Math.cos(radians) * Math.PI);
  return [lon + dLon, lat + dLat];
}

/** Two waves of the shift, of `f1` and `f2` half turns a degree, two thirds of the given heights in metres. */
function waves(t: number, f1: number, f2: number, h1 = 20, h2 = 20): number {
  return ((h1 * Math.sin(f1 * t * Math.PI) + h2 * Math.sin(f2 * t * Math.PI)) * 2) / 3;
}

/** The same for waves longer than a degree: `l1` and `l2` are divisors. */
function longWaves(t: number, h1: number, l1: number, h2: number, l2: number): number {
  return ((h1 * Math.sin((t / l1) * Math.PI) + h2 * Math.sin((t / l2) * Math.PI)) * 2) / 3;
}

/** The publicly known form of Baidu's further shift. */
function gcj02ToBd09([lon, lat]: LonLat): LonLat {
  const pi = (Math.PI * 3000) / 180;
  const radius = Math.sqrt(lon * lon + lat * lat) + 0.00002 * Math.sin(lat * pi);
  const angle = Math.atan2(lat, lon) + 0.000003 * Math.cos(lon * pi);
  return [radius * Math.cos(angle) + 0.0065, radius * Math.sin(angle) + 0.006];
}

/** The shifts have no closed inverse; they change so slowly that correcting the guess by its error arrives in a few rounds. */
function invert(shift: (position: LonLat) => LonLat, [lon, lat]: LonLat): LonLat {
  let guess: LonLat = [lon, lat];
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const [x, y] = shift(guess);
    const [dx, dy] = [lon - x, lat - y];
    guess = [guess[0] + dx, guess[1] + dy];
    if (Math.abs(dx) < ARRIVED_DEG && Math.abs(dy) < ARRIVED_DEG) break;
  }
  return guess;
}
