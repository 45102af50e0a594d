import { amountOut, uomOf } from '@daodi/trace';
import type { ShareFacts } from './facts';
import type { Rule, RuleFinding } from './finding';

/** More left than the book holds: stands until the earlier record or a stock-take arrives. */
export const overdrawn: Rule = {
  name: 'overdrawn',
  version: 1,
  severity: 'blocking',
  title: { zh: '出库多于账面', en: 'More left than the book holds' },
  judge: (share) => debtOf(share, 'available'),
};

/** More arrived than was shipped to this organisation. */
export const receivedMoreThanShipped: Rule = {
  name: 'received-more-than-shipped',
  version: 1,
  severity: 'blocking',
  title: { zh: '收货多于发货', en: 'More was received than was shipped here' },
  judge: (share) => debtOf(share, 'transit'),
};

function debtOf(share: ShareFacts, state: 'available' | 'transit'): RuleFinding | undefined {
  const debt = share.debts.find((d) => d.state === state && d.amount > 0n);
  if (debt === undefined || share.unit === undefined) return undefined;
  return { numbers: { quantity: amountOut(debt.amount, share.unit), uom: uomOf(share.unit) }, since: debt.firstPosition };
}

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
  lines && { numbers: { events: lines.eventIds, lines: lines.count }, since: lines.firstPosition };
