import { createDataSource } from './database';
import { decideInstallation } from './installation';
import { keepServingAway } from './restoring';
import { freshDatabase } from './testing/fresh-database';

it('a process that starts while a backup is being restored is told so at once, and may start when that is over', async () => {
  const database = await freshDatabase([]);
  const owner = await createDataSource({ url: database.ownerUrl }).initialize();
  try {
    await owner.transaction(async (tx) => {
      await keepServingAway(tx);
      await tx.query('INSERT INTO installation (is_demo) VALUES (false)');
      await expect(decideInstallation(database.serviceUrl, undefined, true)).rejects.toThrow('This database is being restored or moved');
      await expect(owner.transaction((other) => keepServingAway(other))).rejects.toThrow('This database is being restored or moved');
    });
    expect(await decideInstallation(database.serviceUrl, undefined, true)).toEqual({ isDemo: false });
  } finally {
    await owner.destroy();
    await database.drop();
  }
});
