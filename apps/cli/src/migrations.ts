import { CAPTURE_MIGRATIONS } from '@daodi/capture';
import { LABEL_MIGRATIONS } from '@daodi/label';
import { LOG_MIGRATIONS } from '@daodi/log';
import { NOTIFY_MIGRATIONS } from '@daodi/notify';
import { PAPERS_MIGRATIONS } from '@daodi/papers';
import { PASSPORT_MIGRATIONS } from '@daodi/passport';
import type { MigrationClass } from '@daodi/platform';
import { QUALITY_MIGRATIONS } from '@daodi/quality';
import { QUERY_MIGRATIONS } from '@daodi/query';
import { REGISTRY_MIGRATIONS } from '@daodi/registry';
import { STAGES_MIGRATIONS } from '@daodi/stages';
import { TRACE_MIGRATIONS } from '@daodi/trace';

/** Every migration above `platform`, in the order of the libs; each runs once, ordered by the time in its name. */
export const MIGRATIONS: readonly MigrationClass[] = [
  ...LOG_MIGRATIONS, ...REGISTRY_MIGRATIONS, ...CAPTURE_MIGRATIONS, ...TRACE_MIGRATIONS, ...QUERY_MIGRATIONS, ...QUALITY_MIGRATIONS, ...STAGES_MIGRATIONS,
  ...PASSPORT_MIGRATIONS, ...LABEL_MIGRATIONS, ...PAPERS_MIGRATIONS, ...NOTIFY_MIGRATIONS,
];
