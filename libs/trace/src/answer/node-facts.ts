import type { EntityManager } from 'typeorm';
import { ownCodeOf } from '../domain/own-code';
import type { Said, Thing } from './genealogy';

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
  /** Made or found by stock-take. */
  readonly came: bigint;
  /** Of that: taken in from outside, declared and not proven. */
  readonly takenIn: bigint;
  /** Of that: found beyond what was on record, by stock-take or on a receiver's scale. */
  readonly gained: bigint;
  /** Used up, drawn as samples, sold. */
  readonly went: bigint;
  readonly lost: bigint;
  readonly held: bigint;
  readonly owed: bigint;
  readonly overdrawn: bigint;
  readonly batchKind?: 'crop' | 'batch' | 'retail' | 'container';
  readonly uri?: string;
  readonly herb?: string;
  readonly grade?: string;
  /** Spellings in the order in which events first used them. */
  readonly spellings: readonly string[];
  readonly isOrigin: boolean;
  /** Whether the body of an entry it rests on was erased. */
  readonly isErased: boolean;
  /** Who passed it on to whom, on record. */
  readonly passed: readonly { readonly from: string; readonly to: string }[];
}

type Db = Pick<EntityManager, 'query'>;

interface FactsRow {
  readonly id: string;
  readonly canonical: string;
  readonly kind: NodeFacts['identifierKind'];
  readonly unit: 'mg' | 'pcs' | null;
  readonly owner: string | null;
  readonly flags: string;
  readonly amounts: string;
  readonly batch: [NodeFacts['batchKind'], string, string | null, string | null] | null;
}

/** Lines the asker may see: all that are held, its own ($2), and what the owner says it made. Over `l` (line), `n` (node). */
const SEEN = `NOT l.void AND (l.held OR l.org = $2 OR (l.role = 'output' AND l.org = n.owner))`;

/**
 * Facts of nodes, from lines the asker may see.
 * @param asker organisation uuid
 * @param things of which everything was fetched; others are passed over
 */
export async function nodeFacts(db: Db, asker: string, things: readonly Thing[]): Promise<Map<string, NodeFacts>> {
  const said = new Map<string, Said>();
  for (const thing of things) if (thing.said !== undefined) said.set(thing.node, thing.said);
  if (said.size === 0) return new Map();
  const nodes = [...said.keys()];
  const rows: FactsRow[] = await db.query(
    // Looked up one by one (OFFSET 0): a planner that thinks little of the log's size would read all of it instead.
    `SELECT n.id, i.canonical, n.kind, n.unit, n.owner, concat(n.mixed, n.unmeasured, n.ambiguous) AS flags,
            concat_ws(' ', n.made + n.taken_in + n.gained, n.consumed + n.sampled + n.sold, n.lost, n.held, n.owed, n.overdrawn, n.taken_in, n.gained) AS amounts, b.batch
       FROM unnest($1::uuid[]) AS asked(id) CROSS JOIN LATERAL (SELECT n.* FROM node n WHERE n.id = asked.id OFFSET 0) n
      CROSS JOIN LATERAL (SELECT i.canonical FROM identifier i WHERE i.id = n.identifier OFFSET 0) i
       LEFT JOIN LATERAL (SELECT json_build_array(b.kind, b.uri, b.herb, b.grade) AS batch FROM batch b WHERE b.identifier = n.identifier OFFSET 0) b ON true`,
    [nodes],
  );
  const respelled = await spellingsOf(db, asker, things.flatMap((thing) => (thing.said?.first === thing.said?.last ? [] : [thing.node])));
  const erased = await erasedOf(db, asker, nodes);
  return new Map(rows.map((row) => [row.id, factsOf(row, said.get(row.id) as Said, respelled.get(row.id), erased.has(row.id))]));
}

function factsOf(row: FactsRow, { first, isOrigin, passed }: Said, respelled: readonly string[] | undefined, isErased: boolean): NodeFacts {
  const [came, went, lost, held, owed, overdrawn, takenIn, gained] = row.amounts.split(' ').map(whole) as [bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint];
  const [batchKind, uri, herb, grade] = row.batch ?? [];
  return {
    id: row.id,
    canonical: row.canonical,
    identifierKind: row.kind,
    unit: row.unit ?? undefined,
    owner: row.owner ?? undefined,
    mixed: row.flags[0] === 't',
    unmeasured: row.flags[1] === 't',
    ambiguous: row.flags[2] === 't',
    came, takenIn, gained, went, lost, held, owed, overdrawn,
    batchKind,
    uri,
    herb: herb ?? undefined,
    grade: grade ?? undefined,
    spellings: respelled ?? (first === undefined ? [] : [first]),
    isOrigin, isErased, passed,
  };
}

/** Most amounts are nothing; of that there is one. */
const whole = (text: string): bigint => (text === '0' ? 0n : BigInt(text));

/** Spellings of nodes that were spelled in several ways. */
async function spellingsOf(db: Db, asker: string, nodes: readonly string[]): Promise<Map<string, string[]>> {
  if (nodes.length === 0) return new Map();
  const rows: { node: string; spelled: string }[] = await db.query(
    `SELECT l.node, l.spelled FROM line l JOIN node n ON n.id = l.node
      WHERE l.node = ANY($1::uuid[]) AND ${SEEN} AND l.path = ''
      GROUP BY l.node, l.spelled ORDER BY min(l.event_time), min(l.tie::text)`,
    [nodes, asker],
  );
  return groupByNode(rows, ({ spelled }) => spelled);
}

/** Nodes that rest on an entry of which the body was erased. */
async function erasedOf(db: Db, asker: string, nodes: readonly string[]): Promise<Set<string>> {
  // Erasures are few, so their lines are looked at, not those of the nodes.
  const rows: { node: string }[] = await db.query(
    `SELECT DISTINCT l.node FROM entry_residue r
      CROSS JOIN LATERAL (SELECT l.* FROM line l WHERE l.position = r.position AND l.path = '' OFFSET 0) l JOIN node n ON n.id = l.node
      WHERE l.node = ANY($1::uuid[]) AND ${SEEN}`,
    [nodes, asker],
  );
  return new Set(rows.map(({ node }) => node));
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
    came: 0n, takenIn: 0n, gained: 0n, went: 0n, lost: 0n, held: 0n, owed: 0n, overdrawn: 0n,
    spellings: [...new Set(row.spellings)],
    isOrigin: false,
    isErased: false,
    passed: [],
  }]));
}

/** What kind of thing a node is, in the words of the answer. */
export function kindOf(facts: NodeFacts): 'crop' | 'batch' | 'serial' | 'container' {
  if (facts.batchKind === 'crop') return 'crop';
  if (facts.batchKind === 'container' || facts.identifierKind === 'container') return 'container';
  if (facts.identifierKind === 'class' || facts.batchKind !== undefined || ownCodeOf(facts.canonical) !== undefined) return 'batch';
  return 'serial';
}

/** What the book says of nodes, by node. */
export interface Books {
  /** What left, or was received, beyond what the book shows. */
  readonly debts: Map<string, { readonly org: string; readonly amount: bigint }[]>;
  /** Organisations that have some of it, by code; who has most comes last. */
  readonly holders: Map<string, { readonly org: string; readonly code: string }[]>;
}

/** Debts on, and holders of, those of these nodes of which anybody has or owes anything. */
export async function booksOf(db: Db, facts: Iterable<NodeFacts>): Promise<Books> {
  const nodes = [...facts].filter(({ held, overdrawn }) => held !== 0n || overdrawn !== 0n).map(({ id }) => id);
  const rows: { node: string; org: string; code: string | null; quantity: string; overdrawn: string; isHeld: boolean }[] = nodes.length === 0 ? [] : await db.query(
    `SELECT h.node, h.org, o.code, h.overdrawn, h.quantity > 0 AS "isHeld" FROM holding h LEFT JOIN organisation o ON o.id = h.org
      WHERE h.node = ANY($1::uuid[]) AND (h.quantity > 0 OR h.overdrawn > 0)
      ORDER BY h.node, sum(h.quantity) OVER (PARTITION BY h.node, h.org), o.code, h.org, h.state`,
    [nodes],
  );
  return {
    debts: groupByNode(rows.filter(({ overdrawn }) => overdrawn !== '0'), ({ org, overdrawn }) => ({ org, amount: BigInt(overdrawn) })),
    holders: groupByNode(rows.filter(({ isHeld, code }) => isHeld && code !== null), ({ org, code }) => ({ org, code: code as string })),
  };
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
