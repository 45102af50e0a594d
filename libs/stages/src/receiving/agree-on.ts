import { type Agreement, agreement, type Allowance, allowedMg, differenceReason, type DifferenceReason, findAllowance, meaningfulUncertainty, scaleUncertainty } from '@daodi/herbal';
import { massToMilligrams } from '@daodi/epcis';
import { findAllowances } from '@daodi/registry';
import { amountOut, shipmentsOnTheWay } from '@daodi/trace';
import type { Thing } from '../form/things';
import type { WeighingElement } from '../form/weighing';
import { withoutAbsent, type Work } from '../form/work';

/** What came of one batch of a delivery, in milligrams. */
export interface Delivered {
  /** Organisation it came from (uuid). */
  readonly sender: string;
  readonly thing: Thing;
  /** Accepted, rejected and found short together; of it accepted. */
  readonly receivedMg: bigint;
  readonly acceptedMg: bigint;
  /** How the receiver weighed it. */
  readonly weighings: readonly WeighingElement[];
  /** More of it is still to come. */
  readonly isPart: boolean;
}

/** How the weight of the receiver compares with that of the sender. */
export interface Agreed {
  readonly thing: Thing;
  readonly shippedMg: bigint;
  readonly receivedMg: bigint;
  readonly agreement: Agreement;
  /** Absent where none is on record for this herb, step and season. */
  readonly allowance?: Allowance;
  /** Under which the difference is booked; absent where they do not agree. */
  readonly reason?: DifferenceReason;
}

/**
 * Compares what is on its way here with what was received. Nothing where nothing is on its way or the weights are
 * equal; nothing either where less came, beyond what agrees: the rest stays on its way.
 */
export async function agreeOn(work: Work, { sender, thing, receivedMg, acceptedMg, weighings, isPart }: Delivered): Promise<Agreed | undefined> {
  const here = work.caller.organisationId;
  const onTheWay = await shipmentsOnTheWay(work.tx, { node: thing.book.node, from: sender, to: here, replacedEvent: work.replaced?.entry.eventId });
  if (onTheWay.massMg === 0n || onTheWay.massMg === receivedMg) return undefined;
  const direction = receivedMg < onTheWay.massMg ? 'loss' : 'gain';
  if ((direction === 'loss' && isPart) || (direction === 'gain' && acceptedMg < receivedMg - onTheWay.massMg)) return undefined;
  const allowances = await findAllowances(work.tx, here);
  const question = { direction, herb: thing.facts?.herb, month: Number(work.day.slice(5, 7)) } as const;
  const allowance = findAllowance(allowances, { step: 'transport', ...question }) ?? findAllowance(allowances, { step: 'regain', ...question });
  const compared = agreement(
    { massMg: onTheWay.massMg, uncertaintyMg: meaningfulUncertainty(onTheWay.scaleMg, onTheWay.massMg) },
    { massMg: receivedMg, uncertaintyMg: meaningfulUncertainty(weighings.reduce((sum, element) => sum + uncertaintyOf(element), 0n), receivedMg < onTheWay.massMg ? receivedMg : onTheWay.massMg) },
    allowance === undefined ? 0n : allowedMg(allowance, onTheWay.massMg),
  );
  if (!compared.agrees && direction === 'loss') return undefined;
  const reason = compared.agrees ? differenceReason(compared.differenceMg, compared.divisionsMg, 'transport') : undefined;
  return { thing, shippedMg: onTheWay.massMg, receivedMg, agreement: compared, allowance, reason };
}

const uncertaintyOf = ({ division, readings }: WeighingElement): bigint =>
  scaleUncertainty(division === undefined ? undefined : massToMilligrams(division, 'KGM'), readings);

/** The comparison as the event and the answer have it, in kilograms; both weights stay in sight. */
export function agreementElement({ thing, shippedMg, receivedMg, agreement: { agrees, differenceMg, toleranceMg, divisionsMg, allowanceMg }, allowance, reason }: Agreed): Record<string, unknown> {
  const kg = (mg: bigint) => amountOut(mg, 'mg');
  return withoutAbsent({
    epcClass: thing.uri, shipped: kg(shippedMg), received: kg(receivedMg), difference: kg(differenceMg), tolerance: kg(toleranceMg), divisions: kg(divisionsMg),
    allowance: kg(allowanceMg), allowancePercent: allowance?.percent, isAllowanceOnRecord: allowance !== undefined, uom: 'KGM', agrees, reason,
  });
}
