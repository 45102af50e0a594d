import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { canonicalJson } from '@daodi/epcis';
import { Problem } from '@daodi/platform';
import type { StoredResponse } from './append';

/** An Idempotency-Key of an organisation, with a digest of what it was sent with (route and body). */
export interface IdempotencyKey {
  readonly organisationId: string;
  readonly key: string;
  readonly requestDigest: Buffer;
}

/** The digest that tells a repeat from another request under the same key: method, path and body. */
export function requestDigest(method: string, path: string, body: unknown): Buffer {
  return createHash('sha256').update(canonicalJson({ method, path, body: body ?? null }), 'utf8').digest();
}

export interface Bound {
  readonly request_digest: Buffer;
  readonly first_position: string | null;
  readonly response: StoredResponse;
}

/** What an earlier success bound to this key, if any. */
export async function findBound(
  db: Pick<EntityManager, 'query'>,
  { organisationId, key }: Pick<IdempotencyKey, 'organisationId' | 'key'>,
): Promise<Bound | undefined> {
  const [row] = await db.query(
    'SELECT request_digest, first_position, response FROM idempotency WHERE organisation_id = $1 AND key = $2',
    [organisationId, key],
  );
  return row;
}

/** A key bound by a success answers only the request that bound it. */
export function refuseOtherBody(idempotency: IdempotencyKey, bound: Bound): void {
  if (bound.request_digest.equals(idempotency.requestDigest)) return;
  throw new Problem(422, 'idempotency-key-bound', {
    zh: '此 Idempotency-Key 已用于另一条已保存的记录；请换一个键。',
    en: 'This Idempotency-Key already belongs to another stored request; use a new key.',
  }, { members: { storedPosition: bound.first_position, stored: bound.response } });
}

/** Those of the keys, as they were given, that an earlier success bound. */
export async function boundAmong(tx: EntityManager, keys: readonly IdempotencyKey[]): Promise<ReadonlySet<IdempotencyKey>> {
  if (keys.length === 0) return new Set();
  const found: { n: string }[] = await tx.query(
    `SELECT n FROM idempotency JOIN unnest($1::uuid[], $2::text[]) WITH ORDINALITY AS k(organisation_id, key, n) USING (organisation_id, key)`,
    [keys.map((k) => k.organisationId), keys.map((k) => k.key)],
  );
  return new Set(found.map(({ n }) => keys[Number(n) - 1]!));
}

/** A key, the answer it is bound to, and the first entry that answer is about. */
export interface Binding {
  readonly idempotency: IdempotencyKey;
  readonly response: StoredResponse;
  readonly position: bigint | undefined;
}

/** Binds keys to their answers, in the transaction of the append. */
export async function bindAll(tx: EntityManager, bindings: readonly Binding[]): Promise<void> {
  if (bindings.length === 0) return;
  await tx.query(
    `INSERT INTO idempotency (organisation_id, key, request_digest, first_position, response)
     SELECT * FROM unnest($1::uuid[], $2::text[], $3::bytea[], $4::bigint[], $5::jsonb[])`,
    [
      bindings.map((b) => b.idempotency.organisationId),
      bindings.map((b) => b.idempotency.key),
      bindings.map((b) => b.idempotency.requestDigest),
      bindings.map((b) => b.position?.toString() ?? null),
      bindings.map((b) => JSON.stringify(b.response)),
    ],
  );
}

/** Binds one key; for doors that answer before anything is in the log. */
export const bind = (
  tx: EntityManager,
  idempotency: IdempotencyKey,
  response: StoredResponse,
  position: bigint | undefined,
): Promise<void> => bindAll(tx, [{ idempotency, response, position }]);
