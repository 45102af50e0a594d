import { hash } from 'node:crypto';

/** The first 128 bits of SHA-256, written as a uuid: the key under which identifiers, nodes and hubs are stored. */
export function idOf(...parts: readonly string[]): string {
  const hex = hash('sha256', parts.join('\0'), 'hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

/** Key of an identifier by its canonical spelling. */
export const identifierId = (canonical: string): string => idOf('identifier', canonical);

/** Key of a node: the identifier itself, within a scope where nobody owns the name. */
export const nodeId = (identifier: string, scope: string): string => idOf('node', identifier, scope);

/** Key of what ties inputs to outputs: one transformation of one sayer, however many events tell it. */
export const hubId = (org: string, name: string): string => idOf('hub', org, name);

/** Orders events of one instant in a way that does not depend on when they reached us. */
export const tieOf = (org: string, eventId: string): string => idOf('tie', org, eventId);
