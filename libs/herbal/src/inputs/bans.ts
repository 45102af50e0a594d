import { ingredientKey, ingredientsInName } from './ingredients';

/** A notice that bans ingredients, as the list has it. */
export interface BanNotice {
  readonly notice: string;
  /** `all`: from every use; `herbs`: from use on 中草药材. */
  readonly scope: string;
  /** First day of the ban, `YYYY-MM-DD`. */
  readonly from: string;
  /** False: never more than a warning. */
  readonly verified: boolean;
  readonly ingredients: readonly { readonly name: string; readonly aliases?: readonly string[] }[];
}

/** An ingredient that was banned on the day it was used. */
export interface BanMatch {
  readonly ingredient: string;
  readonly notice: string;
  readonly from: string;
  readonly verified: boolean;
}

/**
 * Bans in force on a day that an input falls under: by its ingredients, by any alias of the list, or by its own name. The
 * day before a ban is no breach. Where several forbid one ingredient, a verified one counts first, then the earliest.
 */
export function bansOn(notices: readonly BanNotice[], input: { readonly name: string; readonly ingredients: readonly string[] }, day: string): BanMatch[] {
  // Read in the name are all ingredients of the list, whenever banned: a longer one hides the shorter it contains.
  const known = notices.flatMap(({ ingredients }) => ingredients.flatMap(({ name, aliases = [] }) => [name, ...aliases]));
  const keys = new Set([...input.ingredients, ...ingredientsInName(input.name, known)].map(ingredientKey));
  const matches = notices.filter(({ from }) => day >= from).flatMap(({ notice, from, verified, ingredients }) =>
    ingredients.filter(({ name, aliases = [] }) => [name, ...aliases].some((spelling) => keys.has(ingredientKey(spelling)))).map(({ name }): BanMatch => ({ ingredient: name, notice, from, verified })));
  const strongest = new Map<string, BanMatch>();
  for (const match of [...matches].sort(byStrength)) if (!strongest.has(match.ingredient)) strongest.set(match.ingredient, match);
  return [...strongest.values()].sort((a, b) => (a.ingredient < b.ingredient ? -1 : 1));
}

const byStrength = (a: BanMatch, b: BanMatch): number => Number(b.verified) - Number(a.verified) || (a.from < b.from ? -1 : a.from > b.from ? 1 : 0);
