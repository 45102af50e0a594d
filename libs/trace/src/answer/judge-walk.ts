import type { NodeFacts } from './node-facts';
import type { Direction } from './genealogy-sql';
import type { Walk, WalkedEdge } from './walk';

/** Why a trace is not complete, and where. */
export interface Gap {
  /** Key of the node. */
  readonly node: string;
  readonly reason: GapReason;
  readonly amount?: bigint;
}

export type GapReason =
  /** The asker may not see it. */
  | 'withheld'
  /** Someone says so who does not hold it. */
  | 'claimed'
  /** Nothing says where it came from. */
  | 'no-origin'
  /** It was taken in from outside: its origin is declared by its taker and not proven 申报，未经证实. The amount is what was taken in. */
  | 'declared'
  /** More left, or was received, than the book shows. */
  | 'overdrawn'
  /** A movement states no amount that can be read. */
  | 'unmeasured'
  /** Lines in pieces and in mass for one batch. */
  | 'mixed-units'
  /** Goods of this name came from several senders, and the receiver did not say from whom. */
  | 'ambiguous-identifier'
  /** What came in is more or less than what went out, is held and is lost. */
  | 'unexplained'
  /** The body of an entry it rests on was erased. */
  | 'erased'
  /** The followers have not read to the end: there may be more that may be seen. */
  | 'pending';

/** What is owed to the book, by node. */
export type Debts = ReadonlyMap<string, readonly { readonly org: string; readonly amount: bigint }[]>;

/**
 * Judges one direction of a trace. `back` is complete if every leaf is an origin (one only declared is none), `forward` if every output is held,
 * sold, destroyed or lost on record; and nothing in it is claimed, withheld, erased, overdrawn or unreadable.
 */
export function judgeWalk(
  walk: Walk,
  direction: Direction,
  facts: ReadonlyMap<string, NodeFacts>,
  debts: Debts,
  asker: string,
): Gap[] {
  const gaps: Gap[] = [];
  const isReached = reachedOf(walk);
  const through = debts.size > 0 && direction === 'back' ? throughOf(walk) : NOBODY;
  for (const { node, index } of walk.things) {
    const sight = walk.nodes.get(node);
    const known = facts.get(node);
    if (sight === 'withheld') gaps.push({ node, reason: 'withheld' });
    if (sight === 'own-statements') gaps.push({ node, reason: 'claimed' });
    if (sight !== 'readable' || !known) continue;
    if (direction === 'back' && known.takenIn > 0n) gaps.push({ node, reason: 'declared', amount: known.takenIn });
    if (direction === 'back' && isReached[index] === 0 && !known.isOrigin && known.takenIn === 0n) gaps.push({ node, reason: 'no-origin' });
    blemishes(known, direction, gaps);
    if (debts.size > 0) gaps.push(...overdrafts(known, direction, walk, through, debts, asker));
  }
  if (direction === 'back') for (const node of ungrounded(walk, facts, isReached)) gaps.push({ node, reason: 'no-origin' });
  for (const edge of walk.edges) if (edge.claimed) gaps.push({ node: claimedEnd(edge, direction), reason: 'claimed' });
  return gaps;
}

/** Organisations through whose act each node was reached, going back: whose custody of it the trace leans on. */
type Through = ReadonlyMap<string, ReadonlySet<string>>;
const NOBODY: Through = new Map();

function throughOf({ edges }: Walk): Through {
  const through = new Map<string, Set<string>>();
  for (const { from, event } of edges) {
    const known = through.get(from);
    if (known) known.add(event.org);
    else through.set(from, new Set([event.org]));
  }
  return through;
}

/** 1 for each thing, by its index, that something went into. */
function reachedOf({ things, edges }: Walk): Uint8Array {
  const isReached = new Uint8Array(sizeOf(things));
  for (const { toIndex } of edges) isReached[toIndex] = 1;
  return isReached;
}

const sizeOf = (things: Walk['things']): number => things.reduce((most, { index }) => (index >= most ? index + 1 : most), 0);

/** Nodes that are made of something, but only of each other: a ring has no leaf, and no origin either. */
function ungrounded({ things, edges }: Walk, facts: ReadonlyMap<string, NodeFacts>, isReached: Uint8Array): string[] {
  // Edges by what went in, as chains: the last of each thing, and of each edge the one before.
  const last = new Int32Array(isReached.length).fill(-1);
  const before = new Int32Array(edges.length);
  edges.forEach(({ fromIndex }, i) => {
    before[i] = last[fromIndex] as number;
    last[fromIndex] = i;
  });
  const isGrounded = new Uint8Array(isReached.length);
  // A leaf that is no origin, or cannot be seen, has a gap of its own; what rests on it needs no other.
  const queue = things.filter(({ node, index }) => isReached[index] === 0 || facts.get(node)?.isOrigin === true).map(({ index }) => index);
  for (const index of queue) isGrounded[index] = 1;
  for (const index of queue) {
    for (let i = last[index] as number; i !== -1; i = before[i] as number) {
      const { toIndex } = edges[i] as WalkedEdge;
      if (isGrounded[toIndex] === 1) continue;
      isGrounded[toIndex] = 1;
      queue.push(toIndex);
    }
  }
  return things.filter(({ index }) => isGrounded[index] === 0).map(({ node }) => node);
}

const claimedEnd = (edge: WalkedEdge, direction: Direction): string => (direction === 'back' ? edge.from : edge.to);

function blemishes(facts: NodeFacts, direction: Direction, gaps: Gap[]): void {
  if (facts.unmeasured) gaps.push({ node: facts.id, reason: 'unmeasured' });
  if (facts.mixed) gaps.push({ node: facts.id, reason: 'mixed-units' });
  if (facts.ambiguous) gaps.push({ node: facts.id, reason: 'ambiguous-identifier' });
  if (facts.isErased) gaps.push({ node: facts.id, reason: 'erased' });
  if (direction === 'forward') {
    const unexplained = unexplainedOf(facts);
    if (unexplained !== 0n) gaps.push({ node: facts.id, reason: 'unexplained', amount: unexplained });
  }
}

/** in − out − held − lost: below zero where more is stated to have gone than ever came. */
export const unexplainedOf = (facts: NodeFacts): bigint => -facts.owed;

/**
 * Debts that matter here. Backwards, only those of organisations in the custody the trace leans on: what somebody
 * further down does with their share of a lot is no blemish of where it came from.
 */
function overdrafts(facts: NodeFacts, direction: Direction, walk: Walk, through: Through, debts: Debts, asker: string): Gap[] {
  const { id: node } = facts;
  const own = debts.get(node);
  if (own === undefined) return [];
  const relevant = direction === 'forward' ? undefined : custodians(facts, walk, through, asker);
  return own
    .filter((debt) => relevant === undefined || relevant.size === 0 || relevant.has(debt.org))
    .map((debt) => ({ node, reason: 'overdrawn' as const, amount: debt.amount }));
}

function custodians({ id: node, passed }: NodeFacts, walk: Walk, through: Through, asker: string): Set<string> {
  const isPart = passed.some((p) => p.from === asker || p.to === asker) || walk.nodes.get(node) === 'readable';
  const start = through.get(node) ?? (node === walk.root && isPart ? new Set([asker]) : new Set<string>());
  const found = new Set(start);
  const queue = [...start];
  for (let org = queue.shift(); org !== undefined; org = queue.shift()) {
    for (const { from, to } of passed) {
      if (to !== org || found.has(from)) continue;
      found.add(from);
      queue.push(from);
    }
  }
  return found;
}
