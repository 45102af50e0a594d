import type { Lineage } from '../composition/compose';
import type { Ingredient, Stage } from '../composition/descent-of';
import type { Gap, GapReason } from './judge-walk';
import { kindOf, type NodeFacts } from './node-facts';
import type { Walk, WalkedEdge } from './walk';

/** Why no share can be told of what came out of a thing: more left it than is on record, or nobody knows which it is. */
const BLEMISHES: ReadonlySet<GapReason> = new Set(['overdrawn', 'mixed-units', 'ambiguous-identifier']);

/**
 * The lineage of a trace's root as the asker sees it; nothing where the root is nothing that has a composition.
 * @param gaps of the trace backwards
 */
export function lineageOf({ root, nodes, edges }: Walk, facts: ReadonlyMap<string, NodeFacts>, gaps: readonly Gap[]): Lineage | undefined {
  const known = facts.get(root);
  const kind = known && kindOf(known);
  if (known === undefined || nodes.get(root) !== 'readable' || kind === 'crop' || kind === 'container') return undefined;
  const stages = new Map<string, Stage>();
  for (const [node, sight] of nodes) {
    const stage = sight === 'readable' ? facts.get(node) : undefined;
    if (stage !== undefined) stages.set(node, { isCrop: stage.batchKind === 'crop', takenIn: stage.takenIn, ...(stage.grade !== undefined && { grade: stage.grade }) });
  }
  return {
    root,
    ingredients: edges.map(ingredientOf),
    stages,
    blemished: new Map(gaps.filter(({ node, reason }) => nodes.has(node) && BLEMISHES.has(reason)).map(({ node, reason }) => [node, reason])),
    ...(known.unit !== undefined && { amount: known.came, unit: known.unit }),
  };
}

function ingredientOf({ from, to, kind, event, amount, unit, groundless }: WalkedEdge): Ingredient {
  return { from, to, kind, hub: event.hub ?? event.position, amount, unit, groundless, time: event.time, position: event.position, made: () => madeOf(event, to) };
}

/** How much of a thing came of an event's transformation; nothing where one of its lines cannot be read. */
function madeOf({ ties }: WalkedEdge['event'], to: string): bigint | undefined {
  let sum = 0n;
  for (const { thing, role, amount } of ties) {
    if (role !== 'output' || thing.node !== to) continue;
    if (amount === '') return undefined;
    sum += BigInt(amount);
  }
  return sum;
}
