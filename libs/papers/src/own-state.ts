import type { OwnState } from '@daodi/platform';

/** Which pack was given out when: what is given out again must be able to say that it was otherwise before. */
export const PAPERS_STATE: OwnState = { kept: [{ table: 'paper_issue' }] };
