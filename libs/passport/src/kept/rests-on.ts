import type { EntityManager } from 'typeorm';
import { FINDINGS_FOLLOWER } from '@daodi/quality';

type Db = Pick<EntityManager, 'query'>;

/** What a page rests on, and the position of the log up to which it is known to say what is on record. */
export interface Rests {
  /** Identifiers, and transformations (hubs): an entry that names none of them cannot change the page. */
  readonly ids: readonly string[];
  /** The log's size, or how far the inbox of findings has read where that is less. */
  readonly position: bigint;
}

/**
 * What a page about these things rests on: they themselves, how they were made, what is said to have gone in (a claim
 * that is proven later comes by way of it) or come out beside them (a step's balance is judged whole). In the snapshot
 * in which the page was made.
 */
export async function restsOn(db: Db, nodes: readonly string[]): Promise<Rests> {
  const rows: { id: string }[] = await db.query(
    `WITH own AS (SELECT identifier FROM node WHERE id = ANY($1::uuid[])),
     hubs AS (SELECT DISTINCT l.hub FROM line l JOIN own USING (identifier) WHERE l.role IN ('output', 'serial') AND l.hub IS NOT NULL)
     SELECT identifier AS id FROM own UNION SELECT hub FROM hubs
     UNION SELECT l.identifier FROM hubs JOIN line l USING (hub) WHERE l.role IN ('input', 'output', 'serial-lot')`,
    [nodes],
  );
  const [row] = await db.query(
    'SELECT LEAST(size, COALESCE((SELECT position FROM follower WHERE name = $1), 0)) AS position FROM log_head', [FINDINGS_FOLLOWER],
  );
  return { ids: rows.map(({ id }) => id), position: BigInt(row.position) };
}
