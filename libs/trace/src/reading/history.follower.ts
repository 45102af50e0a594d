import type { EntityManager } from 'typeorm';
import type { Entry, Follower } from '@daodi/log';

/** Name of the follower that spreads readership to ancestors. */
export const HISTORY_FOLLOWER = 'reader-history';

/**
 * Who had a thing may read what it came from. Spreads the readers of what entries touched, and of everything that
 * later came out of it, to all ancestors: set-based, once per pair.
 *
 * What a correction took away is taken back: readership is a function of the lines as they stand, so the readers of
 * a component in which an event was declared in error are worked out anew.
 */
export const historyFollower: Follower = {
  name: HISTORY_FOLLOWER,
  tables: ['reader_history'],
  async apply(tx: EntityManager, entries: readonly Entry[]): Promise<void> {
    const positions = entries.filter((e) => e.kind === 'event').map((e) => e.position.toString());
    if (positions.length === 0) return;
    const touched = await nodesTouched(tx, positions, entries);
    if (touched.length === 0) return;
    const below = await reach(tx, touched, 'forward');
    const declared = entries.some((e) => e.declaration);
    if (declared) await forgetHistory(tx, [...new Set([...touched, ...below])]);
    const readers: { organisation_id: string; node: string; since_position: string }[] = await tx.query(
      'SELECT organisation_id, node, since_position FROM reader_direct WHERE node = ANY($1::uuid[])',
      [declared ? await componentOf(tx, touched) : [...new Set([...touched, ...below])]],
    );
    await spread(tx, readers);
  },
};

/** Nodes the lines of these entries speak of now, and those of events they declare in error. */
async function nodesTouched(tx: EntityManager, positions: readonly string[], entries: readonly Entry[]): Promise<string[]> {
  const declarations = entries.filter((e) => e.declaration);
  const rows: { id: string }[] = await tx.query(
    `SELECT n.id FROM node n WHERE n.identifier IN (
       SELECT identifier FROM line WHERE position = ANY($1::bigint[])
       UNION SELECT l.identifier FROM line l JOIN unnest($2::uuid[], $3::text[]) AS d(org, event_id) USING (org, event_id))`,
    [positions, declarations.map((d) => d.organisationId), declarations.map((d) => d.eventId)],
  );
  return rows.map(({ id }) => id);
}

const ENDS = {
  forward: `SELECT f.node FROM line n JOIN line f ON f.hub = n.hub AND f.role IN ('output', 'serial') AND NOT f.void
             WHERE n.node = ANY($1::uuid[]) AND n.role IN ('input', 'serial-lot') AND NOT n.void AND n.held
            UNION SELECT f.node FROM line n JOIN line f ON f.position = n.position AND f.path = '' AND f.role = 'container-pack' AND NOT f.void
             WHERE n.node = ANY($1::uuid[]) AND n.role = 'packed' AND n.path = '' AND NOT n.void AND n.held`,
  back: `SELECT f.node FROM line n JOIN line f ON f.hub = n.hub AND f.role IN ('input', 'serial-lot') AND NOT f.void AND f.held
          WHERE n.node = ANY($1::uuid[]) AND n.role IN ('output', 'serial') AND NOT n.void
         UNION SELECT f.node FROM line n JOIN line f ON f.position = n.position AND f.path = '' AND f.role = 'packed' AND NOT f.void AND f.held
          WHERE n.node = ANY($1::uuid[]) AND n.role = 'container-pack' AND n.path = '' AND NOT n.void AND n.held`,
} as const;

/** All nodes reached from these, one way, without the beginnings. */
export async function reach(tx: Pick<EntityManager, 'query'>, nodes: readonly string[], direction: keyof typeof ENDS): Promise<string[]> {
  const seen = new Set(nodes);
  const found: string[] = [];
  for (let frontier = [...nodes]; frontier.length > 0; ) {
    const rows: { node: string | null }[] = await tx.query(ENDS[direction], [frontier]);
    frontier = [...new Set(rows.flatMap(({ node }) => (node === null || seen.has(node) ? [] : [node])))];
    for (const node of frontier) {
      seen.add(node);
      found.push(node);
    }
  }
  return found;
}

async function componentOf(tx: EntityManager, nodes: readonly string[]): Promise<string[]> {
  const up = await reach(tx, nodes, 'back');
  const down = await reach(tx, [...nodes, ...up], 'forward');
  return [...new Set([...nodes, ...up, ...down])];
}

/** Takes back what was spread to the ancestors of these nodes. */
async function forgetHistory(tx: EntityManager, nodes: readonly string[]): Promise<void> {
  const component = await componentOf(tx, nodes);
  await tx.query('DELETE FROM reader_history WHERE node = ANY($1::uuid[])', [component]);
}

/** Gives the readers of each node its ancestors, since the earliest of what they had. */
async function spread(
  tx: EntityManager,
  readers: readonly { organisation_id: string; node: string; since_position: string }[],
): Promise<void> {
  const byNode = new Map<string, typeof readers[number][]>();
  for (const reader of readers) byNode.set(reader.node, [...(byNode.get(reader.node) ?? []), reader]);
  for (const [node, own] of byNode) {
    const ancestors = await reach(tx, [node], 'back');
    if (ancestors.length === 0) continue;
    await tx.query(
      `INSERT INTO reader_history AS known (organisation_id, node, since_position)
       SELECT r.organisation_id, a.node, r.since FROM unnest($1::uuid[], $2::bigint[]) AS r(organisation_id, since)
        CROSS JOIN unnest($3::uuid[]) AS a(node)
       ON CONFLICT (organisation_id, node) DO UPDATE SET since_position = EXCLUDED.since_position
        WHERE known.since_position > EXCLUDED.since_position`,
      [own.map((r) => r.organisation_id), own.map((r) => r.since_position), ancestors],
    );
  }
}
