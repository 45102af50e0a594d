import { type Bilingual, type MigrationState, POSTGRES_MAJOR } from '@daodi/platform';

/** How a database stands to this release. */
export interface Standing {
  /** Major version of the PostgreSQL server. */
  readonly major: number;
  readonly migrations: MigrationState;
  /** Whether it is the database that comes with the product. */
  readonly isEmbedded: boolean;
}

/** What there is to do before this release serves this database; nothing if they fit. */
export function dueSteps({ major, migrations: { pending, unknown }, isEmbedded }: Standing): readonly Bilingual[] {
  const due: Bilingual[] = [];
  if (major !== POSTGRES_MAJOR) {
    due.push({
      zh: `本版本在 PostgreSQL ${POSTGRES_MAJOR} 上测试,此服务器为 ${major}。请另建一个 PostgreSQL ${POSTGRES_MAJOR} 服务器,停止产品后用 daodi move 移过去。`,
      en: `This release is tested on PostgreSQL ${POSTGRES_MAJOR}; this server is ${major}. Set up a server of PostgreSQL ${POSTGRES_MAJOR}, stop the product and move over with daodi move.`,
    });
  }
  if (unknown.length > 0) {
    due.push({
      zh: `数据库已由更新的版本升级(${unknown.join('、')})。请使用该版本;数据库不能降级。`,
      en: `A newer release has migrated this database (${unknown.join(', ')}). Use that release; a database does not go back.`,
    });
  }
  if (pending.length > 0) {
    const [zh, en] = isEmbedded ? ['然后 npm start,它会自动升级', 'then npm start, which migrates by itself'] : ['停止产品,然后运行 daodi migrate', 'stop the product, then run daodi migrate'];
    due.push({ zh: `有 ${pending.length} 项升级待执行。请先用原来的版本做备份(daodi backup),${zh}。`, en: `${pending.length} migrations are pending. Take a backup with the release you come from (daodi backup), ${en}.` });
  }
  return due;
}
