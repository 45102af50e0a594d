import type { Said, Hands } from './season-block';
import { lgtin, PREFIX, Telling } from './season-block';

/** How a genealogy is built. */
export interface Shape {
  /** Levels between the first lots and the root: the length of the longest way. */
  readonly depth: number;
  /** Lots of each level. */
  readonly width: number;
}

/** 10,000 nodes at depth 200: 199 levels of 50 lots, 49 first lots, one root. */
export const FULL: Shape = { depth: 200, width: 50 };

export const nodesOf = ({ depth, width }: Shape): number => depth * width;

const KILOGRAMS = 100;

/**
 * A genealogy in which every lot is made of two lots of the level before, and made together with another (graded and
 * sorted: two in, two out); the root is blended of the whole last level. Half way the cooperative hands all of its
 * lots over to the mill, which makes the rest. One of the first lots is used twice, so that the nodes are a round number.
 *
 * @returns the events by level, in an order in which each level only needs those before it; and the root's identifier
 */
export function genealogy({ depth, width }: Shape, { coop, mill }: Hands, from: Date): { readonly levels: readonly (readonly Said[])[]; readonly root: string } {
  const lotsOf = (level: number, prefix: string): string[] => Array.from({ length: width }, (_, i) => lgtin(prefix, `G${level}-${i}`));
  const tell = new Telling('G', from);
  let lots = lotsOf(0, PREFIX.coop).slice(0, width - 1);
  const levels: Said[][] = [lots.map((lot, i) => ({ who: coop, body: tell.make(lot, i === 0 ? 2 * KILOGRAMS : KILOGRAMS) }))];
  lots = [...lots, lots[0] as string];
  const handover = Math.floor(depth / 2);
  for (let level = 1; level < depth; level++) {
    const who = level > handover ? mill : coop;
    if (level === handover + 1) {
      levels.push([{ who: coop, body: tell.pass('shipping', lots, KILOGRAMS, coop, mill) }]);
      levels.push([{ who: mill, body: tell.pass('receiving', lots, KILOGRAMS, coop, mill) }]);
    }
    const made = lotsOf(level, level > handover ? PREFIX.mill : PREFIX.coop);
    // Another stride at each level, so that lines of descent mix.
    const stride = strideOf(level, width);
    const said: Said[] = [];
    for (let i = 0; i < width; i += 2) {
      const inputs = [lots[(i * stride) % width] as string, lots[((i + 1) * stride) % width] as string];
      said.push({ who, body: tell.turn(inputs, made.slice(i, i + 2), KILOGRAMS) });
    }
    levels.push(said);
    lots = made;
  }
  const root = lgtin(PREFIX.mill, 'G-ROOT');
  levels.push([{ who: mill, body: tell.turn(lots, [root], KILOGRAMS, KILOGRAMS * width) }]);
  return { levels, root };
}

/** A number without a common divisor with the width, so that stepping by it meets every lot once. */
function strideOf(level: number, width: number): number {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  // At the first level the lot that is used twice must not go in with itself.
  let stride = level === 1 ? 1 : 1 + ((level * 7) % width);
  while (divisor(stride, width) !== 1) stride += 1;
  return stride;
}
