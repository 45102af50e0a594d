import type { Direction, Genealogy, Thing, Tie, TieEvent } from './genealogy';
import type { Sights } from './sights';

/**
 * Walks genealogy breadth-first. No depth limit; a node is entered again only through a container at a time not yet
 * followed. What there is to walk on was fetched in one question; who may see what is decided here, level by level.
 */

export type EdgeKind = 'transformation' | 'commissioning' | 'aggregation';

/** Between two nodes, in the direction in which material goes. */
export interface WalkedEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: EdgeKind;
  /** The event that tells of it, with all lines of its transformation. */
  readonly event: TieEvent;
  readonly amount?: bigint;
  readonly unit?: 'mg' | 'pcs';
  readonly since?: string;
  readonly until?: string;
  /** True where its sayer does not hold one of the ends. */
  readonly claimed: boolean;
  /** True where its sayer does not hold what went in, or made what is another's: nothing is known of that part. */
  readonly groundless: boolean;
}

export interface Walk {
  readonly root: string;
  /** How each node may be seen: on record, by the asker's own statements only, or not at all. */
  readonly nodes: ReadonlyMap<string, NodeSight>;
  readonly edges: readonly WalkedEdge[];
  /** Organisations through whose act each node was reached: whose custody of it the trace leans on. */
  readonly through: ReadonlyMap<string, ReadonlySet<string>>;
}

export type NodeSight = 'readable' | 'own-statements' | 'withheld';

interface Window {
  readonly from: string;
  readonly to: string;
}

const ALWAYS: Window = { from: '', to: '9' };

interface Visit {
  readonly thing: Thing;
  readonly window: Window;
}

/** A way from a thing to what it is part of. */
interface Step {
  readonly near: Tie;
  readonly far: Tie;
  /** What tells of the way; what tells the amount. */
  readonly told: Tie;
  readonly measured: Tie;
  /** Whether the way leads from what the asker may read on record. */
  readonly open: boolean;
  readonly window: Window;
}

/** Walks one direction from a node the asker may enter. */
export async function walk(sights: Sights, asker: string, root: string, genealogy: Genealogy): Promise<Walk> {
  const { direction } = genealogy;
  const nodes = new Map<string, NodeSight>();
  const windows = new Map<Thing, Window[]>();
  const edges = new Map<string, Drawn>();
  const through = new Map<string, Set<string>>();
  nodes.set(root, (await sights.readable([root])).has(root) ? 'readable' : 'own-statements');
  let frontier: Visit[] = [{ thing: genealogy.thing(root), window: ALWAYS }];
  windows.set(genealogy.thing(root), [ALWAYS]);
  while (frontier.length > 0) {
    await genealogy.fetch(frontier.map(({ thing }) => thing.node));
    const steps = stepsFrom(direction, asker, frontier, nodes);
    // Nodes are numbered in the order in which they are met, which must not be that of rows in a table.
    steps.sort(inTime);
    await look(sights, asker, direction, nodes, steps);
    frontier = [];
    for (const step of steps) {
      const { thing } = step.far;
      draw(edges, step, direction);
      const known = through.get(thing.node);
      if (known) known.add(step.near.event.org);
      else through.set(thing.node, new Set([step.near.event.org]));
      if (nodes.get(thing.node) === 'withheld') continue;
      const { window } = step;
      const seen = windows.get(thing);
      if (seen?.some((w) => w.from <= window.from && window.to <= w.to)) continue;
      if (seen) seen.push(window);
      else windows.set(thing, [window]);
      frontier.push({ thing, window });
    }
  }
  return { root, nodes, edges: Array.from(edges.values(), edgeOf), through };
}

/** What a line of each role leads to, one way. */
const FAR: Readonly<Record<Direction, Readonly<Record<string, string>>>> = {
  back: { output: 'input', serial: 'serial-lot', 'container-pack': 'packed' },
  forward: { input: 'output', 'serial-lot': 'serial', packed: 'container-pack' },
};

/** Of what the visited things are part of, what the asker may go on to. */
function stepsFrom(direction: Direction, asker: string, frontier: readonly Visit[], nodes: ReadonlyMap<string, NodeSight>): Step[] {
  const steps: Step[] = [];
  for (const { thing, window: at } of frontier) {
    const sight = nodes.get(thing.node);
    for (const near of thing.ties) {
      const role = FAR[direction][near.role];
      if (role === undefined) continue;
      const own = near.event.org === asker;
      if (!own && (sight === 'own-statements' || !(near.held || near.ownerMade))) continue;
      for (const far of near.event.ties) {
        if (far.role !== role) continue;
        // The output's event tells the transformation, the input's the amount that went in.
        const [input, output] = direction === 'back' ? [far, near] : [near, far];
        const told = isPacking(near) ? near : output;
        const window = passes(told, input, far, at);
        if (window) steps.push({ near, far, told, measured: input, open: sight === 'readable', window });
      }
    }
  }
  return steps;
}

const isPacking = ({ role }: Tie): boolean => role === 'container-pack' || role === 'packed';

function inTime(a: Step, b: Step): number {
  const [{ event: one }, { event: other }] = [a.told, b.told];
  return (
    order(one.time, other.time) || order(one.eventId, other.eventId) || order(one.org, other.org) ||
    order(a.near.thing.node, b.near.thing.node) || order(a.far.thing.node, b.far.thing.node)
  );
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Whether a way through a container is open at the time it asks for, and the time it goes on with. Only containers
 * bound it: what was made of a lot was made of the whole lot.
 */
function passes(told: Tie, measured: Tie, far: Tie, window: Window): Window | undefined {
  const { time } = told.event;
  if (!isPacking(told)) return time >= window.from && time <= window.to ? ALWAYS : undefined;
  const { until } = measured;
  const from = time > window.from ? time : window.from;
  const to = until !== undefined && until < window.to ? until : window.to;
  if (from > to) return undefined;
  return far.isContainer ? { from, to } : ALWAYS;
}

/** Decides how newly reached nodes may be seen. Who may read a thing may read what it came from. */
async function look(sights: Sights, asker: string, direction: Direction, nodes: Map<string, NodeSight>, steps: readonly Step[]): Promise<void> {
  if (direction === 'back') {
    // What somebody only claims to have used is no ancestor of theirs, whoever asks.
    for (const { far, open } of steps) if (open && far.held) nodes.set(far.thing.node, 'readable');
  }
  const unknown = new Set<string>();
  for (const { far } of steps) if (nodes.get(far.thing.node) !== 'readable') unknown.add(far.thing.node);
  if (unknown.size === 0) return;
  const readable = await sights.readable(unknown);
  for (const { near, far } of steps) {
    const { node } = far.thing;
    if (!unknown.has(node)) continue;
    if (readable.has(node)) promote(nodes, node, 'readable');
    else if (near.event.org === asker) promote(nodes, node, 'own-statements');
    else promote(nodes, node, 'withheld');
  }
}

const SIGHTS: readonly NodeSight[] = ['withheld', 'own-statements', 'readable'];

function promote(nodes: Map<string, NodeSight>, node: string, sight: NodeSight): void {
  const known = nodes.get(node);
  if (known === undefined || SIGHTS.indexOf(known) < SIGHTS.indexOf(sight)) nodes.set(node, sight);
}

interface Drawn {
  readonly from: string;
  readonly to: string;
  readonly kind: EdgeKind;
  readonly told: Tie;
  /** The lines that tell the amount; one event may put the same thing in twice. */
  readonly parts: Tie[];
  claimed: boolean;
  groundless: boolean;
}

function draw(edges: Map<string, Drawn>, { near, far, told, measured }: Step, direction: Direction): void {
  const [from, to] = direction === 'back' ? [far.thing, near.thing] : [near.thing, far.thing];
  const kind = isPacking(near) ? 'aggregation' : near.role.startsWith('serial') ? 'commissioning' : 'transformation';
  const key = `${from.index} ${to.index} ${told.event.position} ${kind[0]}`;
  const claimed = !near.held || !far.held;
  const groundless = !measured.held || !(told.held || told.ownerMade);
  const known = edges.get(key);
  if (known === undefined) {
    edges.set(key, { from: from.node, to: to.node, kind, told, parts: [measured], claimed, groundless });
    return;
  }
  if (!known.parts.includes(measured)) known.parts.push(measured);
  known.claimed ||= claimed;
  known.groundless ||= groundless;
}

/** The amount is that of all lines of an edge; none where one of them says none, or they are in several dimensions. */
function edgeOf({ from, to, kind, told: { event }, parts, claimed, groundless }: Drawn): WalkedEdge {
  const [first] = parts as [Tie];
  const isKnown = first.unit !== '' && parts.every(({ unit, amount }) => unit === first.unit && amount !== '');
  const isAggregation = kind === 'aggregation';
  return {
    from, to, kind, event, claimed, groundless,
    amount: isKnown ? parts.reduce((sum, { amount }) => sum + BigInt(amount), 0n) : undefined,
    unit: isKnown ? (first.unit as 'mg' | 'pcs') : undefined,
    since: isAggregation ? event.time : undefined,
    until: isAggregation ? parts.at(-1)?.until : undefined,
  };
}

/** Tells an edge from all others: who said in which event that the one went into the other. */
export const edgeKey = ({ from, to, kind, event }: WalkedEdge): string => `${from} ${to} ${event.position} ${kind}`;
