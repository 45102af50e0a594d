import { type Descent, type Graded, type GradingPower, isPickingGrade, PICKING_GRADES } from '@daodi/herbal';
import type { EntityManager } from 'typeorm';
import { type Ingredient, nodeOfRoot, type Stage } from './descent-of';

/** Steps that sort, and steps that only put together or apart, in the words of the forms and of the CBV. */
const POWERS: Readonly<Record<string, GradingPower>> = {
  harvest: 'sorts', grading: 'sorts', sorting: 'sorts', blending: 'carries', splitting: 'carries', repacking: 'carries', packing: 'carries', repackaging: 'carries',
};

/**
 * What is on record about the grades of a lineage. What was done is asked of the entries only where a grade came up
 * that what went in does not have.
 */
export async function gradeFacts(db: Pick<EntityManager, 'query'>, ingredients: readonly Ingredient[], stages: ReadonlyMap<string, Stage>, { makings }: Descent): Promise<Graded> {
  const stated = new Map<string, string>();
  const note = (key: string): void => {
    const grade = stages.get(nodeOfRoot(key))?.grade;
    if (grade !== undefined) stated.set(key, grade);
  };
  for (const [thing, ways] of makings) for (const key of [thing, ...ways.flatMap(({ parts }) => parts.map(({ of }) => of))]) note(key);
  // A serial is a piece of its lot, and has the grade of that.
  for (const { kind, from, to } of ingredients) if (kind === 'commissioning' && stages.get(from)?.grade !== undefined) stated.set(to, stages.get(from)?.grade as string);
  const odd = ingredients.filter(({ kind, from, to }) => kind === 'transformation' && stages.get(to)?.grade !== undefined && stages.get(to)?.grade !== stages.get(from)?.grade);
  const words = await wordsOf(db, odd.map(({ position }) => position));
  const powers = new Map<string, GradingPower>();
  for (const { from, to, position } of odd) {
    const power = isKeptFromPicking(stages, from, to) ? 'carries' : (POWERS[words.get(position) ?? ''] ?? 'changes');
    powers.set(to, weaker(powers.get(to), power));
  }
  return { stated, powers };
}

/** A grade that comes from picking is not given to what already has another: green fruit does not ripen in a sieve. */
const isKeptFromPicking = (stages: ReadonlyMap<string, Stage>, from: string, to: string): boolean =>
  stages.get(from)?.isCrop !== true && stages.get(from)?.grade !== undefined && Object.keys(PICKING_GRADES).some((herb) => isPickingGrade(herb, stages.get(to)?.grade));

const RANK: readonly GradingPower[] = ['carries', 'changes', 'sorts'];
const weaker = (a: GradingPower | undefined, b: GradingPower): GradingPower => (a === undefined || RANK.indexOf(b) < RANK.indexOf(a) ? b : a);

/** What was done, by entry: the word of our form, else the step of the standard without its namespace. */
async function wordsOf(db: Pick<EntityManager, 'query'>, positions: readonly string[]): Promise<Map<string, string>> {
  if (positions.length === 0) return new Map();
  const rows: { position: string; word: string | null }[] = await db.query(
    `SELECT p.position, COALESCE(b.body ->> 'daodi:step', r.body ->> 'daodi:step', b.body ->> 'bizStep', r.body ->> 'bizStep') AS word
       FROM unnest($1::bigint[]) AS p(position) LEFT JOIN entry_body b ON b.position = p.position LEFT JOIN entry_residue r ON r.position = p.position`,
    [[...new Set(positions)]],
  );
  return new Map(rows.flatMap(({ position, word }) => (word === null ? [] : [[position, word.split(/[:/-]BizStep-|[:/]/).at(-1) as string] as const])));
}
