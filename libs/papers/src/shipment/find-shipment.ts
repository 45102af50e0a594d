import { type Entry, readEntries } from '@daodi/log';
import { sameWord } from '@daodi/epcis';
import { notFound, Problem } from '@daodi/platform';
import { withdrawalsTouching } from '@daodi/trace';
import type { EntityManager } from 'typeorm';

type Db = Pick<EntityManager, 'query'>;

/** A shipment, and on which side of it the asker stands. */
export interface Shipment {
  readonly entry: Entry;
  readonly eventId: string;
  readonly shipperId: string;
  /** Where it is registered here. */
  readonly receiverId?: string;
  readonly isSender: boolean;
}

/** What left: batches with what was sent of each, and containers sent whole. */
export interface ShippedGoods {
  readonly batches: readonly ShippedBatch[];
  readonly containers: readonly string[];
}

export interface ShippedBatch {
  readonly node: string;
  readonly uri: string;
  readonly code?: string;
  readonly lotNumber?: string;
  readonly expiryDate?: string;
  readonly formula?: string;
  /** Milligrams or pieces; absent where an amount cannot be read. */
  readonly amount?: bigint;
  readonly unit?: 'mg' | 'pcs';
}

/**
 * A shipment the asker sent, or which is addressed to it and held: nobody else learns that it exists.
 *
 * @throws Problem 404; 409 where it was withdrawn or declared in error: goods that did not leave have no papers
 */
export async function findShipment(db: Db, organisationId: string, eventId: string): Promise<Shipment> {
  const [entry] = await readEntries(
    db,
    `e.event_id = $1 AND e.kind = 'event' AND NOT e.declaration AND (e.organisation_id = $2 OR EXISTS (
       SELECT FROM line l WHERE l.position = e.position AND l.role = 'ship' AND l.dest_org = $2 AND l.held))
     ORDER BY (e.organisation_id = $2) DESC, e.position LIMIT 1`,
    [eventId, organisationId],
  );
  if (entry === undefined || entry.eventId === undefined) throw notFound();
  const [ship] = await db.query(`SELECT void, dest_org FROM line WHERE position = $1 AND role = 'ship' ORDER BY ordinal, path LIMIT 1`, [entry.position.toString()]);
  if (ship === undefined) throw notFound();
  const step = entry.body['bizStep'];
  if (ship.void || (typeof step === 'string' && !sameWord('bizStep', step, 'shipping'))) throw withdrawn();
  const withdrawals = await readEntries(db, 'e.position = ANY($1::bigint[])', [(await withdrawalsTouching(db, entry.organisationId, eventId)).map(String)]);
  if (withdrawals.some(({ body }) => body['daodi:voids'] === eventId)) throw withdrawn();
  return { entry, eventId, shipperId: entry.organisationId, receiverId: ship.dest_org ?? undefined, isSender: entry.organisationId === organisationId };
}

const withdrawn = (): Problem =>
  new Problem(409, 'shipment-withdrawn', { zh: '该发货已撤销或已更正，没有随货资料', en: 'This shipment was withdrawn or declared in error; it has no papers' });

/** Goods of a shipment by batch, in the order in which the event names them; what is in containers counts with its batch. */
export async function goodsOf(db: Db, { entry }: Pick<Shipment, 'entry'>): Promise<ShippedGoods> {
  const rows: GoodsRow[] = await db.query(
    `SELECT l.node, l.spelled, l.kind, l.path, COALESCE(l.amount, l.moved) AS amount, COALESCE(l.unit, n.unit) AS unit,
            b.code, b.uri, b.kind AS batch_kind, b.lot_number, b.attributes ->> 'expiryDate' AS expiry, b.attributes ->> 'formula' AS formula
       FROM line l LEFT JOIN node n ON n.id = l.node LEFT JOIN batch b ON b.identifier = l.identifier
      WHERE l.position = $1 AND l.role = 'ship' AND NOT l.void ORDER BY l.ordinal, l.path`,
    [entry.position.toString()],
  );
  const batches = new Map<string, ShippedBatch>();
  for (const row of rows) {
    if (row.kind !== 'class') continue;
    const key = row.node ?? row.spelled;
    const known = batches.get(key);
    const own = { amount: row.amount === null ? undefined : BigInt(row.amount), unit: row.unit ?? undefined };
    const isSum = known !== undefined && known.amount !== undefined && own.amount !== undefined && known.unit === own.unit;
    batches.set(key, {
      node: row.node ?? '', uri: row.uri ?? row.spelled, code: row.code ?? undefined, lotNumber: row.lot_number ?? undefined, expiryDate: row.expiry ?? undefined, formula: row.formula ?? undefined,
      ...(known === undefined ? own : isSum ? { amount: (known.amount as bigint) + (own.amount as bigint), unit: own.unit } : {}),
    });
  }
  return { batches: [...batches.values()], containers: rows.filter(({ kind, path }) => kind === 'container' && path === '').map(({ code, spelled }) => code ?? spelled) };
}

interface GoodsRow {
  readonly node: string | null;
  readonly spelled: string;
  readonly kind: 'class' | 'instance' | 'container';
  readonly path: string;
  readonly amount: string | null;
  readonly unit: 'mg' | 'pcs' | null;
  readonly code: string | null;
  readonly uri: string | null;
  readonly batch_kind: string | null;
  readonly lot_number: string | null;
  readonly expiry: string | null;
  readonly formula: string | null;
}
