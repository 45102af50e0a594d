import { CreateTrace1790000300000 } from './1790000300000-create-trace';

/** Trace's migrations, in order. */
export const TRACE_MIGRATIONS = [CreateTrace1790000300000];
