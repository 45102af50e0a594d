import { type AuxiliaryFate, fateOf } from '@daodi/herbal';
import { amountOut } from '@daodi/trace';
import type { ShareFacts, StepFacts, StepPart } from './facts';
import type { Rule, RuleFinding } from './finding';

/** A step's balance in milligrams: what came out or was lost, against what went in or was added. */
interface Balance {
  readonly into: bigint;
  readonly out: bigint;
  /** What the scales everything was weighed on cannot tell apart; 0 where none is named. */
  readonly scales: bigint;
}

/**
 * The balance of a step, where everything in it was weighed. A crop is not weighed when it is harvested, so harvests
 * have none; one lot without mass leaves all of it undetermined, which is no surplus and no pass.
 */
export function balanceOf(step: StepFacts): Balance | undefined {
  const lots = (parts: readonly StepPart[]): StepPart[] => parts.filter((part) => part.isLot || part.mg !== undefined);
  const [inputs, outputs] = [lots(step.inputs), lots(step.outputs)];
  if (inputs.length === 0 || outputs.length === 0) return undefined;
  if ([...inputs, ...outputs].some(({ mg }) => mg === undefined)) return undefined;
  const sum = (parts: readonly StepPart[]): bigint => parts.reduce((total, { mg }) => total + (mg ?? 0n), 0n);
  return { into: sum(inputs) + step.addedMg, out: sum(outputs) + step.lostMg, scales: [...inputs, ...outputs].reduce((total, { scaleMg }) => total + (scaleMg ?? 0n), 0n) };
}

/** Mass never grows without a recorded addition: more came out than went in, beyond what the scales cannot tell apart. */
export const stepSurplus: Rule = {
  name: 'step-surplus',
  version: 2,
  severity: 'blocking',
  title: { zh: '产出与损耗多于投入', en: 'More came out of a step than went into it' },
  judge: (share) => balances(share, ({ into, out }) => out - into, 'surplus'),
};

/**
 * Mass that went in and neither came out nor was recorded as lost. A partner's system that knows no words for steps and
 * losses says nothing of either: of that it is a note.
 */
export const stepMissing: Rule = {
  name: 'step-missing',
  version: 3,
  severity: 'warning',
  title: { zh: '投入的一部分去向未记录', en: 'Part of what went into a step is not accounted for' },
  judge: (share) => balances(share, ({ into, out }) => into - out, 'missing', ({ isToldBare }) => isToldBare === true),
};

function balances({ steps }: ShareFacts, excess: (balance: Balance) => bigint, name: string, isMild: (step: StepFacts) => boolean = () => false): RuleFinding | undefined {
  const odd = steps.flatMap((step) => {
    const balance = balanceOf(step);
    if (balance === undefined || excess(balance) <= balance.scales) return [];
    return [{ step, numbers: {
      events: step.eventIds, in: amountOut(balance.into, 'mg'), out: amountOut(balance.out, 'mg'), [name]: amountOut(excess(balance), 'mg'), uom: 'KGM',
      ...(balance.scales > 0n && { scales: amountOut(balance.scales, 'mg') }),
    } }];
  });
  if (odd.length === 0) return undefined;
  return {
    ...(odd.every(({ step }) => isMild(step)) && { severity: 'note' }),
    numbers: { steps: odd.map(({ numbers }) => numbers) }, since: earliest(odd.map(({ step }) => step.firstPosition)), evidence: odd.flatMap(({ step }) => step.eventIds),
  };
}

/** Bran, rice, sand are sieved off again: mass they are said to leave in the herb is something else's. Known by name, so it warns. */
export const auxiliaryCannotStay: Rule = {
  name: 'auxiliary-cannot-stay',
  version: 1,
  severity: 'warning',
  title: { zh: '不留存的辅料被记为留存', en: 'An auxiliary that is sieved off is said to stay' },
  judge: (share) => auxiliaries(share, 'leaves'),
};

/** Vinegar and wine mostly go off with the heat; how much stays is for nobody but a scale to say. */
export const auxiliaryMostlyLeaves: Rule = {
  name: 'auxiliary-mostly-leaves',
  version: 1,
  severity: 'note',
  title: { zh: '大部分挥发的辅料被记为留存', en: 'An auxiliary that mostly goes off is said to stay' },
  judge: (share) => auxiliaries(share, 'mostly-leaves'),
};

function auxiliaries({ steps }: ShareFacts, fate: AuxiliaryFate): RuleFinding | undefined {
  const odd = steps.flatMap((step) => {
    const found = (step.stays ?? []).filter(({ name }) => fateOf(name) === fate);
    return found.length === 0 ? [] : [{ step, found }];
  });
  if (odd.length === 0) return undefined;
  return {
    numbers: { steps: odd.map(({ step, found }) => ({ events: step.eventIds, auxiliaries: found })) },
    since: earliest(odd.map(({ step }) => step.firstPosition)), evidence: odd.flatMap(({ step }) => step.eventIds),
  };
}

/** 硫熏、染色、增重、漂白: something was added in making it that is added for these. Known by name and from memory of GAP, so it warns. */
export const forbiddenPractice: Rule = {
  name: 'forbidden-practice',
  version: 1,
  severity: 'warning',
  title: { zh: '加入了用于硫熏、染色、增重或漂白的物质', en: 'Something was added that smokes, dyes, weights or bleaches herbs' },
  judge: ({ forbidden = [] }) => (forbidden.length === 0 ? undefined : {
    numbers: { added: forbidden.map(({ eventId, name, practice, verified }) => ({ event: eventId, name, practice, verified })) },
    since: earliest(forbidden.map(({ position }) => position)), evidence: forbidden.map(({ eventId }) => eventId),
  }),
};

const earliest = (positions: readonly bigint[]): bigint => positions.reduce((min, position) => (position < min ? position : min));
