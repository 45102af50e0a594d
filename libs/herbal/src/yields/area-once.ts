/** Two pieces of land and how much of them is the same ground, in square metres. */
export interface CommonGround {
  readonly a: string;
  readonly b: string;
  readonly m2: bigint;
}

/**
 * The ground that pieces of land cover, what they have in common counted once. Only how much any two have in common is
 * known; where three lie over each other, taking off all three would make the ground smaller than it is. So as much is
 * taken off as is certain whatever lies where: the largest common grounds that close no circle (Hunter's bound on a union).
 * Never less than the union, and exactly it for copies of one piece.
 *
 * @param areas by piece, square metres
 */
export function areaOnce(areas: ReadonlyMap<string, bigint>, common: readonly CommonGround[]): bigint {
  const joined = new Map<string, string>();
  const find = (one: string): string => {
    const next = joined.get(one);
    return next === undefined ? one : find(next);
  };
  let sum = [...areas.values()].reduce((all, area) => all + area, 0n);
  const order = common.filter(({ a, b }) => areas.has(a) && areas.has(b)).sort((x, y) => (x.m2 > y.m2 ? -1 : x.m2 < y.m2 ? 1 : 0));
  for (const { a, b, m2 } of order) {
    const [one, other] = [find(a), find(b)];
    if (one === other) continue;
    joined.set(one, other);
    sum -= m2;
  }
  return sum;
}
