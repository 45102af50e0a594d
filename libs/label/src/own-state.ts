import type { OwnState } from '@daodi/platform';

/** How far the drawing of each sheet is: a sheet can be drawn again at any time, and comes out the same. */
export const LABEL_STATE: OwnState = { kept: [], passing: [{ table: 'label_job', why: 'a sheet is drawn again when it is asked for' }] };
