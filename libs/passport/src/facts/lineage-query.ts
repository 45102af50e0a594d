import type { EntityManager } from 'typeorm';
import type { Ancestor, End, Passing } from '../domain/lineage';

type Db = Pick<EntityManager, 'query'>;

const TIME = `'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'`;

/**
 * Every way from a thing to what went into it, by held lines, in one question. Ways through containers come whatever
 * the time: `lineageOf` decides which were open. An output counts where its owner says it, whatever it says went in;
 * what the owner does not hold comes along as `farHeld: false` and is not followed.
 */
export async function endsAbove(db: Db, root: string): Promise<End[]> {
  return db.query(
    `WITH RECURSIVE up(node) AS (
       SELECT $1::uuid
       UNION
       SELECT e.far FROM up CROSS JOIN LATERAL (
         SELECT f.node AS far
           FROM line n JOIN node o ON o.id = n.node AND o.owner = n.org
           JOIN line f ON f.hub = n.hub AND NOT f.void AND f.held AND f.node IS NOT NULL
            AND ((n.role = 'output' AND f.role = 'input') OR (n.role = 'serial' AND f.role = 'serial-lot'))
          WHERE n.node = up.node AND n.role IN ('output', 'serial') AND NOT n.void
         UNION ALL
         SELECT f.node
           FROM line n JOIN line f ON f.position = n.position AND f.path = '' AND f.role = 'packed' AND NOT f.void AND f.held AND f.node IS NOT NULL
          WHERE n.node = up.node AND n.role = 'container-pack' AND n.path = '' AND NOT n.void AND n.held) e
     )
     SELECT n.node AS near, f.node AS far, CASE n.role WHEN 'serial' THEN 'commissioning' ELSE 'transformation' END AS kind, n.org,
            to_char(n.event_time AT TIME ZONE 'UTC', ${TIME}) AS time, NULL::text AS until, f.held AS "farHeld",
            fn.kind = 'container' AS "farIsContainer", n.position::text AS position
       FROM up JOIN line n ON n.node = up.node AND n.role IN ('output', 'serial') AND NOT n.void
       JOIN node o ON o.id = n.node AND o.owner = n.org
       JOIN line f ON f.hub = n.hub AND NOT f.void AND f.node IS NOT NULL
        AND ((n.role = 'output' AND f.role = 'input') OR (n.role = 'serial' AND f.role = 'serial-lot'))
       JOIN node fn ON fn.id = f.node
     UNION ALL
     SELECT n.node, f.node, 'aggregation', n.org, to_char(n.event_time AT TIME ZONE 'UTC', ${TIME}),
            to_char(f.until AT TIME ZONE 'UTC', ${TIME}), f.held, fn.kind = 'container', n.position::text
       FROM up JOIN line n ON n.node = up.node AND n.role = 'container-pack' AND n.path = '' AND NOT n.void AND n.held
       JOIN line f ON f.position = n.position AND f.path = '' AND f.role = 'packed' AND NOT f.void AND f.node IS NOT NULL
       JOIN node fn ON fn.id = f.node
      ORDER BY position, near, far`,
    [root],
  ).then((rows: (Omit<End, 'until'> & { until: string | null })[]) => rows.map((row) => ({ ...row, until: row.until ?? undefined })));
}

/** Held shipments of these things between organisations. */
export function passingsOf(db: Db, nodes: readonly string[]): Promise<Passing[]> {
  return db.query(
    `SELECT DISTINCT node, org AS "from", dest_org AS "to" FROM line
      WHERE node = ANY($1::uuid[]) AND role = 'ship' AND held AND NOT void AND dest_org IS NOT NULL AND dest_org <> org`,
    [nodes],
  );
}

/** Whose statements about which thing are part of the story, and until when. Without organisations: whoever holds it. */
export interface Scope {
  readonly node: string;
  readonly org?: string;
  readonly until?: string;
}

/** The scopes of a lineage: all holders of the root; of an ancestor those who had it on its way here, up to its last use. */
export function scopesOf(ancestors: readonly Ancestor[], custodians: (ancestor: Ancestor) => readonly string[]): Scope[] {
  return ancestors.flatMap((ancestor): Scope[] => {
    const { node, usedUntil: until } = ancestor;
    return until === undefined ? [{ node }] : custodians(ancestor).map((org) => ({ node, org, until }));
  });
}
