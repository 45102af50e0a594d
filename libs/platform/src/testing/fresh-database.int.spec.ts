import { createDataSource } from '../database';
import { withClient } from '../postgres/bootstrap-roles';
import { freshDatabase, type FreshDatabase } from './fresh-database';

describe('freshDatabase', () => {
  const made: FreshDatabase[] = [];
  const fresh = async () => {
    const database = await freshDatabase([]);
    made.push(database);
    return database;
  };
  afterAll(async () => {
    for (const database of made) await database.drop();
  });

  it('gives every caller a migrated database of its own', async () => {
    const [one, two] = [await fresh(), await fresh()];
    await withClient(one.serviceUrl, (client) => client.query('INSERT INTO installation (is_demo) VALUES (true)'));
    const count = (url: string) => withClient(url, async (client) => (await client.query('SELECT count(*) FROM installation')).rows[0].count);
    expect([await count(one.serviceUrl), await count(two.serviceUrl)]).toEqual(['1', '0']);
  });

  it('lets the service neither change nor drop what it does not own', async () => {
    const { serviceUrl } = await fresh();
    for (const sql of ['UPDATE installation SET is_demo = false', 'DELETE FROM installation', 'TRUNCATE installation', 'DROP TABLE installation', 'CREATE TABLE mine ()']) {
      await expect(withClient(serviceUrl, (client) => client.query(sql))).rejects.toThrow(/permission denied|must be owner/);
    }
  });

  it('knows which characters are letters, Chinese and beyond the basic plane', async () => {
    const { ownerUrl } = await fresh();
    const { rows } = await withClient(ownerUrl, async (client) => {
      await client.query('CREATE EXTENSION pg_trgm');
      return client.query(`SELECT similarity('连翘叶茶', '连翘叶') > 0 AS finds, '𠮿' ~ '[[:alpha:]]' AS letter`);
    });
    expect(rows[0]).toEqual({ finds: true, letter: true });
  });

  it('is used through TypeORM with bigint as text', async () => {
    const { serviceUrl } = await fresh();
    const dataSource = await createDataSource({ url: serviceUrl }).initialize();
    const [row] = await dataSource.query('SELECT 9007199254740993::bigint AS position');
    await dataSource.destroy();
    expect(row).toEqual({ position: '9007199254740993' });
  });
});
