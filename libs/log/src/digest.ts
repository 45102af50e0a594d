import { createHash } from 'node:crypto';
import { canonicalJson } from '@daodi/epcis';

/**
 * The digest of an entry: SHA-256 over a random 128-bit salt and the RFC 8785 form of {body with its effective
 * @context}. The salt keeps an erased body from being guessed from its digest.
 */
export function digestOf(salt: Buffer, context: unknown, body: unknown): Buffer {
  return createHash('sha256')
    .update(salt)
    .update(canonicalJson({ body, context: context ?? null }), 'utf8')
    .digest();
}
