import type { OwnState } from '@daodi/platform';

/** Where notices go, which the log must not hold, and which have gone: a restored installation tells nobody twice. */
export const NOTIFY_STATE: OwnState = {
  kept: [{ table: 'notice_target' }, { table: 'delivery' }],
  // What waited when the backup was made was sent a moment later.
  async settle(tx) {
    await tx.query(`UPDATE delivery SET state = 'dropped', ended_at = clock_timestamp() WHERE state = 'waiting'`);
  },
};
