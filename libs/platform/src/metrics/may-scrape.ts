import { createHash, timingSafeEqual } from 'node:crypto';

/** Where a request comes from, as far as reading the metrics depends on it. */
export interface Scraper {
  /** The address at the other end of the connection. */
  readonly peer: string | undefined;
  /** Whether a proxy says that it speaks for somebody else: its own address then says nothing. */
  readonly isForwarded: boolean;
  readonly authorization: string | undefined;
}

/**
 * Who may read the metrics: with a token set, whoever sends it as a bearer token, and nobody else; without one, this
 * machine itself. Metrics hold no data of organisations, but load and versions are nobody else's business.
 */
export function mayScrape({ peer, isForwarded, authorization }: Scraper, token: string | undefined): boolean {
  if (token === undefined) return !isForwarded && peer !== undefined && /^(127\.|::1$|::ffff:127\.)/.test(peer);
  const sent = /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
  return sent !== undefined && timingSafeEqual(digest(sent), digest(token));
}

const digest = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest();
