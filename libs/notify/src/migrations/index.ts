import type { MigrationClass } from '@daodi/platform';
import { CreateNotify1791000300000 } from './1791000300000-create-notify';

export const NOTIFY_MIGRATIONS: readonly MigrationClass[] = [CreateNotify1791000300000];
