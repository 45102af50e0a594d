import { CreateKeptApart1792000200000 } from './1792000200000-create-kept-apart';

/** The forms' migrations, in order. */
export const STAGES_MIGRATIONS = [CreateKeptApart1792000200000];
