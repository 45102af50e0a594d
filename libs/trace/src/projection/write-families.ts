import type { EntityManager } from 'typeorm';
import type { Folded } from '../domain/fold';
import type { FamilyState } from './family-state';
import type { LineRow } from './rows';
import type { SettledFamily, SettledLine, SettledNode } from './settle';

/** Writes whose thing each line speaks of and whether its sayer holds it, where that changed. Outputs come later. */
export async function writeStanding(tx: EntityManager, lines: readonly SettledLine[]): Promise<void> {
  const changed = lines.filter((line) => line.role !== 'output');
  if (changed.length === 0) return;
  await tx.query(
    `UPDATE line l SET node = s.node, held = s.held
       FROM unnest($1::bigint[], $2::int[], $3::text[], $4::uuid[], $5::boolean[]) AS s(position, ordinal, path, node, held)
      WHERE l.position = s.position AND l.ordinal = s.ordinal AND l.path = s.path
        AND (l.node, l.held) IS DISTINCT FROM (s.node, s.held)`,
    [...keys(changed), changed.map((l) => l.node), changed.map((l) => l.held)],
  );
}

const keys = (lines: readonly LineRow[]): [string[], number[], string[]] => [
  lines.map((l) => l.position.toString()),
  lines.map((l) => l.ordinal),
  lines.map((l) => l.path),
];

/** Writes everything the tables say about these identifiers. */
export async function writeFamilies(
  tx: EntityManager,
  identifiers: readonly string[],
  families: readonly SettledFamily[],
): Promise<void> {
  const lines = families.flatMap((f) => f.lines);
  if (lines.length > 0) {
    await tx.query(
      `UPDATE line l SET node = s.node, held = s.held, moved = s.moved
         FROM unnest($1::bigint[], $2::int[], $3::text[], $4::uuid[], $5::boolean[], $6::numeric[])
              AS s(position, ordinal, path, node, held, moved)
        WHERE l.position = s.position AND l.ordinal = s.ordinal AND l.path = s.path
          AND (l.node, l.held, l.moved) IS DISTINCT FROM (s.node, s.held, s.moved)`,
      [...keys(lines), lines.map((l) => l.node), lines.map((l) => l.held), lines.map((l) => l.moved?.toString() ?? null)],
    );
  }
  const old = 'SELECT id FROM node WHERE identifier = ANY($1::uuid[])';
  await tx.query(`DELETE FROM holding WHERE node IN (${old})`, [identifiers]);
  await tx.query(`DELETE FROM reader_direct WHERE node IN (${old})`, [identifiers]);
  await tx.query('DELETE FROM node WHERE identifier = ANY($1::uuid[])', [identifiers]);
  const nodes = families.flatMap((f) => f.nodes.map((node) => ({ ...node, identifier: f.identifier })));
  if (nodes.length === 0) return;
  await insertNodes(tx, nodes);
  await insertHoldings(tx, nodes);
  await insertReaders(tx, nodes);
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
      ...amounts.map((amount) => nodes.map((n) => n.folded.totals[amount].toString())),
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
export async function writeAppended(tx: EntityManager, families: readonly AppendedRows[]): Promise<void> {
  const rows = families.flatMap(({ node, fresh, moved }) => {
    const keys = new Set([...fresh, ...moved.keys()]);
    return [...keys].map((key) => ({ node, moved: moved.get(key), parts: /^(\d+):(\d+):(.*)$/.exec(key) as RegExpExecArray }));
  });
  await tx.query(
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
    [nodes, families.map((f) => f.state.mixed), families.map((f) => f.state.unmeasured), ...AMOUNTS.map((amount) => families.map((f) => f.folded.totals[amount].toString()))],
  );
}

const transpose = (rows: readonly (readonly [string, string, string])[]): [string[], string[], string[]] => [
  rows.map(([a]) => a), rows.map(([, b]) => b), rows.map(([, , c]) => c),
];

const AMOUNTS = ['made', 'gained', 'consumed', 'sampled', 'sold', 'lost', 'held', 'owed', 'overdrawn'] as const;
