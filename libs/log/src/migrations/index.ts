import type { MigrationClass } from '@daodi/platform';
import { CreateLog1790000000000 } from './1790000000000-create-log';
import { IndexErasures1791000110000 } from './1791000110000-index-erasures';
import { CreateFollowerFailure1791000400000 } from './1791000400000-create-follower-failure';

/** The log's migrations, in order. */
export const LOG_MIGRATIONS: readonly MigrationClass[] = [CreateLog1790000000000, IndexErasures1791000110000, CreateFollowerFailure1791000400000];
