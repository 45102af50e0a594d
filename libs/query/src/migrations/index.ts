import { CreateQuery1790000400000 } from './1790000400000-create-query';

/** Query's migrations, in order. */
export const QUERY_MIGRATIONS = [CreateQuery1790000400000];
