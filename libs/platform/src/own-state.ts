/**
 * What a lib keeps beside the log. Nearly every table follows from the log and is made anew from it; the few that do
 * not are declared here, lib by lib, so that a backup knows them. `apps/cli/src/own-state.ts` puts the lists together,
 * and a test refuses a table nobody declared.
 */
import type { EntityManager } from 'typeorm';

/** A table whose rows a backup carries: what was acknowledged and follows from nothing else. */
export interface KeptTable {
  readonly table: string;
  /** SQL over one row `t`: whether it is kept; without it all are. */
  readonly only?: string;
  /**
   * SQL over one row `t`: whether it may have come after a backup that ended before position `$1`. Given where rows are
   * only ever added; an incremental backup then carries those rows, and of every other table all rows anew.
   */
  readonly addedSince?: string;
  /** Rows are so large that one at a time is enough for memory. */
  readonly isLarge?: boolean;
}

/** A table that neither follows from the log nor is carried, and why it may be lost. */
export interface PassingTable {
  readonly table: string;
  readonly why: string;
}

/** Something erased from the log: whatever else still holds it must let go of it too. */
export interface ErasedThing {
  readonly organisationId: string;
  /** The erased event, or the thing a record was about (a person's id). */
  readonly eventId?: string;
  readonly personId?: string;
  /** Somebody who delivers, of whom an organisation keeps a name beside the log. */
  readonly pickerId?: string;
}

/** What one lib keeps beside the log. */
export interface OwnState {
  /** In an order in which rows can be written (what is referred to comes first). */
  readonly kept: readonly KeptTable[];
  readonly passing?: readonly PassingTable[];
  /**
   * After a restore: ends what was on its way out of the house when the backup was made, and has probably left since.
   * Told twice is worse here than told late by a person. Not called for a move: there the source stood still.
   */
  settle?(tx: EntityManager): Promise<void>;
  /** Takes out of the kept tables what was erased from the log after they were backed up. Called while nobody serves. */
  forget?(tx: EntityManager, erased: readonly ErasedThing[]): Promise<void>;
}

/** The platform's own: what this installation is, how far setting it up came, files that cannot be made again. */
export const PLATFORM_STATE: OwnState = {
  kept: [
    { table: 'installation' },
    { table: 'installation_milestone' },
    // Evidence never goes, but a file may become evidence long after it was made.
    { table: 'file', only: 't.expires_at IS NULL', addedSince: 'true', isLarge: true },
  ],
  passing: [
    { table: 'schema_migration', why: 'says which migrations this database has; those of a backup stand in its header' },
    { table: 'process_beat', why: 'which processes run just now' },
  ],
};
