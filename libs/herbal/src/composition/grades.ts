import { type Descent, inOrder, type Making } from './share-out';

/** Whether a step may give what comes out of it a grade: it was looked at and sorted; it was only put together or apart. */
export type GradingPower = 'sorts' | 'changes' | 'carries';

/** What is on record about grades. */
export interface Graded {
  /** The grade a thing is said to have, by whoever made it or brought it in. */
  readonly stated: ReadonlyMap<string, string>;
  /** What the step by which a thing was made does with grades; `changes` where nothing says so. */
  readonly powers: ReadonlyMap<string, GradingPower>;
}

/**
 * The grade that may be claimed of a thing. A grade that was typed counts where the step sorts (grading, harvest), and
 * where one thing alone was worked on; after mixing, splitting or packing anew it counts only if all that went in may
 * claim it. So one sack of second grade takes the first grade from the mixture, whatever its maker types.
 */
export function gradeOf(thing: string, descent: Descent, { stated, powers }: Graded): string | undefined {
  // Most of what is asked about has no grade at all.
  if (!stated.has(thing)) return undefined;
  const claimable = new Map<string, string | undefined>();
  // Parts before what is made of them; what is in a ring has no grade anybody can tell.
  for (const one of inOrder(thing, descent).order.reverse()) {
    const grade = stated.get(one);
    const makings = descent.blemished.has(one) ? undefined : (descent.makings.get(one) ?? []);
    claimable.set(one, grade !== undefined && makings !== undefined && holds(grade, makings, powers.get(one) ?? 'changes', claimable) ? grade : undefined);
  }
  return claimable.get(thing);
}

function holds(grade: string, makings: readonly Making[], power: GradingPower, claimable: ReadonlyMap<string, string | undefined>): boolean {
  const parts = new Set(makings.flatMap((making) => making.parts.map(({ of }) => of)));
  if (parts.size === 0 || power === 'sorts' || (power === 'changes' && parts.size === 1)) return true;
  return [...parts].every((part) => claimable.get(part) === grade);
}
