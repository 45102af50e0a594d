import { amountOut } from '@daodi/trace';
import type { GiUseFacts } from './facts';
import type { Rule } from './finding';

/** Whether by then more was used than is registered. */
export const isOverQuota = ({ usedMg, registeredMg }: GiUseFacts): boolean => usedMg > registeredMg;

/**
 * More goods under a geographical indication than were registered for it in that year: what is certified cannot be more than
 * what is registered (DESIGN §9). Said of the batches that overran it, in the order in which they were packed; what was
 * within it stays. Only the holder's own word or a supervisor's registers.
 */
export const giQuotaExceeded: Rule = {
  name: 'gi-quota-exceeded',
  version: 1,
  severity: 'blocking',
  title: { zh: '地理标志产品用标量超过核定产量', en: 'More was put under a geographical indication than is registered for it' },
  judge: ({ giUses = [] }) => {
    const over = giUses.filter(isOverQuota);
    const [first] = over;
    if (first === undefined) return undefined;
    return {
      numbers: { quotas: over.map(({ name, year, registeredMg, usedMg }) => ({ name, year, registered: amountOut(registeredMg, 'mg'), used: amountOut(usedMg, 'mg'), unexplained: amountOut(usedMg - registeredMg, 'mg'), uom: 'KGM' })) },
      since: over.reduce((since, { position }) => (position < since ? position : since), first.position),
      evidence: over.flatMap(({ eventIds }) => eventIds),
    };
  },
};
