import { migrationState, PRODUCT_VERSION } from '@daodi/platform';
import type { DataSource } from 'typeorm';
import { dueSteps } from '../backup/due-steps';
import type { Command } from '../command';
import { MIGRATIONS } from '../migrations';
import { connected, withDatabase } from '../with-database';

/** Says whether this release fits the database, and what to do where it does not. Exit code 1 if there is something to do. */
export const upgradeCheck: Command = {
  words: 'upgrade check',
  operands: '',
  zh: '检查本版本与数据库是否相配,需要做什么',
  en: 'check whether this release fits the database, and what to do if not',
  async run(operands) {
    if (operands.length > 0) return 2;
    // A data folder of another PostgreSQL major never gets here: it is refused with the sentence that says what to do.
    const standing = await withDatabase(async ({ serviceUrl }, { database }) => ({
      major: await connected(serviceUrl, 'upgrade check', majorOf),
      migrations: await migrationState(serviceUrl, MIGRATIONS),
      isEmbedded: database === undefined,
    }));
    const due = dueSteps(standing);
    process.stdout.write(`Daodi ${PRODUCT_VERSION}\tPostgreSQL ${standing.major}\n`);
    for (const { zh, en } of due) process.stdout.write(`${zh}\n${en}\n`);
    if (due.length === 0) process.stdout.write('相配,无需操作 / they fit; there is nothing to do\n');
    return due.length === 0 ? 0 : 1;
  },
};

async function majorOf(dataSource: DataSource): Promise<number> {
  const [row] = await dataSource.query<{ major: number }[]>(`SELECT current_setting('server_version_num')::int / 10000 AS major`);
  return row?.major ?? 0;
}
