import { createHash } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { catchUp } from './follow';
import type { Follower, InlineProjection } from './inline-projection';
import { lockLog, readLog } from './store';

const CHUNK_ENTRIES = 500;

/** What a rebuild did: each table with a digest of all its rows before and after. */
export interface Rebuilt {
  readonly name: string;
  readonly tables: readonly { readonly table: string; readonly rows: number; readonly before: string; readonly after: string }[];
}

/**
 * Makes projections anew from the first entry. Nothing that left the house is repeated, for projections send nothing.
 *
 * Inline projections are rebuilt together, in their order, under the lock: a later one may read an earlier one's
 * tables. Followers are rebuilt one by one.
 *
 * @param name a projection's or follower's name, or `all`
 */
export async function rebuild(
  dataSource: DataSource,
  projections: readonly InlineProjection[],
  followers: readonly Follower[],
  name: string,
): Promise<Rebuilt[]> {
  const known = [...projections, ...followers].map((p) => p.name);
  if (name !== 'all' && !known.includes(name)) {
    throw new Error(`nothing is named ${name}; there are: all, ${known.join(', ')}`);
  }
  const rebuilt: Rebuilt[] = [];
  const inline = name === 'all' || projections.some((p) => p.name === name);
  if (inline) rebuilt.push(...(await dataSource.transaction((tx) => rebuildInline(tx, projections))));
  for (const follower of followers.filter((f) => name === 'all' || f.name === name)) {
    rebuilt.push(await rebuildFollower(dataSource, follower));
  }
  return rebuilt;
}

async function rebuildInline(tx: EntityManager, projections: readonly InlineProjection[]): Promise<Rebuilt[]> {
  await lockLog(tx);
  const tables = projections.flatMap((p) => p.tables);
  const before = await digests(tx, tables);
  if (tables.length > 0) await tx.query(`TRUNCATE ${tables.join(', ')}`);
  await replay(tx, projections);
  const after = await digests(tx, tables);
  return projections.map((p) => compared(p.name, p.tables, before, after));
}

/**
 * Applies the whole log to projections or followers whose tables are empty, all in this transaction.
 *
 * @param told hears how many entries have been applied
 */
export async function replay(
  tx: EntityManager,
  parts: readonly (InlineProjection | Follower)[],
  told: (applied: bigint) => Promise<void> | void = () => undefined,
): Promise<void> {
  for (let from = 0n; ; ) {
    const entries = await readLog(tx, from, CHUNK_ENTRIES);
    const last = entries.at(-1);
    if (last === undefined) return;
    for (const part of parts) await part.apply(tx, entries);
    from = last.position + 1n;
    await told(from);
  }
}

async function rebuildFollower(dataSource: DataSource, follower: Follower): Promise<Rebuilt> {
  await catchUp(dataSource, follower);
  const before = await dataSource.transaction(async (tx) => {
    await tx.query('SELECT position FROM follower WHERE name = $1 FOR UPDATE', [follower.name]);
    const found = await digests(tx, follower.tables);
    if (follower.tables.length > 0) await tx.query(`TRUNCATE ${follower.tables.join(', ')}`);
    await tx.query('UPDATE follower SET position = 0 WHERE name = $1', [follower.name]);
    return found;
  });
  await catchUp(dataSource, follower);
  const after = await dataSource.transaction((tx) => digests(tx, follower.tables));
  return compared(follower.name, follower.tables, before, after);
}

/** Each table's number of rows and a digest of all of them. */
export type Digests = ReadonlyMap<string, { readonly rows: number; readonly digest: string }>;

/** Rows whose digests are fetched at once: memory stays the same however large a table is. */
const FETCH_ROWS = 20_000;

/** A digest of every row of each table, in an order the rows themselves decide. Needs a transaction, for its cursor. */
export async function digests(tx: EntityManager, tables: readonly string[]): Promise<Digests> {
  const found = new Map<string, { rows: number; digest: string }>();
  for (const table of tables) {
    const hash = createHash('sha256');
    let rows = 0;
    await tx.query(`DECLARE digested CURSOR FOR SELECT sha256(convert_to(t::text, 'UTF8')) AS row FROM ${table} t ORDER BY 1`);
    for (;;) {
      const fetched: { row: Buffer }[] = await tx.query(`FETCH ${FETCH_ROWS} FROM digested`);
      if (fetched.length === 0) break;
      for (const { row } of fetched) hash.update(row);
      rows += fetched.length;
    }
    await tx.query('CLOSE digested');
    found.set(table, { rows, digest: hash.digest('hex') });
  }
  return found;
}

function compared(name: string, tables: readonly string[], before: Digests, after: Digests): Rebuilt {
  return {
    name,
    tables: tables.map((table) => ({
      table,
      rows: after.get(table)?.rows ?? 0,
      before: before.get(table)?.digest ?? '',
      after: after.get(table)?.digest ?? '',
    })),
  };
}
