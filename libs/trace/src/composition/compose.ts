import { type Claims, claimsOf, type Composition, composition, gradeOf, type RootFacts, shareOut, type Shares } from '@daodi/herbal';
import type { EntityManager } from 'typeorm';
import { descentOf, type Ingredient, type Stage } from './descent-of';
import { gradeFacts } from './grade-facts';
import { harvestYears, netContents, rootFacts } from './root-facts';

/** A lineage, and what has to be known of it to say what its root consists of. */
export interface Lineage {
  readonly root: string;
  readonly ingredients: readonly Ingredient[];
  readonly stages: ReadonlyMap<string, Stage>;
  /** Nodes of which no share can be told, and why: their book owes, or is kept in several dimensions. */
  readonly blemished: ReadonlyMap<string, string>;
  /** How much of the root came to be, in its base unit. */
  readonly amount?: bigint;
  readonly unit?: 'mg' | 'pcs';
}

/** What a thing consists of, and what may be said of all of it. Roots are keys as `descentOf` makes them. */
export interface Composed {
  readonly composition: Composition;
  readonly claims: Claims;
  readonly shares: Shares;
  readonly roots: ReadonlyMap<string, RootFacts>;
}

/** Works out what a thing consists of. The same for an asker's trace, the public page and a label: only what they may see differs. */
export async function compose(db: Pick<EntityManager, 'query'>, { root, ingredients, stages, blemished, amount, unit }: Lineage): Promise<Composed> {
  const harvests = ingredients.filter(({ from }) => stages.get(from)?.isCrop === true).map(({ position }) => position);
  const inPieces = ingredients.filter((one) => one.unit === 'pcs').map(({ from }) => from);
  const [years, contents] = [await harvestYears(db, harvests), await netContents(db, inPieces)];
  const descent = descentOf(ingredients, stages, blemished, years, contents);
  const shares = shareOut(root, descent);
  const roots = await rootFacts(db, shares.roots.keys());
  const mg = unit === 'pcs' ? (await netContents(db, [root])).get(root) : 1n;
  const mass = amount === undefined || mg === undefined ? undefined : amount * mg;
  const grade = gradeOf(root, descent, await gradeFacts(db, ingredients, stages, descent));
  return { shares, roots, composition: composition(shares, roots, mass), claims: claimsOf(shares, roots, grade) };
}
