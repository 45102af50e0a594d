import { digestOf } from '@daodi/log';
import { UnusableBackup } from '../format/frames';
import { entryAndBody } from '../format/lines';

/** An entry's line, as far as its check and a person need it. */
export interface ReadEntry {
  readonly entry: { readonly position: number; readonly record_time: string; readonly digest: string; readonly kind: string; readonly type: string };
  readonly body: { readonly salt: string; readonly context: unknown; readonly body: unknown } | null;
}

/** Checks entries as they pass: no gap, and each digest computed anew from salt, context and body. */
export class EntryVerifier {
  /** Entries whose body had been erased when the backup was made. */
  withoutBody = 0;
  last?: { readonly position: bigint; readonly recordTime: string };

  /** @param next the position that must come first */
  constructor(private next: bigint) {}

  /** @throws UnusableBackup naming the position at which something is wrong */
  take(json: string): ReadEntry {
    const [entry, body] = entryAndBody(json);
    const read = { entry: JSON.parse(entry), body: JSON.parse(body) } as ReadEntry;
    const { position, digest, record_time } = read.entry;
    if (BigInt(position) !== this.next) throw gap(this.next, position);
    if (read.body === null) this.withoutBody += 1;
    else if (`\\x${digestOf(bytesOf(read.body.salt), read.body.context, read.body.body).toString('hex')}` !== digest) throw otherContent(position);
    this.last = { position: this.next, recordTime: record_time };
    this.next += 1n;
    return read;
  }
}

/** PostgreSQL's hex form of bytes. */
const bytesOf = (hex: string): Buffer => Buffer.from(hex.slice(2), 'hex');

const gap = (expected: bigint, found: number) =>
  new UnusableBackup({ zh: `备份缺少第 ${expected} 条记录(其后为第 ${found} 条)。`, en: `The backup lacks entry ${expected}: entry ${found} comes instead.` });
const otherContent = (position: number) =>
  new UnusableBackup({
    zh: `第 ${position} 条记录的内容与其摘要不符:它在进入备份之前已被改动。`,
    en: `The content of entry ${position} does not match its digest: it was changed before it came into the backup.`,
  });
