import { apportion, percents, WHOLE } from './apportion';
import type { Shares } from './share-out';

/**
 * How well it is known where a part came from.
 * - `proven` 已证实: its harvest is on record, from a crop on record.
 * - `declared` 申报: whoever brought it in says so; nothing on record proves it.
 * - `unknown` 不明: it is not on record, only claimed, or withheld from who asks.
 * - `undetermined` 无法判定: amounts are missing or do not add up, so that no share can be told.
 */
export type Proof = 'proven' | 'declared' | 'unknown' | 'undetermined';

/** What is known of a root: of what was harvested, or taken in from outside. */
export interface RootFacts {
  readonly proof: Exclude<Proof, 'undetermined'>;
  /** GB/T 2260, six digits, to the county at most; several where it grew in one or other of them, none where unknown. */
  readonly places: readonly string[];
  /** Year of harvest. */
  readonly year?: number;
  readonly herb?: string;
  /** Certificates of the land it grew on, each by a key of its own. */
  readonly certificates?: readonly string[];
}

/** All parts of one place, year, herb and proof. */
export interface Part {
  readonly proof: Proof;
  readonly places: readonly string[];
  readonly year?: number;
  readonly herb?: string;
  /** Of {@link WHOLE}. */
  readonly share: bigint;
  /** One decimal; all parts together are exactly 100.0, a trace of something is `<0.1`. */
  readonly percent: string;
  /** How much of the thing that is, in its base unit, where it was given; all parts together are the whole. */
  readonly amount?: bigint;
  /** The roots this is, sorted; of what is undetermined, the things at which it cannot be said. */
  readonly roots: readonly string[];
}

/** What a thing consists of. */
export interface Composition {
  /** `undetermined` where any share is. */
  readonly state: 'determined' | 'undetermined';
  /** The largest first. */
  readonly parts: readonly Part[];
}

/** Facts of a root nothing is known of. */
export const UNKNOWN_ROOT: RootFacts = { proof: 'unknown', places: [] };

/**
 * Puts together the shares that are alike.
 *
 * @param facts by root; a root that is not in it is unknown
 * @param amount of the thing, in its base unit (milligrams, pieces), to say how much each part is
 */
export function composition({ roots, undetermined }: Shares, facts: ReadonlyMap<string, RootFacts>, amount?: bigint): Composition {
  const groups = new Map<string, { part: Omit<Part, 'share' | 'percent' | 'roots'>; share: bigint; roots: string[] }>();
  const add = (part: Omit<Part, 'share' | 'percent' | 'roots'>, share: bigint, root: string): void => {
    const key = keyOf(part);
    const known = groups.get(key) ?? { part, share: 0n, roots: [] };
    known.share += share;
    known.roots.push(root);
    groups.set(key, known);
  };
  for (const [root, share] of roots) {
    const { proof, places, year, herb } = facts.get(root) ?? UNKNOWN_ROOT;
    add({ proof, places: [...places].sort(), ...(year !== undefined && { year }), ...(herb !== undefined && { herb }) }, share, root);
  }
  for (const [thing, { share }] of undetermined) add({ proof: 'undetermined', places: [] }, share, thing);
  const sorted = [...groups].sort(([a, one], [b, other]) => (one.share === other.share ? (a < b ? -1 : 1) : one.share > other.share ? -1 : 1)).map(([, group]) => group);
  const shares = sorted.map(({ share }) => share);
  const printed = percents(shares);
  const amounts = amount === undefined || amount < 0n || sorted.length === 0 ? undefined : apportion(amount, shares);
  return {
    state: undetermined.size === 0 ? 'determined' : 'undetermined',
    parts: sorted.map(({ part, share, roots: own }, i) => ({
      ...part, share, percent: printed[i] as string, ...(amounts && { amount: amounts[i] as bigint }), roots: own.sort(),
    })),
  };
}

/** The share of one proof, of {@link WHOLE}. */
export const shareOf = ({ parts }: Composition, proof: Proof): bigint =>
  parts.reduce((sum, part) => (part.proof === proof ? sum + part.share : sum), 0n);

/** Whether every part of it is proven. */
export const isProven = (composed: Composition): boolean => composed.parts.length > 0 && shareOf(composed, 'proven') === WHOLE;

const ORDER: Readonly<Record<Proof, number>> = { proven: 0, declared: 1, unknown: 2, undetermined: 3 };

const keyOf = ({ proof, places, year, herb }: Pick<Part, 'proof' | 'places' | 'year' | 'herb'>): string =>
  `${ORDER[proof]} ${places.join('+')} ${year ?? ''} ${herb ?? ''}`;
