import { type Bilingual, migrationState, POSTGRES_MAJOR, PRODUCT_VERSION } from '@daodi/platform';
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
    const due = await withDatabase(async ({ serviceUrl }, config) => {
      const major = await connected(serviceUrl, 'upgrade check', majorOf);
      const { pending, unknown } = await migrationState(serviceUrl, MIGRATIONS);
      process.stdout.write(`Daodi ${PRODUCT_VERSION}\tPostgreSQL ${major}\n`);
      return [...otherMajor(major), ...olderRelease(unknown), ...notMigrated(pending, config.database === undefined)];
    });
    for (const { zh, en } of due) process.stdout.write(`${zh}\n${en}\n`);
    if (due.length === 0) process.stdout.write('相配,无需操作 / they fit; there is nothing to do\n');
    return due.length === 0 ? 0 : 1;
  },
};

async function majorOf(db: { query(sql: string): Promise<{ major: number }[]> }): Promise<number> {
  const [row] = await db.query(`SELECT current_setting('server_version_num')::int / 10000 AS major`);
  return row?.major ?? 0;
}

function otherMajor(major: number): Bilingual[] {
  if (major === POSTGRES_MAJOR) return [];
  return [
    {
      zh: `本版本在 PostgreSQL ${POSTGRES_MAJOR} 上测试,此服务器为 ${major}。请另建一个 PostgreSQL ${POSTGRES_MAJOR} 服务器,停止产品后用 daodi move 移过去。`,
      en: `This release is tested on PostgreSQL ${POSTGRES_MAJOR}; this server is ${major}. Set up a server of PostgreSQL ${POSTGRES_MAJOR}, stop the product and move over with daodi move.`,
    },
  ];
}

function olderRelease(newer: readonly string[]): Bilingual[] {
  if (newer.length === 0) return [];
  return [
    {
      zh: `数据库已由更新的版本升级(${newer.join('、')})。请使用该版本;数据库不能降级。`,
      en: `A newer release has migrated this database (${newer.join(', ')}). Use that release; a database does not go back.`,
    },
  ];
}

function notMigrated(pending: readonly string[], isEmbedded: boolean): Bilingual[] {
  if (pending.length === 0) return [];
  const [zh, en] = isEmbedded ? ['然后 npm start,它会自动升级', 'then npm start, which migrates by itself'] : ['停止产品,然后运行 daodi migrate', 'stop the product, then run daodi migrate'];
  return [{ zh: `有 ${pending.length} 项升级待执行。请先用原来的版本做备份(daodi backup),${zh}。`, en: `${pending.length} migrations are pending. Take a backup with the release you come from (daodi backup), ${en}.` }];
}
