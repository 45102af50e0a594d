import type { Descent, Making } from '@daodi/herbal';

/** A way from a thing to what went into it, as its composition needs it. */
export interface Ingredient {
  /** Nodes: what went in, and what came of it. */
  readonly from: string;
  readonly to: string;
  readonly kind: 'transformation' | 'commissioning' | 'aggregation';
  /** What ties everything of one transformation together. */
  readonly hub: string;
  /** How much went in; absent where no amount can be read. */
  readonly amount?: bigint;
  readonly unit?: 'mg' | 'pcs';
  /** How much of `to` came of this transformation, in its unit; asked for only where it came to be in several ways. */
  readonly made: () => bigint | undefined;
  /** When it was (ISO 8601 in UTC) and the entry that tells it. */
  readonly time: string;
  readonly position: string;
  /** True where whoever used it does not hold what went in: nothing is known of that part. */
  readonly groundless: boolean;
}

/** What has to be known of a thing in between. */
export interface Stage {
  readonly isCrop: boolean;
  /** Taken in from outside, in its base unit. */
  readonly takenIn: bigint;
  /** The grade it is said to have. */
  readonly grade?: string;
}

/**
 * Where a share ends. A crop is harvested year after year, a batch may be taken in and made, and a claimed part ends
 * where it was claimed: so a root is a node and, where that does not say it, which part of it.
 */
export const harvestOf = (crop: string, year: number): string => `${crop} ${year}`;
export const intakeOf = (node: string): string => `${node} taken-in`;
export const claimOf = (node: string): string => `${node} claimed`;
/** The node of a root. */
export const nodeOfRoot = (root: string): string => root.split(' ')[0] as string;

/**
 * What things were made of, for `shareOut`.
 *
 * @param stages of the things in between and of roots, by node; what is not in it may not be seen
 * @param blemished nodes of which no share can be told, and why
 * @param yearOf of a harvest, by its entry; else the year in which it happened counts
 * @param netContentMg what one piece holds, for what is counted in pieces
 */
export function descentOf(
  ingredients: readonly Ingredient[],
  stages: ReadonlyMap<string, Stage>,
  blemished: ReadonlyMap<string, string>,
  yearOf: ReadonlyMap<string, number>,
  netContentMg: ReadonlyMap<string, bigint>,
): Descent {
  const byThing = new Map<string, Ingredient[]>();
  for (const one of ingredients) {
    const known = byThing.get(one.to);
    if (known) known.push(one);
    else byThing.set(one.to, [one]);
  }
  const makings = new Map<string, readonly Making[]>();
  for (const [thing, all] of byThing) {
    const ways = waysOf(all);
    const isOneOfSeveral = ways.length > 1 || (stages.get(thing)?.takenIn ?? 0n) > 0n;
    makings.set(thing, ways.map((parts) => ({ made: isOneOfSeveral ? parts[0]?.made() : undefined, parts: parts.map((one) => partOf(one, stages, yearOf, netContentMg)) })));
  }
  for (const [thing, { takenIn }] of stages) {
    if (takenIn === 0n) continue;
    const intake: Making = { parts: [{ of: intakeOf(thing) }], made: takenIn };
    makings.set(thing, [...(makings.get(thing) ?? []), intake]);
  }
  return { makings, blemished };
}

/** What is inside a container, and the lot a serial is a piece of, came there in one way however many entries tell it. */
const wayOf = ({ kind, hub }: Ingredient): string => (kind === 'transformation' ? hub : kind);

/** Ingredients of one thing by the way in which it came to be, in an order that does not depend on who was named first. */
function waysOf(ingredients: readonly Ingredient[]): (readonly Ingredient[])[] {
  const first = wayOf(ingredients[0] as Ingredient);
  if (ingredients.every((one) => wayOf(one) === first)) return [ingredients];
  const ways = new Map<string, Ingredient[]>();
  for (const one of ingredients) {
    const known = ways.get(wayOf(one));
    if (known) known.push(one);
    else ways.set(wayOf(one), [one]);
  }
  return [...ways].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, parts]) => parts);
}

function partOf({ from, amount, unit, groundless, position, time }: Ingredient, stages: ReadonlyMap<string, Stage>, yearOf: ReadonlyMap<string, number>, netContentMg: ReadonlyMap<string, bigint>): Making['parts'][number] {
  const of = groundless ? claimOf(from) : stages.get(from)?.isCrop === true ? harvestOf(from, harvestYear(yearOf.get(position), time)) : from;
  if (unit !== 'pcs') return { of, amount };
  const content = netContentMg.get(from);
  return { of, amount: amount === undefined || content === undefined ? undefined : amount * content };
}

/** The year a harvest names as its own, if it was not still to come when it happened. */
const harvestYear = (named: number | undefined, time: string): number => Math.min(named ?? Infinity, yearInChina(time));

/** The year at +08:00 of an instant: what is harvested on New Year's morning is of the new year. */
export const yearInChina = (instant: string): number => new Date(Date.parse(instant) + 8 * 3_600_000).getUTCFullYear();
