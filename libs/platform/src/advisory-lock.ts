import type { DataSource } from 'typeorm';

/**
 * Does something unless somebody else is doing it. The lock belongs to a database connection of its own, so it is gone
 * the moment its process is.
 *
 * @returns undefined where another process, or this one, has it already
 */
export async function withAdvisoryLock<T>(dataSource: DataSource, name: string, work: () => Promise<T>): Promise<T | undefined> {
  const connection = dataSource.createQueryRunner();
  try {
    await connection.connect();
    const [{ taken }] = await connection.query('SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS taken', [name]);
    if (taken !== true) return undefined;
    try {
      return await work();
    } finally {
      await connection.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [name]);
    }
  } finally {
    await connection.release();
  }
}
