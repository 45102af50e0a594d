import type { EntityManager } from 'typeorm';
import { shareKey, type SurplusFacts } from '../rules/facts';
import { groupBy } from './group-by';

/** What stock-takes found above the book without a cause 盘盈, or with none on record, beside all that came in. Where moistures were measured, these tell. */
export async function loadSurpluses(db: Pick<EntityManager, 'query'>, nodes: readonly string[]): Promise<Map<string, SurplusFacts>> {
  const gains: GainRow[] = await db.query(
    `SELECT l.node, l.org, l.event_id AS "eventId", l.amount, l.position FROM line l JOIN identifier i ON i.id = l.identifier
       LEFT JOIN batch b ON b.identifier = l.identifier LEFT JOIN entry_body y ON y.position = l.position
      WHERE l.node = ANY($1::uuid[]) AND l.role = 'gain' AND l.path = '' AND l.held AND NOT l.void AND l.amount IS NOT NULL AND NOT EXISTS (
          SELECT FROM jsonb_array_elements(CASE jsonb_typeof(y.body -> 'daodi:counts') WHEN 'array' THEN y.body -> 'daodi:counts' ELSE '[]' END) c
           WHERE c ->> 'epcClass' IN (i.canonical, b.uri) AND (c ->> 'reason' <> 'count-surplus' OR c ? 'moistureBefore'))
      ORDER BY l.position, l.ordinal`,
    [nodes],
  );
  return beside(db, gains);
}

/** Regain of moisture as it was booked, where moistures were not measured before and after. */
export async function loadRegains(db: Pick<EntityManager, 'query'>, nodes: readonly string[]): Promise<Map<string, SurplusFacts>> {
  return beside(db, await db.query(
    `SELECT l.node, l.org, l.event_id AS "eventId", l.amount, l.position FROM line l JOIN booked_difference d ON d.position = l.position AND d.ordinal = l.ordinal AND d.reason = 'moisture-regain'
       LEFT JOIN entry_body y ON y.position = l.position
      WHERE l.node = ANY($1::uuid[]) AND l.role = 'gain' AND l.path = '' AND l.held AND NOT l.void AND l.amount IS NOT NULL AND NOT COALESCE(jsonb_path_exists(y.body -> 'daodi:counts', '$[*] ? (exists(@.moisture) && exists(@.moistureBefore))'), false)
      ORDER BY l.position, l.ordinal`,
    [nodes],
  ));
}

interface GainRow {
  readonly node: string;
  readonly org: string;
  readonly eventId: string;
  readonly amount: string;
  readonly position: string;
}

/** Gains of each share, beside all that came in. */
async function beside(db: Pick<EntityManager, 'query'>, gains: readonly GainRow[]): Promise<Map<string, SurplusFacts>> {
  if (gains.length === 0) return new Map();
  const cameIn = await cameInOf(db, gains.map(({ node }) => node));
  return new Map([...groupBy(gains, (row) => shareKey(row.node, row.org))].map(([key, own]) => [key, {
    amount: own.reduce((sum, { amount }) => sum + BigInt(amount), 0n), cameIn: cameIn.get(key) ?? 0n, eventIds: own.map(({ eventId }) => eventId), firstPosition: BigInt(own[0]?.position ?? 0),
  }]));
}

/** All that came into each share of these nodes or was made in it, in the base unit of the batch. */
export async function cameInOf(db: Pick<EntityManager, 'query'>, nodes: readonly string[]): Promise<Map<string, bigint>> {
  if (nodes.length === 0) return new Map();
  const came: { node: string; org: string; amount: string }[] = await db.query(
    `SELECT l.node, l.org, sum(l.amount) AS amount FROM line l JOIN node n ON n.id = l.node
      WHERE l.node = ANY($1::uuid[]) AND l.role IN ('origin', 'take-in', 'output', 'receive') AND l.held AND NOT l.void AND l.unit = n.unit GROUP BY 1, 2`,
    [[...new Set(nodes)]],
  );
  return new Map(came.map(({ node, org, amount }) => [shareKey(node, org), BigInt(amount)]));
}
