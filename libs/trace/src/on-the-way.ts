import type { EntityManager } from 'typeorm';

/** Whose goods are on whose way. */
export interface OnTheWayQuestion {
  readonly node: string;
  /** Organisations (uuid): who shipped it, and to whom. */
  readonly from: string;
  readonly to: string;
  /** A receipt that is being corrected: what it moved counts as still on its way. */
  readonly replacedEvent?: string;
}

/** What is on its way, in milligrams, and what the scales it was weighed on before it left cannot tell apart. */
export interface OnTheWay {
  readonly massMg: bigint;
  readonly scaleMg: bigint;
}

/**
 * What is on its way from one organisation to another of one batch. Of several shipments the latest are those still on
 * their way; each was weighed for itself, so what their scales cannot tell apart adds up.
 */
export async function shipmentsOnTheWay(db: Pick<EntityManager, 'query'>, { node, from, to, replacedEvent }: OnTheWayQuestion): Promise<OnTheWay> {
  const [{ mass }] = await db.query(
    `SELECT (SELECT COALESCE(sum(h.quantity), 0) FROM holding h WHERE h.node = $1 AND h.org = $3 AND h.state = 'transit' AND h.place = $2::text AND h.unit = 'mg')
          + (SELECT COALESCE(sum(l.moved), 0) FROM line l
              WHERE l.org = $3 AND l.event_id = $4 AND l.node = $1 AND l.role IN ('receive', 'reject', 'short') AND l.unit = 'mg' AND NOT l.void) AS mass`,
    [node, from, to, replacedEvent ?? null],
  );
  const shipments: { amount: string; scale: string }[] = await db.query(
    `SELECT l.amount, COALESCE(w.scale, 0) AS scale FROM line l LEFT JOIN weighed w ON w.position = l.position AND w.ordinal = l.ordinal
      WHERE l.node = $1 AND l.org = $2 AND l.dest_org = $3 AND l.role = 'ship' AND l.path = '' AND l.held AND NOT l.void AND l.unit = 'mg'
      ORDER BY l.event_time DESC, l.tie DESC, l.ordinal DESC`,
    [node, from, to],
  );
  const massMg = BigInt(mass);
  let [left, scaleMg] = [massMg, 0n];
  for (const { amount, scale } of shipments) {
    if (left <= 0n) break;
    left -= BigInt(amount);
    scaleMg += BigInt(scale);
  }
  return { massMg, scaleMg };
}
