import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KeyPair } from './certificate';

/** Keeps a file only the product's own user may read. Written beside and moved, so that nobody ever reads half of it. */
export function keep(folder: string, name: string, content: string | Buffer): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const unfinished = join(folder, `${name}.new`);
  writeFileSync(unfinished, content, { mode: 0o600 });
  renameSync(unfinished, join(folder, name));
}

/** Keeps `NAME.key` and `NAME.pem`; in between the two do not belong together, which every reader checks. */
export function keepPair(folder: string, name: string, { cert, key }: KeyPair): void {
  keep(folder, `${name}.key`, key);
  keep(folder, `${name}.pem`, cert);
}
