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

/** Binds the key to the answer, in the transaction of the append. */
export async function bind(
  tx: EntityManager,
  { organisationId, key, requestDigest: digest }: IdempotencyKey,
  response: StoredResponse,
  firstPosition: bigint | undefined,
): Promise<void> {
  await tx.query(
    'INSERT INTO idempotency (organisation_id, key, request_digest, first_position, response) VALUES ($1, $2, $3, $4, $5)',
    [organisationId, key, digest, firstPosition?.toString() ?? null, JSON.stringify(response)],
  );
}
