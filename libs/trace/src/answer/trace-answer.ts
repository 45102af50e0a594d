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
  const early = nodeFacts(db, asker, reached);
  const telling = toldOf(db, genealogies);
  // Whoever waits for them hears of a failure; if the walk fails first, nobody does.
  for (const one of [early, telling]) one.catch(() => undefined);
  const walks = await walkAll(genealogies, sights, asker, root);

  const seen = sightsOf(walks);
  const having = (wanted: NodeSight): string[] => {
    const nodes: string[] = [];
    for (const [node, sight] of seen) if (sight === wanted) nodes.push(node);
    return nodes;
  };
  const visible = new Set(having('readable'));
  const known = await early;
  for (const node of known.keys()) if (!visible.has(node)) known.delete(node);
  const late = genealogies.flatMap((one) => [...one.reached()].filter(({ node }) => visible.has(node) && !known.has(node)));
  for (const [node, facts] of await nodeFacts(db, asker, late)) known.set(node, facts);
  const own = having('own-statements');
  const facts = own.length === 0 ? known : new Map([...known, ...(await statedFacts(db, asker, own))]);
  const { debts, holders } = await booksOf(db, known.values());
  const gaps = walks.flatMap((w, i) => judgeWalk(w, directions[i] as Direction, facts, debts, asker));
  if (isPending && gaps.some((gap) => gap.reason === 'withheld')) gaps.push({ node: root, reason: 'pending' });
  const edges = walks.every((w) => w.edges.length > 0) ? unique(walks.flatMap((w) => w.edges), edgeKey) : walks.flatMap((w) => w.edges);
  const names = nameNodes(seen, facts);
  const name = (node: string): string => names.get(node) as string;
  const steps = await stepsOf({ db, asker, sights, visible, told: await telling, name }, edges);
  const back = walks[directions.indexOf('back')];
  const lineage = back && lineageOf(back, facts, gaps);
  const composition = lineage && compositionAnswer(await compose(db, lineage), name);
  const booked = await bookedDifferences(db, known.values());
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
  // Sorted once; edges and sums follow the order of the nodes.
  const named = Array.from(sights.keys(), (node) => ({ node, id: name(node) })).sort((a, b) => order(a.id, b.id));
  const sorted = named.map(({ node }) => node);
  const ranks = new Map(sorted.map((node, rank) => [node, rank]));
  const nodes = sorted.map((node) => nodeOut(node, found));
  const traceEdges = inOrder(edges, ranks).map(({ from, to, kind, event, amount, unit, since, until, claimed }): TraceEdge => ({
    from: name(from),
    to: name(to),
    kind,
    eventID: event.eventId,
    quantity: amount !== undefined && unit ? amountOut(amount, unit) : undefined,
    uom: amount !== undefined && unit ? uomOf(unit) : undefined,
    since,
    until,
    claimed: claimed || undefined,
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
    nodes,
    edges: traceEdges,
    steps,
    complete: gaps.length === 0,
    gaps: shownGaps,
    reconciliation: sorted.flatMap((node) => reconcile(node, sights.get(node) as NodeSight, facts.get(node), name)),
    composition: found.composition,
    bookedDifferences: found.booked.length > 0 ? found.booked : undefined,
    counts: { nodes: nodes.length, edges: traceEdges.length, events },
  };
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Edges by the names of their ends, told by their ranks, and by event. */
function inOrder(edges: readonly WalkedEdge[], ranks: ReadonlyMap<string, number>): WalkedEdge[] {
  const size = ranks.size;
  const keyed = edges.map((edge) => ({ edge, key: (ranks.get(edge.from) as number) * size + (ranks.get(edge.to) as number) }));
  return keyed.sort((a, b) => a.key - b.key || order(a.edge.event.eventId, b.edge.event.eventId)).map(({ edge }) => edge);
}

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

function akaOf({ spellings, uri, canonical }: NodeFacts, id: string): string[] {
  const aka: string[] = [];
  const add = (spelled: string): void => {
    if (spelled !== id && !aka.includes(spelled)) aka.push(spelled);
  };
  spellings.forEach(add);
  if (uri !== undefined) add(uri);
  if (!/^urn:daodi:[bs]:/.test(canonical)) add(canonical);
  return aka;
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

/** How each node may be seen: as well as on any of the ways. */
function sightsOf(walks: readonly Walk[]): Map<string, NodeSight> {
  const sights = new Map<string, NodeSight>();
  for (const { nodes } of walks) for (const [node, sight] of nodes) if (sights.get(node) !== 'readable') sights.set(node, sight);
  return sights;
}

/** Events behind nodes the asker may read. */
function eventsOf(genealogies: readonly Genealogy[], visible: ReadonlySet<string>): number {
  const texts: string[] = [];
  for (const genealogy of genealogies) for (const { node, said } of genealogy.reached()) if (said !== undefined && said.positions !== '' && visible.has(node)) texts.push(said.positions);
  if (texts.length === 0) return 0;
  // Positions are whole numbers a double holds, and numbers are sorted without looking at text.
  const positions = Float64Array.from(texts.join(',').split(','), Number).sort();
  let events = 0;
  positions.forEach((position, i) => (events += position === positions[i - 1] ? 0 : 1));
  return events;
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
