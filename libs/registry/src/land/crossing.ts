import type { LonLat } from './datum';

/** Where two lines of one polygon meet that must not: ring and index of the position at which each begins. */
export interface Crossing {
  readonly ring: number;
  readonly segment: number;
  readonly otherRing: number;
  readonly otherSegment: number;
}

interface Segment {
  readonly ring: number;
  readonly index: number;
  /** How many lines the ring has once points that follow themselves are left out, and which of them this is. */
  readonly order: number;
  readonly of: number;
  readonly a: LonLat;
  readonly b: LonLat;
}

/**
 * Finds two lines of a polygon that meet and must not: within a ring even a touch is too much (a figure of eight
 * has no inside), between two rings only a true crossing or a shared stretch.
 *
 * Our own and not `@turf/kinks`, which does not see lines that lie on each other (a walk there and back again) and
 * takes a position recorded twice for a crossing. The rings are closed and their positions in range.
 */
export function firstCrossing(rings: readonly (readonly LonLat[])[]): Crossing | undefined {
  const segments = rings.flatMap(segmentsOf).sort((s, t) => west(s) - west(t));
  for (const [i, s] of segments.entries()) {
    for (let k = i + 1; k < segments.length; k++) {
      const t = segments[k] as Segment;
      // Sorted by their western ends: nothing further on can reach back to this one.
      if (west(t) > east(s)) break;
      if (!meetWrongly(s, t)) continue;
      const [one, other] = s.ring < t.ring || (s.ring === t.ring && s.index < t.index) ? [s, t] : [t, s];
      return { ring: one.ring, segment: one.index, otherRing: other.ring, otherSegment: other.index };
    }
  }
  return undefined;
}

const west = ({ a, b }: Segment): number => Math.min(a[0], b[0]);
const east = ({ a, b }: Segment): number => Math.max(a[0], b[0]);

/** The lines of a ring, without those of no length. */
function segmentsOf(ring: readonly LonLat[], ringIndex: number): Segment[] {
  const lines: { index: number; a: LonLat; b: LonLat }[] = [];
  for (let index = 0; index + 1 < ring.length; index++) {
    const [a, b] = [ring[index] as LonLat, ring[index + 1] as LonLat];
    if (a[0] !== b[0] || a[1] !== b[1]) lines.push({ index, a, b });
  }
  return lines.map((line, order) => ({ ...line, ring: ringIndex, order, of: lines.length }));
}

function meetWrongly(s: Segment, t: Segment): boolean {
  const [o1, o2] = [turn(s.a, s.b, t.a), turn(s.a, s.b, t.b)];
  const [o3, o4] = [turn(t.a, t.b, s.a), turn(t.a, t.b, s.b)];
  if (o1 * o2 < 0 && o3 * o4 < 0) return true;
  if (o1 === 0 && o2 === 0 && shareStretch(s, t)) return true;
  return s.ring === t.ring && !areNeighbours(s, t) && touch(s, t, o1, o2, o3, o4);
}

/** On which side of the line a–b the point c lies: 1, -1, or 0 on it. */
function turn(a: LonLat, b: LonLat, c: LonLat): number {
  return Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));
}

function areNeighbours(s: Segment, t: Segment): boolean {
  const apart = Math.abs(s.order - t.order);
  return apart === 1 || apart === s.of - 1;
}

/** Whether two lines on one straight line have more than a point in common. */
function shareStretch(s: Segment, t: Segment): boolean {
  const axis = Math.abs(s.b[0] - s.a[0]) >= Math.abs(s.b[1] - s.a[1]) ? 0 : 1;
  const low = Math.max(Math.min(s.a[axis], s.b[axis]), Math.min(t.a[axis], t.b[axis]));
  const high = Math.min(Math.max(s.a[axis], s.b[axis]), Math.max(t.a[axis], t.b[axis]));
  return low < high;
}

function touch(s: Segment, t: Segment, o1: number, o2: number, o3: number, o4: number): boolean {
  return (
    (o1 === 0 && isWithin(t.a, s)) || (o2 === 0 && isWithin(t.b, s)) || (o3 === 0 && isWithin(s.a, t)) || (o4 === 0 && isWithin(s.b, t))
  );
}

/** Whether a point on a segment's straight line lies between its ends. */
function isWithin([x, y]: LonLat, { a, b }: Segment): boolean {
  return x >= Math.min(a[0], b[0]) && x <= Math.max(a[0], b[0]) && y >= Math.min(a[1], b[1]) && y <= Math.max(a[1], b[1]);
}
