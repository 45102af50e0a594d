import { pendingMigrations, StartFailure } from '@daodi/platform';
import { MIGRATIONS } from '../migrations';

/** @throws StartFailure if this release would not understand the database as it is */
export async function refuseUnmigrated(url: string): Promise<void> {
  const pending = await pendingMigrations(url, MIGRATIONS);
  if (pending.length === 0) return;
  throw new StartFailure({
    zh: `数据库尚未升级到本版本(缺 ${pending.length} 项)。请先运行 daodi migrate,或用原来的版本执行此命令。`,
    en: `The database is not up to this release yet (${pending.length} migrations are missing). Run daodi migrate first, or use the release it is of.`,
  });
}
