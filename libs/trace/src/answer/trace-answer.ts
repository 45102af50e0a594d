import type { EntityManager } from 'typeorm';
import { amountOut, uomOf } from './amount';
import { type Custody, type Gap, judgeWalk, unexplainedOf } from './judge-walk';
import { custodyOf, debtsOf, kindOf, type NodeFacts, nodeFacts, statedFacts } from './node-facts';
import { stepsOf, type TraceStep } from './steps';
import { edgeKey, type Walk, walk, type WalkedEdge } from './walk';

/** A node as the answer shows it. */
export interface TraceNode {
  /** As the first event that named it spelled it; `urn:daodi:withheld:N` where the asker may not see it. */
  readonly id: string;
  /** Other spellings of the same key, and the code we issued for it. */
  readonly aka?: readonly string[];
  readonly kind: 'crop' | 'batch' | 'serial' | 'container' | 'withheld';
  readonly herb?: string;
  readonly grade?: string;
  /** How much of it ever came to be. */
  readonly quantity?: number | string;
  readonly uom?: string;
  /** Who has it, where the asker may know: its own organisation, or whom it shipped it to. */
  readonly holder?: string;
}

export interface TraceEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: WalkedEdge['kind'];
  readonly eventID: string;
  readonly quantity?: number | string;
  readonly uom?: string;
  readonly since?: string;
  readonly until?: string;
  /** True where its sayer does not hold what it speaks of. */
  readonly claimed?: true;
}

export interface Reconciliation {
  readonly node: string;
  readonly in?: number | string;
  readonly out?: number | string;
  readonly held?: number | string;
  readonly lost?: number | string;
  readonly unexplained?: number | string;
  readonly uom?: string;
  /** Set where it cannot be said: movements in several dimensions, unread amounts, or not all visible. */
  readonly undetermined?: string;
}

export interface TraceAnswer {
  readonly root: string;
  readonly direction: TraceDirection;
  readonly nodes: readonly TraceNode[];
  readonly edges: readonly TraceEdge[];
  readonly steps: readonly TraceStep[];
  readonly complete: boolean;
  readonly gaps: readonly { readonly at: string; readonly reason: string; readonly quantity?: number | string; readonly uom?: string }[];
  readonly reconciliation: readonly Reconciliation[];
  readonly counts: { readonly nodes: number; readonly edges: number; readonly events: number };
}

export type TraceDirection = 'back' | 'forward' | 'both';

type Db = Pick<EntityManager, 'query'>;

/**
 * Answers where a thing came from and where it went, for one asker.
 * @param isPending true while the followers that spread readership have not read to the end of the log
 */
export async function traceAnswer(db: Db, asker: string, root: string, direction: TraceDirection, isPending: boolean): Promise<TraceAnswer> {
  const directions = direction === 'both' ? (['back', 'forward'] as const) : [direction];
  const walks: Walk[] = [];
  for (const one of directions) walks.push(await walk(db, asker, root, one));
  const sights = new Map(walks.flatMap((w) => [...w.nodes]));
  for (const w of walks) for (const [node, sight] of w.nodes) if (sight === 'readable') sights.set(node, sight);
  const seen = (sight: string): string[] => [...sights].filter(([, s]) => s === sight).map(([node]) => node);
  const visible = seen('readable');
  const facts = new Map([...(await nodeFacts(db, asker, visible)), ...(await statedFacts(db, asker, seen('own-statements')))]);
  const custody = { debts: await debtsOf(db, visible), passed: await custodyOf(db, visible) };
  const gaps = walks.flatMap((w, i) => judgeWalk(w, directions[i] as 'back' | 'forward', facts, custody, asker));
  if (isPending && gaps.some((gap) => gap.reason === 'withheld')) gaps.push({ node: root, reason: 'pending' });
  const edges = unique(walks.flatMap((w) => w.edges), edgeKey);
  return present({ db, asker, root, direction, sights, facts, gaps, edges, passed: custody.passed });
}

interface Found {
  readonly db: Db;
  readonly asker: string;
  readonly root: string;
  readonly direction: TraceDirection;
  readonly sights: ReadonlyMap<string, string>;
  readonly facts: ReadonlyMap<string, NodeFacts>;
  readonly gaps: readonly Gap[];
  readonly edges: readonly WalkedEdge[];
  readonly passed: Custody['passed'];
}

async function present(found: Found): Promise<TraceAnswer> {
  const { db, asker, root, direction, sights, facts, gaps, edges } = found;
  const names = nameNodes(sights, facts);
  const name = (node: string): string => names.get(node) as string;
  const holders = await holdersOf(found);
  const nodes = [...sights.keys()].map((node): TraceNode => {
    const known = facts.get(node);
    if (!known || sights.get(node) === 'withheld') return { id: name(node), kind: 'withheld' };
    const aka = akaOf(known, name(node));
    return {
      id: name(node),
      ...(aka.length > 0 && { aka }),
      kind: kindOf(known),
      herb: known.herb,
      grade: known.grade,
      ...(sights.get(node) === 'readable' && known.unit && known.made + known.gained > 0n
        ? { quantity: amountOut(known.made + known.gained, known.unit), uom: uomOf(known.unit) }
        : {}),
      holder: holders.get(node),
    };
  });
  const traceEdges = edges.map((edge): TraceEdge => ({
    from: name(edge.from),
    to: name(edge.to),
    kind: edge.kind,
    eventID: edge.eventId,
    ...(edge.amount !== undefined && edge.unit && { quantity: amountOut(edge.amount, edge.unit), uom: uomOf(edge.unit) }),
    ...(edge.since !== undefined && { since: edge.since }),
    ...(edge.until !== undefined && { until: edge.until }),
    ...(edge.claimed && { claimed: true as const }),
  }));
  const shownGaps = unique(
    gaps.map(({ node, reason, amount }) => {
      const unit = facts.get(node)?.unit;
      return { at: name(node), reason, ...(amount !== undefined && unit && { quantity: amountOut(amount, unit), uom: uomOf(unit) }) };
    }),
    (gap) => JSON.stringify(gap),
  ).sort((a, b) => (a.at + a.reason < b.at + b.reason ? -1 : 1));
  return {
    root: name(root),
    direction,
    nodes: nodes.sort((a, b) => (a.id < b.id ? -1 : 1)),
    edges: traceEdges.sort((a, b) => (`${a.from} ${a.to} ${a.eventID}` < `${b.from} ${b.to} ${b.eventID}` ? -1 : 1)),
    steps: await stepsOf(db, asker, edges, new Set([...sights].filter(([, s]) => s === 'readable').map(([node]) => node)), name),
    complete: gaps.length === 0,
    gaps: shownGaps,
    reconciliation: [...sights].flatMap(([node, sight]) => reconcile(node, sight, facts.get(node), name)).sort((a, b) => (a.node < b.node ? -1 : 1)),
    counts: { nodes: nodes.length, edges: traceEdges.length, events: await countEvents(db, asker, [...facts.keys()], sights) },
  };
}

/** Names: the first spelling; opaque and numbered where withheld, so that nothing can be guessed from it. */
function nameNodes(sights: ReadonlyMap<string, string>, facts: ReadonlyMap<string, NodeFacts>): Map<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  let withheld = 0;
  for (const [node, sight] of sights) {
    const known = facts.get(node);
    if (!known || sight === 'withheld') {
      names.set(node, `urn:daodi:withheld:${++withheld}`);
      continue;
    }
    const first = known.spellings[0] ?? known.uri ?? known.canonical;
    // Two things of one name (nobody owns it, two organisations use it) stay two.
    const name = taken.has(first) ? `${first}#${known.owner ?? node}` : first;
    taken.add(name);
    names.set(node, name);
  }
  return names;
}

function akaOf(facts: NodeFacts, id: string): string[] {
  const all = [...facts.spellings, facts.uri, /^urn:daodi:[bs]:/.test(facts.canonical) ? undefined : facts.canonical];
  return [...new Set(all.filter((s): s is string => s !== undefined && s !== id))];
}

function reconcile(node: string, sight: string, facts: NodeFacts | undefined, name: (node: string) => string): Reconciliation[] {
  if (!facts || sight === 'withheld') return [{ node: name(node), undetermined: 'withheld' }];
  if (sight !== 'readable') return [{ node: name(node), undetermined: 'claimed' }];
  if (!facts.unit) return [];
  const { unit } = facts;
  const out = (amount: bigint): number | string => amountOut(amount, unit);
  return [{
    node: name(node),
    in: out(facts.made + facts.gained),
    out: out(facts.consumed + facts.sampled + facts.sold + facts.owed),
    held: out(facts.held),
    lost: out(facts.lost),
    unexplained: out(unexplainedOf(facts)),
    uom: uomOf(unit),
    ...(facts.mixed ? { undetermined: 'mixed-units' } : facts.unmeasured ? { undetermined: 'unmeasured' } : {}),
  }];
}

/** Holders the asker may know of: itself, and those to whom it passed the thing on. */
async function holdersOf({ db, asker, facts, passed, sights }: Found): Promise<Map<string, string>> {
  const rows: { node: string; org: string; code: string }[] = await db.query(
    `SELECT h.node, h.org, o.code FROM holding h JOIN organisation o ON o.id = h.org
      WHERE h.node = ANY($1::uuid[]) AND h.quantity > 0 GROUP BY 1, 2, 3 ORDER BY sum(h.quantity), o.code`,
    [[...facts.keys()].filter((node) => sights.get(node) === 'readable')],
  );
  const known = rows.filter(({ node, org }) => org === asker || (passed.get(node) ?? []).some((p) => p.from === asker && p.to === org));
  return new Map(known.map(({ node, code }) => [node, code]));
}

async function countEvents(db: Db, asker: string, nodes: readonly string[], sights: ReadonlyMap<string, string>): Promise<number> {
  const readable = nodes.filter((node) => sights.get(node) === 'readable');
  const own = nodes.filter((node) => sights.get(node) === 'own-statements');
  const [row] = await db.query(
    `SELECT count(DISTINCT l.position) AS count FROM line l JOIN node n ON n.id = l.node
      WHERE NOT l.void AND ((l.node = ANY($1::uuid[]) AND (l.held OR l.org = $3 OR (l.role = 'output' AND l.org = n.owner)))
                         OR (l.node = ANY($2::uuid[]) AND l.org = $3))`,
    [readable, own, asker],
  );
  return Number(row.count);
}

function unique<T>(items: readonly T[], key: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [key(item), item])).values()];
}
