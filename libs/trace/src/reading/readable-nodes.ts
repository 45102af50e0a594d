import type { EntityManager } from 'typeorm';

type Db = Pick<EntityManager, 'query'>;

/** Which kinds of organisation work in which stage of the chain, in the words of jurisdictions. */
const STAGE_OF_TYPE = `CASE o.type
  WHEN 'cooperative' THEN 'planting' WHEN 'laboratory' THEN 'testing'
  WHEN 'processor' THEN 'processing' WHEN 'decoction-piece-factory' THEN 'processing' WHEN 'pharmaceutical-firm' THEN 'processing'
  WHEN 'market' THEN 'trade' WHEN 'retailer' THEN 'trade' WHEN 'brand-owner' THEN 'trade' END`;

/**
 * SQL for the nodes an organisation may read on record: it had them (`held`), or something later that came out of them
 * (`history`), or what somebody in its jurisdiction did with them falls under its supervision (`supervised`:
 * administrative area of who did it × stage × herb).
 *
 * @param me SQL for the organisation's uuid
 * @param among a condition on `r.node` that narrows all three
 */
export const readableNodesSql = (me: string, among = 'true'): string => `
  SELECT r.node FROM reader_direct r WHERE r.organisation_id = ${me} AND ${among}
  UNION SELECT r.node FROM reader_history r WHERE r.organisation_id = ${me} AND ${among}
  UNION SELECT r.node
    FROM jurisdiction j
    JOIN organisation o ON o.region LIKE j.region_prefix || '%'
    JOIN reader_direct r ON r.organisation_id = o.id AND ${among}
    JOIN node n ON n.id = r.node
    LEFT JOIN batch b ON b.identifier = n.identifier
   WHERE j.organisation_id = ${me} AND j.status = 'active' AND (j.herb = 'all' OR j.herb = b.herb)
     AND (j.stage = 'all' OR j.stage = ${STAGE_OF_TYPE})`;

/** Of these nodes, those an organisation may read. */
export async function readableNodes(db: Db, organisationId: string, nodes: readonly string[]): Promise<Set<string>> {
  if (nodes.length === 0) return new Set();
  const rows: { node: string }[] = await db.query(readableNodesSql('$1::uuid', 'r.node = ANY($2::uuid[])'), [organisationId, nodes]);
  return new Set(rows.map(({ node }) => node));
}
