import type { EntityManager } from 'typeorm';
import { fold, type Folded, type FoldLine, rankOf } from '../domain/fold';
import { nodeId } from '../domain/identifier-id';
import { CARRYING_ROLES, type LineUnit, MAKE_ROLES } from '../domain/line';
import { type FamilyJudgement, judgeFamily, type Ownership } from '../domain/standing';
import { carryContents } from './carry';
import { ownershipOf } from './ownership';
import { keyOf, type LineRow, loadLines } from './rows';
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
  readonly unit?: LineUnit;
  readonly mixed: boolean;
  readonly unmeasured: boolean;
  readonly ambiguous: boolean;
  readonly folded: Folded;
  readonly holders: ReadonlyMap<string, bigint>;
}

/**
 * Judges families again: whose thing each line speaks of, whether its sayer holds it, what its containers carried,
 * and how much everybody has. A function of the lines, whatever their order of arrival.
 *
 * Standing needs nothing but the family itself and (by containers) families outside of it, so it settles first. Only
 * then outputs are judged, which are held if all inputs of their transformation are; nothing depends on that in turn.
 */
export async function settle(tx: EntityManager, changed: ReadonlySet<string>): Promise<void> {
  const touched = new Set<string>(changed);
  for (let queue = [...changed]; queue.length > 0; ) {
    const families = await loadFamilies(tx, queue);
    await writeStanding(tx, [...families.values()].flatMap((f) => standingOf(f.lines, f.judgement)));
    const carriers = new Map([...families].filter(([, f]) => carries(f.lines)).map(([id, f]) => [id, standingOf(f.lines, f.judgement)]));
    const carried = await carryContents(tx, carriers);
    for (const id of carried) touched.add(id);
    queue = [...carried];
  }
  for (const id of await outputsOf(tx, [...touched])) touched.add(id);
  const families = await loadFamilies(tx, [...touched]);
  const unheldHubs = await hubsWithClaimedInputs(tx, [...families.values()].flatMap((f) => f.lines));
  const settled = [...families].map(([id, family]) => settleFamily(id, family, unheldHubs));
  await writeFamilies(tx, [...touched], settled);
}

interface LoadedFamily {
  readonly lines: readonly LineRow[];
  readonly ownership: Ownership;
  readonly judgement: FamilyJudgement;
}

/** The order in which things happened; arrival plays no part. */
function inOrder(lines: readonly LineRow[]): LineRow[] {
  const rank = (line: LineRow): number => (line.role === 'container-pack' || line.role === 'serial' ? 0 : line.role === 'container-unpack' ? 9 : rankOf(line.role));
  return [...lines].sort(
    (a, b) =>
      compare(a.eventTime, b.eventTime) || rank(a) - rank(b) || compare(a.tie, b.tie) || a.ordinal - b.ordinal || compare(a.path, b.path),
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

async function loadFamilies(tx: EntityManager, identifiers: readonly string[]): Promise<Map<string, LoadedFamily>> {
  const lines = await loadLines(tx, 'l.identifier = ANY($1::uuid[])', [identifiers]);
  const ownership = await ownershipOf(tx, identifiers);
  const byIdentifier = new Map<string, LineRow[]>();
  for (const line of lines) {
    const family = byIdentifier.get(line.identifier);
    if (family) family.push(line);
    else byIdentifier.set(line.identifier, [line]);
  }
  const families = new Map<string, LoadedFamily>();
  for (const [identifier, family] of byIdentifier) {
    const owned = ownership.get(identifier) ?? { kind: 'open' };
    const ordered = inOrder(family);
    families.set(identifier, { lines: ordered, ownership: owned, judgement: judgeFamily(ordered.map((l) => ({ ...l, key: keyOf(l) })), owned) });
  }
  return families;
}

const standingOf = (lines: readonly LineRow[], judgement: FamilyJudgement): SettledLine[] =>
  lines.map((line) => {
    const key = keyOf(line);
    return { ...line, node: nodeId(line.identifier, judgement.scopeOf.get(key) ?? ''), held: judgement.held.has(key) };
  });

/** Containers, and serials that move by themselves. */
const carries = (lines: readonly LineRow[]): boolean =>
  lines.some((l) => l.role === 'container-pack' || l.role === 'container-unpack') ||
  (lines.some((l) => l.kind === 'instance' && CARRYING_ROLES.has(l.role)) && lines.some((l) => l.role === 'serial')) ||
  lines.some((l) => l.kind === 'container' && CARRYING_ROLES.has(l.role));

/** Identifiers made out of inputs among these families. */
async function outputsOf(tx: EntityManager, identifiers: readonly string[]): Promise<string[]> {
  const rows: { identifier: string }[] = await tx.query(
    `SELECT DISTINCT o.identifier FROM line i JOIN line o ON o.hub = i.hub AND o.role = 'output'
      WHERE i.identifier = ANY($1::uuid[]) AND i.role = 'input'`,
    [identifiers],
  );
  return rows.map(({ identifier }) => identifier);
}

/** Transformations of which an input was not the sayer's to use. */
async function hubsWithClaimedInputs(tx: EntityManager, lines: readonly LineRow[]): Promise<Set<string>> {
  const hubs = [...new Set(lines.filter((l) => l.role === 'output' && l.hub).map((l) => l.hub as string))];
  if (hubs.length === 0) return new Set();
  const rows: { hub: string }[] = await tx.query(
    `SELECT DISTINCT hub FROM line WHERE hub = ANY($1::uuid[]) AND role = 'input' AND NOT void AND NOT held`,
    [hubs],
  );
  return new Set(rows.map(({ hub }) => hub));
}

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
    const unit = (own.find((l) => MAKE_ROLES.has(l.role) && l.unit) ?? own.find((l) => l.held && l.unit) ?? own.find((l) => l.unit))?.unit;
    const held = own.filter((line) => line.held);
    const folded = fold(held.flatMap((line) => foldLine(line, unit)));
    for (const [key, amount] of folded.moved) moved.set(key, amount);
    nodes.push({
      id,
      scope,
      owner: ownership.kind === 'owned' ? ownership.org : ownership.kind === 'open' ? scope : undefined,
      unit,
      mixed: held.some((line) => line.unit !== undefined && line.unit !== unit),
      unmeasured: held.some((line) => movesUnknownAmount(line)),
      ambiguous: own.some((line) => judgement.ambiguous.has(line.org)),
      folded,
      holders: judgement.holders.get(scope) ?? new Map(),
    });
  }
  return { identifier, lines: lines.map((line) => ({ ...line, moved: moved.get(keyOf(line)) })), nodes };
}

function foldLine(line: SettledLine, unit: LineUnit | undefined): FoldLine[] {
  if (line.amount === undefined || line.unit === undefined || line.unit !== unit) return [];
  return [{ key: keyOf(line), org: line.org, role: line.role, amount: line.amount, site: line.site, sourceOrg: line.sourceOrg, destOrg: line.destOrg }];
}

/** Lots move by amounts: a movement of a lot without a readable one leaves the book open. */
const movesUnknownAmount = (line: LineRow): boolean =>
  line.kind === 'class' &&
  line.amount === undefined &&
  (CARRYING_ROLES.has(line.role) || line.role === 'input' || line.role === 'output' || line.role === 'origin' || line.role === 'sample');
