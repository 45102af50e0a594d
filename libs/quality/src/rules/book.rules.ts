import { agreement, meaningfulUncertainty } from '@daodi/herbal';
import { amountOut, uomOf } from '@daodi/trace';
import type { Debt, ShareFacts } from './facts';
import { NOBODY, type Rule, type RuleFinding } from './finding';

/** More left than the book holds: stands until the earlier record or a stock-take arrives. */
export const overdrawn: Rule = {
  name: 'overdrawn',
  version: 1,
  severity: 'blocking',
  title: { zh: '出库多于账面', en: 'More left than the book holds' },
  judge: (share) => found(share, debtOf(share, 'available'), debtOf(share, 'available')?.amount ?? 0n),
};

/**
 * More arrived than was shipped to this organisation, beyond what the scales of both sides cannot tell apart: of a
 * receipt that was written down before its shipment was here no difference is booked. Where a sender took back what it had
 * said after the goods were received, and that is the difference, it is the sender's doing.
 */
export const receivedMoreThanShipped: Rule = {
  name: 'received-more-than-shipped',
  version: 2,
  severity: 'blocking',
  title: { zh: '收货多于发货', en: 'More was received than was shipped here' },
  judge: (share) => {
    const finding = isWithinScales(share) ? undefined : found(share, debtOf(share, 'transit'), min(debtOf(share, 'transit')?.amount ?? 0n, excessOf(share)));
    const { takenBack = [] } = share;
    const senders = new Set(takenBack.map(({ organisation }) => organisation));
    const isTakenBack = takenBack.reduce((sum, { amount }) => sum + amount, 0n) >= excessOf(share);
    if (finding === undefined || senders.size === 0 || !isTakenBack) return finding;
    return { ...finding, evidence: [...finding.evidence, ...takenBack.flatMap(({ eventIds }) => eventIds)], accused: senders.size === 1 ? takenBack[0]?.organisation : NOBODY };
  },
};

function isWithinScales(share: ShareFacts): boolean {
  const { amount = 0n, scales } = share.shippedHere ?? {};
  if (scales === undefined || amount === 0n) return false;
  const side = (massMg: bigint, uncertaintyMg: bigint) => ({ massMg, uncertaintyMg: meaningfulUncertainty(uncertaintyMg, amount) });
  return agreement(side(amount, scales.shipped), side(share.receivedHere, scales.received), 0n).agrees;
}

/** What arrived had been shipped, but its sender's book did not hold it: unproven until the sender's records come. */
export const overdrawnAtSender: Rule = {
  name: 'overdrawn-at-sender',
  version: 2,
  severity: 'blocking',
  title: { zh: '收到的货物在发货方账面不足', en: 'What was received its sender’s book does not hold' },
  judge: (share) => {
    const finding = found(share, debtOf(share, 'transit'), (debtOf(share, 'transit')?.amount ?? 0n) - excessOf(share));
    const senders = share.shippedHere?.senders ?? [];
    const short = senders.filter(({ isShort }) => isShort);
    const [suspect] = short.length > 0 ? short : senders;
    return finding && { ...finding, evidence: [...finding.evidence, ...(short.length > 0 ? short : senders).flatMap(({ eventIds }) => eventIds)], accused: suspect?.organisation ?? NOBODY };
  },
};

/** More came back than had been sold, or drawn as samples: whose goods these are is not on record. */
export const returnedMoreThanLeft: Rule = {
  name: 'returned-more-than-left',
  version: 1,
  severity: 'blocking',
  title: { zh: '退回多于售出或取样', en: 'More came back than had been sold or drawn' },
  judge: (share) => {
    const [sold, sampled] = [debtOf(share, 'sold'), debtOf(share, 'sampled')];
    const finding = found(share, sold ?? sampled, (sold?.amount ?? 0n) + (sampled?.amount ?? 0n));
    return finding && { ...finding, evidence: [...(sold?.eventIds ?? []), ...(sampled?.eventIds ?? [])] };
  },
};

const debtOf = (share: ShareFacts, state: Debt['state']): Debt | undefined => share.debts.find((debt) => debt.state === state);

/** Stated receipts beyond stated shipments. */
function excessOf({ receivedHere, shippedHere }: ShareFacts): bigint {
  const excess = receivedHere - (shippedHere?.amount ?? 0n);
  return excess > 0n ? excess : 0n;
}

const min = (a: bigint, b: bigint): bigint => (a < b ? a : b);

function found({ unit }: ShareFacts, debt: Debt | undefined, amount: bigint): RuleFinding | undefined {
  if (debt === undefined || unit === undefined || amount <= 0n) return undefined;
  return { numbers: { quantity: amountOut(amount, unit), uom: uomOf(unit) }, since: debt.firstPosition, evidence: debt.eventIds };
}

/** Counts that find more than the book, again and again: above this part of all that came in. Our own measure. */
const SURPLUS_PERCENT = 5n;

/**
 * 盘盈: stock-takes found more than a little above the book, and nobody knows why. Water drawn from the air is booked as regain
 * with its moistures and is none of it.
 */
export const surplusAddsUp: Rule = {
  name: 'surplus-adds-up',
  version: 1,
  severity: 'warning',
  title: { zh: '原因不明的盘盈累计偏多', en: 'Stock-takes found much above the book without a cause' },
  judge: ({ surpluses, unit = 'mg' }) => {
    if (surpluses === undefined || surpluses.amount * 100n <= surpluses.cameIn * SURPLUS_PERCENT) return undefined;
    const { amount, cameIn, eventIds, firstPosition } = surpluses;
    return { numbers: { counts: eventIds.length, unexplained: amountOut(amount, unit), cameIn: amountOut(cameIn, unit), uom: uomOf(unit) }, since: firstPosition, evidence: eventIds };
  },
};

/** How much moisture nobody measured may be drawn before somebody asks: herb that gains more is wet, or something else. Our own measure. */
const REGAIN_PERCENT = 6n;

/** Goods gained more weight than damp air gives, and nobody measured their moisture. Where it was measured, dry matter tells. */
export const regainUnmeasured: Rule = {
  name: 'regain-unmeasured',
  version: 1,
  severity: 'warning',
  title: { zh: '回潮增重偏多且未测水分', en: 'Goods gained much weight as moisture nobody measured' },
  judge: ({ regains, unit = 'mg' }) => {
    if (regains === undefined || regains.amount * 100n <= regains.cameIn * REGAIN_PERCENT) return undefined;
    const { amount, cameIn, eventIds, firstPosition } = regains;
    return { numbers: { regains: eventIds.length, gained: amountOut(amount, unit), cameIn: amountOut(cameIn, unit), uom: uomOf(unit) }, since: firstPosition, evidence: eventIds };
  },
};

/** A movement states no amount, or none that can be read: the book stays open. */
export const unreadableAmount: Rule = {
  name: 'unreadable-amount',
  version: 1,
  severity: 'blocking',
  title: { zh: '数量缺失或无法识别', en: 'An amount is missing or cannot be read' },
  judge: ({ unreadable }) => linesFinding(unreadable),
};

/** Pieces and mass for one batch never balance. */
export const mixedUnits: Rule = {
  name: 'mixed-units',
  version: 1,
  severity: 'blocking',
  title: { zh: '同一批次计量单位不一致', en: 'One batch is counted in pieces and in mass' },
  judge: ({ mixed }) => linesFinding(mixed),
};

const linesFinding = (lines: ShareFacts['mixed']): RuleFinding | undefined =>
  lines && { numbers: { events: lines.eventIds, lines: lines.count }, since: lines.firstPosition, evidence: lines.eventIds };
