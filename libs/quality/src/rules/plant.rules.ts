import { amountOut } from '@daodi/trace';
import type { Rule } from './finding';

/**
 * A workshop took more into one step on one day than it can by its own word (DESIGN's example: 80 t a day). A little more is
 * a long night, or a step of several days told on one of them; half as much again is looked into. What a plant states of
 * itself was confirmed by nobody, so it never blocks.
 */
export const plantOverCapacity: Rule = {
  name: 'plant-over-capacity',
  version: 1,
  severity: 'warning',
  title: { zh: '当日加工量超过该车间日处理能力', en: 'A workshop took in more on a day than it says it can' },
  judge: ({ plantDays = [] }) => {
    const odd = plantDays.filter(({ tookMg, capacityMg }) => tookMg > capacityMg);
    const [first] = odd;
    if (first === undefined) return undefined;
    return {
      ...(odd.every(({ tookMg, capacityMg }) => tookMg * 2n <= capacityMg * 3n) && { severity: 'note' }),
      numbers: { days: odd.map(({ site, day, step, tookMg, capacityMg }) => ({
        site, day, step, took: amountOut(tookMg, 'mg'), can: amountOut(capacityMg, 'mg'), unexplained: amountOut(tookMg - capacityMg, 'mg'), uom: 'KGM',
      })) },
      since: odd.reduce((since, { position }) => (position < since ? position : since), first.position),
      evidence: odd.flatMap(({ eventIds }) => eventIds),
    };
  },
};
