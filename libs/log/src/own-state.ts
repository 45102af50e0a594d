import type { OwnState } from '@daodi/platform';

/** The tables that are the log itself: all else follows from them. */
export const LOG_TABLES = ['entry', 'entry_body', 'entry_residue', 'log_head'] as const;

/** What the log keeps beside its entries. */
export const LOG_STATE: OwnState = {
  kept: [
    // A key is bound in the transaction of its first entry, or without one where its act left none.
    { table: 'idempotency', addedSince: 't.first_position IS NULL OR t.first_position >= $1::bigint' },
  ],
  passing: [
    { table: 'follower', why: 'cursors: whoever makes the tables of followers anew sets them' },
    { table: 'follower_failure', why: 'what stood in the way of a follower of the old database' },
  ],
};
