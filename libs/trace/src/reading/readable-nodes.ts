import type { EntityManager } from 'typeorm';

type Db = Pick<EntityManager, 'query'>;

/** Which kinds of organisation work in which stage of the chain, in the words of jurisdictions. */
const STAGE_OF_TYPE: Readonly<Record<string, string>> = {
  cooperative: 'planting',
  processor: 'processing',
  'decoction-piece-factory': 'processing',
  laboratory: 'testing',
  'pharmaceutical-firm': 'processing',
  market: 'trade',
  retailer: 'trade',
  'brand-owner': 'trade',
};

/**
 * Of these nodes, those an organisation may read on record: it had them (`held`), or something later that came out of
 * them (`history`), or what somebody in its jurisdiction did with them falls under its supervision (`supervised`:
 * administrative area of who did it × stage × herb).
 */
export async function readableNodes(db: Db, organisationId: string, nodes: readonly string[]): Promise<Set<string>> {
  if (nodes.length === 0) return new Set();
  const rows: { node: string }[] = await db.query(
    `SELECT node FROM reader_direct WHERE organisation_id = $1 AND node = ANY($2::uuid[])
     UNION SELECT node FROM reader_history WHERE organisation_id = $1 AND node = ANY($2::uuid[])
     UNION SELECT r.node
       FROM jurisdiction j
       JOIN organisation o ON o.region LIKE j.region_prefix || '%'
       JOIN reader_direct r ON r.organisation_id = o.id AND r.node = ANY($2::uuid[])
       JOIN node n ON n.id = r.node
       LEFT JOIN batch b ON b.identifier = n.identifier
      WHERE j.organisation_id = $1 AND j.status = 'active' AND (j.herb = 'all' OR j.herb = b.herb)
        AND (j.stage = 'all' OR j.stage = $3::jsonb ->> o.type)`,
    [organisationId, nodes, JSON.stringify(STAGE_OF_TYPE)],
  );
  return new Set(rows.map(({ node }) => node));
}
