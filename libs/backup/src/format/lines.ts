/**
 * The inner shape: lines of a tag, a tab and JSON, in the order in which they can be written back.
 *
 * - `entry` {…}, a tab, {…}: an entry and its body (null where it was erased), by position;
 * - `residue` {…}: what an erasure kept, behind all entries;
 * - `table` {table, columns, replaces}: from here on rows of a kept table; `replaces`: they are all there are;
 * - `row` {…}: one of them.
 *
 * The JSON is PostgreSQL's own and goes back to PostgreSQL as it is: no number passes through a double.
 */
import { gzip, gunzip } from 'node:zlib';
import { promisify } from 'node:util';
import type { FrameWriter } from './frames';

export type LineTag = 'entry' | 'residue' | 'table' | 'row';

/** A line as read. */
export interface Line {
  readonly tag: LineTag;
  /** Of an entry two, with a tab between: JSON of PostgreSQL's holds none. */
  readonly json: string;
}

/** An entry's line, taken apart. */
export function entryAndBody(json: string): readonly [entry: string, body: string] {
  const tab = json.indexOf('\t');
  return [json.slice(0, tab), json.slice(tab + 1)];
}

/** The first line of a kept table. */
export interface TableLine {
  readonly table: string;
  readonly columns: readonly string[];
  readonly replaces: boolean;
}

/** Bytes of lines in one frame, about; one line alone may be longer. */
const FRAME_BYTES = 1024 * 1024;
const pack = promisify(gzip);
const unpack = promisify(gunzip);

/** Gathers lines into frames. One frame is being packed while the next one gathers. */
export class LineWriter {
  private gathered: string[] = [];
  private gatheredBytes = 0;
  private packing: Promise<void> = Promise.resolve();
  private readonly counts = new Map<string, number>();

  constructor(private readonly frames: FrameWriter) {}

  /** @param counted under which name the trailer counts it, if not its tag */
  async write(tag: LineTag, json: string, counted: string = tag): Promise<void> {
    this.gathered.push(`${tag}\t${json}\n`);
    this.gatheredBytes += json.length;
    this.counts.set(counted, (this.counts.get(counted) ?? 0) + 1);
    if (this.gatheredBytes >= FRAME_BYTES) await this.flush();
  }

  /** Waits until everything is written. @returns how many lines there were of each kind */
  async end(): Promise<Readonly<Record<string, number>>> {
    await this.flush();
    await this.packing;
    return Object.fromEntries(this.counts);
  }

  private async flush(): Promise<void> {
    if (this.gathered.length === 0) return;
    const text = this.gathered.join('');
    this.gathered = [];
    this.gatheredBytes = 0;
    const packed = pack(text);
    const before = this.packing;
    await before;
    this.packing = packed.then((payload) => this.frames.write('data', payload));
    // Whoever waits next hears of a failure; until then it must not end the process.
    this.packing.catch(() => undefined);
  }
}

/** The lines of a data frame. */
export async function linesOf(payload: Buffer): Promise<Line[]> {
  const text = (await unpack(payload)).toString('utf8');
  return text
    .slice(0, -1)
    .split('\n')
    .map((line) => {
      const tab = line.indexOf('\t');
      return { tag: line.slice(0, tab) as LineTag, json: line.slice(tab + 1) };
    });
}
