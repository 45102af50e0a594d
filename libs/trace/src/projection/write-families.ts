import type { EntityManager } from 'typeorm';
import type { Folded } from '../domain/fold';
import type { FamilyState } from './family-state';
import type { PendingLines } from './pending-lines';
import { keyOf, type LineRow } from './rows';
import type { SettledFamily, SettledLine, SettledNode } from './settle';

/**
 * Writes whose thing each line speaks of and whether its sayer holds it, where that changed. Outputs come later.
 *
 * @param families lines as judged, and the same lines as they were loaded
 */
export async function writeStanding(tx: EntityManager, families: readonly JudgedLines[], pending: PendingLines): Promise<void> {
  const changed = families.flatMap(({ judged, stored }) =>
    judged.filter((line, i) => line.role !== 'output' && (line.node !== stored[i]?.node || line.held !== stored[i]?.held)));
  const written = changed.filter((line) => !pending.note(keyOf(line), { node: line.node, held: line.held }));
  if (written.length === 0) return;
  await tx.query(
    `UPDATE line l SET node = s.node, held = s.held
       FROM unnest($1::bigint[], $2::int[], $3::text[], $4::uuid[], $5::boolean[]) AS s(position, ordinal, path, node, held)
      WHERE l.position = s.position AND l.ordinal = s.ordinal AND l.path = s.path
        AND (l.node, l.held) IS DISTINCT FROM (s.node, s.held)`,
    [...keys(written), written.map((l) => l.node), written.map((l) => l.held)],
  );
}

/** Lines of a family as judged, and as they were loaded, in the same order. */
export interface JudgedLines {
  readonly judged: readonly SettledLine[];
  readonly stored: readonly LineRow[];
}

const keys = (lines: readonly LineRow[]): [string[], number[], string[]] => [
  lines.map((l) => l.position.toString()),
  lines.map((l) => l.ordinal),
  lines.map((l) => l.path),
];

/**
 * Writes everything the tables say about these identifiers.
 *
 * @param stored the lines of each family as they were loaded, in the order of its settled ones
 */
export async function writeFamilies(
  tx: EntityManager,
  identifiers: readonly string[],
  families: readonly SettledFamily[],
  stored: (identifier: string) => readonly LineRow[],
  pending: PendingLines,
): Promise<void> {
  const lines = families.flatMap((family) => {
    const before = stored(family.identifier);
    return family.lines.filter((l, i) => l.node !== before[i]?.node || l.held !== before[i]?.held || l.moved !== before[i]?.moved);
  });
  const written = lines.filter((l) => !pending.note(keyOf(l), { node: l.node, held: l.held, moved: l.moved }));
  if (written.length > 0) {
    await tx.query(
      `UPDATE line l SET node = s.node, held = s.held, moved = s.moved
         FROM unnest($1::bigint[], $2::int[], $3::text[], $4::uuid[], $5::boolean[], $6::numeric[])
              AS s(position, ordinal, path, node, held, moved)
        WHERE l.position = s.position AND l.ordinal = s.ordinal AND l.path = s.path
          AND (l.node, l.held, l.moved) IS DISTINCT FROM (s.node, s.held, s.moved)`,
      [...keys(written), written.map((l) => l.node), written.map((l) => l.held), written.map((l) => l.moved?.toString() ?? null)],
    );
  }
  await forgetNodes(tx, pending.known(identifiers));
  const nodes = families.flatMap((f) => f.nodes.map((node) => ({ ...node, identifier: f.identifier })));
  if (nodes.length === 0) return;
  await insertNodes(tx, nodes);
  await insertHoldings(tx, nodes);
  await insertReaders(tx, nodes);
}

async function forgetNodes(tx: EntityManager, identifiers: readonly string[]): Promise<void> {
  if (identifiers.length === 0) return;
  await tx.query(
    `WITH gone AS (DELETE FROM node WHERE identifier = ANY($1::uuid[]) RETURNING id),
          holdings AS (DELETE FROM holding h USING gone WHERE h.node = gone.id)
     DELETE FROM reader_direct r USING gone WHERE r.node = gone.id`,
    [identifiers],
  );
}

type NodeRow = SettledNode & { readonly identifier: string };

async function insertNodes(tx: EntityManager, nodes: readonly NodeRow[]): Promise<void> {
  const amounts = AMOUNTS;
  await tx.query(
    `INSERT INTO node (id, identifier, scope, owner, kind, unit, mixed, unmeasured, ambiguous, ${amounts.join(', ')})
     SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::boolean[], $8::boolean[], $9::boolean[],
       ${amounts.map((_, i) => `$${i + 10}::numeric[]`).join(', ')})`,
    [
      nodes.map((n) => n.id), nodes.map((n) => n.identifier), nodes.map((n) => n.scope || null), nodes.map((n) => n.owner ?? null),
      nodes.map((n) => n.kind), nodes.map((n) => n.unit ?? null), nodes.map((n) => n.mixed), nodes.map((n) => n.unmeasured), nodes.map((n) => n.ambiguous),
      ...amounts.map((amount) => nodes.map((n) => totalOf(n.folded, amount))),
    ],
  );
}

async function insertHoldings(tx: EntityManager, nodes: readonly Pick<SettledNode, 'id' | 'folded' | 'unit'>[]): Promise<void> {
  const rows = nodes.flatMap((n) => n.folded.holdings.map((h) => ({ ...h, node: n.id, unit: n.unit })));
  if (rows.length === 0) return;
  await tx.query(
    `INSERT INTO holding (node, org, state, place, quantity, overdrawn, unit)
     SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::numeric[], $6::numeric[], $7::text[])`,
    [
      rows.map((r) => r.node), rows.map((r) => r.org), rows.map((r) => r.state), rows.map((r) => r.place),
      rows.map((r) => r.quantity.toString()), rows.map((r) => r.overdrawn.toString()), rows.map((r) => r.unit),
    ],
  );
}

async function insertReaders(tx: EntityManager, nodes: readonly NodeRow[]): Promise<void> {
  const rows = nodes.flatMap((n) => [...n.holders].map(([org, since]) => ({ org, node: n.id, since })));
  if (rows.length === 0) return;
  await tx.query(
    `INSERT INTO reader_direct (organisation_id, node, since_position) SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::bigint[])`,
    [rows.map((r) => r.org), rows.map((r) => r.node), rows.map((r) => r.since.toString())],
  );
}

/** A family to which lines were added: what they are, what they and older debts moved, and what follows. */
export interface AppendedRows {
  readonly identifier: string;
  readonly node: string;
  readonly state: FamilyState;
  readonly folded: Folded;
  /** Keys of the added lines. */
  readonly fresh: readonly string[];
  readonly moved: ReadonlyMap<string, bigint>;
}

/** Writes lines that were only added: all of them held, of the family's one node. */
export async function writeAppended(tx: EntityManager, families: readonly AppendedRows[], pending: PendingLines): Promise<void> {
  const rows = families.flatMap(({ node, fresh, moved }) => {
    const keys = [...new Set([...fresh, ...moved.keys()])];
    return keys.filter((key) => !pending.note(key, { node, held: true, moved: moved.get(key) })).map((key) => ({ node, moved: moved.get(key), parts: /^(\d+):(\d+):(.*)$/.exec(key) as RegExpExecArray }));
  });
  if (rows.length > 0) await tx.query(
    `UPDATE line l SET node = s.node, held = true, moved = s.moved
       FROM unnest($1::bigint[], $2::int[], $3::text[], $4::uuid[], $5::numeric[]) AS s(position, ordinal, path, node, moved)
      WHERE l.position = s.position AND l.ordinal = s.ordinal AND l.path = s.path`,
    [rows.map((r) => r.parts[1]), rows.map((r) => r.parts[2]), rows.map((r) => r.parts[3]), rows.map((r) => r.node), rows.map((r) => r.moved?.toString() ?? null)],
  );
  const nodes = families.map(({ node }) => node);
  await tx.query('DELETE FROM holding WHERE node = ANY($1::uuid[])', [nodes]);
  await insertHoldings(tx, families.map(({ node, folded, state }) => ({ id: node, folded, unit: state.unit })));
  await tx.query(
    `INSERT INTO reader_direct AS known (organisation_id, node, since_position) SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::bigint[])
     ON CONFLICT (organisation_id, node) DO UPDATE SET since_position = EXCLUDED.since_position WHERE known.since_position > EXCLUDED.since_position`,
    transpose(families.flatMap(({ node, state }) => Object.entries(state.holders).map(([org, since]) => [org, node, since] as const))),
  );
  await tx.query(
    `UPDATE node n SET mixed = s.mixed, unmeasured = s.unmeasured, ${AMOUNTS.map((amount) => `${amount} = s.${amount}`).join(', ')}
       FROM unnest($1::uuid[], $2::boolean[], $3::boolean[], ${AMOUNTS.map((_, i) => `$${i + 4}::numeric[]`).join(', ')})
            AS s(id, mixed, unmeasured, ${AMOUNTS.join(', ')})
      WHERE n.id = s.id`,
    [nodes, families.map((f) => f.state.mixed), families.map((f) => f.state.unmeasured), ...AMOUNTS.map((amount) => families.map((f) => totalOf(f.folded, amount)))],
  );
}

const transpose = (rows: readonly (readonly [string, string, string])[]): [string[], string[], string[]] => [
  rows.map(([a]) => a), rows.map(([, b]) => b), rows.map(([, , c]) => c),
];

const AMOUNTS = ['made', 'taken_in', 'gained', 'consumed', 'sampled', 'sold', 'lost', 'held', 'owed', 'overdrawn'] as const;

/** The total that stands in a column of `node`. */
const totalOf = ({ totals }: Folded, column: (typeof AMOUNTS)[number]): string => totals[column === 'taken_in' ? 'takenIn' : column].toString();
