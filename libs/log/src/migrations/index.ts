import { CreateLog1790000000000 } from './1790000000000-create-log';

/** The log's migrations, in order. */
export const LOG_MIGRATIONS = [CreateLog1790000000000];
