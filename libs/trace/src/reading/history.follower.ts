import type { EntityManager } from 'typeorm';
import type { Entry, Follower } from '@daodi/log';
import { nodeId } from '../domain/identifier-id';
import { identifiersOfRecords } from '../projection/project-records';

/** Name of the follower that spreads readership to ancestors. */
export const HISTORY_FOLLOWER = 'reader-history';

/**
 * Who had a thing may read what it came from. Spreads the readers of what entries touched, and of everything that
 * later came out of it, to all ancestors: set-based, once per pair.
 *
 * Readership is a function of the lines as they stand, so what later entries took away is taken back: where something
 * was declared in error, or it turned out otherwise whose a name is, the readers of all that hangs together with it
 * are worked out anew.
 */
export const historyFollower: Follower = {
  name: HISTORY_FOLLOWER,
  tables: ['reader_history'],
  async apply(tx: EntityManager, entries: readonly Entry[]): Promise<void> {
    const identifiers = await identifiersTouched(tx, entries);
    if (identifiers.length === 0) return;
    const isOtherwise = await forgetGone(tx, identifiers);
    const touched = await nodesOf(tx, identifiers);
    const isSharedName = touched.length > new Set(touched.map((node) => node.identifier)).size;
    const ids = touched.map(({ id }) => id);
    if (isOtherwise || isSharedName || entries.some((e) => e.declaration || e.kind === 'record')) await spreadAnew(tx, ids);
    else await spread(tx, await readersOf(tx, [...ids, ...(await reach(tx, ids, 'forward'))]));
  },
};

/** Identifiers that these entries speak of, that events they declare in error spoke of, or whose owner they change. */
async function identifiersTouched(tx: EntityManager, entries: readonly Entry[]): Promise<string[]> {
  const events = entries.filter((e) => e.kind === 'event');
  const declarations = entries.filter((e) => e.declaration);
  const rows: { identifier: string }[] = await tx.query(
    `SELECT identifier FROM line WHERE position = ANY($1::bigint[])
     UNION SELECT l.identifier FROM line l JOIN unnest($2::uuid[], $3::text[]) AS d(org, event_id) USING (org, event_id)`,
    [events.map((e) => e.position.toString()), declarations.map((d) => d.organisationId), declarations.map((d) => d.eventId)],
  );
  return [...new Set([...rows.map(({ identifier }) => identifier), ...(await identifiersOfRecords(tx, entries))])];
}

/**
 * Takes back what was read of things that are no longer: all that was said of them was declared in error, or turned
 * out to speak of another thing of that name. @returns whether there were any
 */
async function forgetGone(tx: EntityManager, identifiers: readonly string[]): Promise<boolean> {
  const scopes: { identifier: string; org: string }[] = await tx.query(
    'SELECT DISTINCT identifier, org FROM line WHERE identifier = ANY($1::uuid[])',
    [identifiers],
  );
  const possible = [...identifiers.map((id) => nodeId(id, '')), ...scopes.map(({ identifier, org }) => nodeId(identifier, org))];
  const [, count]: [unknown, number] = await tx.query(
    'DELETE FROM reader_history r WHERE r.node = ANY($1::uuid[]) AND NOT EXISTS (SELECT FROM node n WHERE n.id = r.node)',
    [possible],
  );
  return count > 0;
}

const nodesOf = (tx: EntityManager, identifiers: readonly string[]): Promise<{ readonly id: string; readonly identifier: string }[]> =>
  tx.query('SELECT id, identifier FROM node WHERE identifier = ANY($1::uuid[])', [identifiers]);

const readersOf = (tx: EntityManager, nodes: readonly string[]): Promise<Reader[]> =>
  tx.query('SELECT organisation_id, node, since_position FROM reader_direct WHERE node = ANY($1::uuid[])', [nodes]);

/** Works out anew who may read the history of everything that hangs together with these nodes. */
async function spreadAnew(tx: EntityManager, nodes: readonly string[]): Promise<void> {
  const component = await componentOf(tx, nodes);
  await tx.query('DELETE FROM reader_history WHERE node = ANY($1::uuid[])', [component]);
  await spread(tx, await readersOf(tx, component));
}

/**
 * What came to be is its sayer's to speak of: it has it, or it is the owner. Else whoever says that another's lot was
 * turned into yours would give you its history to read.
 */
const mayMake = (line: string): string => `(${line}.held OR EXISTS (SELECT FROM node o WHERE o.id = ${line}.node AND o.owner = ${line}.org))`;

/** Pairs (near, far) of genealogy in one direction: far is what near went into, or what it came from. */
const ENDS = {
  forward: `SELECT n.node AS near, f.node AS far FROM line n JOIN line f ON f.hub = n.hub AND f.role IN ('output', 'serial') AND NOT f.void AND ${mayMake('f')}
             WHERE n.node = ANY($1::uuid[]) AND n.role IN ('input', 'serial-lot') AND NOT n.void AND n.held
            UNION SELECT n.node, f.node FROM line n JOIN line f ON f.position = n.position AND f.path = '' AND f.role = 'container-pack' AND NOT f.void AND f.held
             WHERE n.node = ANY($1::uuid[]) AND n.role = 'packed' AND n.path = '' AND NOT n.void AND n.held`,
  back: `SELECT n.node AS near, f.node AS far FROM line n JOIN line f ON f.hub = n.hub AND f.role IN ('input', 'serial-lot') AND NOT f.void AND f.held
          WHERE n.node = ANY($1::uuid[]) AND n.role IN ('output', 'serial') AND NOT n.void AND ${mayMake('n')}
         UNION SELECT n.node, f.node FROM line n JOIN line f ON f.position = n.position AND f.path = '' AND f.role = 'packed' AND NOT f.void AND f.held
          WHERE n.node = ANY($1::uuid[]) AND n.role = 'container-pack' AND n.path = '' AND NOT n.void AND n.held`,
} as const;

type Db = Pick<EntityManager, 'query'>;

/** What each node reached from these leads to, one way: a question a level. */
async function genealogy(db: Db, nodes: readonly string[], direction: keyof typeof ENDS): Promise<Map<string, string[]>> {
  const next = new Map<string, string[]>();
  for (let frontier = [...new Set(nodes)]; frontier.length > 0; ) {
    const rows: { near: string; far: string | null }[] = await db.query(ENDS[direction], [frontier]);
    for (const node of frontier) next.set(node, []);
    for (const { near, far } of rows) if (far !== null) next.get(near)?.push(far);
    frontier = [...new Set(rows.flatMap(({ far }) => (far === null || next.has(far) ? [] : [far])))];
  }
  return next;
}

/** All nodes reached from these, one way, without the beginnings. */
async function reach(db: Db, nodes: readonly string[], direction: keyof typeof ENDS): Promise<string[]> {
  const starts = new Set(nodes);
  return [...(await genealogy(db, nodes, direction)).keys()].filter((node) => !starts.has(node));
}

/**
 * All that can have given these nodes, or what came out of them, a reader of its history: the ancestors of all that
 * is below them, and all that is below those in turn.
 */
async function componentOf(tx: EntityManager, nodes: readonly string[]): Promise<string[]> {
  const down = await reach(tx, nodes, 'forward');
  const up = await reach(tx, [...nodes, ...down], 'back');
  const below = await reach(tx, [...nodes, ...down, ...up], 'forward');
  return [...new Set([...nodes, ...down, ...up, ...below])];
}

/** Gives the readers of each node its ancestors, since the earliest of what they had. */
async function spread(
  tx: EntityManager,
  readers: readonly Reader[],
): Promise<void> {
  const parents = await genealogy(tx, readers.map(({ node }) => node), 'back');
  const rows = byOrganisation(readers).flatMap(([organisation, own]) =>
    [...ancestorsSince(parents, own)].map(([node, since]) => ({ organisation, node, since })),
  );
  if (rows.length === 0) return;
  await tx.query(
    `INSERT INTO reader_history AS known (organisation_id, node, since_position)
     SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::bigint[])
     ON CONFLICT (organisation_id, node) DO UPDATE SET since_position = EXCLUDED.since_position
      WHERE known.since_position > EXCLUDED.since_position`,
    [rows.map((r) => r.organisation), rows.map((r) => r.node), rows.map((r) => r.since.toString())],
  );
}

/** A row of `reader_direct`. */
interface Reader {
  readonly organisation_id: string;
  readonly node: string;
  readonly since_position: string;
}

interface Had {
  readonly node: string;
  readonly since: bigint;
}

function byOrganisation(readers: readonly Reader[]): [string, Had[]][] {
  const had = new Map<string, Had[]>();
  for (const { organisation_id, node, since_position } of readers) {
    const own = had.get(organisation_id) ?? [];
    own.push({ node, since: BigInt(since_position) });
    had.set(organisation_id, own);
  }
  return [...had];
}

/** The ancestors of what an organisation had; the earliest first, so that the first visit of a node is the earliest. */
function ancestorsSince(parents: ReadonlyMap<string, readonly string[]>, had: readonly Had[]): Map<string, bigint> {
  const found = new Map<string, bigint>();
  for (const { node, since } of [...had].sort((a, b) => (a.since < b.since ? -1 : 1))) {
    const queue = [node];
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      for (const parent of parents.get(next) ?? []) {
        if (found.has(parent)) continue;
        found.set(parent, since);
        queue.push(parent);
      }
    }
  }
  return found;
}
