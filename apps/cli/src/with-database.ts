/** The commands' database: the one named by the settings, else the embedded one, running or not. */
import { Closing, FolderTaken, lockFolder, readConfig, runningPostgres, type Config, type DatabaseUrls } from '@daodi/platform';
import { startOwnDatabase, urlsOf } from '../../standalone/src/own-database';

/** Runs a command's work over the database, starting it for as long as that takes if nobody else has. */
export async function withDatabase<T>(work: (database: DatabaseUrls, config: Config) => Promise<T>): Promise<T> {
  const config = readConfig();
  if (config.database !== undefined) return work(config.database, config);
  const closing = new Closing();
  try {
    const database = await embedded(config, closing);
    return await work(database, config);
  } finally {
    await closing.close();
  }
}

async function embedded(config: Config, closing: Closing): Promise<DatabaseUrls> {
  try {
    await closing.add(lockFolder(config.dataFolder, config.port));
  } catch (error) {
    if (error instanceof FolderTaken) return urlsOf(runningPostgres(config.dataFolder));
    throw error;
  }
  return startOwnDatabase(config, closing, () => undefined);
}
