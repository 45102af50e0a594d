import { apportion, WHOLE } from './apportion';

/** One way in which a thing came to be. */
export interface Making {
  /** What went in, in one measure; an amount is absent where none can be read. */
  readonly parts: readonly { readonly of: string; readonly amount?: bigint }[];
  /** How much of the thing came of it; matters only where the thing came to be in several ways. */
  readonly made?: bigint;
}

/** What things were made of. */
export interface Descent {
  /** How things came to be; what has no making is a root: nothing further back is on record. */
  readonly makings: ReadonlyMap<string, readonly Making[]>;
  /** Things of which nothing can be said, and why: their book owes, or they are kept in two dimensions. */
  readonly blemished: ReadonlyMap<string, string>;
}

/** What a thing is made of, in shares of {@link WHOLE}; together they are exactly that. */
export interface Shares {
  /** By root, none of them zero. */
  readonly roots: ReadonlyMap<string, bigint>;
  /** What cannot be said, by the thing at which it cannot, and why. */
  readonly undetermined: ReadonlyMap<string, { readonly share: bigint; readonly because: string }>;
}

/**
 * The shares of everything a thing was made of: material mixes evenly, and what is lost takes of all parts alike.
 *
 * Goes once from the thing back to its roots and gives each part its share of what is asked for; so it takes as long
 * as there are parts, not parts times roots. Shares are fixed point, rounded at each mixing by the largest remainder
 * (see {@link apportion}): they always add up, and after 10,000 mixings are off by less than 10⁻²⁵.
 */
export function shareOut(thing: string, descent: Descent): Shares {
  const roots = new Map<string, bigint>();
  const undetermined = new Map<string, { share: bigint; because: string }>();
  const shares = new Map<string, bigint>([[thing, WHOLE]]);
  const { order, ring } = inOrder(thing, descent);
  for (const one of order) {
    const share = shares.get(one) ?? 0n;
    if (share === 0n) continue;
    const makings = descent.makings.get(one) ?? [];
    const because = descent.blemished.get(one);
    if (because !== undefined) undetermined.set(one, { share, because });
    else if (makings.length === 0) roots.set(one, share);
    else if (!passOn(share, makings, shares)) undetermined.set(one, { share, because: 'unmeasured' });
  }
  // What is made of itself has no beginning: nothing can be said of what went round.
  for (const one of ring) {
    const share = shares.get(one) ?? 0n;
    if (share > 0n) undetermined.set(one, { share, because: 'ring' });
  }
  return { roots, undetermined };
}

/** Divides a thing's share among what went into it. @returns false, having done nothing, where amounts are missing */
function passOn(share: bigint, makings: readonly Making[], shares: Map<string, bigint>): boolean {
  const byMaking = makings.length === 1 ? [share] : divide(share, makings.map(({ made }) => made));
  if (byMaking === undefined) return false;
  const given: (readonly [string, bigint])[] = [];
  for (const [i, { parts }] of makings.entries()) {
    const sorted = merged(parts);
    const own = sorted.length === 1 ? [byMaking[i] as bigint] : divide(byMaking[i] as bigint, sorted.map(({ amount }) => amount));
    if (own === undefined) return false;
    sorted.forEach(({ of }, j) => given.push([of, own[j] as bigint]));
  }
  for (const [of, part] of given) shares.set(of, (shares.get(of) ?? 0n) + part);
  return true;
}

function divide(whole: bigint, amounts: readonly (bigint | undefined)[]): bigint[] | undefined {
  const known = amounts.filter((amount): amount is bigint => amount !== undefined);
  if (known.length < amounts.length || known.every((amount) => amount === 0n)) return undefined;
  return apportion(whole, known);
}

/** Parts in an order that does not depend on who was named first; what was put in twice is one part. */
function merged(parts: Making['parts']): { of: string; amount?: bigint }[] {
  const sums = new Map<string, bigint | undefined>();
  for (const { of, amount } of parts) {
    const known = sums.get(of);
    sums.set(of, !sums.has(of) ? amount : known === undefined || amount === undefined ? undefined : known + amount);
  }
  return [...sums].map(([of, amount]) => ({ of, amount })).sort((a, b) => (a.of < b.of ? -1 : 1));
}

/** Everything the thing is made of, each after all that is made of it; and what never comes to that, being in a ring. */
export function inOrder(thing: string, { makings, blemished }: Descent): { order: string[]; ring: Set<string> } {
  const partsOf = (one: string): Set<string> =>
    new Set(blemished.has(one) ? [] : (makings.get(one) ?? []).flatMap(({ parts }) => parts.map(({ of }) => of)));
  const uses = new Map<string, number>([[thing, 0]]);
  const seen = [thing];
  for (const one of seen) {
    for (const of of partsOf(one)) {
      if (!uses.has(of)) seen.push(of);
      uses.set(of, (uses.get(of) ?? 0) + 1);
    }
  }
  const order = seen.filter((one) => uses.get(one) === 0);
  for (const one of order) {
    for (const of of partsOf(one)) {
      const left = (uses.get(of) as number) - 1;
      uses.set(of, left);
      if (left === 0) order.push(of);
    }
  }
  const ring = new Set(seen);
  for (const one of order) ring.delete(one);
  return { order, ring };
}
