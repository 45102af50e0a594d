/**
 * The list of erasures, kept apart from the backups: a backup made before an erasure still holds what was erased, and
 * only this list can say so when it is restored. It holds no erased content: positions, digests, and the erasure's own
 * record (who, when, why, and which identifiers and quantities stay).
 *
 * Lines of JSON: a head, one line for each erasure in log order, and an end with their number and a SHA-256 of all
 * lines before it.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { type Entry, readEntries } from '@daodi/log';
import type { EntityManager } from 'typeorm';
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

/** Writes every erasure of the log. @returns how many */
export async function writeErasureList(db: Db, sink: Sink): Promise<number> {
  const hash = createHash('sha256');
  const write = async (value: unknown): Promise<void> => {
    const line = `${JSON.stringify(value)}\n`;
    hash.update(line);
    await sink(Buffer.from(line, 'utf8'));
  };
  const [{ size }] = await db.query('SELECT size FROM log_head');
  await write({ daodi: 'erasures', format: 1, size });
  let count = 0;
  for (let from = 0n; ; ) {
    const found = await readEntries(db, `e.kind = 'record' AND e.type = 'erasure' AND e.position >= $1 ORDER BY e.position LIMIT $2`, [from.toString(), READ_ENTRIES]);
    const last = found.at(-1);
    if (last === undefined) break;
    const digests = await digestsAt(db, found.map(positionErased));
    for (const { position, digest: _digest, kind: _kind, erasedBy: _erasedBy, ...record } of found) {
      const erased = positionErased(record);
      await write({ erased, digest: digests.get(erased) as string, record: { ...record, position: position.toString() } } satisfies ListedErasure);
      count += 1;
    }
    from = last.position + 1n;
  }
  await sink(Buffer.from(`${JSON.stringify({ erasures: count, sha256: hash.digest('hex') })}\n`, 'utf8'));
  return count;
}

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
