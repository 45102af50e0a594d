/** What this database is, decided once, when it is created: a demo, or a real installation. */
import type { QueryResult } from 'pg';
import { withClient } from './postgres/bootstrap-roles';
import { refuseWhileRestoring } from './restoring';
import { StartFailure } from './start-failure';

/** A class, so that Nest can hand it to whoever asks, e.g. to say 演示 on every page of a demo. */
export abstract class Installation {
  readonly isDemo: boolean;
}

/**
 * Decides what a new database is, or reads what an old one was decided to be.
 *
 * @param asked DAODI_DEMO, if it was set
 * @param byDefault what a new database becomes if nothing was asked
 * @throws StartFailure while a backup is being restored into it, or if the database is not what was asked for: a demo
 *   never turns real, nor the other way round
 */
export async function decideInstallation(serviceUrl: string, asked: boolean | undefined, byDefault: boolean): Promise<Installation> {
  const { rows } = await withClient(serviceUrl, async (client): Promise<QueryResult<{ is_demo: boolean }>> => {
    await refuseWhileRestoring({ query: async (sql: string, parameters?: unknown[]) => (await client.query(sql, parameters)).rows });
    await client.query('INSERT INTO installation (is_demo) VALUES ($1) ON CONFLICT DO NOTHING', [asked ?? byDefault]);
    return client.query('SELECT is_demo FROM installation');
  });
  const isDemo = rows[0]!.is_demo;
  if (asked !== undefined && asked !== isDemo) throw otherKind(isDemo);
  return { isDemo };
}

function otherKind(isDemo: boolean): StartFailure {
  const [zh, en] = isDemo ? ['演示', 'a demo'] : ['正式', 'a real installation'];
  return new StartFailure({
    zh: `数据目录中是${zh}数据库,不能改变性质(DAODI_DEMO=${isDemo ? 'off' : 'on'})。请用 DAODI_DATA 指定另一个目录。`,
    en: `The database in the data folder is ${en}, which never changes (DAODI_DEMO=${isDemo ? 'off' : 'on'} was asked). Name another folder with DAODI_DATA.`,
  });
}

/** Whether a step of setting up was completed earlier, e.g. `demo-season`. */
export async function hasReached(serviceUrl: string, milestone: string): Promise<boolean> {
  const { rowCount } = await withClient(serviceUrl, (client) => client.query('SELECT FROM installation_milestone WHERE name = $1', [milestone]));
  return rowCount === 1;
}

/** Notes that a step of setting up is complete. */
export async function reach(serviceUrl: string, milestone: string): Promise<void> {
  await withClient(serviceUrl, (client) => client.query('INSERT INTO installation_milestone (name) VALUES ($1) ON CONFLICT DO NOTHING', [milestone]));
}
