import type { EntityManager } from 'typeorm';

/** Most batches a form speaks of without naming them. */
const MOST = 500;

/** URIs of what an organisation's book has on hand at a place, as they were issued. */
export async function ownUris(db: Pick<EntityManager, 'query'>, organisationId: string, place: string): Promise<string[]> {
  const rows: { uri: string }[] = await db.query(
    `SELECT COALESCE(b.uri, i.canonical) AS uri FROM holding h JOIN node n ON n.id = h.node JOIN identifier i ON i.id = n.identifier
       LEFT JOIN batch b ON b.identifier = n.identifier
      WHERE h.org = $1 AND h.place = $2 AND h.state = 'available' AND h.quantity > 0 AND n.kind = 'class' ORDER BY 1 LIMIT ${MOST}`,
    [organisationId, place],
  );
  return rows.map(({ uri }) => uri);
}
