import type { OwnState } from '@daodi/platform';

/** What trace keeps that no projection owns. */
export const TRACE_STATE: OwnState = {
  kept: [],
  passing: [{ table: 'recount', why: 'the next night counts anew' }],
};
