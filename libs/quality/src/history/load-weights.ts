import { addUpChain, type ChainHand, type DifferenceReason, type DryingPart, type MoistureMethod } from '@daodi/herbal';
import type { EntityManager } from 'typeorm';
import { type BookedDifference, type ChainFacts, type CustodyWeights, shareKey } from '../rules/facts';
import { groupBy } from './group-by';

type Db = Pick<EntityManager, 'query'>;

/** Columns of `weighed` (as `w`) from which {@link dryingPart} is read. */
export const WEIGHED = `w.net, w.scale, w.typed, w.percent, w.method, w.uncertainty`;

/** How a line was weighed; all null where nothing is on record. */
export interface WeighedRow {
  readonly net: string | null;
  readonly scale: string | null;
  readonly typed: string | null;
  readonly percent: string | null;
  readonly method: MoistureMethod | null;
  readonly uncertainty: string | null;
}

/** What a weighing says; nothing where none is on record. */
export const dryingPart = ({ net, scale, typed, percent, method, uncertainty }: WeighedRow): DryingPart | undefined =>
  net === null ? undefined : {
    massMg: BigInt(net),
    uncertaintyMg: BigInt(scale ?? typed ?? 0),
    ...(percent !== null && method !== null && { moisture: { percent, method, ...(uncertainty !== null && { uncertainty }) } }),
  };

/** What was shipped to and received by each organisation, of nodes of which it stated a moisture on receipt. */
export async function loadCustodyWeights(db: Db, nodes: readonly string[]): Promise<Map<string, CustodyWeights>> {
  const rows: (WeighedRow & { node: string; org: string; side: 'shipped' | 'received'; mg: string; position: string; eventId: string })[] = await db.query(
    `WITH measured AS (
       SELECT DISTINCT l.node, l.org FROM line l JOIN weighed w ON w.position = l.position AND w.ordinal = l.ordinal
        WHERE l.node = ANY($1::uuid[]) AND l.role IN ('receive', 'reject') AND l.path = '' AND l.held AND NOT l.void AND w.percent IS NOT NULL)
     SELECT m.node, m.org, CASE l.role WHEN 'ship' THEN 'shipped' ELSE 'received' END AS side, l.amount AS mg, l.position, l.event_id AS "eventId", ${WEIGHED}
       FROM measured m JOIN line l ON l.node = m.node AND l.held AND NOT l.void AND l.unit = 'mg'
        AND ((l.role = 'ship' AND l.dest_org = m.org AND l.org <> m.org) OR (l.role IN ('receive', 'reject') AND l.org = m.org AND l.source_org <> m.org))
       LEFT JOIN weighed w ON w.position = l.position AND w.ordinal = l.ordinal AND l.path = ''
      ORDER BY l.position, l.ordinal, l.path`,
    [nodes],
  );
  return new Map([...groupBy(rows, (row) => shareKey(row.node, row.org))].map(([key, group]) => {
    const side = (name: 'shipped' | 'received') => group.filter((row) => row.side === name).map((row) => ({ mg: BigInt(row.mg), weighed: dryingPart(row) }));
    const received = group.filter((row) => row.side === 'received');
    return [key, {
      shipped: side('shipped'), received: side('received'), eventIds: [...new Set(received.map(({ eventId }) => eventId))].sort(), firstPosition: BigInt(received[0]?.position ?? 0),
    }];
  }));
}

/**
 * What the allowances of the chain behind each share of these nodes come to. Followed back are hands (shipments) and
 * what lots were made of; serials and containers carry a lot's weight and have none of their own.
 */
export async function loadChains(db: Db, nodes: readonly string[]): Promise<Map<string, ChainFacts>> {
  // One booking lies inside its own agreement: only where there are two there is anything to add up.
  const some: unknown[] = await db.query('SELECT FROM booked_difference WHERE tolerance IS NOT NULL LIMIT 2');
  if (some.length < 2) return new Map();
  const links: { node: string; org: string; from: string | null }[] = await db.query(
    `WITH RECURSIVE up(node, org) AS (
       SELECT DISTINCT l.node, l.org FROM line l WHERE l.node = ANY($1::uuid[]) AND l.kind = 'class' AND l.held AND NOT l.void
       UNION SELECT f.node, f.org FROM up u CROSS JOIN LATERAL (${BEHIND}) f)
     SELECT u.node, u.org, f.node || ' ' || f.org AS "from" FROM up u LEFT JOIN LATERAL (${BEHIND}) f ON true`,
    [nodes],
  );
  const shares = groupBy(links, (link) => shareKey(link.node, link.org));
  const bookings = await bookingsOf(db, [...new Set(links.map(({ node }) => node))]);
  const hands = new Map<string, ChainHand<Booked>>();
  for (const [key, group] of shares) hands.set(key, { bookings: bookings.get(key) ?? [], from: group.flatMap(({ from }) => from ?? []) });
  const wanted = new Set(nodes);
  const found = new Map<string, ChainFacts>();
  for (const key of shares.keys()) {
    if (!wanted.has(key.slice(0, key.indexOf(' ')))) continue;
    const sum = addUpChain(hands, key);
    if (sum.isBeyond) found.set(key, { ...sum, firstPosition: sum.bookings.reduce((min, { position }) => (position < min ? position : min), sum.bookings[0]?.position ?? 0n) });
  }
  return found;
}

/** The shares right behind a share `u`: who shipped it there, and what it was made of. */
const BEHIND = `
  SELECT l.node, l.org FROM line l WHERE l.node = u.node AND l.dest_org = u.org AND l.org <> u.org AND l.role = 'ship' AND l.held AND NOT l.void
  UNION
  SELECT i.node, i.org FROM line o JOIN line i ON i.hub = o.hub AND i.role = 'input' AND i.kind = 'class' AND i.held AND NOT i.void
   WHERE o.node = u.node AND o.org = u.org AND o.role = 'output' AND o.held AND NOT o.void`;

interface Booked extends BookedDifference {
  readonly position: bigint;
}

async function bookingsOf(db: Db, nodes: readonly string[]): Promise<Map<string, Booked[]>> {
  const rows: { node: string; org: string; eventId: string; reason: DifferenceReason; role: string; amount: string; before: string; tolerance: string; position: string }[] = await db.query(
    `SELECT l.node, l.org, l.event_id AS "eventId", d.reason, l.role, l.amount, d.before, d.tolerance, l.position FROM line l JOIN booked_difference d ON d.position = l.position AND d.ordinal = l.ordinal
      WHERE l.node = ANY($1::uuid[]) AND l.role IN ('short', 'gain', 'loss') AND l.path = '' AND l.held AND NOT l.void AND l.unit = 'mg' AND d.tolerance IS NOT NULL AND d.before > 0
      ORDER BY l.position, l.ordinal`,
    [nodes],
  );
  const groups = groupBy(rows, (row) => shareKey(row.node, row.org));
  return new Map([...groups].map(([key, group]) => [key, group.map(({ org, eventId, reason, role, amount, before, tolerance, position }): Booked => ({
    organisation: org, eventId, reason, direction: role === 'gain' ? 'gained' : 'lost', amountMg: BigInt(amount), beforeMg: BigInt(before), toleranceMg: BigInt(tolerance), position: BigInt(position),
  }))]));
}
