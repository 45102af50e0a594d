import type { EntityManager } from 'typeorm';
import type { Entry, Follower } from '@daodi/log';
import { nodeId } from '../domain/identifier-id';
import { identifiersOfRecords } from '../projection/project-records';

/** Name of the follower that spreads readership to ancestors. */
export const HISTORY_FOLLOWER = 'reader-history';

/**
 * Who had a thing may read what it came from. Spreads the readers of what entries touched, and of everything that
 * later came out of it, to all ancestors: set-based, and only as far as there is something to tell.
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
    const doubtful = new Set(isOtherwise ? identifiers : await identifiersInDoubt(tx, entries, touched));
    const idsOf = (isDoubtful: boolean): string[] => touched.filter(({ identifier }) => doubtful.has(identifier) === isDoubtful).map(({ id }) => id);
    await spreadAnew(tx, idsOf(true));
    await spread(tx, [...await reach(tx, idsOf(false), 'forward')]);
  },
};

/** Identifiers that these entries speak of, that events they declare in error spoke of, or whose owner they change. */
async function identifiersTouched(tx: EntityManager, entries: readonly Entry[]): Promise<string[]> {
  const events = entries.filter((e) => e.kind === 'event');
  const rows: { identifier: string }[] = await tx.query('SELECT DISTINCT identifier FROM line WHERE position = ANY($1::bigint[])', [positionsOf(events)]);
  return [...new Set([...rows.map(({ identifier }) => identifier), ...(await declaredIn(tx, entries)), ...(await identifiersOfRecords(tx, entries))])];
}

const positionsOf = (entries: readonly Entry[]): string[] => entries.map(({ position }) => position.toString());

/** Identifiers of events that these entries declare in error. */
async function declaredIn(tx: EntityManager, entries: readonly Entry[]): Promise<string[]> {
  const declarations = entries.filter((e) => e.declaration);
  if (declarations.length === 0) return [];
  const rows: { identifier: string }[] = await tx.query(
    'SELECT DISTINCT l.identifier FROM line l JOIN unnest($1::uuid[], $2::text[]) AS d(org, event_id) USING (org, event_id)',
    [declarations.map((d) => d.organisationId), declarations.map((d) => d.eventId)],
  );
  return rows.map(({ identifier }) => identifier);
}

/**
 * Of what entries touched, that of which readers may have to be taken back: what was declared in error, what was spoken
 * of before a record said whose name it is, and whatever comes together with a name of which there are several things.
 * What is merely new can only give readers.
 */
async function identifiersInDoubt(tx: EntityManager, entries: readonly Entry[], touched: readonly TouchedNode[]): Promise<string[]> {
  const known = new Set<string>();
  const shared = touched.map(({ identifier }) => identifier).filter((identifier) => known.size === known.add(identifier).size);
  const records = entries.filter((e) => e.kind === 'record');
  const renamed: string[] = [];
  for (const record of records) {
    const rows: { identifier: string }[] = await tx.query(
      'SELECT DISTINCT identifier FROM line WHERE identifier = ANY($1::uuid[]) AND position < $2',
      [await identifiersOfRecords(tx, [record]), record.position.toString()],
    );
    renamed.push(...rows.map(({ identifier }) => identifier));
  }
  const doubtful = [...shared, ...renamed, ...(await declaredIn(tx, entries))];
  if (doubtful.length === 0) return [];
  const together: { identifier: string }[] = await tx.query(
    `SELECT DISTINCT o.identifier FROM line d JOIN line o ON o.position = d.position
      WHERE d.identifier = ANY($1::uuid[]) AND d.position = ANY($2::bigint[])`,
    [doubtful, positionsOf(entries)],
  );
  return [...doubtful, ...together.map(({ identifier }) => identifier)];
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

interface TouchedNode {
  readonly id: string;
  readonly identifier: string;
}

const nodesOf = (tx: EntityManager, identifiers: readonly string[]): Promise<TouchedNode[]> =>
  tx.query('SELECT id, identifier FROM node WHERE identifier = ANY($1::uuid[])', [identifiers]);

/** Works out anew who may read the history of everything that hangs together with these nodes. */
async function spreadAnew(tx: EntityManager, nodes: readonly string[]): Promise<void> {
  if (nodes.length === 0) return;
  const component = [...await componentOf(tx, nodes)];
  await tx.query('DELETE FROM reader_history WHERE node = ANY($1::uuid[])', [component]);
  await spread(tx, component);
}

/**
 * What came to be is its sayer's to speak of: it has it, or it is the owner. Else whoever says that another's lot was
 * turned into yours would give you its history to read.
 */
const mayMake = (line: string): string => `(${line}.held OR EXISTS (SELECT FROM node o WHERE o.id = ${line}.node AND o.owner = ${line}.org))`;

/** The other ends (`far`) of what one node is part of, in one direction: what it went into, or what it came from. */
const endsOf = (node: string): Readonly<Record<Direction, string>> => ({
  forward: `SELECT f.node AS far FROM line n JOIN line f ON f.hub = n.hub AND f.role IN ('output', 'serial') AND NOT f.void AND ${mayMake('f')}
             WHERE n.node = ${node} AND n.role IN ('input', 'serial-lot') AND NOT n.void AND n.held
            UNION ALL SELECT f.node FROM line n JOIN line f ON f.position = n.position AND f.path = '' AND f.role = 'container-pack' AND NOT f.void AND f.held
             WHERE n.node = ${node} AND n.role = 'packed' AND n.path = '' AND NOT n.void AND n.held`,
  back: `SELECT f.node AS far FROM line n JOIN line f ON f.hub = n.hub AND f.role IN ('input', 'serial-lot') AND NOT f.void AND f.held
          WHERE n.node = ${node} AND n.role IN ('output', 'serial') AND NOT n.void AND ${mayMake('n')}
         UNION ALL SELECT f.node FROM line n JOIN line f ON f.position = n.position AND f.path = '' AND f.role = 'packed' AND NOT f.void AND f.held
          WHERE n.node = ${node} AND n.role = 'container-pack' AND n.path = '' AND NOT n.void AND n.held`,
});

type Direction = 'forward' | 'back';
type Db = Pick<EntityManager, 'query'>;

/** These nodes and all that is reached from them, one way, in one question. */
async function reach(db: Db, nodes: Iterable<string>, direction: Direction): Promise<Set<string>> {
  const from = [...nodes];
  if (from.length === 0) return new Set();
  const rows: { node: string }[] = await db.query(
    `WITH RECURSIVE reached(node) AS (
       SELECT unnest($1::uuid[])
       UNION SELECT e.far FROM reached r CROSS JOIN LATERAL (${endsOf('r.node')[direction]}) e WHERE e.far IS NOT NULL
     ) SELECT node FROM reached`,
    [from],
  );
  return new Set(rows.map(({ node }) => node));
}

/**
 * All that can have given these nodes, or what came out of them, a reader of its history: the ancestors of all that
 * is below them, and all that is below those in turn.
 */
async function componentOf(tx: EntityManager, nodes: readonly string[]): Promise<Set<string>> {
  return reach(tx, await reach(tx, await reach(tx, nodes, 'forward'), 'back'), 'forward');
}

/**
 * Gives the readers of these nodes what each came from, and so on as long as somebody learns of something, or learns
 * that it was his earlier: whose readers were told before, their ancestors know.
 */
async function spread(tx: EntityManager, nodes: readonly string[]): Promise<void> {
  if (nodes.length === 0) return;
  const readers: Reader[] = await tx.query(
    `SELECT organisation_id, node, min(since_position) AS since_position FROM (
       SELECT organisation_id, node, since_position FROM reader_direct WHERE node = ANY($1::uuid[])
       UNION ALL SELECT organisation_id, node, since_position FROM reader_history WHERE node = ANY($1::uuid[])) r GROUP BY 1, 2`,
    [nodes],
  );
  for (let told = readers; told.length > 0; ) {
    told = await tx.query(
      `WITH ancestor AS (
         SELECT t.organisation_id, e.far AS node, min(t.since) AS since
           FROM unnest($1::uuid[], $2::uuid[], $3::bigint[]) AS t(organisation_id, node, since)
          CROSS JOIN LATERAL (${endsOf('t.node').back}) e WHERE e.far IS NOT NULL GROUP BY 1, 2)
       INSERT INTO reader_history AS known (organisation_id, node, since_position)
       SELECT a.organisation_id, a.node, a.since FROM ancestor a
        WHERE NOT EXISTS (SELECT FROM reader_history h WHERE h.organisation_id = a.organisation_id AND h.node = a.node AND h.since_position <= a.since)
       ON CONFLICT (organisation_id, node) DO UPDATE SET since_position = EXCLUDED.since_position
        WHERE known.since_position > EXCLUDED.since_position
       RETURNING organisation_id, node, since_position`,
      [told.map((r) => r.organisation_id), told.map((r) => r.node), told.map((r) => r.since_position)],
    );
  }
}

/** Who may read a node, and since which position. */
interface Reader {
  readonly organisation_id: string;
  readonly node: string;
  readonly since_position: string;
}
