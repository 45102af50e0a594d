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
  const given: { readonly parts: Making['parts']; readonly own: readonly bigint[] }[] = [];
  for (const [i, { parts }] of makings.entries()) {
    const sorted = merged(parts);
    const own = sorted.length === 1 ? [byMaking[i] as bigint] : divide(byMaking[i] as bigint, sorted.map(({ amount }) => amount));
    if (own === undefined) return false;
    given.push({ parts: sorted, own });
  }
  for (const { parts, own } of given) parts.forEach(({ of }, j) => shares.set(of, (shares.get(of) ?? 0n) + (own[j] as bigint)));
  return true;
}

function divide(whole: bigint, amounts: readonly (bigint | undefined)[]): bigint[] | undefined {
  const known = amounts.filter((amount): amount is bigint => amount !== undefined);
  if (known.length < amounts.length || known.every((amount) => amount === 0n)) return undefined;
  return apportion(whole, known);
}

/** Parts in an order that does not depend on who was named first; what was put in twice is one part. */
function merged(parts: Making['parts']): Making['parts'] {
  if (parts.length < 2) return parts;
  const sorted = [...parts].sort((a, b) => (a.of < b.of ? -1 : a.of > b.of ? 1 : 0));
  if (sorted.every(({ of }, i) => of !== sorted[i - 1]?.of)) return sorted;
  const sums: { of: string; amount?: bigint }[] = [];
  for (const { of, amount } of sorted) {
    const last = sums.at(-1);
    if (last?.of !== of) sums.push({ of, amount });
    else last.amount = last.amount === undefined || amount === undefined ? undefined : last.amount + amount;
  }
  return sums;
}

/** Everything the thing is made of, each after all that is made of it; and what never comes to that, being in a ring. */
export function inOrder(thing: string, { makings, blemished }: Descent): { order: string[]; ring: string[] } {
  // Things by number: in the order in which they are met, what each is made of, and by how many things it is used.
  const numbers = new Map<string, number>([[thing, 0]]);
  const seen = [thing];
  const made: number[][] = [];
  const uses = [0];
  for (let n = 0; n < seen.length; n++) {
    const one = seen[n] as string;
    const parts: number[] = [];
    for (const making of blemished.has(one) ? [] : (makings.get(one) ?? [])) {
      for (const { of } of making.parts) {
        let number = numbers.get(of);
        if (number === undefined) {
          numbers.set(of, (number = seen.length));
          seen.push(of);
          uses.push(0);
        }
        parts.push(number);
        uses[number] = (uses[number] as number) + 1;
      }
    }
    made.push(parts);
  }
  const order = uses[0] === 0 ? [0] : [];
  for (const n of order) {
    for (const part of made[n] as number[]) {
      const left = (uses[part] as number) - 1;
      uses[part] = left;
      if (left === 0) order.push(part);
    }
  }
  return { order: order.map((n) => seen[n] as string), ring: seen.filter((_, n) => uses[n] !== 0) };
}
