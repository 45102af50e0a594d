import type { Layer } from './land.dto';

/** Steeper than this nobody tends a herb; it keeps the cosine away from nothing. */
export const SLOPE_MAX_DEGREES = 70;

/**
 * Square metres on the ground of an area seen from above, where the whole of it has one slope: area / cos(slope). On
 * 30° 866 mu in projection are 1,000 on the ground. Both are kept; yields per mu are told by the projection, as
 * contracts, cadastres and a boundary from above have it.
 *
 * @param areaM2 square metres in projection
 * @param slopeDegrees mean slope, 0 to {@link SLOPE_MAX_DEGREES}
 */
export const groundM2 = (areaM2: number, slopeDegrees: number): number => Math.round(areaM2 / Math.cos((slopeDegrees * Math.PI) / 180));

/** Storeys of a wood below the trees; `understorey` says only that it is below them, so it may be any of these. */
const BELOW_TREES: ReadonlySet<Layer> = new Set(['understorey', 'shrub', 'herb']);

/** Whether what grows on two layers may be the same plants: equal layers, or `understorey` against a layer below the trees. */
export function sharesLayer(a: Layer | undefined, b: Layer | undefined): boolean {
  if (a === undefined || b === undefined || a === b) return a === b;
  return (a === 'understorey' && BELOW_TREES.has(b)) || (b === 'understorey' && BELOW_TREES.has(a));
}
