/** The commands' database: the one named by the settings, else the embedded one, running or not. */
import { Closing, createDataSource, FolderTaken, lockFolder, readConfig, runningPostgres, type Config, type DatabaseUrls } from '@daodi/platform';
import type { DataSource } from 'typeorm';
import { startOwnDatabase, urlsOf } from '../../standalone/src/own-database';

/** Runs a command's work over the database, starting it for as long as that takes if nobody else has. */
export async function withDatabase<T>(work: (database: DatabaseUrls, config: Config) => Promise<T>): Promise<T> {
  const config = readConfig();
  if (config.database !== undefined) return work(config.database, config);
  return closingAfter(async (closing) => work(await embedded(config, closing), config));
}

/**
 * Like {@link withDatabase} for work nobody may serve beside: a product that runs over the data folder is refused.
 * (Of a server's database the work itself finds out, see `keepServingAway`.)
 */
export async function withDatabaseAlone<T>(work: (database: DatabaseUrls, config: Config) => Promise<T>): Promise<T> {
  const config = readConfig();
  if (config.database !== undefined) return work(config.database, config);
  return withEmbeddedAlone(config, (database) => work(database, config));
}

/** The embedded database of the data folder, whatever the settings say of a server. */
export function withEmbeddedAlone<T>(config: Config, work: (database: Required<DatabaseUrls>) => Promise<T>): Promise<T> {
  return closingAfter(async (closing) => {
    await closing.add(lockFolder(config.dataFolder, config.port));
    return work(await startOwnDatabase(config, closing, () => undefined));
  });
}

/** Connects for as long as some work takes. */
export async function connected<T>(url: string, command: string, work: (dataSource: DataSource) => Promise<T>): Promise<T> {
  const dataSource = await createDataSource({ url, poolMax: 4, applicationName: `daodi ${command}` }).initialize();
  try {
    return await work(dataSource);
  } finally {
    await dataSource.destroy();
  }
}

async function closingAfter<T>(work: (closing: Closing) => Promise<T>): Promise<T> {
  const closing = new Closing();
  try {
    return await work(closing);
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
