import type { Canonicalise } from './line';
import { canonicalOf } from './lines-of-event';
import { readBatchCode } from './batch-code';

/** The canonical spelling of one of our own codes; hosts change, codes do not. */
export const ownCanonical = (code: string): string => `urn:daodi:b:${code}`;

/** The code in the canonical spelling, if it is one of ours. */
export const ownCodeOf = (canonical: string): string | undefined => /^urn:daodi:b:(.+)$/.exec(canonical)?.[1];

/** The canonical spelling of a single pack's own code: a serial under the code of its lot. */
export const ownSerialCanonical = (code: string, serial: string): string => `urn:daodi:s:${code}:${serial}`;

/** The lot's code and the serial in the canonical spelling, if it is one of ours. */
export function ownSerialOf(canonical: string): { readonly code: string; readonly serial: string } | undefined {
  const match = /^urn:daodi:s:([0-9A-Z]+):([0-9A-Z]+)$/.exec(canonical);
  return match === null ? undefined : { code: match[1] as string, serial: match[2] as string };
}

/**
 * Spells identifiers canonically where `https://{one of our hosts}/b/{code}` is one of our own codes, and
 * `…/b/{code}/s/{serial}` a single pack of it, which is owned by whom the code was issued to.
 * @param hosts host[:port] of every public address this deployment has or had
 */
export function canonicaliser(hosts: ReadonlySet<string>): Canonicalise {
  return (uri) => {
    const match = /^https?:\/\/([^/]+)\/b\/([0-9A-Za-z]+)(?:\/s\/([0-9A-Za-z]{1,32}))?$/.exec(uri);
    const code = match && hosts.has(match[1] as string) ? readBatchCode(match[2] as string) : undefined;
    if (code === undefined) return canonicalOf(uri);
    const serial = match?.[3];
    return serial === undefined ? ownCanonical(code) : ownSerialCanonical(code, serial.toUpperCase());
  };
}
