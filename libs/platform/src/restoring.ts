/** While a database is being restored into, or moved away, nobody may serve it: an advisory lock says so and dies with its holder. */
import { ROLE } from './postgres/bootstrap-roles';
import { StartFailure } from './start-failure';

/** Key of the advisory lock: 'DAOR' in ASCII. */
const RESTORE_LOCK = 0x44414f52;
/** A process that is just stopping gets this long to be gone. */
const GONE_WITHIN_MS = 5_000;

interface Db {
  query(sql: string, parameters?: unknown[]): Promise<any>; // rows, as TypeORM gives them
}

/**
 * Keeps serving processes away until the transaction ends.
 *
 * @throws StartFailure if one is connected already, or another restore or move runs
 */
export async function keepServingAway(tx: Db): Promise<void> {
  const [{ taken }] = await tx.query('SELECT pg_try_advisory_xact_lock($1) AS taken', [RESTORE_LOCK]);
  if (taken !== true) throw RESTORING;
  await refuseServing(tx);
}

async function refuseServing(db: Db): Promise<void> {
  for (const until = Date.now() + GONE_WITHIN_MS; ; await new Promise((resolve) => setTimeout(resolve, 100))) {
    // Within a transaction the server shows who is connected as it was when first asked.
    await db.query('SELECT pg_stat_clear_snapshot()');
    const [{ serving }] = await db.query(
      `SELECT count(*)::int AS serving FROM pg_stat_activity
        WHERE datname = current_database() AND usename = ANY($1) AND pid <> pg_backend_pid()`,
      [[ROLE.service, ROLE.resolver]],
    );
    if (serving === 0) return;
    if (Date.now() < until) continue;
    throw new StartFailure({
      zh: `还有 ${serving} 个连接在使用此数据库。请先停止所有 api、worker、resolver 进程,再重试。`,
      en: `${serving} connections still serve this database. Stop every api, worker and resolver process first, then try again.`,
    });
  }
}

/** @throws StartFailure while a backup is being restored here, or the database is being moved */
export async function refuseWhileRestoring(db: Db): Promise<void> {
  const [{ free }] = await db.query('SELECT pg_try_advisory_xact_lock_shared($1) AS free', [RESTORE_LOCK]);
  if (free !== true) throw RESTORING;
}

const RESTORING = new StartFailure({
  zh: '此数据库正在恢复或移动。请在完成后再启动。',
  en: 'This database is being restored or moved. Start again when that is done.',
});
