import { CreatePapers1792000700000 } from './1792000700000-create-papers';

/** Papers' migrations, in order. */
export const PAPERS_MIGRATIONS = [CreatePapers1792000700000];
