import type { EntityManager } from 'typeorm';

type Db = Pick<EntityManager, 'query'>;

/** Of these nodes, those an organisation may read on record: it had them, or something later that came out of them. */
export async function readableNodes(db: Db, organisationId: string, nodes: readonly string[]): Promise<Set<string>> {
  if (nodes.length === 0) return new Set();
  const rows: { node: string }[] = await db.query(
    `SELECT node FROM reader_direct WHERE organisation_id = $1 AND node = ANY($2::uuid[])
     UNION SELECT node FROM reader_history WHERE organisation_id = $1 AND node = ANY($2::uuid[])`,
    [organisationId, nodes],
  );
  return new Set(rows.map(({ node }) => node));
}
