import { hash } from 'node:crypto';
import { canonicalJson } from '@daodi/epcis';

/**
 * The digest of an entry: SHA-256 over a random 128-bit salt and the RFC 8785 form of {body with its effective
 * @context}. The salt keeps an erased body from being guessed from its digest.
 */
export function digestOf(salt: Buffer, context: unknown, body: unknown): Buffer {
  const text = canonicalJson({ body, context: context ?? null });
  return hash('sha256', Buffer.concat([salt, Buffer.from(text, 'utf8')]), 'buffer');
}
