import type { DifferenceReason } from '@daodi/herbal';
import type { EntityManager } from 'typeorm';
import { amountOut } from './amount';
import type { NodeFacts } from './node-facts';

/** What was booked under one reason, over all batches of a trace; losses and gains stay apart and never cancel out. */
export interface BookedDifference {
  readonly reason: DifferenceReason;
  readonly direction: 'lost' | 'gained';
  readonly quantity: number | string;
  readonly uom: 'KGM';
  /** How many bookings it is the sum of. */
  readonly count: number;
}

/** Differences of weights booked on nodes the asker may read, by reason: a receipt's, and a stock-take's of such a reason. */
export async function bookedDifferences(db: Pick<EntityManager, 'query'>, facts: Iterable<NodeFacts>): Promise<BookedDifference[]> {
  const nodes = [...facts].filter(({ lost, gained }) => lost > 0n || gained > 0n).map(({ id }) => id);
  if (nodes.length === 0) return [];
  const rows: { reason: DifferenceReason; direction: 'lost' | 'gained'; amount: string; count: string }[] = await db.query(
    `SELECT d.reason, CASE l.role WHEN 'gain' THEN 'gained' ELSE 'lost' END AS direction, sum(l.amount) AS amount, count(*) AS count
       FROM line l JOIN booked_difference d ON d.position = l.position AND d.ordinal = l.ordinal
      WHERE l.node = ANY($1::uuid[]) AND l.role IN ('short', 'gain', 'loss') AND l.path = '' AND l.held AND NOT l.void AND l.unit = 'mg'
      GROUP BY 1, 2 ORDER BY 1, 2`,
    [nodes],
  );
  return rows.map(({ reason, direction, amount, count }) => ({ reason, direction, quantity: amountOut(BigInt(amount), 'mg'), uom: 'KGM', count: Number(count) }));
}
