import type { Header } from '../format/header';
import { type BackupSource, readChain } from './read-chain';

/** What a check found in a chain of backups that hold together. */
export interface Checked {
  /** Of the last backup. */
  readonly header: Header;
  /** Its name, hex. */
  readonly digest: string;
  readonly entries: bigint;
  /** Entries whose body was erased before they were backed up. */
  readonly withoutBody: number;
  /** Rows of the kept tables, in the last backup. */
  readonly rows: Readonly<Record<string, number>>;
}

/**
 * Reads backups to their end: every frame's check, every entry's digest, positions without a gap, the chain.
 *
 * @throws UnusableBackup with the place of what is wrong
 */
export async function checkBackups(sources: readonly BackupSource[]): Promise<Checked> {
  let entries = 0n;
  let withoutBody = 0;
  let checked: Checked | undefined;
  for await (const piece of readChain(sources)) {
    if (piece.kind === 'lines') {
      entries += BigInt(piece.entries.length);
      withoutBody += piece.entries.filter(({ body }) => body === null).length;
    }
    if (piece.kind === 'trailer') {
      const rows = Object.entries(piece.trailer.lines).flatMap(([name, count]) => (name.startsWith('row ') ? [[name.slice('row '.length), count] as const] : []));
      checked = { header: piece.header, digest: piece.digest, entries, withoutBody, rows: Object.fromEntries(rows) };
    }
  }
  return checked as Checked;
}
