import type { EntityManager } from 'typeorm';
import type { Entry } from './entry';

/**
 * What a later decision in the same second depends on, written in the transaction of the append.
 *
 * `apply` sees entries in log order, must be set-based, exact, and a function of the log alone: no clock, no
 * chance, nothing that depends on how entries were grouped, so that a rebuild gives the same rows.
 */
export interface InlineProjection {
  readonly name: string;
  /** The tables it owns, in an order in which they can be emptied (a rebuild truncates them together). */
  readonly tables: readonly string[];
  apply(tx: EntityManager, entries: readonly Entry[]): Promise<void>;
}

/** Nest token of the list of inline projections, which the composition root gives. */
export const INLINE_PROJECTIONS = Symbol('INLINE_PROJECTIONS');

/** Something derived from the log that may lag a little: findings, passports, readership of ancestors. */
export interface Follower {
  /** Its cursor is stored under this name, so renaming a follower rebuilds it from the first entry. */
  readonly name: string;
  /** The tables it owns; a rebuild empties them and moves the cursor to the start. */
  readonly tables: readonly string[];
  /** Applies entries in log order, in the transaction that also moves the cursor. */
  apply(tx: EntityManager, entries: readonly Entry[]): Promise<void>;
}

/** Nest token of the list of followers. */
export const FOLLOWERS = Symbol('FOLLOWERS');
