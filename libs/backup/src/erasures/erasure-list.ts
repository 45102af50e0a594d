/**
 * The list of erasures, kept apart from the backups: a backup made before an erasure still holds what was erased, and
 * only this list can say so when it is restored. It holds no erased content: positions, digests, and the erasure's own
 * record (who, when, why, and which identifiers and quantities stay).
 *
 * Lines of JSON: a head, one line for each erasure in log order, and an end with their number and a SHA-256 of all
 * lines before it.
 */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { type Entry, readEntries } from '@daodi/log';
import type { EntityManager } from 'typeorm';
import { writeFileWhole } from '../files';
import { type Sink, UnusableBackup } from '../format/frames';

/** One erasure. Positions are decimal text. */
export interface ListedErasure {
  /** What was erased: its position and digest (hex), so that it is taken for no other entry. */
  readonly erased: string;
  readonly digest: string;
  /** The erasure's record. */
  readonly record: Omit<Entry, 'position' | 'digest' | 'kind' | 'erasedBy'> & { readonly position: string };
}

type Db = Pick<EntityManager, 'query'>;
const READ_ENTRIES = 500;

/** Every erasure of the log, in its order. */
export async function* listErasures(db: Db): AsyncGenerator<ListedErasure> {
  for (let from = 0n; ; ) {
    const found = await readEntries(db, `e.kind = 'record' AND e.type = 'erasure' AND e.position >= $1 ORDER BY e.position LIMIT $2`, [from.toString(), READ_ENTRIES]);
    const last = found.at(-1);
    if (last === undefined) return;
    const digests = await digestsAt(db, found.map(positionErased));
    for (const { position, digest: _digest, kind: _kind, erasedBy: _erasedBy, ...record } of found) {
      const erased = positionErased(record);
      yield { erased, digest: digests.get(erased) as string, record: { ...record, position: position.toString() } };
    }
    from = last.position + 1n;
  }
}

/** Writes a list. @returns how many erasures it names */
export async function writeErasureList(erasures: AsyncIterable<ListedErasure> | Iterable<ListedErasure>, sink: Sink): Promise<number> {
  const hash = createHash('sha256');
  const write = async (value: unknown): Promise<void> => {
    const line = `${JSON.stringify(value)}\n`;
    hash.update(line);
    await sink(Buffer.from(line, 'utf8'));
  };
  await write({ daodi: 'erasures', format: 1 });
  let count = 0;
  for await (const erasure of erasures) {
    await write(erasure);
    count += 1;
  }
  await sink(Buffer.from(`${JSON.stringify({ erasures: count, sha256: hash.digest('hex') })}\n`, 'utf8'));
  return count;
}

/**
 * Brings the list in a file up to what the log says. What the file names and the log does not stays: after an older
 * backup was restored, the file is the only one that knows.
 *
 * @returns how many erasures it names, and how many of them are new to it
 * @throws UnusableBackup if there is a file and it is no whole list: that is for a person to look at
 */
export async function updateErasureList(db: Db, path: string): Promise<{ readonly count: number; readonly added: number }> {
  const known = existsSync(path) ? await readErasureList(path) : [];
  const union = new Map(known.map((one) => [nameOf(one), one]));
  for await (const one of listErasures(db)) if (!union.has(nameOf(one))) union.set(nameOf(one), one);
  const added = union.size - known.length;
  if (added > 0 || known.length === 0) await writeFileWhole(path, (sink) => writeErasureList(union.values(), sink));
  return { count: union.size, added };
}

/** What tells one erasure from another, also one that was made again after a restore. */
const nameOf = ({ erased, digest, record }: ListedErasure): string => `${erased} ${digest} ${record.position} ${record.recordTime}`;

/** @throws UnusableBackup if the file is no whole list */
export async function readErasureList(path: string): Promise<readonly ListedErasure[]> {
  const hash = createHash('sha256');
  const listed: ListedErasure[] = [];
  let isHead = true;
  let isWhole = false;
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    const value = parsed(line) as Record<string, unknown> | undefined;
    if (value === undefined || isWhole || isHead !== (value['daodi'] === 'erasures')) throw noList(path);
    if (value['sha256'] !== undefined) isWhole = value['sha256'] === hash.digest('hex') && value['erasures'] === listed.length;
    else hash.update(`${line}\n`);
    if (value['erased'] !== undefined) listed.push(value as unknown as ListedErasure);
    isHead = false;
  }
  if (!isWhole) throw noList(path);
  return listed;
}

/** Which entry an erasure's record erased. */
const positionErased = ({ body }: Pick<Entry, 'body'>): string => (body as { new: { position: string } }).new.position;

async function digestsAt(db: Db, positions: readonly string[]): Promise<Map<string, string>> {
  const rows: { position: string; digest: string }[] = await db.query(
    `SELECT position, encode(digest, 'hex') AS digest FROM entry WHERE position = ANY($1::bigint[])`,
    [positions],
  );
  return new Map(rows.map(({ position, digest }) => [position, digest]));
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

const noList = (path: string) => new UnusableBackup({ zh: `${path} 不是完整的删除清单。`, en: `${path} is no whole list of erasures.` });
