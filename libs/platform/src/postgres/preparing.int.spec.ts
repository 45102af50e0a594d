import type { DataSource } from 'typeorm';
import { createDataSource } from '../database';
import { freshDatabase, type FreshDatabase } from '../testing/fresh-database';
import { preparing } from './preparing';

describe('preparing', () => {
  let database: FreshDatabase;
  let dataSource: DataSource;
  beforeAll(async () => {
    database = await freshDatabase([]);
    dataSource = await createDataSource({ url: database.serviceUrl, poolMax: 1 }).initialize();
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });
  const prepared = async (): Promise<string[]> => {
    const rows: { statement: string }[] = await dataSource.query('SELECT statement FROM pg_prepared_statements ORDER BY statement');
    return rows.map(({ statement }) => statement);
  };

  it('prepares what is asked with parameters inside of it, once, and nothing outside', async () => {
    const within = () => dataSource.transaction((tx) => preparing(tx, () => Promise.all([1, 2].map((n) => tx.query('SELECT $1::int + 1 AS next', [n])))));
    expect([await within(), await within()]).toEqual([[[{ next: 2 }], [{ next: 3 }]], [[{ next: 2 }], [{ next: 3 }]]]);
    await dataSource.query('SELECT $1::int + 2 AS next', [1]);
    await dataSource.transaction((tx) => preparing(tx, () => tx.query('SELECT 1')));
    expect(await prepared()).toEqual(['SELECT $1::int + 1 AS next']);
  });

  it('is over when the work has failed', async () => {
    await expect(dataSource.transaction((tx) => preparing(tx, () => tx.query('SELECT $1::int / 0', [1])))).rejects.toThrow('division by zero');
    const before = await prepared();
    await dataSource.query('SELECT $1::int + 3 AS next', [1]);
    expect(await prepared()).toEqual(before);
  });
});
