import type { OwnState } from '@daodi/platform';
import { forgetEvents } from './documents/forget-events';

/** Documents that were acknowledged, and what came of them; their events while the log does not have them yet. */
export const CAPTURE_STATE: OwnState = {
  kept: [{ table: 'capture_document' }, { table: 'capture_chunk' }],
  forget: forgetEvents,
};
