import type { EntityManager } from 'typeorm';
import { Book, type BookState, type Folded } from '../domain/fold';
import { nodeId } from '../domain/identifier-id';
import { CARRYING_ROLES, type IdentifierKind, type LineUnit, MAKE_ROLES } from '../domain/line';
import { type FamilyJudgement, isMovedUnknown } from '../domain/standing';
import { type AppendedFamily, appendToFamily, writeAppendedFamilies } from './append-to-families';
import { carryContents } from './carry';
import { type FamilyState, readStates, writeStates } from './family-state';
import { foldLine } from './fold-line';
import { inOrder, orderOf } from './line-order';
import { type LoadedFamily, loadFamilies } from './load-families';
import type { PendingLines } from './pending-lines';
import { keyOf, type LineRow } from './rows';
import { writeFamilies, writeStanding } from './write-families';

/** A family as judged: everything the tables say about one identifier. */
export interface SettledFamily {
  readonly identifier: string;
  readonly lines: readonly SettledLine[];
  readonly nodes: readonly SettledNode[];
}

export interface SettledLine extends LineRow {
  readonly node: string;
}

export interface SettledNode {
  readonly id: string;
  readonly scope: string;
  readonly owner?: string;
  readonly kind: IdentifierKind;
  readonly unit?: LineUnit;
  readonly mixed: boolean;
  readonly unmeasured: boolean;
  readonly ambiguous: boolean;
  readonly folded: Folded;
  readonly book: BookState;
  readonly holders: ReadonlyMap<string, bigint>;
}

/** What an append or a correction did to the lines, by identifier. */
export interface ChangedLines {
  /** Families that have to be judged anew, from their first line. */
  readonly anew: ReadonlySet<string>;
  /** Families to which lines were added, with those lines. */
  readonly added: ReadonlyMap<string, readonly LineRow[]>;
  /** The lines that are still to be written. */
  readonly pending: PendingLines;
}

/** From how many lines on a family keeps a state, so that adding a line need not read all of them. */
export const STATE_FROM_LINES = 64;

/**
 * Judges families again: whose thing each line speaks of, whether its sayer holds it, what its containers carried,
 * and how much everybody has. A function of the lines, whatever their order of arrival.
 *
 * Standing needs nothing but the family itself and (by containers) families outside of it, so it settles first. Only
 * then outputs are judged, which are held if all inputs of their transformation are; nothing depends on that in turn.
 *
 * @returns the identifiers of all families that changed
 */
export async function settle(tx: EntityManager, changed: ChangedLines, stateFrom = STATE_FROM_LINES): Promise<Set<string>> {
  const { pending } = changed;
  const appended = new Map<string, AppendedFamily>();
  let queue = await appendWherePlain(tx, changed, appended);
  const touched = new Set<string>(queue);
  const marked = new Marked(changed.anew);
  // As they were last judged; lines carried to a family bring it into the queue again.
  const judged = new Map<string, LoadedFamily>();
  while (queue.length > 0) {
    const families = await loadFamilies(tx, queue, pending);
    for (const id of queue) judged.delete(id);
    for (const [id, family] of families) judged.set(id, family);
    const placed = new Map([...families].map(([id, f]) => [id, standingOf(f.lines, f.judgement)]));
    const boxes = await boxesOf(tx, [...families].filter(([id, f]) => marked.isNew(id, placed.get(id) as SettledLine[], f.lines)).map(([id]) => id), pending);
    await writeStanding(tx, [...families].map(([id, f]) => ({ judged: placed.get(id) as SettledLine[], stored: f.lines })), pending);
    const carriers = new Map([...families].filter(([, f]) => carries(f.lines)).map(([id]) => [id, placed.get(id) as SettledLine[]]));
    const carried = await carryContents(tx, carriers, pending);
    // A family to which something was carried after lines were added to it is judged anew, with all of them.
    const again = [...carried.added.keys()].filter((id) => appended.has(id) || touched.has(id));
    for (const id of again) appended.delete(id);
    const anew = new Set([...carried.anew, ...again, ...boxes.filter((box) => !families.has(box))]);
    queue = await appendWherePlain(tx, { anew, added: carried.added, pending }, appended);
    for (const id of queue) touched.add(id);
  }
  await writeAppendedFamilies(tx, [...appended.values()], pending);
  await judgeAnew(tx, touched, judged, pending, stateFrom);
  await pending.write(tx);
  return new Set([...touched, ...appended.keys()]);
}

/**
 * Tells of which packed serials it became known, or is no longer so, whose they are or of which lot: the boxes they
 * are in carry other things then. Each state of a line counts once, so that boxes in a ring come to an end.
 */
class Marked {
  private readonly seen = new Set<string>();

  constructor(private readonly takenFrom: ReadonlySet<string>) {}

  isNew(identifier: string, judged: readonly SettledLine[], stored: readonly LineRow[]): boolean {
    if (!judged.some((l) => l.kind === 'instance' && (l.role === 'packed' || l.role === 'unpacked'))) return false;
    const changed = judged.filter((l, i) =>
      (l.role === 'serial' || l.role === 'packed' || l.role === 'unpacked') && (l.node !== stored[i]?.node || (l.role === 'serial' && l.held !== stored[i]?.held)));
    const states = changed.map((l) => `${keyOf(l)} ${l.node} ${l.held}`);
    if (this.takenFrom.has(identifier)) states.push(identifier);
    const fresh = states.filter((state) => !this.seen.has(state));
    for (const state of fresh) this.seen.add(state);
    return fresh.length > 0;
  }
}

/** The containers these things were put into or taken out of. */
async function boxesOf(tx: EntityManager, identifiers: readonly string[], pending: PendingLines): Promise<string[]> {
  if (identifiers.length === 0) return [];
  await pending.write(tx);
  const rows: { identifier: string }[] = await tx.query(
    `SELECT DISTINCT k.identifier
       FROM line p JOIN line k ON k.position = p.position AND k.role IN ('container-pack', 'container-unpack') AND k.path = '' AND NOT k.void
      WHERE p.identifier = ANY($1::uuid[]) AND p.role IN ('packed', 'unpacked') AND NOT p.void`,
    [identifiers],
  );
  return rows.map(({ identifier }) => identifier);
}

/** Adds lines where that is all there is to do. Gives the families that have to be judged anew. */
async function appendWherePlain(tx: EntityManager, changed: ChangedLines, appended: Map<string, AppendedFamily>): Promise<string[]> {
  const anew = new Set(changed.anew);
  const candidates = [...changed.added.keys()].filter((id) => !anew.has(id));
  const states = await readStates(tx, changed.pending.known(candidates));
  for (const id of candidates) {
    const state = states.get(id);
    const family = state && appendToFamily(id, state, inOrder(changed.added.get(id) ?? []));
    if (family) appended.set(id, family);
    else anew.add(id);
  }
  return [...anew];
}

/** Writes everything the tables say about families judged from their first line, and about what was made of them. */
async function judgeAnew(
  tx: EntityManager,
  touched: Set<string>,
  judged: ReadonlyMap<string, LoadedFamily>,
  pending: PendingLines,
  stateFrom: number,
): Promise<void> {
  for (const id of await outputsOf(tx, [...touched], pending)) touched.add(id);
  if (touched.size === 0) return;
  // How its containers went decides for a single pack, and that may have come out otherwise since it was judged.
  const isAsJudged = (id: string): boolean => judged.get(id)?.inContainers === false;
  const families = await loadFamilies(tx, [...touched].filter((id) => !isAsJudged(id)), pending);
  for (const id of touched) if (isAsJudged(id)) families.set(id, judged.get(id) as LoadedFamily);
  const unheldHubs = await hubsWithClaimedInputs(tx, [...families.values()].flatMap((f) => f.lines), pending);
  const settled = [...families].map(([id, family]) => settleFamily(id, family, unheldHubs));
  const states = new Map(settled.map((family) => [family.identifier, family.lines.length >= stateFrom ? stateOf(family) : undefined]));
  // Before lines are written: as long as they are not, it is known of which identifiers no table has anything.
  const known = new Set(pending.known([...touched]));
  await writeFamilies(tx, [...touched], settled, (id) => families.get(id)?.lines ?? [], pending);
  await writeStates(tx, new Map([...touched].flatMap((id) => (known.has(id) || states.get(id) !== undefined ? [[id, states.get(id)]] : []))));
}

/** The state of a family that is one thing and no container. */
function stateOf(family: SettledFamily): FamilyState | undefined {
  const [node] = family.nodes;
  const last = family.lines.at(-1);
  if (family.nodes.length !== 1 || node === undefined || last === undefined || node.ambiguous || carries(family.lines)) return undefined;
  // What a serial's movement carries of its lot is worked out with its whole family.
  if (family.lines.some((line) => line.role === 'serial')) return undefined;
  const makes = family.lines.filter((l) => MAKE_ROLES.has(l.role));
  const isMeasuredByMake = makes.some((l) => l.unit !== undefined && (l.held || l.org === node.owner));
  return {
    lastOrder: orderOf(last),
    orgs: [...new Set(family.lines.map((l) => l.org))].sort(),
    makers: [...new Set(makes.map((l) => l.org))].sort(),
    node: node.id,
    scope: node.scope,
    owner: node.owner,
    kind: node.kind,
    // A unit that only an unheld line gave yields to the first held one.
    unit: isMeasuredByMake || family.lines.some((l) => l.held && l.unit !== undefined) ? node.unit : undefined,
    isMeasuredByMake,
    mixed: node.mixed,
    unmeasured: node.unmeasured,
    holders: Object.fromEntries([...node.holders].sort(([a], [b]) => (a < b ? -1 : 1)).map(([org, since]) => [org, since.toString()])),
    book: node.book,
  };
}

/** Lines of one family with whose thing each speaks of, and whether its sayer holds it. */
function standingOf(lines: readonly LineRow[], judgement: FamilyJudgement): SettledLine[] {
  const nodes = new Map<string, string>();
  return lines.map((line) => {
    const key = keyOf(line);
    const scope = judgement.scopeOf.get(key) ?? '';
    const node = nodes.get(scope) ?? nodeId(line.identifier, scope);
    nodes.set(scope, node);
    return { ...line, node, held: judgement.held.has(key) };
  });
}

/** Containers, and serials that move by themselves. */
const carries = (lines: readonly LineRow[]): boolean =>
  lines.some((l) => l.role === 'container-pack' || l.role === 'container-unpack') ||
  (lines.some((l) => l.kind === 'instance' && CARRYING_ROLES.has(l.role)) && lines.some((l) => l.role === 'serial')) ||
  lines.some((l) => l.kind === 'container' && CARRYING_ROLES.has(l.role));

/** Identifiers made out of inputs among these families. Those made in this append are among the families already. */
async function outputsOf(tx: EntityManager, identifiers: readonly string[], pending: PendingLines): Promise<string[]> {
  if (identifiers.length === 0) return [];
  const hubs = pending.ofIdentifiers(identifiers).flatMap((l) => (l.role === 'input' && l.hub !== undefined ? [l.hub] : []));
  const rows: { identifier: string }[] = await tx.query(
    `SELECT o.identifier FROM line i JOIN line o ON o.hub = i.hub AND o.role = 'output'
      WHERE i.identifier = ANY($1::uuid[]) AND i.role = 'input'
     UNION SELECT o.identifier FROM line o WHERE o.hub = ANY($2::uuid[]) AND o.role = 'output'`,
    [pending.known(identifiers), hubs],
  );
  return rows.map(({ identifier }) => identifier);
}

/** Transformations of which an input was not the sayer's to use. */
async function hubsWithClaimedInputs(tx: EntityManager, lines: readonly LineRow[], pending: PendingLines): Promise<Set<string>> {
  const hubs = [...new Set(lines.filter((l) => l.role === 'output' && l.hub).map((l) => l.hub as string))];
  if (hubs.length === 0) return new Set();
  const rows: { hub: string }[] = await tx.query(
    `SELECT DISTINCT hub FROM line WHERE hub = ANY($1::uuid[]) AND role = 'input' AND NOT void AND NOT held`,
    [hubs],
  );
  const claimed = pending.ofHubs(hubs).filter((l) => l.role === 'input' && !l.held);
  return new Set([...rows.map(({ hub }) => hub), ...claimed.map((l) => l.hub as string)]);
}

/** What a thing is counted in: as it was made, else as it first moved. Of lines held or its owner's: claims decide nothing. */
const unitOf = (lines: readonly LineRow[]): LineUnit | undefined =>
  (lines.find((l) => MAKE_ROLES.has(l.role) && l.unit) ?? lines.find((l) => l.held && l.unit) ?? lines.find((l) => l.unit))?.unit;

/** What kind of thing it is: what was once packed into is a container, what was once measured a lot. */
const kindOf = (lines: readonly LineRow[]): IdentifierKind =>
  (['container', 'class'] as const).find((kind) => lines.some((l) => l.kind === kind)) ?? 'instance';

function settleFamily(identifier: string, family: LoadedFamily, unheldHubs: ReadonlySet<string>): SettledFamily {
  const { judgement, ownership } = family;
  const lines = standingOf(family.lines, judgement).map((line) =>
    line.role === 'output' && line.hub !== undefined && unheldHubs.has(line.hub) ? { ...line, held: false } : line,
  );
  const nodes: SettledNode[] = [];
  const moved = new Map<string, bigint>();
  for (const scope of new Set(judgement.scopeOf.values())) {
    const id = nodeId(identifier, scope);
    const own = lines.filter((line) => line.node === id);
    const owner = ownership.kind === 'owned' ? ownership.org : ownership.kind === 'open' ? scope : undefined;
    const held = own.filter((line) => line.held);
    const counted = own.filter((line) => line.held || line.org === owner);
    const unit = unitOf(counted);
    const book = new Book();
    for (const line of held) for (const one of foldLine(line, unit)) book.post(one);
    const folded = book.result();
    for (const [key, amount] of folded.moved) moved.set(key, amount);
    nodes.push({
      id,
      scope,
      owner,
      kind: kindOf(counted.length > 0 ? counted : own),
      unit,
      mixed: held.some((line) => line.unit !== undefined && line.unit !== unit),
      unmeasured: held.some(isMovedUnknown),
      ambiguous: own.some((line) => judgement.ambiguous.has(line.org)),
      folded,
      book: book.write(),
      holders: judgement.holders.get(scope) ?? new Map(),
    });
  }
  return { identifier, lines: lines.map((line) => ({ ...line, moved: moved.get(keyOf(line)) })), nodes };
}
