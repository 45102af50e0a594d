import type { EntityManager } from 'typeorm';
import { identifierId, nodeId } from './domain/identifier-id';
import type { Canonicalise, LineUnit } from './domain/line';
import { canonicaliser } from './domain/own-code';
import { publicHosts } from './projection/state-lines';

/** What an organisation's book says of one thing, at the moment of asking. */
export interface BookEntry {
  /** As asked for. */
  readonly uri: string;
  readonly canonical: string;
  readonly node: string;
  /** Base unit of the batch; absent while nothing measured is on record. */
  readonly unit?: LineUnit;
  /** In base units (milligrams, pieces): on hand, rejected and not yet returned, on its way here, owed to the book. */
  readonly available: bigint;
  readonly rejected: bigint;
  readonly transit: bigint;
  readonly overdrawn: bigint;
  /** What is on hand, by site (canonical identifier; '' where unknown). */
  readonly availableAt: ReadonlyMap<string, bigint>;
  /** What was rejected, by whom it came from and may go back to (organisation uuid; '' where unknown). */
  readonly rejectedFrom: ReadonlyMap<string, bigint>;
  /** Of what is owed to the book: what left from hand beyond what was there. */
  readonly owedByHand: bigint;
  /** On its way here by sender (organisation uuid). */
  readonly transitFrom: ReadonlyMap<string, bigint>;
  /** True if the organisation had or has it: made it, or a held shipment named it as destination. */
  readonly isHolder: boolean;
}

/** Spells identifiers canonically as this deployment knows them now. */
export async function currentCanonicaliser(db: Pick<EntityManager, 'query'>): Promise<Canonicalise> {
  return canonicaliser(new Set((await publicHosts(db)).map(({ host }) => host)));
}

/**
 * What the book of an organisation holds of the things named. Under the lock this is exact: nothing can come between
 * asking and writing. A thing nobody ever named, or which is another's, answers with nothing held.
 */
export async function bookOf(
  db: Pick<EntityManager, 'query'>,
  organisationId: string,
  uris: readonly string[],
): Promise<Map<string, BookEntry>> {
  const canonicalise = await currentCanonicaliser(db);
  const nodes = await nodesFor(db, organisationId, uris.map((uri) => canonicalise(uri)));
  const ids = [...new Set(nodes.values())];
  const holdings: { node: string; state: string; place: string; quantity: string; overdrawn: string; unit: LineUnit }[] =
    await db.query('SELECT node, state, place, quantity, overdrawn, unit FROM holding WHERE org = $1 AND node = ANY($2::uuid[])', [organisationId, ids]);
  const units: { id: string; unit: LineUnit | null }[] = await db.query('SELECT id, unit FROM node WHERE id = ANY($1::uuid[])', [ids]);
  const holders: { node: string }[] = await db.query(
    'SELECT node FROM reader_direct WHERE organisation_id = $1 AND node = ANY($2::uuid[])',
    [organisationId, ids],
  );
  const entries = new Map<string, BookEntry>();
  for (const uri of uris) {
    const canonical = canonicalise(uri);
    const node = nodes.get(canonical) as string;
    const own = holdings.filter((h) => h.node === node);
    const byPlace = (state: string): Map<string, bigint> => new Map(own.filter((h) => h.state === state && h.quantity !== '0').map((h) => [h.place, BigInt(h.quantity)]));
    const sum = (state: string): bigint => own.filter((h) => h.state === state).reduce((s, h) => s + BigInt(h.quantity), 0n);
    entries.set(uri, {
      uri,
      canonical,
      node,
      unit: units.find((u) => u.id === node)?.unit ?? undefined,
      available: sum('available'),
      rejected: sum('rejected'),
      transit: sum('transit'),
      overdrawn: own.reduce((s, h) => s + BigInt(h.overdrawn), 0n),
      availableAt: byPlace('available'),
      rejectedFrom: byPlace('rejected'),
      owedByHand: own.filter((h) => h.state === 'available').reduce((s, h) => s + BigInt(h.overdrawn), 0n),
      transitFrom: new Map(own.filter((h) => h.state === 'transit' && h.place !== '').map((h) => [h.place, BigInt(h.quantity)])),
      isHolder: holders.some((h) => h.node === node),
    });
  }
  return entries;
}

/**
 * The node an organisation means by each canonical identifier: the one its own lines speak of; else one it may read;
 * else the node it would get if it spoke of it now (in its own scope, or the identifier's own where somebody owns it).
 */
export async function nodesFor(
  db: Pick<EntityManager, 'query'>,
  organisationId: string,
  canonicals: readonly string[],
): Promise<Map<string, string>> {
  const ids = canonicals.map(identifierId);
  const rows: { identifier: string; node: string }[] = await db.query(
    `SELECT identifier, node FROM (
       SELECT l.identifier, l.node, 0 AS rank, min(l.position) AS since FROM line l
        WHERE l.identifier = ANY($2::uuid[]) AND l.org = $1 AND NOT l.void AND l.node IS NOT NULL GROUP BY 1, 2
       UNION ALL
       SELECT n.identifier, n.id, 1, r.since_position FROM node n JOIN reader_direct r ON r.node = n.id AND r.organisation_id = $1
        WHERE n.identifier = ANY($2::uuid[])
       UNION ALL
       SELECT n.identifier, n.id, 2, r.since_position FROM node n JOIN reader_history r ON r.node = n.id AND r.organisation_id = $1
        WHERE n.identifier = ANY($2::uuid[])
     ) found ORDER BY rank DESC, since DESC, node DESC`,
    [organisationId, ids],
  );
  // Later rows of the ordering win, so the best comes last.
  const known = new Map(rows.map((row) => [row.identifier, row.node]));
  const owned: { id: string }[] = await db.query(
    `SELECT u.id FROM unnest($1::uuid[]) AS u(id)
      WHERE EXISTS (SELECT FROM batch b WHERE b.identifier = u.id) OR EXISTS (SELECT FROM node n WHERE n.identifier = u.id AND n.scope IS NULL)`,
    [ids],
  );
  const ownedIds = new Set(owned.map(({ id }) => id));
  return new Map(
    canonicals.map((canonical, i) => {
      const id = ids[i] as string;
      return [canonical, known.get(id) ?? nodeId(id, ownedIds.has(id) ? '' : organisationId)];
    }),
  );
}

/** The lot of each serial, as its commissioning says; absent where none is on record. */
export async function lotsOfSerials(db: Pick<EntityManager, 'query'>, uris: readonly string[]): Promise<Map<string, string>> {
  const canonicalise = await currentCanonicaliser(db);
  const ids = new Map(uris.map((uri) => [identifierId(canonicalise(uri)), uri]));
  const rows: { serial: string; lot: string }[] = await db.query(
    `SELECT DISTINCT ON (s.identifier) s.identifier AS serial, l.spelled AS lot
       FROM line s JOIN line l ON l.hub = s.hub AND l.role = 'serial-lot' AND NOT l.void
      WHERE s.identifier = ANY($1::uuid[]) AND s.role = 'serial' AND NOT s.void AND s.held
      ORDER BY s.identifier, s.event_time, s.tie`,
    [[...ids.keys()]],
  );
  return new Map(rows.map(({ serial, lot }) => [ids.get(serial) as string, lot]));
}

/** Positions of an organisation's own statements that withdraw a shipment of anything that one of its events speaks of. */
export async function withdrawalsTouching(db: Pick<EntityManager, 'query'>, organisationId: string, eventId: string): Promise<bigint[]> {
  const rows: { position: string }[] = await db.query(
    `SELECT DISTINCT v.position FROM line l JOIN line v ON v.identifier = l.identifier AND v.org = l.org AND v.role = 'void-ship' AND NOT v.void
      WHERE l.org = $1 AND l.event_id = $2`,
    [organisationId, eventId],
  );
  return rows.map(({ position }) => BigInt(position));
}
