import { amountOut, uomOf } from '@daodi/trace';
import type { ShareFacts, ZoneFacts } from './facts';
import type { Rule } from './finding';

/**
 * All there is of it was found unfit and lies in 不合格区: nothing of it left the house before. Whoever has a passing
 * report in hand cannot let go what the head of quality took out of use. Where goods had left, what remains does not
 * speak of them, and the gate looks at what is on hand instead.
 */
export const allRejected: Rule = {
  name: 'all-in-rejected-zone',
  version: 1,
  severity: 'blocking',
  title: { zh: '全部货物在不合格区', en: 'All of it lies in a zone for what is unfit' },
  judge: ({ zones, unit = 'mg' }) =>
    zones === undefined || !isAllRejected(zones) ? undefined
      : { numbers: { rejected: amountOut(zones.rejected.here, unit), uom: uomOf(unit) }, since: zones.rejected.firstPosition, evidence: zones.rejected.putBy },
};

/** Sent on, sold or used out of 不合格区. Back to whom it came from, destroyed and sampled is what becomes of such goods, and is none of it. */
export const leftRejectedZone: Rule = {
  name: 'left-rejected-zone',
  version: 1,
  severity: 'blocking',
  title: { zh: '不合格区的货物被发出、销售或使用', en: 'Goods found unfit were sent on, sold or used' },
  judge: ({ zones, unit }) => left(zones?.rejected, unit),
};

/** Sent on, sold or used out of 待验区 or 退货区: nobody had found it fit. It may have been; so it warns. */
export const leftUndecidedZone: Rule = {
  name: 'left-undecided-zone',
  version: 1,
  severity: 'warning',
  title: { zh: '待验区、退货区的货物未经判定即发出、销售或使用', en: 'Goods nobody had decided on were sent on, sold or used' },
  judge: ({ zones, unit }) => left(zones?.undecided, unit),
};

/** Whether everything there is of a share lies in zones for what is unfit, and nothing left before. */
export const isAllRejected = ({ rejected, onHand, hasLeft }: ZoneFacts): boolean => rejected.here > 0n && rejected.here === onHand && !hasLeft;

function left(zone: ZoneFacts['rejected'] | undefined, unit: ShareFacts['unit'] = 'mg'): ReturnType<Rule['judge']> {
  if (zone === undefined || zone.left <= 0n) return undefined;
  return { numbers: { left: amountOut(zone.left, unit), uom: uomOf(unit) }, since: zone.leftSince, evidence: zone.leftBy };
}
