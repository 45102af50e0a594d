import { isoTime } from '@daodi/log';
import type { EntityManager } from 'typeorm';
import type { Header } from '../format/header';
import { type BackupSource, readChain } from './read-chain';

/** A stretch of the log, with the times its ends were recorded. Positions inclusive. */
export interface Range {
  readonly from: bigint;
  readonly to: bigint;
  readonly fromTime: string;
  readonly toTime: string;
  readonly entries: bigint;
}

/** How a backup and a database relate. */
export interface Comparison {
  readonly header: Header;
  /** Whether both are of one installation. */
  readonly isSameInstallation: boolean;
  /** What the database has and the backup lacks. */
  readonly missingFromBackup?: Range & { readonly byType: readonly { readonly type: string; readonly entries: string }[] };
  /** What the backup has and the database lacks, as positions. */
  readonly missingHere?: { readonly from: bigint; readonly to: bigint };
  /** Entries both have. */
  readonly overlapping: bigint;
  /** The first position at which they differ; absent where all digests agree. */
  readonly firstDifferent?: bigint;
}

/** Compares a chain of backups, which is checked on the way, with a database. */
export async function compareBackups(db: Pick<EntityManager, 'query'>, sources: readonly BackupSource[]): Promise<Comparison> {
  let header: Header | undefined;
  let overlapping = 0n;
  let firstDifferent: bigint | undefined;
  for await (const piece of readChain(sources)) {
    if (piece.kind === 'header') header = piece.header;
    const first = piece.kind === 'lines' ? piece.entries[0] : undefined;
    if (piece.kind !== 'lines' || first === undefined) continue;
    const here = await digestsFrom(db, first.entry.position, piece.entries.length);
    overlapping += BigInt(here.length);
    const i = here.findIndex((digest, n) => `\\x${digest}` !== piece.entries[n]?.entry.digest);
    if (i >= 0) firstDifferent ??= BigInt(first.entry.position + i);
  }
  const [{ size }] = await db.query('SELECT size FROM log_head');
  const [installation] = await db.query('SELECT id FROM installation');
  const carried = BigInt((header as Header).size);
  return {
    header: header as Header,
    isSameInstallation: (installation?.id ?? null) === (header as Header).installation,
    missingFromBackup: BigInt(size) > carried ? await rangeFrom(db, carried) : undefined,
    missingHere: BigInt(size) < carried ? { from: BigInt(size), to: carried - 1n } : undefined,
    overlapping,
    firstDifferent,
  };
}

async function digestsFrom(db: Pick<EntityManager, 'query'>, position: number, count: number): Promise<string[]> {
  const rows: { digest: string }[] = await db.query(
    `SELECT encode(digest, 'hex') AS digest FROM entry WHERE position >= $1::bigint AND position < $1::bigint + $2 ORDER BY position`,
    [position, count],
  );
  return rows.map(({ digest }) => digest);
}

async function rangeFrom(db: Pick<EntityManager, 'query'>, from: bigint): Promise<Comparison['missingFromBackup']> {
  const [ends] = await db.query(
    `SELECT max(position) AS last, ${isoTime('min(record_time)')} AS from_time, ${isoTime('max(record_time)')} AS to_time FROM entry WHERE position >= $1`,
    [from.toString()],
  );
  const byType = await db.query('SELECT type, count(*) AS entries FROM entry WHERE position >= $1 GROUP BY type ORDER BY count(*) DESC, type', [from.toString()]);
  const to = BigInt(ends.last);
  return { from, to, fromTime: ends.from_time, toTime: ends.to_time, entries: to - from + 1n, byType };
}
