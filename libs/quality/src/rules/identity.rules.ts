import { isAcceptedSpecies, isPickingGrade } from '@daodi/herbal';
import { amountOut } from '@daodi/trace';
import type { ShareFacts, SpeciesFacts, StepFacts, StepPart } from './facts';
import type { Rule, RuleFinding } from './finding';

/**
 * What came out is another herb than what went in (FACTS: 人参 made of 土党参 made of 党参). A product holds the herbs it names and
 * no others, also where it is packed; anything else is of one herb. Of what nobody stated a herb, what it was made of counts,
 * however far back, so that no mixture without a name hides it. Where nothing is stated anywhere, nothing is judged.
 */
export const identityChanged: Rule = {
  name: 'identity-changed',
  version: 2,
  severity: 'blocking',
  title: { zh: '品种与投入不一致', en: 'The herb is not that of what it was made from' },
  judge: (share) => found(share, (output, step) => {
    const foreign = foreignHerbs(output, step.inputs);
    return foreign.length === 0 ? undefined : { herb: output.herb, ...(output.productHerbs !== undefined && { productHerbs: output.productHerbs }), foreign };
  }),
};

function foreignHerbs(output: StepPart, inputs: readonly StepPart[]): string[] {
  const herbs = [...new Set(inputs.flatMap(({ herb, herbsBehind = [] }) => herb ?? herbsBehind))].sort();
  const named = output.productHerbs !== undefined && output.productHerbs.length > 0 ? output.productHerbs : undefined;
  // A formula is called by its first herb or by none; a product of one herb is of that herb, whatever else is stated.
  const allowed = named ?? (output.herb === undefined ? undefined : [output.herb]);
  const foreign = allowed === undefined ? [] : herbs.filter((herb) => !allowed.includes(herb));
  const isMisnamed = named !== undefined && output.herb !== undefined && !named.includes(output.herb) && foreign.length === 0;
  return isMisnamed ? [output.herb as string] : foreign;
}

/**
 * A grade that comes from picking was given to what was picked with another: 老翘 made of 青翘, also by way of 统货 or of a batch
 * without a grade. Green fruit does not ripen after it is picked. A part that was picked out of a heap of the other grade only
 * warns of itself.
 */
export const gradeRetyped: Rule = {
  name: 'grade-retyped',
  version: 2,
  severity: 'blocking',
  title: { zh: '采收时定下的等级被改称', en: 'A grade that comes from picking was changed by a later step' },
  judge: (share) => found(share, (output, step) => retyped(output, step, 'whole')),
};

/**
 * The same of a part: a few ripe fruits sorted out of green ones, or a label; or more of a grade came out than what went in
 * can have had of it, one kilogram of 老翘 with nine of 青翘 being no ten of 老翘.
 */
export const gradePartlyRetyped: Rule = {
  name: 'grade-partly-retyped',
  version: 2,
  severity: 'warning',
  title: { zh: '部分产出改称采收时的另一等级', en: 'Part of what came out is given another grade than it was picked with' },
  judge: (share) => found(share, (output, step) => retyped(output, step, 'part')),
};

function retyped({ herb, grade, mg, node }: StepPart, { inputs: all, outputs, addedMg }: StepFacts, as: 'whole' | 'part'): Readonly<Record<string, unknown>> | undefined {
  // Of a crop both may be picked, each in its season.
  const inputs = all.filter(({ isLot }) => isLot);
  if (!isPickingGrade(herb, grade) || inputs.length === 0) return undefined;
  const pickedAs = (input: StepPart): readonly string[] | undefined => (input.herb !== herb ? undefined : isPickingGrade(herb, input.grade) ? [input.grade as string] : input.gradesBehind);
  const before = [...new Set(inputs.flatMap((input) => pickedAs(input) ?? []))].sort();
  const fitting = inputs.filter((input) => pickedAs(input)?.includes(grade as string) !== false);
  if (fitting.length > 0) {
    const claimed = outputs.filter((output) => output.herb === herb && output.grade === grade);
    if (as === 'whole' || fitting.length === inputs.length || [...fitting, ...claimed].some((part) => part.mg === undefined)) return undefined;
    const scales = [...fitting, ...claimed].reduce((total, { scaleMg }) => total + (scaleMg ?? 0n), 0n);
    return sum(claimed) > sum(fitting) + addedMg + scales ? { herb, grade, before, in: amountOut(sum(fitting), 'mg'), out: amountOut(sum(claimed), 'mg'), uom: 'KGM' } : undefined;
  }
  const kept = outputs.filter((output) => output.node !== node && before.includes(output.grade ?? ''));
  const isPart = mg !== undefined && mg < sum(kept);
  return isPart === (as === 'part') ? { herb, grade, before } : undefined;
}

const sum = (parts: readonly StepPart[]): bigint => parts.reduce((total, { mg }) => total + (mg ?? 0n), 0n);

/**
 * What was put aside as waste (杂质, 药渣, 灰屑) went into what is a product again. It may be a mistake in the record, so it
 * warns; what was put aside as a co-product or to be worked again is none of it.
 */
export const wasteUsed: Rule = {
  name: 'waste-in-product',
  version: 1,
  severity: 'warning',
  title: { zh: '废料又投入生产产品', en: 'What was entered as waste went into a product' },
  judge: (share) => found(share, (output, step) => {
    const waste = step.inputs.filter(({ outputRole }) => outputRole === 'waste');
    return waste.length === 0 || (output.outputRole !== undefined && output.outputRole !== 'product') ? undefined : { forms: waste.map(({ form }) => form ?? 'waste').sort() };
  }),
};

/** Of each step by which the share's batch was made, what is odd with that batch as its output. */
function found({ node, steps }: ShareFacts, odd: (output: StepPart, step: StepFacts) => Readonly<Record<string, unknown>> | undefined): RuleFinding | undefined {
  const broken = steps.flatMap((step) => {
    const output = step.outputs.find((part) => part.node === node);
    const numbers = output && odd(output, step);
    return numbers === undefined ? [] : [{ step, numbers: { events: step.eventIds, ...numbers } }];
  });
  if (broken.length === 0) return undefined;
  return { numbers: { steps: broken.map(({ numbers }) => numbers) }, since: earliest(broken.map(({ step }) => step.firstPosition)), evidence: broken.flatMap(({ step }) => step.eventIds) };
}

/**
 * 品种道地: raised from, or identified as, a plant that is not accepted as the herb it is called, by a list that was compared with
 * the printed text: another plant is another drug, and nobody can overrule that.
 */
export const speciesForeign: Rule = {
  name: 'species-not-accepted',
  version: 1,
  severity: 'blocking',
  title: { zh: '基原不在该药材收载之列', en: 'The plant is not one accepted as this herb' },
  judge: (share) => ofSpecies(share, ({ verified }) => verified),
};

/** The same by a list that nobody compared with the printed text. */
export const speciesDoubtful: Rule = {
  name: 'species-doubtful',
  version: 1,
  severity: 'warning',
  title: { zh: '基原与目录不符（目录未核对）', en: 'The plant is not one the catalogue names for this herb (catalogue not verified)' },
  judge: (share) => ofSpecies(share, ({ verified }) => !verified),
};

function ofSpecies({ species = [] }: ShareFacts, counts: (facts: SpeciesFacts) => boolean): RuleFinding | undefined {
  const odd = species.filter((facts) => counts(facts) && isAcceptedSpecies(facts.stated, facts.accepted) === false);
  if (odd.length === 0) return undefined;
  return {
    numbers: { plants: odd.map(({ stated, herb, accepted, verified }) => ({ stated, herb, accepted, verified })) },
    since: earliest(odd.map(({ position }) => position)),
    evidence: odd.flatMap(({ eventId, harvest }) => [eventId, ...(harvest === undefined ? [] : [harvest])]),
  };
}

const earliest = (positions: readonly bigint[]): bigint => positions.reduce((min, position) => (position < min ? position : min));
