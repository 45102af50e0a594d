import { LOG_TABLES } from '@daodi/log';
import { createDataSource, freshDatabase } from '@daodi/platform';
import { PROJECTIONS } from '../../api/src/projections';
import { FOLLOWERS_HERE } from '../../worker/src/followers';
import { MIGRATIONS } from './migrations';
import { OWN_STATE } from './own-state';

/** A table nobody declared would be missing from every backup, and nobody would know until the day it is needed. */
it('knows of every table whether it is the log, follows from it, is kept beside it or may be lost, and of none twice', async () => {
  const database = await freshDatabase(MIGRATIONS);
  const dataSource = await createDataSource({ url: database.ownerUrl }).initialize();
  try {
    const rows: { name: string }[] = await dataSource.query(
      `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'm') ORDER BY relname`,
    );
    const declared = [
      ...LOG_TABLES,
      ...[...PROJECTIONS, ...FOLLOWERS_HERE].flatMap(({ tables }) => tables),
      ...OWN_STATE.flatMap(({ kept, passing = [] }) => [...kept, ...passing].map(({ table }) => table)),
    ];
    expect([...declared].sort()).toEqual(rows.map(({ name }) => name).sort());
  } finally {
    await dataSource.destroy();
    await database.drop();
  }
});
