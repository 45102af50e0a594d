import type { Canonicalise } from './line';
import { canonicalOf } from './lines-of-event';
import { readBatchCode } from './batch-code';

/** The canonical spelling of one of our own codes; hosts change, codes do not. */
export const ownCanonical = (code: string): string => `urn:daodi:b:${code}`;

/** The code in the canonical spelling, if it is one of ours. */
export const ownCodeOf = (canonical: string): string | undefined => /^urn:daodi:b:(.+)$/.exec(canonical)?.[1];

/**
 * Spells identifiers canonically where `https://{one of our hosts}/b/{code}` is one of our own codes.
 * @param hosts host[:port] of every public address this deployment has or had
 */
export function canonicaliser(hosts: ReadonlySet<string>): Canonicalise {
  return (uri) => {
    const match = /^https?:\/\/([^/]+)\/b\/([0-9A-Za-z]+)$/.exec(uri);
    const code = match && hosts.has(match[1] as string) ? readBatchCode(match[2] as string) : undefined;
    return code === undefined ? canonicalOf(uri) : ownCanonical(code);
  };
}
