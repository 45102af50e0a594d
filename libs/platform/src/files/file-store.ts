/**
 * Files by their content: the same bytes are stored once, under their SHA-256. In PostgreSQL and not on a disk,
 * because every api process must find what any worker made. Two sorts: kept (no `expires_at`: photographs, papers) and
 * made by us and makeable again, which expire.
 */
import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';

type Db = Pick<EntityManager, 'query'>;

/** The most one file may have: it is held in memory once when written and once when read. */
export const FILE_BYTES_MAX = 64 * 1024 * 1024;

/** A file without its bytes. */
export interface StoredFile {
  /** SHA-256 of the bytes, hexadecimal. */
  readonly digest: string;
  readonly mediaType: string;
  readonly byteSize: number;
}

/** What somebody wants stored. */
export interface NewFile {
  readonly mediaType: string;
  readonly bytes: Buffer;
  /** How long it must be there, in milliseconds; without it, for good. */
  readonly keepMs?: number;
}

/**
 * Stores a file, or finds that it is there already; then it stays for the longer of the two times.
 *
 * @throws RangeError where it is larger than {@link FILE_BYTES_MAX}: the caller has to make it smaller or refuse it
 */
export async function putFile(db: Db, { mediaType, bytes, keepMs }: NewFile): Promise<StoredFile> {
  if (bytes.length > FILE_BYTES_MAX) throw new RangeError(`a file of ${bytes.length} bytes is more than ${FILE_BYTES_MAX}`);
  const digest = createHash('sha256').update(bytes).digest();
  await db.query(
    `INSERT INTO file (digest, media_type, bytes, byte_size, expires_at)
     VALUES ($1, $2, $3, $4, clock_timestamp() + $5::bigint * interval '1 millisecond')
     ON CONFLICT (digest) DO UPDATE SET expires_at = CASE
       WHEN file.expires_at IS NULL OR EXCLUDED.expires_at IS NULL THEN NULL ELSE greatest(file.expires_at, EXCLUDED.expires_at) END`,
    [digest, mediaType, bytes, bytes.length, keepMs ?? null],
  );
  return { digest: digest.toString('hex'), mediaType, byteSize: bytes.length };
}

/** A file with its bytes; nothing where none of that digest is there, or it has expired. */
export async function getFile(db: Db, digest: string): Promise<(StoredFile & { readonly bytes: Buffer }) | undefined> {
  const [row]: { media_type: string; bytes: Buffer; byte_size: number }[] = await db.query(
    `SELECT media_type, bytes, byte_size FROM file WHERE digest = decode($1, 'hex') AND (expires_at IS NULL OR expires_at > clock_timestamp())`,
    [digest],
  );
  return row && { digest, mediaType: row.media_type, byteSize: row.byte_size, bytes: row.bytes };
}

/** Deletes what has expired. @returns how many */
export async function deleteExpiredFiles(db: Db): Promise<number> {
  const [, deleted] = (await db.query('DELETE FROM file WHERE expires_at < clock_timestamp()')) as [unknown, number];
  return deleted;
}
