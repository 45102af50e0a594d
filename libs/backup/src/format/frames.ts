/**
 * The outer shape of a backup: a few bytes that say what it is, then frames. A frame is a kind (1 byte), the length of
 * its payload (4 bytes, big endian), the payload, and the SHA-256 of {the digest before it, kind, length, payload}. So
 * every frame vouches for all before it, damage is told with its place, and the last digest names the whole backup.
 */
import { createHash } from 'node:crypto';
import { StartFailure } from '@daodi/platform';

/** What a backup begins with; the digit is the version of this format. */
const MAGIC = Buffer.from('DAODI-BACKUP 1\n', 'ascii');
const HEAD_BYTES = 5;
const DIGEST_BYTES = 32;
/** No frame is longer; a larger length is damage. */
const PAYLOAD_BYTES_MAX = 1_200_000_000;

/** `header` and `trailer` are JSON, `data` is gzip of lines. */
export type FrameKind = 'header' | 'data' | 'trailer';
const LETTER: Readonly<Record<FrameKind, string>> = { header: 'H', data: 'D', trailer: 'T' };
const KIND = new Map(Object.entries(LETTER).map(([kind, letter]) => [letter, kind as FrameKind]));

/** Where the bytes of a backup go, in order. */
export type Sink = (bytes: Buffer) => Promise<void>;

/** One frame as read. */
export interface Frame {
  readonly kind: FrameKind;
  readonly payload: Buffer;
  /** The digest up to and with this frame. */
  readonly digest: Buffer;
  /** Byte at which it begins. */
  readonly at: number;
}

/** A backup that cannot be used; the sentence says where it is damaged or why it does not fit. */
export class UnusableBackup extends StartFailure {}

/** Writes frames one after the other. */
export class FrameWriter {
  private running: Buffer = createHash('sha256').update(MAGIC).digest();
  private isBegun = false;

  constructor(private readonly sink: Sink) {}

  async write(kind: FrameKind, payload: Buffer): Promise<void> {
    const head = headOf(kind, payload.length);
    this.running = chained(this.running, head, payload);
    const parts = [head, payload, this.running];
    if (!this.isBegun) parts.unshift(MAGIC);
    this.isBegun = true;
    await this.sink(Buffer.concat(parts));
  }

  /** The digest of all that was written: the backup's name once its trailer is. */
  get digest(): Buffer {
    return this.running;
  }
}

/**
 * Reads frames, each checked before it is given. Ends behind the trailer.
 *
 * @param name of the file, for the sentence about what is wrong with it
 * @throws UnusableBackup at the first byte that cannot be right
 */
export async function* readFrames(source: AsyncIterable<Buffer>, name: string): AsyncGenerator<Frame> {
  const bytes = new Bytes(source);
  try {
    yield* framesOf(bytes, name);
  } finally {
    await bytes.close();
  }
}

async function* framesOf(bytes: Bytes, name: string): AsyncGenerator<Frame> {
  const magic = await bytes.take(MAGIC.length);
  if (!magic?.equals(MAGIC)) throw notOurs(name);
  let running: Buffer = createHash('sha256').update(MAGIC).digest();
  for (;;) {
    const { at } = bytes;
    const head = await bytes.take(HEAD_BYTES);
    if (head === undefined) throw cutOff(name, bytes.at);
    const kind = KIND.get(String.fromCharCode(head[0] as number));
    const length = head.readUInt32BE(1);
    if (kind === undefined || length > PAYLOAD_BYTES_MAX) throw damaged(name, at, at + HEAD_BYTES);
    const payload = await bytes.take(length);
    const digest = payload && (await bytes.take(DIGEST_BYTES));
    if (payload === undefined || digest === undefined) throw cutOff(name, bytes.at);
    running = chained(running, head, payload);
    if (!running.equals(digest)) throw damaged(name, at, bytes.at);
    yield { kind, payload, digest, at };
    if (kind !== 'trailer') continue;
    if ((await bytes.take(1)) !== undefined) throw damaged(name, bytes.at - 1, bytes.at);
    return;
  }
}

function headOf(kind: FrameKind, length: number): Buffer {
  const head = Buffer.alloc(HEAD_BYTES);
  head.write(LETTER[kind], 'ascii');
  head.writeUInt32BE(length, 1);
  return head;
}

const chained = (before: Buffer, head: Buffer, payload: Buffer): Buffer => createHash('sha256').update(before).update(head).update(payload).digest();

/** Takes exactly so many bytes from a stream of pieces. */
class Bytes {
  at = 0;
  private held: Buffer[] = [];
  private heldBytes = 0;
  private readonly pieces: AsyncIterator<Buffer>;

  constructor(source: AsyncIterable<Buffer>) {
    this.pieces = source[Symbol.asyncIterator]();
  }

  /** @returns undefined if the stream ends before; `at` is then where it ended */
  async take(count: number): Promise<Buffer | undefined> {
    while (this.heldBytes < count) {
      const next = await this.pieces.next();
      if (next.done === true) {
        this.at += this.heldBytes;
        this.heldBytes = 0;
        this.held = [];
        return undefined;
      }
      this.held.push(next.value);
      this.heldBytes += next.value.length;
    }
    const all = this.held.length === 1 ? (this.held[0] as Buffer) : Buffer.concat(this.held);
    this.held = [all.subarray(count)];
    this.heldBytes -= count;
    this.at += count;
    return all.subarray(0, count);
  }

  /** Lets go of the stream, wherever reading ended. */
  async close(): Promise<void> {
    await this.pieces.return?.();
  }
}

const notOurs = (name: string) => new UnusableBackup({ zh: `${name} 不是道地的备份文件(或由更新版本写成)。`, en: `${name} is not a backup of Daodi, or a newer release wrote it.` });
const cutOff = (name: string, at: number) => new UnusableBackup({ zh: `备份 ${name} 不完整:在第 ${at} 字节处中断。`, en: `The backup ${name} is cut off: it ends at byte ${at}.` });
const damaged = (name: string, from: number, to: number) =>
  new UnusableBackup({ zh: `备份 ${name} 已损坏:在第 ${from} 至 ${to} 字节之间。`, en: `The backup ${name} is damaged between bytes ${from} and ${to}.` });
