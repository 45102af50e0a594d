import { decideInstallation, migrate, StartFailure } from '@daodi/platform';
import type { Command } from '../command';
import { MIGRATIONS } from '../migrations';
import { withDatabase } from '../with-database';

/** Brings the database up to this release. `npm start` does it by itself; the processes of a deployment never do. */
export const migrateCommand: Command = {
  words: 'migrate',
  operands: '',
  zh: '将数据库升级到本版本',
  en: 'bring the database up to this release',
  async run(operands) {
    if (operands.length > 0) return 2;
    const applied = await withDatabase(async (database, config) => {
      if (database.ownerUrl === undefined) throw NO_OWNER;
      const names = await migrate(database.ownerUrl, MIGRATIONS, [database.serviceUrl, database.resolverUrl]);
      await decideInstallation(database.serviceUrl, config.demo, config.database === undefined);
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
