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
  for (let from = 0n; ; ) {
    const entries = await readLog(tx, from, CHUNK_ENTRIES);
    const last = entries.at(-1);
    if (last === undefined) break;
    for (const projection of projections) await projection.apply(tx, entries);
    from = last.position + 1n;
  }
  const after = await digests(tx, tables);
  return projections.map((p) => compared(p.name, p.tables, before, after));
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

type Digests = ReadonlyMap<string, { readonly rows: number; readonly digest: string }>;

/** A digest of every row of each table, in an order the rows themselves decide. */
export async function digests(tx: EntityManager, tables: readonly string[]): Promise<Digests> {
  const found = new Map<string, { rows: number; digest: string }>();
  for (const table of tables) {
    const hash = createHash('sha256');
    const rows: { row: string }[] = await tx.query(`SELECT t::text AS row FROM ${table} t ORDER BY t::text COLLATE "C"`);
    for (const { row } of rows) hash.update(row).update('\n');
    found.set(table, { rows: rows.length, digest: hash.digest('hex') });
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
