import { dayInChina } from './day-in-china';
import type { Rule } from './finding';
import { standing } from './report.rules';

/**
 * What was sold came back, and no report of that day or later counts for the batch: nobody knows where it was and how
 * it was kept. It is the same material in the books, so this warns and does not block; of packs nobody opened it is a note.
 */
export const returnedUnchecked: Rule = {
  name: 'returned-unchecked',
  version: 2,
  severity: 'warning',
  title: { zh: '有退回的货物，尚未复检', en: 'Goods came back and have not been tested since' },
  judge: (share) => {
    const back = share.roles.find(({ role }) => role === 'return');
    if (back === undefined) return undefined;
    const day = dayInChina(back.lastTime);
    const isChecked = standing(share).some(({ issuedOn, position }) => issuedOn >= day && position > back.firstPosition);
    return isChecked ? undefined : { ...(share.returns?.isUnopened === true && { severity: 'note' as const }), numbers: { lastReturnedOn: day }, since: back.firstPosition, evidence: [back.lastEventId] };
  },
};
