import type { EntityManager } from 'typeorm';
import { contain, type ContainerLine, type ContentLine } from '../domain/containment';
import { CARRYING_ROLES, type IdentifierKind, type LineUnit } from '../domain/line';
import type { PendingLines } from './pending-lines';
import { keyOf, type LineRow, loadLines } from './rows';

/** A line of which it is known whose thing it speaks of. */
export type PlacedLine = LineRow & { readonly node: string };

/** Deepest nesting of containers followed; a container inside itself ends there. */
const NESTING_MAX = 12;

/**
 * Writes what the movements of containers (and of serials, which are containers of one piece of their lot) move with
 * them: lines on the contents, with the way by which they moved as `path`.
 *
 * @param families lines of each container or serial whose family changed, in the order in which they happened
 * @returns families of which carried lines went, and those to which some were added
 */
export async function carryContents(
  tx: EntityManager,
  families: ReadonlyMap<string, readonly PlacedLine[]>,
  pending: PendingLines,
): Promise<CarriedLines> {
  if (families.size === 0) return { anew: new Set(), added: new Map() };
  const lines = [...families.values()].flat();
  const wanted = new Map<string, LineRow>();
  const ended = new Map<string, string>();
  const contents = await contentsOf(tx, lines, pending);
  const serials = [...lines.filter((l) => l.role === 'serial'), ...contents.filter((c) => c.kind === 'instance')];
  const lots = await lotsOf(tx, serials.map((l) => l.identifier), pending);
  const kinds = new Map<string, IdentifierKind>(contents.map((c) => [c.identifier, c.kind]));
  for (const [node, family] of byNode(lines)) {
    const container = family[0]?.identifier as string;
    const byKey = new Map(family.map((line) => [keyOf(line), line]));
    const inside = contain(containerLines(family, lots.get(node)), contentLines(family, contents, lots, lots.get(node)));
    for (const [packed, by] of inside.ended) ended.set(packed, byKey.get(by)?.eventTime ?? '');
    for (const carried of inside.carried) {
      const movement = byKey.get(carried.movement) as LineRow;
      const path = `${movement.path}/${carried.identifier}${carried.unit === 'pcs' ? ':pcs' : ''}`;
      if (carried.identifier === container || movement.path.includes(carried.identifier)) continue;
      if (path.split('/').length > NESTING_MAX) continue;
      const line: LineRow = {
        ...movement, path, identifier: carried.identifier, kind: kinds.get(carried.identifier) ?? carried.kind, hub: undefined,
        amount: carried.amount, unit: carried.unit, unreadable: undefined, until: undefined, node: undefined, held: false, moved: undefined,
      };
      wanted.set(keyOf(line), line);
    }
  }
  const changed = await replaceCarried(tx, lines, wanted, pending);
  await endStays(tx, lines, contents, ended, pending);
  if (contents.some((c) => c.kind === 'instance')) for (const pack of await packsSpokenOfByOthers(tx, lines, pending)) changed.anew.add(pack);
  return changed;
}

interface CarriedLines {
  readonly anew: Set<string>;
  readonly added: Map<string, LineRow[]>;
}

/** A serial holds one piece of its lot from its commissioning on. */
const COMMISSIONED = 'commissioned';

/** Lines of each thing: two organisations may use one name for two boxes. */
function byNode(lines: readonly PlacedLine[]): Map<string, PlacedLine[]> {
  const nodes = new Map<string, PlacedLine[]>();
  for (const line of lines) {
    const known = nodes.get(line.node);
    if (known) known.push(line);
    else nodes.set(line.node, [line]);
  }
  return nodes;
}

/** What moves and fills one container. However often a serial was commissioned, it is one piece of its lot. */
function containerLines(family: readonly LineRow[], lot: string | undefined): ContainerLine[] {
  const held = family.filter((line) => line.held);
  const first = held.find((line) => line.role === 'serial');
  return held
    .filter((line) => line.role !== 'serial' || line === first)
    .map((line) => {
      const isCommissioned = line === first && lot !== undefined;
      return { key: keyOf(line), event: isCommissioned ? COMMISSIONED : line.position.toString(), role: isCommissioned ? 'container-pack' : line.role };
    });
}

function contentLines(
  family: readonly LineRow[],
  contents: readonly LineRow[],
  lots: ReadonlyMap<string, string>,
  lot: string | undefined,
): ContentLine[] {
  const events = new Set(family.filter((l) => l.role === 'container-pack' || l.role === 'container-unpack').map((l) => l.position));
  const own: ContentLine[] = lot === undefined ? [] : [
    { key: COMMISSIONED, event: COMMISSIONED, role: 'packed', identifier: lot, kind: 'class', amount: 1n, unit: 'pcs' },
  ];
  return own.concat(contents.filter((line) => events.has(line.position)).map((line) => asContent(line, lots)));
}

/** Serials inside a carton count as pieces of their lot: a pallet's move writes a line per lot, not per pack. */
function asContent(line: LineRow, lots: ReadonlyMap<string, string>): ContentLine {
  const lot = line.kind === 'instance' && line.node !== undefined ? lots.get(line.node) : undefined;
  return {
    key: keyOf(line),
    event: line.position.toString(),
    role: line.role === 'unpacked' ? 'unpacked' : 'packed',
    identifier: lot ?? line.identifier,
    kind: lot === undefined ? line.kind : 'class',
    amount: lot === undefined ? line.amount : 1n,
    unit: lot === undefined ? line.unit : ('pcs' as LineUnit),
  };
}

/** The packed and unpacked lines of the events in which these containers were packed or unpacked. */
async function contentsOf(tx: EntityManager, lines: readonly LineRow[], pending: PendingLines): Promise<LineRow[]> {
  const events = lines.filter((l) => l.role === 'container-pack' || l.role === 'container-unpack');
  const stored = storedPositions(events, pending);
  const before = stored.length === 0 ? [] : await loadLines(tx, `l.position = ANY($1::bigint[]) AND l.role IN ('packed', 'unpacked')`, [stored]);
  const now = pending.atPositions(events.map((l) => l.position)).filter((l) => l.role === 'packed' || l.role === 'unpacked');
  return [...before, ...now].sort((a, b) => (a.position === b.position ? a.ordinal - b.ordinal : a.position < b.position ? -1 : 1));
}

/** Positions of those of these lines that are in the table: there, and nowhere else, is also what the same event states. */
function storedPositions(lines: readonly LineRow[], pending: PendingLines): string[] {
  const stated = lines.filter((line) => !pending.has(keyOf({ ...line, path: '' })));
  return [...new Set(stated.map((line) => line.position.toString()))];
}

/** Single packs in these containers of which others than the packer speak: how the container went decides for them. */
async function packsSpokenOfByOthers(tx: EntityManager, lines: readonly LineRow[], pending: PendingLines): Promise<string[]> {
  const positions = lines.filter((l) => l.role === 'container-pack').map((l) => l.position.toString());
  if (positions.length === 0) return [];
  await pending.write(tx);
  const rows: { identifier: string }[] = await tx.query(
    `SELECT DISTINCT p.identifier FROM line p
      WHERE p.kind = 'instance' AND p.position = ANY($1::bigint[]) AND p.role = 'packed'
        AND EXISTS (SELECT FROM line l WHERE l.identifier = p.identifier AND l.org <> p.org AND NOT l.void)`,
    [positions],
  );
  return rows.map(({ identifier }) => identifier);
}

/** The lot of each serial (by node), as its first commissioning by whose it is says. */
async function lotsOf(tx: EntityManager, identifiers: readonly string[], pending: PendingLines): Promise<Map<string, string>> {
  if (identifiers.length === 0) return new Map();
  await pending.write(tx);
  const rows: { serial: string; lot: string }[] = await tx.query(
    `SELECT DISTINCT ON (s.node) s.node AS serial, l.identifier AS lot
       FROM line s JOIN line l ON l.hub = s.hub AND l.role = 'serial-lot' AND NOT l.void
      WHERE s.identifier = ANY($1::uuid[]) AND s.role = 'serial' AND s.held AND NOT s.void
      ORDER BY s.node, s.event_time, s.tie`,
    [[...new Set(identifiers)]],
  );
  return new Map(rows.map(({ serial, lot }) => [serial, lot]));
}

/** Brings the stored carried lines of these movements to what they should be. */
async function replaceCarried(
  tx: EntityManager,
  lines: readonly LineRow[],
  wanted: ReadonlyMap<string, LineRow>,
  pending: PendingLines,
): Promise<CarriedLines> {
  const changed: CarriedLines = { anew: new Set(), added: new Map() };
  const movements = lines.filter((line) => CARRYING_ROLES.has(line.role));
  if (movements.length === 0) return changed;
  const parents = new Set(movements.map((line) => keyOf(line)));
  const positions = storedPositions(movements, pending);
  const before = positions.length === 0 ? [] : await loadLines(tx, `l.position = ANY($1::bigint[]) AND l.path <> ''`, [positions]);
  const now = pending.atPositions(movements.map((l) => l.position)).filter((line) => line.path !== '');
  const stored = [...before, ...now].filter((line) => parents.has(keyOf({ ...line, path: line.path.slice(0, line.path.lastIndexOf('/')) })));
  const kept = new Set<string>();
  const stale: LineRow[] = [];
  for (const line of stored) {
    const want = wanted.get(keyOf(line));
    if (want && want.amount === line.amount && want.unit === line.unit) kept.add(keyOf(line));
    else stale.push(line);
  }
  if (stale.length > 0) {
    // What a carried line carried in turn goes with it.
    for (const line of stale) for (const identifier of pending.forget(line)) changed.anew.add(identifier);
    const gone: { identifier: string }[] = await tx.query(
      `DELETE FROM line l USING unnest($1::bigint[], $2::int[], $3::text[]) AS s(position, ordinal, path)
        WHERE l.position = s.position AND l.ordinal = s.ordinal AND (l.path = s.path OR l.path LIKE s.path || '/%')
        RETURNING l.identifier`,
      [stale.map((l) => l.position.toString()), stale.map((l) => l.ordinal), stale.map((l) => l.path)],
    ).then((result: unknown) => (Array.isArray(result) && Array.isArray(result[0]) ? result[0] : result) as { identifier: string }[]);
    for (const { identifier } of gone) changed.anew.add(identifier);
  }
  const fresh = [...wanted.values()].filter((line) => !kept.has(keyOf(line)));
  pending.add(fresh);
  for (const line of fresh) {
    const added = changed.added.get(line.identifier);
    if (added) added.push(line);
    else changed.added.set(line.identifier, [line]);
  }
  return changed;
}

/** Writes until when each packed thing was inside. */
async function endStays(
  tx: EntityManager,
  lines: readonly LineRow[],
  contents: readonly LineRow[],
  ended: ReadonlyMap<string, string>,
  pending: PendingLines,
): Promise<void> {
  const packedIn = new Set(lines.filter((l) => l.role === 'container-pack').map((l) => l.position));
  const stays = contents.filter((line) => line.role === 'packed' && packedIn.has(line.position));
  const changed = stays
    .filter((line) => (ended.get(keyOf(line)) ?? undefined) !== line.until)
    .filter((line) => !pending.note(keyOf(line), { until: ended.get(keyOf(line)) }));
  if (changed.length === 0) return;
  await tx.query(
    `UPDATE line l SET until = s.until
       FROM unnest($1::bigint[], $2::int[], $3::timestamptz[]) AS s(position, ordinal, until)
      WHERE l.position = s.position AND l.ordinal = s.ordinal AND l.path = ''`,
    [changed.map((l) => l.position.toString()), changed.map((l) => l.ordinal), changed.map((l) => ended.get(keyOf(l)) ?? null)],
  );
}
