import { isoTime } from '@daodi/log';
import type { EntityManager } from 'typeorm';
import { readableNodes } from '../reading/readable-nodes';

/**
 * Walks genealogy breadth-first, a level a round: one question for what the frontier's nodes are part of, one for the
 * other ends. No depth limit; a node is entered again only through a container at a time not yet followed.
 */

export type Direction = 'back' | 'forward';

export type EdgeKind = 'transformation' | 'commissioning' | 'aggregation';

/** Between two nodes, in the direction in which material goes. */
export interface WalkedEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: EdgeKind;
  readonly org: string;
  readonly eventId: string;
  readonly position: bigint;
  readonly amount?: bigint;
  readonly unit?: 'mg' | 'pcs';
  readonly since?: string;
  readonly until?: string;
  /** True where its sayer does not hold one of the ends. */
  readonly claimed: boolean;
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
  readonly node: string;
  readonly window: Window;
}

interface EndRow {
  readonly near: string;
  readonly far: string;
  readonly nearHeld: boolean;
  readonly farHeld: boolean;
  readonly nearRole: string;
  readonly org: string;
  readonly eventId: string;
  readonly position: string;
  readonly time: string;
  readonly until: string | null;
  /** The line that tells the amount; one event may put the same thing in twice. */
  readonly part: string;
  readonly amount: string | null;
  readonly unit: 'mg' | 'pcs' | null;
  readonly aggregation: boolean;
  readonly ownerMade: boolean;
  readonly farIsContainer: boolean;
}

/** Walks one direction from a node the asker may enter. */
export async function walk(db: Pick<EntityManager, 'query'>, asker: string, root: string, direction: Direction): Promise<Walk> {
  const nodes = new Map<string, NodeSight>();
  const windows = new Map<string, Window[]>();
  const edges = new Map<string, WalkedEdge>();
  const parts = new Map<string, Map<string, EndRow>>();
  const through = new Map<string, Set<string>>();
  nodes.set(root, (await readableNodes(db, asker, [root])).has(root) ? 'readable' : 'own-statements');
  let frontier: Visit[] = [{ node: root, window: ALWAYS }];
  windows.set(root, [ALWAYS]);
  while (frontier.length > 0) {
    const ends = await endsOf(db, [...new Set(frontier.map((v) => v.node))], direction);
    const byNear = new Map<string, EndRow[]>();
    for (const end of ends) {
      const known = byNear.get(end.near);
      if (known) known.push(end);
      else byNear.set(end.near, [end]);
    }
    const steps: { end: EndRow; window: Window; open: boolean }[] = [];
    for (const { node, window } of frontier) {
      const sight = nodes.get(node) as NodeSight;
      for (const end of byNear.get(node) ?? []) {
        const own = end.org === asker;
        if (sight === 'own-statements' && !own) continue;
        if (!end.nearHeld && !own && !end.ownerMade) continue;
        const next = passes(end, window);
        if (next) steps.push({ end, window: next, open: sight === 'readable' });
      }
    }
    // Nodes are numbered in the order in which they are met, which must not be that of rows in a table.
    steps.sort((a, b) => (inTime(a.end) < inTime(b.end) ? -1 : 1));
    await look(db, asker, direction, nodes, steps);
    frontier = [];
    for (const { end, window } of steps) {
      const edge = edgeOf(end, direction);
      const key = edgeKey(edge);
      edges.set(key, edge);
      parts.set(key, (parts.get(key) ?? new Map<string, EndRow>()).set(end.part, end));
      through.set(end.far, (through.get(end.far) ?? new Set()).add(end.org));
      if (nodes.get(end.far) === 'withheld') continue;
      const known = windows.get(end.far) ?? [];
      if (known.some((w) => w.from <= window.from && window.to <= w.to)) continue;
      windows.set(end.far, [...known, window]);
      frontier.push({ node: end.far, window });
    }
  }
  return { root, nodes, edges: [...edges].map(([key, edge]) => ({ ...edge, ...sumOf([...(parts.get(key)?.values() ?? [])]) })), through };
}

const inTime = ({ time, eventId, org, near, far }: EndRow): string => `${time} ${eventId} ${org} ${near} ${far}`;

/**
 * Whether a way through a container is open at the time it asks for, and the time it goes on with. Only containers
 * bound it: what was made of a lot was made of the whole lot.
 */
function passes(end: EndRow, window: Window): Window | undefined {
  if (!end.aggregation) return end.time >= window.from && end.time <= window.to ? ALWAYS : undefined;
  const from = end.time > window.from ? end.time : window.from;
  const to = end.until !== null && end.until < window.to ? end.until : window.to;
  if (from > to) return undefined;
  return end.farIsContainer ? { from, to } : ALWAYS;
}

/** Decides how newly reached nodes may be seen. Who may read a thing may read what it came from. */
async function look(
  db: Pick<EntityManager, 'query'>,
  asker: string,
  direction: Direction,
  nodes: Map<string, NodeSight>,
  steps: readonly { readonly end: EndRow; readonly open: boolean }[],
): Promise<void> {
  if (direction === 'back') {
    // What somebody only claims to have used is no ancestor of theirs, whoever asks.
    for (const { end, open } of steps) if (open && end.farHeld) promote(nodes, end.far, 'readable');
  }
  const unknown = [...new Set(steps.map(({ end }) => end.far))].filter((far) => nodes.get(far) !== 'readable');
  const readable = await readableNodes(db, asker, unknown);
  for (const { end } of steps) {
    if (readable.has(end.far)) promote(nodes, end.far, 'readable');
    else if (end.org === asker) promote(nodes, end.far, 'own-statements');
    else promote(nodes, end.far, 'withheld');
  }
}

const SIGHTS: readonly NodeSight[] = ['withheld', 'own-statements', 'readable'];

function promote(nodes: Map<string, NodeSight>, node: string, sight: NodeSight): void {
  const known = nodes.get(node);
  if (known === undefined || SIGHTS.indexOf(known) < SIGHTS.indexOf(sight)) nodes.set(node, sight);
}

function edgeOf(end: EndRow, direction: Direction): WalkedEdge {
  const [from, to] = direction === 'back' ? [end.far, end.near] : [end.near, end.far];
  return {
    from,
    to,
    kind: end.aggregation ? 'aggregation' : end.nearRole.startsWith('serial') ? 'commissioning' : 'transformation',
    org: end.org,
    eventId: end.eventId,
    position: BigInt(end.position),
    since: end.aggregation ? end.time : undefined,
    until: end.aggregation ? (end.until ?? undefined) : undefined,
    claimed: !end.nearHeld || !end.farHeld,
  };
}

/** The amount of all lines of an edge; none where one of them says none, or they are in several dimensions. */
function sumOf(parts: readonly EndRow[]): Pick<WalkedEdge, 'amount' | 'unit'> {
  const unit = parts[0]?.unit ?? undefined;
  if (unit === undefined || parts.some((part) => part.unit !== unit || part.amount === null)) return {};
  return { unit, amount: parts.reduce((sum, part) => sum + BigInt(part.amount as string), 0n) };
}

/** Tells an edge from all others: who said in which event that the one went into the other. */
export const edgeKey = (edge: Pick<WalkedEdge, 'from' | 'to' | 'org' | 'eventId' | 'kind'>): string =>
  `${edge.from} ${edge.to} ${edge.org} ${edge.eventId} ${edge.kind}`;

/** The other ends of everything these nodes are part of, in one direction. */
async function endsOf(db: Pick<EntityManager, 'query'>, nodes: readonly string[], direction: Direction): Promise<EndRow[]> {
  const [nearRoles, farRoles] =
    direction === 'back' ? [['output', 'serial'], ['input', 'serial-lot']] : [['input', 'serial-lot'], ['output', 'serial']];
  // The input's event tells the amount that went in, the output's tells the transformation itself.
  const [input, output] = direction === 'back' ? ['f', 'n'] : ['n', 'f'];
  const [packNear, packFar] = direction === 'back' ? ['container-pack', 'packed'] : ['packed', 'container-pack'];
  const packed = direction === 'back' ? 'f' : 'n';
  return db.query(
    `SELECT n.node AS near, f.node AS far, n.held AS "nearHeld", f.held AS "farHeld", n.role AS "nearRole", n.org,
            ${output}.event_id AS "eventId", ${output}.position, ${isoTime(`${output}.event_time`)} AS time, NULL AS until,
            ${input}.position || ':' || ${input}.ordinal AS part, ${input}.amount, ${input}.unit, false AS aggregation,
            (n.role = 'output' AND o.owner = n.org) AS "ownerMade", fn.kind = 'container' AS "farIsContainer"
       FROM line n JOIN line f ON f.hub = n.hub AND f.role = ANY($3) AND NOT f.void AND f.node IS NOT NULL
       JOIN node o ON o.id = n.node JOIN node fn ON fn.id = f.node
      WHERE n.node = ANY($1::uuid[]) AND n.role = ANY($2) AND NOT n.void AND n.hub IS NOT NULL
        AND NOT (n.role IN ('output', 'input') AND f.role IN ('serial', 'serial-lot'))
        AND NOT (n.role IN ('serial', 'serial-lot') AND f.role IN ('output', 'input'))
     UNION ALL
     SELECT n.node, f.node, n.held, f.held, n.role, n.org, n.event_id, n.position, ${isoTime('n.event_time')}, ${isoTime(`${packed}.until`)},
            ${packed}.position || ':' || ${packed}.ordinal, ${packed}.amount, ${packed}.unit, true, false, fn.kind = 'container'
       FROM line n JOIN line f ON f.position = n.position AND f.path = '' AND f.role = $5 AND NOT f.void AND f.node IS NOT NULL
       JOIN node fn ON fn.id = f.node
      WHERE n.node = ANY($1::uuid[]) AND n.role = $4 AND n.path = '' AND NOT n.void`,
    [nodes, nearRoles, farRoles, packNear, packFar],
  );
}
