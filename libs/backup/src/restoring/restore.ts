/** Puts a backup into an empty database: the log as it was, what is kept beside it, and everything else made anew. */
import { digests, type Follower, type InlineProjection, replay } from '@daodi/log';
import { keepServingAway, type OwnState } from '@daodi/platform';
import type { DataSource, EntityManager } from 'typeorm';
import { type ListedErasure } from '../erasures/erasure-list';
import { type Reapplied, reapplyErasures } from '../erasures/reapply';
import { UnusableBackup } from '../format/frames';
import type { Header, Trailer } from '../format/header';
import { type BackupSource, readChain } from '../reading/read-chain';
import { inPlainText } from '../session';
import { LineRestorer } from './write-lines';

/** What a restore needs to know. */
export interface RestorePlan {
  readonly state: readonly OwnState[];
  readonly projections: readonly InlineProjection[];
  readonly followers: readonly Follower[];
  /** Names of the migrations this release has; the database has all of them. */
  readonly migrations: readonly string[];
  /** Erasures of the separately kept list, to be made again before anything is served. */
  readonly erasures?: readonly ListedErasure[];
  /**
   * The source stands still: nothing can have left it since the backup. And whatever comes out otherwise than the
   * backup's digests say takes the whole restore back.
   */
  readonly isMove?: boolean;
  /** Hears how far it is, in entries. */
  readonly told?: (stage: 'read' | 'replayed', entries: bigint) => void;
}

/** What was restored. */
export interface Restored {
  /** Of the last backup of the chain: last position and time are its last ones. */
  readonly header: Header;
  readonly erasures?: Reapplied;
  /** Tables whose digest the backup carries: their rows, and which came out otherwise. Nothing where erasures were made again. */
  readonly compared: readonly { readonly table: string; readonly rows: number }[];
  readonly different: readonly string[];
}

/** How often the planner learns how large the tables have become. */
const ANALYZE_FROM = 5_000n;

/**
 * Restores a full backup and the incremental ones that go on from it. All of it is one transaction: the database is
 * restored, whole and verified, or as empty as before. Positions, record times, salts and digests are the old ones;
 * queues are not restored (sweeps find what is to be done) and nothing is sent, for projections send nothing.
 *
 * @param owner connection of the owner: nobody else may write the log as it was
 * @throws StartFailure if the database is not empty or is being served, UnusableBackup if a backup cannot be used
 */
export function restore(owner: DataSource, sources: readonly BackupSource[], plan: RestorePlan): Promise<Restored> {
  return owner.transaction(async (tx) => {
    await inPlainText(tx);
    await keepServingAway(tx);
    await refuseUsed(tx);
    const { header, trailer } = await writeAll(tx, sources, plan);
    await settleLog(tx, header);
    const erasures = plan.erasures && (await reapplyErasures(tx, plan.state, plan.erasures));
    await makeAnew(tx, plan);
    // An erasure that was made again changes what follows from the log; then there is nothing to compare with.
    const before = (erasures?.again ?? 0) === 0 ? (trailer.digests ?? {}) : {};
    const different = await differences(tx, before);
    if (different.length > 0 && plan.isMove === true) throw otherwise(different);
    if (plan.isMove !== true) for (const { settle } of plan.state) await settle?.(tx);
    return { header, erasures, compared: Object.entries(before).map(([table, { rows }]) => ({ table, rows })), different };
  });
}

async function refuseUsed(tx: EntityManager): Promise<void> {
  const [{ size }] = await tx.query('SELECT size FROM log_head FOR UPDATE');
  if (size === '0') return;
  throw new UnusableBackup({
    zh: `此数据库已有 ${size} 条记录。只能恢复到空数据库:请用 DAODI_DATA 指定另一个目录,或另建一个数据库。`,
    en: `This database has ${size} entries already. A backup goes into an empty one only: name another folder with DAODI_DATA, or make another database.`,
  });
}

async function writeAll(tx: EntityManager, sources: readonly BackupSource[], { state, migrations, told }: RestorePlan): Promise<{ header: Header; trailer: Trailer }> {
  const lines = new LineRestorer(tx, state.flatMap(({ kept }) => kept));
  let last: { header: Header; trailer: Trailer } | undefined;
  for await (const piece of readChain(sources)) {
    switch (piece.kind) {
      case 'header':
        refuseNewer(piece.header, migrations);
        await lines.emptyKept(piece.header);
        break;
      case 'lines':
        await lines.write(piece);
        if (piece.entries.length > 0) told?.('read', BigInt(piece.entries.at(-1)!.entry.position) + 1n);
        break;
      case 'trailer':
        last = piece;
        break;
      default:
        piece satisfies never;
    }
  }
  return last as { header: Header; trailer: Trailer };
}

function refuseNewer({ product, migrations }: Header, known: readonly string[]): void {
  const unknown = migrations.filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  throw new UnusableBackup({
    zh: `备份由更新的版本(${product})写成,本版本没有其 ${unknown.join('、')}。请用该版本恢复。`,
    en: `A newer release (${product}) wrote this backup; this one lacks its ${unknown.join(', ')}. Restore it with that release.`,
  });
}

/** The end of the log, and that every entry has its body or what an erasure kept of it. */
async function settleLog(tx: EntityManager, { size }: Header): Promise<void> {
  await tx.query('UPDATE log_head SET size = $1', [size]);
  await tx.query('ANALYZE entry, entry_body, entry_residue');
  const [bare] = await tx.query(
    `SELECT e.position FROM entry e LEFT JOIN entry_body b USING (position) LEFT JOIN entry_residue r USING (position)
      WHERE (b.position IS NULL) = (r.position IS NULL) LIMIT 1`,
  );
  if (bare === undefined) return;
  throw new UnusableBackup({
    zh: `第 ${bare.position} 条记录既没有内容,也没有删除记录。`,
    en: `Entry ${bare.position} has neither its body nor an erasure that says why.`,
  });
}

/** Inline projections together, as an append writes them; then each follower, to the end of the log. */
async function makeAnew(tx: EntityManager, { projections, followers, told }: RestorePlan): Promise<void> {
  const tables = [...projections, ...followers].flatMap((part) => part.tables);
  let analyzeAt = ANALYZE_FROM;
  await replay(tx, projections, async (applied) => {
    told?.('replayed', applied);
    if (applied < analyzeAt) return;
    await tx.query(`ANALYZE ${tables.join(', ')}`);
    analyzeAt = applied * 2n;
  });
  for (const follower of followers) {
    // One without tables has effects instead. Those of these entries are kept, or came after the backup; never twice.
    if (follower.tables.length > 0) await replay(tx, [follower]);
    await tx.query(
      `INSERT INTO follower (name, position) SELECT $1, size FROM log_head ON CONFLICT (name) DO UPDATE SET position = EXCLUDED.position`,
      [follower.name],
    );
  }
}

async function differences(tx: EntityManager, before: NonNullable<Trailer['digests']>): Promise<readonly string[]> {
  const after = await digests(tx, Object.keys(before));
  return Object.entries(before).flatMap(([table, { digest }]) => (after.get(table)?.digest === digest ? [] : [table]));
}

const otherwise = (tables: readonly string[]) =>
  new UnusableBackup({
    zh: `重建后与原来不一致:${tables.join('、')}。目标数据库保持为空。`,
    en: `Made anew, these came out otherwise than they were: ${tables.join(', ')}. The target was left empty.`,
  });
