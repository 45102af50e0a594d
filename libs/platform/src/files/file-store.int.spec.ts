import { createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { createDataSource } from '../database';
import { freshDatabase, type FreshDatabase } from '../testing/fresh-database';
import { deleteExpiredFiles, FILE_BYTES_MAX, getFile, putFile } from './file-store';

describe('the file store', () => {
  let database: FreshDatabase;
  let service: DataSource;
  beforeAll(async () => {
    database = await freshDatabase([]);
    service = await createDataSource({ url: database.serviceUrl }).initialize();
  });
  afterAll(async () => {
    await service.destroy();
    await database.drop();
  });

  const put = (text: string, keepMs?: number) => putFile(service, { mediaType: 'text/plain', bytes: Buffer.from(text), keepMs });
  const age = async (digest: string) => {
    const owner = await createDataSource({ url: database.superuserUrl }).initialize();
    await owner.query(`ALTER TABLE file DISABLE TRIGGER file_guard`);
    await owner.query(`UPDATE file SET expires_at = clock_timestamp() - interval '1 second' WHERE digest = decode($1, 'hex')`, [digest]);
    await owner.query(`ALTER TABLE file ENABLE TRIGGER file_guard`);
    await owner.destroy();
  };

  it('keeps bytes under their SHA-256, once', async () => {
    const first = await put('标签');
    expect(first.digest).toBe(createHash('sha256').update('标签').digest('hex'));
    expect(await put('标签')).toEqual(first);
    expect((await getFile(service, first.digest))?.bytes.toString()).toBe('标签');
    expect(await service.query('SELECT count(*)::int AS n FROM file')).toEqual([{ n: 1 }]);
    expect(await getFile(service, '00'.repeat(32))).toBeUndefined();
  });

  it('lets what can be made again expire, and nothing else', async () => {
    const [kept, passing] = [await put('a photograph'), await put('a sheet', 60_000)];
    expect(await deleteExpiredFiles(service)).toBe(0);
    await age(passing.digest);
    expect(await getFile(service, passing.digest)).toBeUndefined();
    expect(await deleteExpiredFiles(service)).toBe(1);
    expect((await getFile(service, kept.digest))?.byteSize).toBe(12);
  });

  it('keeps for the longer of two times, and for good once somebody asked for that', async () => {
    const expiry = async (digest: string) => (await service.query(`SELECT expires_at FROM file WHERE digest = decode($1, 'hex')`, [digest]))[0].expires_at as Date | null;
    const { digest } = await put('shared', 60_000);
    const soon = await expiry(digest);
    await put('shared', 1_000);
    expect(await expiry(digest)).toEqual(soon);
    await put('shared', 3_600_000);
    expect((await expiry(digest))!.getTime()).toBeGreaterThan(soon!.getTime());
    await put('shared');
    await put('shared', 60_000);
    expect(await expiry(digest)).toBeNull();
  });

  it('is guarded by the database: a service can neither delete nor cut short what is kept', async () => {
    const { digest } = await put('evidence');
    const { digest: passing } = await put('still promised', 60_000);
    await expect(service.query(`DELETE FROM file WHERE digest = decode($1, 'hex')`, [digest])).rejects.toThrow('not deleted');
    await expect(service.query(`DELETE FROM file WHERE digest = decode($1, 'hex')`, [passing])).rejects.toThrow('not deleted');
    await expect(service.query(`UPDATE file SET expires_at = now() WHERE digest = decode($1, 'hex')`, [digest])).rejects.toThrow('never kept shorter');
    await expect(service.query(`UPDATE file SET bytes = 'x' WHERE digest = decode($1, 'hex')`, [digest])).rejects.toThrow('permission denied');
  });

  it('refuses what is too large to hold in memory', async () => {
    await expect(putFile(service, { mediaType: 'text/plain', bytes: Buffer.alloc(FILE_BYTES_MAX + 1) })).rejects.toThrow(RangeError);
  });
});
