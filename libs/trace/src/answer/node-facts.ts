import type { EntityManager } from 'typeorm';
import { ownCodeOf } from '../domain/own-code';

/** Everything the answer tells of a node, as stored. Amounts in base units. */
export interface NodeFacts {
  readonly id: string;
  readonly canonical: string;
  readonly identifierKind: 'class' | 'instance' | 'container';
  readonly unit?: 'mg' | 'pcs';
  readonly owner?: string;
  readonly mixed: boolean;
  readonly unmeasured: boolean;
  readonly ambiguous: boolean;
  readonly made: bigint;
  readonly gained: bigint;
  readonly consumed: bigint;
  readonly sampled: bigint;
  readonly sold: bigint;
  readonly lost: bigint;
  readonly held: bigint;
  readonly owed: bigint;
  readonly overdrawn: bigint;
  readonly batchKind?: 'crop' | 'batch' | 'retail' | 'container';
  readonly uri?: string;
  readonly herb?: string;
  readonly grade?: string;
  readonly netContentMg?: bigint;
  /** Spellings in the order in which events first used them. */
  readonly spellings: readonly string[];
  readonly isOrigin: boolean;
  /** Positions of erased entries it rests on. */
  readonly erased: readonly bigint[];
}

type Db = Pick<EntityManager, 'query'>;

/**
 * Facts of nodes, from lines the asker may see: all that are held, its own, and what the owner says it made.
 * @param asker organisation uuid
 */
export async function nodeFacts(db: Db, asker: string, nodes: readonly string[]): Promise<Map<string, NodeFacts>> {
  const rows: Record<string, unknown>[] = await db.query(
    `SELECT n.*, i.canonical, b.kind AS batch_kind, b.uri, b.herb, b.grade, b.net_content_mg
       FROM node n JOIN identifier i ON i.id = n.identifier LEFT JOIN batch b ON b.identifier = n.identifier
      WHERE n.id = ANY($1::uuid[])`,
    [nodes],
  );
  // Serials of a lot, sales and readings name a node over and over: one row per node, spelling and role is enough.
  const lines: { node: string; spelled: string; role: string; held: boolean; erased: string | null }[] = await db.query(
    `SELECT l.node, l.spelled, l.role, l.held, min(r.position) AS erased
       FROM line l JOIN node n ON n.id = l.node LEFT JOIN entry_residue r ON r.position = l.position
      WHERE l.node = ANY($1::uuid[]) AND NOT l.void AND (l.held OR l.org = $2 OR (l.role = 'output' AND l.org = n.owner)) AND l.path = ''
      GROUP BY l.node, l.spelled, l.role, l.held ORDER BY min(l.event_time), min(l.tie::text)`,
    [nodes, asker],
  );
  const byNode = groupByNode(lines, (line) => line);
  const facts = new Map<string, NodeFacts>();
  for (const row of rows) {
    const own = byNode.get(row['id'] as string) ?? [];
    facts.set(row['id'] as string, {
      id: row['id'] as string,
      canonical: row['canonical'] as string,
      identifierKind: row['kind'] as never,
      unit: (row['unit'] as never) ?? undefined,
      owner: (row['owner'] as string | null) ?? undefined,
      mixed: row['mixed'] as boolean,
      unmeasured: row['unmeasured'] as boolean,
      ambiguous: row['ambiguous'] as boolean,
      ...amounts(row),
      batchKind: (row['batch_kind'] as never) ?? undefined,
      uri: (row['uri'] as string | null) ?? undefined,
      herb: (row['herb'] as string | null) ?? undefined,
      grade: (row['grade'] as string | null) ?? undefined,
      netContentMg: row['net_content_mg'] === null ? undefined : BigInt(row['net_content_mg'] as string),
      spellings: [...new Set(own.map((line) => line.spelled))],
      isOrigin: own.some((line) => line.role === 'origin' && line.held),
      erased: own.filter((line) => line.erased !== null).map((line) => BigInt(line.erased as string)),
    });
  }
  return facts;
}

const AMOUNTS = ['made', 'gained', 'consumed', 'sampled', 'sold', 'lost', 'held', 'owed', 'overdrawn'] as const;

function amounts(row: Record<string, unknown>): Record<(typeof AMOUNTS)[number], bigint> {
  return Object.fromEntries(AMOUNTS.map((name) => [name, BigInt(row[name] as string)])) as never;
}

/**
 * Facts of a node the asker knows by its own statements only: what those say, and nothing of what others, or we who
 * issued the code, know of it. They are the same whether the thing exists or not.
 */
export async function statedFacts(db: Db, asker: string, nodes: readonly string[]): Promise<Map<string, NodeFacts>> {
  if (nodes.length === 0) return new Map();
  const rows: { node: string; canonical: string; spellings: string[]; roles: string[]; measured: boolean }[] = await db.query(
    `SELECT l.node, i.canonical, array_agg(l.spelled ORDER BY l.event_time, l.tie) AS spellings, array_agg(DISTINCT l.role) AS roles,
            bool_or(l.unit IS NOT NULL) AS measured
       FROM line l JOIN identifier i ON i.id = l.identifier
      WHERE l.node = ANY($1::uuid[]) AND l.org = $2 AND NOT l.void GROUP BY l.node, i.canonical`,
    [nodes, asker],
  );
  return new Map(rows.map((row) => [row.node, {
    id: row.node,
    canonical: row.canonical,
    identifierKind: row.roles.some((role) => role.startsWith('container')) ? 'container' : row.measured ? 'class' : 'instance',
    mixed: false,
    unmeasured: false,
    ambiguous: false,
    ...(Object.fromEntries(AMOUNTS.map((name) => [name, 0n])) as Record<(typeof AMOUNTS)[number], bigint>),
    spellings: [...new Set(row.spellings)],
    isOrigin: false,
    erased: [],
  }]));
}

/** What kind of thing a node is, in the words of the answer. */
export function kindOf(facts: NodeFacts): 'crop' | 'batch' | 'serial' | 'container' {
  if (facts.batchKind === 'crop') return 'crop';
  if (facts.batchKind === 'container' || facts.identifierKind === 'container') return 'container';
  if (facts.identifierKind === 'class' || facts.batchKind !== undefined || ownCodeOf(facts.canonical) !== undefined) return 'batch';
  return 'serial';
}

/** Debts on these nodes, by node: what left, or was received, beyond what the book shows. */
export async function debtsOf(db: Db, nodes: readonly string[]): Promise<Map<string, { org: string; amount: bigint }[]>> {
  const rows: { node: string; org: string; overdrawn: string }[] = await db.query(
    'SELECT node, org, overdrawn FROM holding WHERE node = ANY($1::uuid[]) AND overdrawn > 0 ORDER BY node, org, state',
    [nodes],
  );
  return groupByNode(rows, ({ org, overdrawn }) => ({ org, amount: BigInt(overdrawn) }));
}

/** Who passed a node on to whom, on record: pairs of organisations by node. */
export async function custodyOf(db: Db, nodes: readonly string[]): Promise<Map<string, { from: string; to: string }[]>> {
  const rows: { node: string; from: string; to: string }[] = await db.query(
    `SELECT DISTINCT node, org AS "from", dest_org AS "to" FROM line
      WHERE node = ANY($1::uuid[]) AND role = 'ship' AND held AND NOT void AND dest_org IS NOT NULL AND dest_org <> org`,
    [nodes],
  );
  return groupByNode(rows, ({ from, to }) => ({ from, to }));
}

function groupByNode<Row extends { readonly node: string }, T>(rows: readonly Row[], read: (row: Row) => T): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const known = groups.get(row.node);
    if (known) known.push(read(row));
    else groups.set(row.node, [read(row)]);
  }
  return groups;
}
