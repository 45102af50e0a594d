/** Backups as files: written beside their name and moved there when whole, readable by their owner only. */
import { createReadStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import type { Sink } from './format/frames';
import type { BackupSource } from './reading/read-chain';

const READ_BYTES = 256 * 1024;

/** A file, or standard input for `-`. */
export function backupSource(path: string): BackupSource {
  if (path === '-') return { name: '(stdin)', open: () => process.stdin as AsyncIterable<Buffer> };
  return { name: path, open: () => createReadStream(path, { highWaterMark: READ_BYTES }) as AsyncIterable<Buffer> };
}

/**
 * Lets `work` write to a sink. Under the final name there is a whole file or, if `work` fails, what was there before.
 *
 * @param path a file, or `-` for standard output
 */
export async function writeFileWhole<T>(path: string, work: (sink: Sink) => Promise<T>): Promise<T> {
  if (path === '-') return work((bytes) => new Promise((resolve, reject) => process.stdout.write(bytes, (error) => (error ? reject(error) : resolve()))));
  const unfinished = `${path}.${process.pid}.new`;
  const file = await open(unfinished, 'wx', 0o600);
  try {
    const result = await work(async (bytes) => {
      await file.writeFile(bytes);
    });
    await file.sync();
    await file.close();
    await rename(unfinished, path);
    return result;
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(unfinished, { force: true });
    throw error;
  }
}
