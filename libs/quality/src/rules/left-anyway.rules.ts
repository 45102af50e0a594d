import { amountOut, uomOf } from '@daodi/trace';
import type { LeftAnyway, ShareFacts } from './facts';
import type { Rule, RuleFinding } from './finding';

/** Sent on or sold while its owner's own head of quality held it 冻结. Whether the hold was right no rule can say, so it warns. */
export const leftOnHold: Rule = {
  name: 'left-on-hold',
  version: 1,
  severity: 'warning',
  title: { zh: '冻结期间仍被发出或销售', en: 'Goods on hold were sent on or sold' },
  judge: (share) => left(share, 'held'),
};

/** Sent on or sold after its owner's own head of quality had decided not to release it 不予放行. It may have been put right since, so it warns. */
export const leftAfterRejection: Rule = {
  name: 'left-after-rejection',
  version: 1,
  severity: 'warning',
  title: { zh: '不予放行后仍被发出或销售', en: 'Goods that were refused release were sent on or sold' },
  judge: (share) => left(share, 'rejected'),
};

/** Sent on or sold after the last day of use that its packing states; on that day itself it is good. */
export const leftAfterExpiry: Rule = {
  name: 'left-after-expiry',
  version: 1,
  severity: 'warning',
  title: { zh: '超过有效期仍被发出或销售', en: 'Goods were sent on or sold after their last day of use' },
  judge: (share) => left(share, 'expired'),
};

/** More was sent on or sold than its owner's own head of quality had released in parts 部分放行. The rest may have been released since, so it warns. */
export const leftBeyondPart: Rule = {
  name: 'left-beyond-part',
  version: 1,
  severity: 'warning',
  title: { zh: '发出或销售的数量超过部分放行的数量', en: 'More was sent on or sold than was released in parts' },
  judge: (share) => {
    const found = left(share, 'beyond-part');
    const beyond = share.leftAnyway?.find(({ why }) => why === 'beyond-part')?.beyond;
    return found && { ...found, numbers: { ...found.numbers, ...(beyond !== undefined && share.unit !== undefined && { beyond: amountOut(beyond, share.unit), uom: uomOf(share.unit) }) } };
  },
};

function left({ leftAnyway = [] }: ShareFacts, why: LeftAnyway['why']): RuleFinding | undefined {
  const one = leftAnyway.find((away) => away.why === why);
  return one && { numbers: { events: one.eventIds, movements: one.count }, since: one.firstPosition, evidence: [...one.eventIds, ...one.decisions] };
}
