import type { EntityManager } from 'typeorm';
import { type FamilyJudgement, type FamilyLine, judgeFamily, type Ownership } from '../domain/standing';
import { inOrder } from './line-order';
import { ownershipOf } from './ownership';
import type { PendingLines } from './pending-lines';
import { keyOf, type LineRow, loadLines } from './rows';

/** The lines of one identifier and what they say of whose it is. */
export interface LoadedFamily {
  readonly lines: readonly LineRow[];
  /** Whether the ways of containers were looked at to judge it. */
  readonly inContainers: boolean;
  readonly ownership: Ownership;
  readonly judgement: FamilyJudgement;
}

/** Loads families, from the table and from what is still to be written, and judges them. Those without lines are left out. */
export async function loadFamilies(tx: EntityManager, identifiers: readonly string[], pending: PendingLines): Promise<Map<string, LoadedFamily>> {
  const known = pending.known(identifiers);
  const stored = known.length === 0 ? [] : await loadLines(tx, 'l.identifier = ANY($1::uuid[])', [known]);
  const lines = [...stored, ...pending.ofIdentifiers(identifiers)];
  const ownership = await ownershipOf(tx, identifiers, pending);
  const byIdentifier = new Map<string, LineRow[]>();
  for (const line of lines) {
    const family = byIdentifier.get(line.identifier);
    if (family) family.push(line);
    else byIdentifier.set(line.identifier, [line]);
  }
  const inContainers = await shippedInContainers(tx, byIdentifier, pending);
  const families = new Map<string, LoadedFamily>();
  for (const [identifier, family] of byIdentifier) {
    const owned = ownership.get(identifier) ?? { kind: 'open' };
    const ordered = inOrder(family);
    const said = ordered.map((l): FamilyLine => ({ ...l, key: keyOf(l) }));
    const carried = inContainers.get(identifier);
    families.set(identifier, { lines: ordered, ownership: owned, inContainers: carried !== undefined, judgement: judgeFamily([...said, ...(carried ?? [])], owned) });
  }
  return families;
}

/**
 * Shipments of the containers single packs were in. They are no lines of the packs (a pallet's move writes one a lot,
 * not one a pack); they count where somebody who got a pack that way speaks of it.
 */
async function shippedInContainers(
  tx: EntityManager,
  families: ReadonlyMap<string, readonly LineRow[]>,
  pending: PendingLines,
): Promise<Map<string, FamilyLine[]>> {
  const spokenOf = [...families].filter(([, lines]) => {
    const packers = new Set(lines.filter((l) => l.kind === 'instance' && l.role === 'packed').map((l) => l.org));
    return packers.size > 0 && lines.some((l) => !packers.has(l.org));
  });
  if (spokenOf.length === 0) return new Map();
  await pending.write(tx);
  const rows: { pack: string; position: string; org: string; source_org: string | null; dest_org: string }[] = await tx.query(
    `SELECT p.identifier AS pack, m.position, m.org, m.source_org, m.dest_org
       FROM line p
       JOIN line k ON k.position = p.position AND k.role = 'container-pack' AND k.path = '' AND NOT k.void
       JOIN line m ON m.node = k.node AND k.held AND m.role = 'ship' AND m.held AND NOT m.void AND m.dest_org IS NOT NULL
                  AND m.event_time >= p.event_time AND (p.until IS NULL OR m.event_time <= p.until)
      WHERE p.identifier = ANY($1::uuid[]) AND p.role = 'packed' AND NOT p.void
      ORDER BY m.position, p.identifier`,
    [spokenOf.map(([identifier]) => identifier)],
  );
  const shipments = new Map<string, FamilyLine[]>(spokenOf.map(([identifier]) => [identifier, []]));
  for (const { pack, position, org, source_org, dest_org } of rows) {
    const line: FamilyLine = { key: `in container ${position}`, org, role: 'ship', sourceOrg: source_org ?? undefined, destOrg: dest_org, position: BigInt(position) };
    shipments.set(pack, [...(shipments.get(pack) ?? []), line]);
  }
  return shipments;
}
