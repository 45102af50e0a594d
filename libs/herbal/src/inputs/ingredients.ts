/** A spelling with which two names of an ingredient are compared: width, case and spaces of a name say nothing. */
export const ingredientKey = (name: string): string => name.normalize('NFKC').replace(/\s+/g, '').toLowerCase();

/** Words before a name that say that it is not in there. */
const NEGATIONS = ['不含', '无'];

/**
 * Which of these ingredients the name of a product names. Names of pesticides are made of content, ingredient and
 * formulation (`3%克百威颗粒剂`); the longest name counts, so that 氧乐果 is not read as 乐果.
 *
 * @param names to look for
 */
export function ingredientsInName(product: string, names: readonly string[]): string[] {
  let rest = ingredientKey(product);
  const found: string[] = [];
  for (const name of [...new Set(names)].sort((a, b) => b.length - a.length)) {
    const key = ingredientKey(name);
    const at = rest.indexOf(key);
    if (at < 0) continue;
    if (!NEGATIONS.some((word) => rest.slice(0, at).endsWith(word))) found.push(name);
    rest = rest.split(key).join('|');
  }
  return found.sort();
}
