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
  /** Indices of the two among the things of the walk. */
  readonly fromIndex: number;
  readonly toIndex: number;
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
  /** The same, as things, in the same order. */
  readonly things: readonly Thing[];
  readonly edges: readonly WalkedEdge[];
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
  const seen = new Seen();
  // By the index of the thing.
  const windows: Window[][] = [];
  const drawn = new Drawing(direction);
  const start = genealogy.thing(root);
  seen.set(start, (await sights.readable([root])).has(root) ? 'readable' : 'own-statements');
  let frontier: Visit[] = [{ thing: start, window: ALWAYS }];
  windows[start.index] = [ALWAYS];
  while (frontier.length > 0) {
    await genealogy.fetch(frontier.map(({ thing }) => thing));
    const steps = stepsFrom(direction, asker, frontier, seen);
    // Nodes are numbered in the order in which they are met, which must not be that of rows in a table.
    steps.sort(inTime);
    await look(sights, asker, direction, seen, steps);
    frontier = [];
    for (const step of steps) {
      const { thing } = step.far;
      drawn.draw(step);
      if (seen.of(thing) === 'withheld') continue;
      const { window } = step;
      const known = windows[thing.index];
      if (known?.some((w) => w === window || (w.from <= window.from && window.to <= w.to))) continue;
      if (known) known.push(window);
      else windows[thing.index] = [window];
      frontier.push({ thing, window });
    }
  }
  return { root, nodes: seen.nodes(), things: seen.met, edges: drawn.edges };
}

/** How things may be seen, in the order in which they were met. */
class Seen {
  readonly met: Thing[] = [];
  private readonly sights: NodeSight[] = [];

  of(thing: Thing): NodeSight | undefined {
    return this.sights[thing.index];
  }

  set(thing: Thing, sight: NodeSight): void {
    if (this.sights[thing.index] === undefined) this.met.push(thing);
    this.sights[thing.index] = sight;
  }

  nodes(): Map<string, NodeSight> {
    return new Map(this.met.map((thing) => [thing.node, this.sights[thing.index] as NodeSight]));
  }
}

/** What a line of each role leads to, one way. */
const FAR: Readonly<Record<Direction, Readonly<Record<string, string>>>> = {
  back: { output: 'input', serial: 'serial-lot', 'container-pack': 'packed' },
  forward: { input: 'output', 'serial-lot': 'serial', packed: 'container-pack' },
};

/** Of what the visited things are part of, what the asker may go on to. */
function stepsFrom(direction: Direction, asker: string, frontier: readonly Visit[], seen: Seen): Step[] {
  const steps: Step[] = [];
  const farOf = FAR[direction];
  for (const { thing, window: at } of frontier) {
    const sight = seen.of(thing);
    for (const near of thing.ties) {
      const role = farOf[near.role];
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
  const one = a.told.event;
  const other = b.told.event;
  return (
    (one === other ? 0 : order(one.time, other.time) || order(one.eventId, other.eventId) || order(one.org, other.org)) ||
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
async function look(sights: Sights, asker: string, direction: Direction, seen: Seen, steps: readonly Step[]): Promise<void> {
  if (direction === 'back') {
    // What somebody only claims to have used is no ancestor of theirs, whoever asks.
    for (const { far, open } of steps) if (open && far.held) seen.set(far.thing, 'readable');
  }
  const unknown = new Set<string>();
  for (const { far } of steps) if (seen.of(far.thing) !== 'readable') unknown.add(far.thing.node);
  if (unknown.size === 0) return;
  const readable = await sights.readable(unknown);
  for (const { near, far } of steps) {
    const { thing } = far;
    if (!unknown.has(thing.node)) continue;
    promote(seen, thing, readable.has(thing.node) ? 'readable' : near.event.org === asker ? 'own-statements' : 'withheld');
  }
}

const SIGHTS: readonly NodeSight[] = ['withheld', 'own-statements', 'readable'];

function promote(seen: Seen, thing: Thing, sight: NodeSight): void {
  const known = seen.of(thing);
  if (known === undefined || SIGHTS.indexOf(known) < SIGHTS.indexOf(sight)) seen.set(thing, sight);
}

type Drawn = { -readonly [Member in keyof WalkedEdge]: WalkedEdge[Member] } & {
  /** The lines that tell the amount; one event may put the same thing in twice. */
  parts: readonly Tie[];
  /** Another edge between the same things. */
  also?: Drawn;
};

/** Things of one walk are fewer, so that the indices of two make one number that is exact. */
const THINGS_MAX = 2 ** 26;

/** The edges of a walk, each once. */
class Drawing {
  readonly edges: Drawn[] = [];
  private readonly between = new Map<number, Drawn>();

  constructor(private readonly direction: Direction) {}

  draw({ near, far, told, measured }: Step): void {
    const [from, to] = this.direction === 'back' ? [far.thing, near.thing] : [near.thing, far.thing];
    const kind = isPacking(near) ? 'aggregation' : near.role.startsWith('serial') ? 'commissioning' : 'transformation';
    const claimed = !near.held || !far.held;
    const groundless = !measured.held || !(told.held || told.ownerMade);
    const key = from.index * THINGS_MAX + to.index;
    const first = this.between.get(key);
    let edge = first;
    while (edge !== undefined && (edge.event !== told.event || edge.kind !== kind)) edge = edge.also;
    if (edge !== undefined) {
      if (edge.parts.includes(measured)) return join(edge, edge.parts, claimed, groundless);
      return join(edge, [...edge.parts, measured], claimed, groundless);
    }
    const isAggregation = kind === 'aggregation';
    const drawn: Drawn = {
      from: from.node, to: to.node, fromIndex: from.index, toIndex: to.index, kind, event: told.event, amount: undefined, unit: undefined,
      since: isAggregation ? told.event.time : undefined, until: undefined, claimed, groundless, parts: [measured], also: first,
    };
    weigh(drawn);
    this.between.set(key, drawn);
    this.edges.push(drawn);
  }
}

function join(edge: Drawn, parts: readonly Tie[], claimed: boolean, groundless: boolean): void {
  edge.claimed ||= claimed;
  edge.groundless ||= groundless;
  if (parts === edge.parts) return;
  edge.parts = parts;
  weigh(edge);
}

/** The amount is that of all lines of an edge; none where one of them says none, or they are in several dimensions. */
function weigh(edge: Drawn): void {
  const { parts } = edge;
  const { unit } = parts[0] as Tie;
  const isKnown = unit !== '' && parts.every((part) => part.unit === unit && part.amount !== '');
  edge.amount = isKnown ? parts.reduce((sum, { amount }) => sum + BigInt(amount), 0n) : undefined;
  edge.unit = isKnown ? unit : undefined;
  if (edge.kind === 'aggregation') edge.until = parts.at(-1)?.until;
}

/** Tells an edge from all others: who said in which event that the one went into the other. */
export const edgeKey = ({ from, to, kind, event }: WalkedEdge): string => `${from} ${to} ${event.position} ${kind}`;
