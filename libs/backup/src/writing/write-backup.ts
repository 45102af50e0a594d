/** Takes a backup: one snapshot of the log and of what is kept beside it, read by cursors, so that memory stays the same. */
import { digests, type Follower, type InlineProjection, isoTime, LOG_TABLES } from '@daodi/log';
import { type OwnState, PRODUCT_VERSION } from '@daodi/platform';
import type { DataSource, EntityManager } from 'typeorm';
import { FrameWriter, type Sink, UnusableBackup } from '../format/frames';
import { type BackupName, type Header, jsonFrame, type Trailer } from '../format/header';
import { LineWriter } from '../format/lines';
import { inPlainText } from '../session';
import { fetchJson } from './fetch-json';

/** What a backup is to hold. */
export interface BackupPlan {
  readonly state: readonly OwnState[];
  /** The earlier backup it goes on from; without it the backup stands alone. */
  readonly since?: BackupName & { readonly installation: string | null; readonly lastDigest: string | null };
  /** Whose tables' digests go into the trailer, with those of the log and of what is kept. A follower that lags has none. */
  readonly digestsOf?: { readonly projections: readonly InlineProjection[]; readonly followers: readonly Follower[] };
  /** Hears how far it is, in entries. */
  readonly told?: (entries: bigint) => void;
}

/** What was written. */
export interface BackedUp {
  readonly header: Header;
  readonly trailer: Trailer;
  /** The backup's name: its last digest, hex. */
  readonly digest: string;
}

/**
 * Writes a backup to a sink. The snapshot is read only and blocks nobody: appends go on meanwhile.
 *
 * @throws UnusableBackup if the earlier backup is of another installation, or of another history of this one
 */
export function writeBackup(dataSource: DataSource, plan: BackupPlan, sink: Sink): Promise<BackedUp> {
  return dataSource.transaction('REPEATABLE READ', async (tx) => {
    await tx.query('SET TRANSACTION READ ONLY');
    await inPlainText(tx);
    const header = await headerOf(tx, plan);
    const frames = new FrameWriter(sink);
    await frames.write(...jsonFrame('header', header));
    const lines = new LineWriter(frames);
    await writeEntries(tx, header, lines, plan.told);
    await writeKept(tx, plan, header, lines);
    const trailer: Trailer = {
      lines: await lines.end(),
      ...(plan.digestsOf && { digests: Object.fromEntries(await digests(tx, await comparable(tx, plan))) }),
    };
    await frames.write(...jsonFrame('trailer', trailer));
    return { header, trailer, digest: frames.digest.toString('hex') };
  });
}

async function headerOf(tx: EntityManager, { since }: BackupPlan): Promise<Header> {
  const [{ size, created_at }] = await tx.query(`SELECT size, ${isoTime('transaction_timestamp()')} AS created_at FROM log_head`);
  const [installation] = await tx.query('SELECT id FROM installation');
  const migrations: { name: string }[] = await tx.query('SELECT name FROM schema_migration ORDER BY id');
  const last = await entryAt(tx, BigInt(size) - 1n);
  const header = {
    product: PRODUCT_VERSION,
    installation: (installation?.id as string | undefined) ?? null,
    createdAt: created_at as string,
    migrations: migrations.map(({ name }) => name),
    from: since?.size ?? '0',
    size: size as string,
    lastRecordTime: last?.recordTime ?? null,
    lastDigest: last?.digest ?? null,
  };
  if (since === undefined) return header;
  const joint = await entryAt(tx, BigInt(since.size) - 1n);
  if (since.installation !== header.installation || (joint?.digest ?? null) !== since.lastDigest) throw OTHER_HISTORY;
  return { ...header, since: { digest: since.digest, size: since.size } };
}

async function entryAt(tx: EntityManager, position: bigint): Promise<{ recordTime: string; digest: string } | undefined> {
  const [row] = await tx.query(
    `SELECT ${isoTime('record_time')} AS "recordTime", encode(digest, 'hex') AS digest FROM entry WHERE position = $1`,
    [position.toString()],
  );
  return row;
}

async function writeEntries(tx: EntityManager, { from, size }: Header, lines: LineWriter, told: BackupPlan['told']): Promise<void> {
  let written = 0n;
  // Positions and times are the database's own and hold nothing to quote; cursors take no parameters.
  const range = (column: string) => `${column} >= ${BigInt(from)} AND ${column} < ${BigInt(size)}`;
  await fetchJson(
    tx,
    `SELECT to_jsonb(e)::text || E'\\t' || COALESCE(to_jsonb(b)::text, 'null') AS json
       FROM entry e LEFT JOIN entry_body b USING (position) WHERE ${range('e.position')} ORDER BY e.position`,
    async (json) => {
      await lines.write('entry', json);
      told?.((written += 1n));
    },
  );
  // Of an erasure this backup carries, whatever it erased: that may stand in an earlier backup, with its body.
  await fetchJson(
    tx,
    `SELECT to_jsonb(r)::text AS json FROM entry_residue r WHERE ${range('r.erased_by')} ORDER BY r.position`,
    (json) => lines.write('residue', json),
  );
}

async function writeKept(tx: EntityManager, plan: BackupPlan, { from }: Header, lines: LineWriter): Promise<void> {
  for (const { table, only, addedSince, isLarge } of plan.state.flatMap(({ kept }) => kept)) {
    const adds = plan.since !== undefined && addedSince !== undefined;
    const columns: { name: string }[] = await tx.query(
      `SELECT attname AS name FROM pg_attribute
        WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum`,
      [table],
    );
    await lines.write('table', JSON.stringify({ table, columns: columns.map(({ name }) => name), replaces: !adds }));
    const where = [only ?? 'true', adds ? addedSince.replaceAll('$1', `'${BigInt(from)}'`) : 'true'];
    const select = `SELECT to_jsonb(t)::text AS json FROM ${table} t WHERE (${where.join(') AND (')})`;
    await fetchJson(tx, select, (json) => lines.write('row', json, `row ${table}`), isLarge);
  }
}

/** Tables a restore can be compared by: those carried whole, and what follows from the log; of followers, those that have read to the end of this snapshot. */
async function comparable(tx: EntityManager, { state, digestsOf }: BackupPlan): Promise<readonly string[]> {
  const atEnd: { name: string }[] = await tx.query('SELECT f.name FROM follower f JOIN log_head h ON f.position = h.size');
  const followers = digestsOf?.followers.filter(({ name }) => atEnd.some((one) => one.name === name)) ?? [];
  const derived = [...(digestsOf?.projections ?? []), ...followers].flatMap(({ tables }) => tables);
  const whole = state.flatMap(({ kept }) => kept.filter(({ only }) => only === undefined).map(({ table }) => table));
  return [...LOG_TABLES, ...whole, ...derived];
}

const OTHER_HISTORY = new UnusableBackup({
  zh: '之前的备份属于另一套系统,或此数据库在那之后走了另一段历史(例如恢复过更早的备份)。请做一次完整备份。',
  en: 'The earlier backup is of another installation, or this database went another way since (an older backup was restored). Take a full backup.',
});
