import type { EntityManager } from 'typeorm';
import type { LineUnit } from '../domain/line';
import { compose } from '../composition/compose';
import { type CompositionAnswer, compositionAnswer } from '../composition/composition-answer';
import { amountOut, uomOf } from './amount';
import { lineageOf } from './lineage-of';
import { type BookedDifference, bookedDifferences } from './booked-differences';
import { type Direction, Genealogy } from './genealogy';
import { type Gap, judgeWalk, unexplainedOf } from './judge-walk';
import { type Books, booksOf, kindOf, type NodeFacts, nodeFacts, statedFacts } from './node-facts';
import { Sights } from './sights';
import { stepsOf, toldOf, type TraceStep } from './steps';
import { edgeKey, type NodeSight, type Walk, walk, type WalkedEdge } from './walk';

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
  /** What the root consists of by origin, year and proof; of a batch or a serial, where the trace goes back. */
  readonly composition?: CompositionAnswer;
  /** What was booked as a difference between weights, by reason; of what the asker may read. Absent where nothing was. */
  readonly bookedDifferences?: readonly BookedDifference[];
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
  const genealogies = directions.map((one) => new Genealogy(db, asker, one));
  await Promise.all(genealogies.map((genealogy) => genealogy.open(root)));
  const sights = new Sights(db, asker);
  await sights.readable([root, ...genealogies.filter((one) => one.direction === 'forward').flatMap((one) => [...one.nodes()])]);
  // The database looks up what is known of the nodes while we walk between them.
  const reached = genealogies.flatMap((one) => [...one.reached()]);
  const [told, early, walks] = await Promise.all([toldOf(db, genealogies), nodeFacts(db, asker, reached), walkAll(genealogies, sights, asker, root)]);

  const seen = new Map(walks.flatMap((w) => [...w.nodes]));
  for (const w of walks) for (const [node, sight] of w.nodes) if (sight === 'readable') seen.set(node, sight);
  const having = (sight: string): string[] => [...seen].filter(([, s]) => s === sight).map(([node]) => node);
  const visible = new Set(having('readable'));
  const late = await nodeFacts(db, asker, genealogies.flatMap((one) => [...one.reached()].filter(({ node }) => visible.has(node) && !early.has(node))));
  const known = new Map([...early, ...late].filter(([node]) => visible.has(node)));
  const facts = new Map([...known, ...(await statedFacts(db, asker, having('own-statements')))]);
  const { debts, holders } = await booksOf(db, known.values());
  const gaps = walks.flatMap((w, i) => judgeWalk(w, directions[i] as Direction, facts, debts, asker));
  if (isPending && gaps.some((gap) => gap.reason === 'withheld')) gaps.push({ node: root, reason: 'pending' });
  const edges = walks.every((w) => w.edges.length > 0) ? unique(walks.flatMap((w) => w.edges), edgeKey) : walks.flatMap((w) => w.edges);
  const names = nameNodes(seen, facts);
  const name = (node: string): string => names.get(node) as string;
  const steps = await stepsOf({ db, asker, sights, visible, told, name }, edges);
  const back = walks[directions.indexOf('back')];
  const lineage = back && lineageOf(back, facts, gaps);
  const composition = lineage && compositionAnswer(await compose(db, lineage), name);
  const booked = await bookedDifferences(db, known.values());
  const own = having('own-statements');
  const events = own.length === 0 ? eventsOf(genealogies, visible) : await countEvents(db, asker, [...visible], own);
  return present({ asker, root, direction, sights: seen, facts, gaps, edges, holders, name, composition, booked }, steps, events);
}

async function walkAll(genealogies: readonly Genealogy[], sights: Sights, asker: string, root: string): Promise<Walk[]> {
  const walks: Walk[] = [];
  for (const genealogy of genealogies) walks.push(await walk(sights, asker, root, genealogy));
  return walks;
}

interface Found {
  readonly root: string;
  readonly direction: TraceDirection;
  readonly asker: string;
  readonly sights: ReadonlyMap<string, NodeSight>;
  readonly facts: ReadonlyMap<string, NodeFacts>;
  readonly gaps: readonly Gap[];
  readonly edges: readonly WalkedEdge[];
  readonly holders: Books['holders'];
  readonly composition?: CompositionAnswer;
  readonly booked: readonly BookedDifference[];
  /** Names of nodes in the answer. */
  readonly name: (node: string) => string;
}

/** What was found, in the words of the answer. */
function present(found: Found, steps: readonly TraceStep[], events: number): TraceAnswer {
  const { root, direction, sights, facts, gaps, edges, name } = found;
  const nodes = [...sights.keys()].map((node) => nodeOut(node, found));
  const traceEdges = edges.map((edge): TraceEdge => ({
    from: name(edge.from),
    to: name(edge.to),
    kind: edge.kind,
    eventID: edge.event.eventId,
    quantity: edge.amount !== undefined && edge.unit ? amountOut(edge.amount, edge.unit) : undefined,
    uom: edge.amount !== undefined && edge.unit ? uomOf(edge.unit) : undefined,
    since: edge.since,
    until: edge.until,
    claimed: edge.claimed || undefined,
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
    nodes: nodes.sort((a, b) => order(a.id, b.id)),
    edges: traceEdges.sort((a, b) => order(a.from, b.from) || order(a.to, b.to) || order(a.eventID, b.eventID)),
    steps,
    complete: gaps.length === 0,
    gaps: shownGaps,
    reconciliation: [...sights].flatMap(([node, sight]) => reconcile(node, sight, facts.get(node), name)).sort((a, b) => order(a.node, b.node)),
    composition: found.composition,
    bookedDifferences: found.booked.length > 0 ? found.booked : undefined,
    counts: { nodes: nodes.length, edges: traceEdges.length, events },
  };
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function nodeOut(node: string, { sights, facts, name, asker, holders }: Found): TraceNode {
  const known = facts.get(node);
  if (!known || sights.get(node) === 'withheld') return { id: name(node), kind: 'withheld' };
  const aka = akaOf(known, name(node));
  const isMeasured = sights.get(node) === 'readable' && known.unit !== undefined && known.came > 0n;
  return {
    id: name(node),
    aka: aka.length > 0 ? aka : undefined,
    kind: kindOf(known),
    herb: known.herb,
    grade: known.grade,
    quantity: isMeasured ? amountOut(known.came, known.unit as LineUnit) : undefined,
    uom: isMeasured ? uomOf(known.unit as LineUnit) : undefined,
    // Holders the asker may know of: itself, and those to whom it passed the thing on.
    holder: holders.get(node)?.findLast(({ org }) => org === asker || known.passed.some((p) => p.from === asker && p.to === org))?.code,
  };
}

/** Names: the first spelling; opaque and numbered where withheld, so that nothing can be guessed from it. */
function nameNodes(sights: ReadonlyMap<string, NodeSight>, facts: ReadonlyMap<string, NodeFacts>): Map<string, string> {
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
    in: out(facts.came),
    out: out(facts.went + facts.owed),
    held: out(facts.held),
    lost: out(facts.lost),
    unexplained: out(unexplainedOf(facts)),
    uom: uomOf(unit),
    ...(facts.mixed ? { undetermined: 'mixed-units' } : facts.unmeasured ? { undetermined: 'unmeasured' } : {}),
  }];
}

/** Events behind nodes the asker may read. */
function eventsOf(genealogies: readonly Genealogy[], visible: ReadonlySet<string>): number {
  const positions = new Set<string>();
  for (const genealogy of genealogies) {
    for (const { node, said } of genealogy.reached()) if (said !== undefined && visible.has(node)) for (const position of said.positions.split(',')) positions.add(position);
  }
  positions.delete('');
  return positions.size;
}

/** Events behind nodes: of those the asker may read what it may see of them, of others what it said itself. */
async function countEvents(db: Db, asker: string, readable: readonly string[], own: readonly string[]): Promise<number> {
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
