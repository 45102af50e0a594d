import { bootstrapServer, decideInstallation, migrate, StartFailure } from '@daodi/platform';
import type { Command } from '../command';
import { MIGRATIONS } from '../migrations';
import { withDatabase } from '../with-database';

/**
 * Brings the database up to this release; on a server of one's own it also makes roles and database, given an
 * administrator's address. `npm start` does it by itself; the processes of a deployment never do.
 */
export const migrateCommand: Command = {
  words: 'migrate',
  operands: '',
  zh: '将数据库升级到本版本',
  en: 'bring the database up to this release',
  async run(operands) {
    if (operands.length > 0) return 2;
    const applied = await withDatabase(async (database, config) => {
      const { ownerUrl, serviceUrl, resolverUrl } = database;
      if (ownerUrl === undefined) throw NO_OWNER;
      if (config.databaseAdminUrl !== undefined) await bootstrapServer(config.databaseAdminUrl, { ownerUrl, serviceUrl, resolverUrl });
      const names = await migrate(ownerUrl, MIGRATIONS, [serviceUrl, resolverUrl]);
      await decideInstallation(serviceUrl, config.demo, config.database === undefined);
      return names;
    });
    for (const name of applied) process.stdout.write(`${name}\n`);
    return 0;
  },
};

const NO_OWNER = new StartFailure({
  zh: '升级需要数据库所有者的地址,请设置 DAODI_DATABASE_OWNER_URL。',
  en: 'Migrating needs the database owner: set DAODI_DATABASE_OWNER_URL.',
});
