import { createHash } from 'node:crypto';
import { canonicalJson } from '@daodi/epcis';
import type { EntityManager } from 'typeorm';
import type { HeapKey, HeapState, Slip, SlipState } from './slip-state';

type Db = Pick<EntityManager, 'query'>;

/** A heap with its id. */
export interface Heap extends HeapState {
  readonly id: string;
}

interface SlipRow {
  readonly id: string;
  readonly state: SlipState;
  readonly heap_id: string | null;
}

const slipOf = ({ id, state, heap_id }: SlipRow): Slip => ({ ...state, id, heap: heap_id ?? undefined });

const SAME_KEY = `site_id IS NOT DISTINCT FROM $2::uuid AND land_id IS NOT DISTINCT FROM $3::uuid AND crop IS NOT DISTINCT FROM $4::text
  AND herb = $5 AND grade IS NOT DISTINCT FROM $6::text AND day = $7::date`;
const keyParameters = (organisationId: string, { site, area, crop, herb, grade, day }: HeapKey) => [organisationId, site ?? null, area ?? null, crop ?? null, herb, grade ?? null, day];

/** A slip of an organisation; another's looks like none. */
export async function findSlip(db: Db, organisationId: string, id: string): Promise<Slip | undefined> {
  const [row]: SlipRow[] = await db.query('SELECT id, state, heap_id FROM slip WHERE id = $1 AND organisation_id = $2', [id, organisationId]);
  return row && slipOf(row);
}

/** Whether anybody has a slip under that id. */
export async function isSlipIdTaken(db: Db, id: string): Promise<boolean> {
  const [row] = await db.query('SELECT FROM slip WHERE id = $1', [id]);
  return row !== undefined;
}

/** The slips that are in no heap yet, of one key. */
export async function findOpenSlips(db: Db, organisationId: string, key: HeapKey): Promise<Slip[]> {
  const rows: SlipRow[] = await db.query(
    `SELECT id, state, heap_id FROM slip WHERE organisation_id = $1 AND ${SAME_KEY} AND status = 'active' AND heap_id IS NULL ORDER BY since_position`,
    keyParameters(organisationId, key),
  );
  return rows.map(slipOf);
}

/** The slips closed into a heap. */
export async function findSlipsOfHeap(db: Db, heapId: string): Promise<Slip[]> {
  const rows: SlipRow[] = await db.query('SELECT id, state, heap_id FROM slip WHERE heap_id = $1 ORDER BY since_position', [heapId]);
  return rows.map(slipOf);
}

/** The heap of a key that is closed. */
export async function findClosedHeap(db: Db, organisationId: string, key: HeapKey): Promise<Heap | undefined> {
  const [row] = await db.query(
    `SELECT id, state FROM heap WHERE organisation_id = $1 AND ${SAME_KEY} AND status = 'closed' ORDER BY since_position DESC LIMIT 1`,
    keyParameters(organisationId, key),
  );
  return row && { id: row.id, ...row.state };
}

/** A heap of an organisation by its id. */
export async function findHeap(db: Db, organisationId: string, id: string): Promise<Heap | undefined> {
  const [row] = await db.query('SELECT id, state FROM heap WHERE id = $1 AND organisation_id = $2', [id, organisationId]);
  return row && { id: row.id, ...row.state };
}

/** The heap whose closing an event says. */
export async function findHeapOfEvent(db: Db, organisationId: string, eventId: string): Promise<Heap | undefined> {
  const [row] = await db.query('SELECT id, state FROM heap WHERE event_id = $1 AND organisation_id = $2', [eventId, organisationId]);
  return row && { id: row.id, ...row.state };
}

/** What a heap's slips come to. */
export function sumOf(slips: readonly Slip[]): Pick<HeapState, 'slips' | 'slipsDigest' | 'pickers' | 'sacks' | 'arrivedMg'> {
  return {
    slips: slips.map(({ id }) => id).sort(),
    slipsDigest: digestOfSlips(slips),
    pickers: new Set(slips.map(({ picker }) => picker)).size,
    sacks: slips.reduce((sum, { sacks }) => sum + (sacks ?? 0), 0),
    arrivedMg: slips.reduce((sum, { arrivedMg }) => sum + BigInt(arrivedMg), 0n).toString(),
  };
}

/**
 * Binds a batch to its slips without telling them: SHA-256, hexadecimal, over the canonical JSON of the list of
 * `{grossMg, sacks, slip, tareMg}` sorted by the slips' ids. Whoever has the slips can make it again.
 */
export function digestOfSlips(slips: readonly Slip[]): string {
  const told = slips.map(({ id, grossMg, tareMg, sacks }) => ({ slip: id, grossMg, tareMg, sacks: sacks ?? null })).sort((a, b) => (a.slip < b.slip ? -1 : 1));
  return createHash('sha256').update(canonicalJson(told), 'utf8').digest('hex');
}
