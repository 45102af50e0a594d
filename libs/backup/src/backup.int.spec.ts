import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Act, digests, type Entry, eraseBody, type Follower, GroupAppender, type InlineProjection, LOG_MIGRATIONS, LOG_STATE, type NewEntry } from '@daodi/log';
import { createDataSource, type FreshDatabase, freshDatabase, PLATFORM_STATE } from '@daodi/platform';
import type { DataSource } from 'typeorm';
import { backupSource, type BackupPlan, checkBackups, compareBackups, readErasureList, readName, restore, type RestorePlan, updateErasureList, writeBackup, writeFileWhole } from '.';

const ORG = randomUUID();
const TABLES = 'CREATE TABLE seen (position bigint, note text); CREATE TABLE followed (position bigint, note text)';
const GRANTS = 'GRANT SELECT, INSERT, DELETE, TRUNCATE ON seen, followed TO daodi_service';
const state = [PLATFORM_STATE, LOG_STATE];

const writes = (table: string): InlineProjection & Follower => ({
  name: table,
  tables: [table],
  async apply(tx, entries) {
    await tx.query(`INSERT INTO ${table} SELECT * FROM unnest($1::bigint[], $2::text[])`, [
      entries.map(({ position }) => position.toString()),
      entries.map(({ body }) => JSON.stringify(body)),
    ]);
  },
});
const projection = writes('seen');

/** A database with a log, a projection, and both kinds of connection to it. */
class House {
  private constructor(
    readonly database: FreshDatabase,
    readonly owner: DataSource,
  ) {}

  static async open(): Promise<House> {
    const database = await freshDatabase(LOG_MIGRATIONS);
    const owner = await createDataSource({ url: database.ownerUrl, poolMax: 3 }).initialize();
    await owner.query(TABLES);
    await owner.query(GRANTS);
    return new House(database, owner);
  }

  async close(): Promise<void> {
    await this.owner.destroy();
    await this.database.drop();
  }

  /** Appends as the service does, on a connection that is gone afterwards: nobody serves while a backup is restored. */
  async append(...acts: Act[]): Promise<void> {
    const service = await createDataSource({ url: this.database.serviceUrl }).initialize();
    const appender = new GroupAppender(service, { projections: [projection], ring: () => undefined });
    for (const act of acts) await appender.append(act);
    await service.destroy();
  }

  backup(path: string, plan: Partial<BackupPlan> = {}) {
    return writeFileWhole(path, (sink) => writeBackup(this.owner, { state, ...plan }, sink));
  }

  async backupSince(path: string, earlier: string) {
    const { header, digest } = await readName(backupSource(earlier));
    return this.backup(path, { since: { digest, size: header.size, installation: header.installation, lastDigest: header.lastDigest } });
  }

  async restore(paths: readonly string[], plan: Partial<RestorePlan> = {}) {
    const migrations: { name: string }[] = await this.owner.query('SELECT name FROM schema_migration');
    return restore(this.owner, paths.map(backupSource), { state, projections: [projection], followers: [writes('followed')], migrations: migrations.map(({ name }) => name), ...plan });
  }

  /** Digests of everything there is, the followers' cursors aside. */
  async everything(): Promise<Record<string, string>> {
    const tables = ['entry', 'entry_body', 'entry_residue', 'log_head', 'idempotency', 'installation', 'installation_milestone', 'seen'];
    return this.owner.transaction(async (tx) => Object.fromEntries([...(await digests(tx, tables))].map(([table, { rows, digest }]) => [table, `${rows} ${digest}`])));
  }
}

const entry = (note: string): NewEntry => ({
  kind: 'event', type: 'ObjectEvent', eventId: `urn:e:${note}`, declaration: false, eventTime: '2026-08-01T00:00:00.123456Z', eventOffset: '+08:00',
  organisationId: ORG, actor: { kind: 'person', id: ORG }, provenance: 'form', requestId: randomUUID(), capturedTime: '2026-08-01T00:00:00.000001Z',
  device: { id: 'phone', counter: 9_007_199_254_740_991 }, context: ['urn:context'], body: { note, weight: 0.1, many: 1e21, rare: '𠮿\u2028"\\' },
});
const says = (note: string): Act => ({ entries: [entry(note)], respond: () => ({ status: 201, body: { note } }), idempotency: { organisationId: ORG, key: note, requestDigest: Buffer.alloc(32, 7) } });
const erases = (position: bigint): Act => ({
  decide: () => [{ ...entry(''), kind: 'record', type: 'erasure', eventId: undefined, eventTime: undefined, eventOffset: undefined, context: null,
    body: { subject: `urn:e:${position}`, change: 'ended', new: { position: position.toString(), eventID: `urn:e:${position}`, kept: { note: 'erased' } }, why: 'asked to' } }],
  confirm: (tx, [erasure]) => eraseBody(tx, position, (erasure as Entry).position),
  respond: () => ({ status: 201, body: {} }),
});
const notes = (from: number, to: number): Act[] => Array.from({ length: to - from }, (_, i) => says(String(from + i)));

describe('a backup', () => {
  let folder: string;
  const houses: House[] = [];
  const house = async (): Promise<House> => {
    const opened = await House.open();
    houses.push(opened);
    return opened;
  };
  const path = (name: string): string => join(folder, name);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'daodi-backup-'));
  });
  afterEach(async () => {
    for (const opened of houses.splice(0)) await opened.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('restored, gives every table as it was: positions, times, salts, digests, keys, residues', async () => {
    const [one, other] = [await house(), await house()];
    await one.owner.query('INSERT INTO installation (is_demo) VALUES (false)');
    await one.owner.query(`INSERT INTO installation_milestone (name) VALUES ('begun')`);
    await one.append(...notes(0, 30), erases(4n), says('after'));
    const { header, trailer } = await one.backup(path('full'), { digestsOf: { projections: [projection], followers: [] } });
    expect(header).toMatchObject({ from: '0', size: '32' });
    expect(Object.keys(trailer.digests ?? {})).toEqual(['entry', 'entry_body', 'entry_residue', 'log_head', 'installation', 'installation_milestone', 'idempotency', 'seen']);
    expect(statSync(path('full')).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['full']);
    expect(await checkBackups([backupSource(path('full'))])).toMatchObject({ entries: 32n, withoutBody: 1 });

    expect(await other.restore([path('full')])).toMatchObject({ header: { size: '32' }, different: ['seen'] });
    const { seen: _before, ...before } = await one.everything();
    const { seen: _after, ...after } = await other.everything();
    expect(after).toEqual(before);
    // Made anew, the projection knows of the erasure from the start, as after any rebuild.
    expect((await other.owner.query('SELECT note FROM seen WHERE position = 4'))[0].note).toBe('{"note":"erased"}');
    expect(await other.owner.query('SELECT count(*)::int AS n FROM followed')).toEqual([{ n: 32 }]);
    expect(await other.owner.query('SELECT name, position FROM follower')).toEqual([{ name: 'followed', position: '32' }]);
    // And it goes on where it ended.
    await other.append(says('next'));
    expect(await other.owner.query('SELECT max(position) AS last FROM entry')).toEqual([{ last: '32' }]);
  });

  it('tells a single flipped byte anywhere, and a cut anywhere, with the place and the last good entry', async () => {
    const one = await house();
    await one.append(...notes(0, 40));
    await one.backup(path('full'));
    const whole = readFileSync(path('full'));
    const check = () => checkBackups([backupSource(path('hurt'))]);
    for (let i = 0; i < 60; i++) {
      const at = Math.floor((whole.length * i) / 60);
      const hurt = Buffer.from(whole);
      hurt[at] = (hurt[at] as number) ^ (1 << (i % 8));
      writeFileSync(path('hurt'), hurt);
      await expect(check()).rejects.toThrow(/is damaged between bytes|is cut off|is not a backup/);
    }
    for (let i = 1; i < 30; i++) {
      writeFileSync(path('hurt'), whole);
      truncateSync(path('hurt'), Math.floor((whole.length * i) / 30));
      await expect(check()).rejects.toThrow(/is cut off: it ends at byte \d+|is not a backup/);
    }
    writeFileSync(path('hurt'), whole.subarray(0, whole.length - 1));
    await expect(check()).rejects.toThrow(/Good up to entry 39, recorded 20/);
    const other = await house();
    await expect(other.restore([path('hurt')])).rejects.toThrow(/is cut off/);
    expect((await other.everything())['entry']).toMatch(/^0 /);
  });

  it('tells an entry that was changed before it came into the backup', async () => {
    const one = await house();
    await one.append(...notes(0, 3));
    await one.owner.query('ALTER TABLE entry_body DISABLE TRIGGER USER');
    await one.owner.query(`UPDATE entry_body SET body = '{"note": "forged"}' WHERE position = 1`);
    await one.backup(path('full'));
    await expect(checkBackups([backupSource(path('full'))])).rejects.toThrow(/entry 1 does not match its digest/);
  });

  it('goes on from an earlier one: erased since stays erased, keys add up, what is kept is the latest', async () => {
    const [one, other, third] = [await house(), await house(), await house()];
    await one.owner.query('INSERT INTO installation (is_demo) VALUES (false)');
    await one.append(...notes(0, 10));
    await one.backup(path('full'));
    await one.append(...notes(10, 15), erases(2n));
    await one.owner.query(`INSERT INTO installation_milestone (name) VALUES ('later')`);
    await one.backupSince(path('monday'), path('full'));
    await one.append(erases(11n), ...notes(15, 18));
    const { header, trailer } = await one.backupSince(path('tuesday'), path('monday'));
    expect(header).toMatchObject({ from: '16', size: '20' });
    expect(trailer.lines).toMatchObject({ entry: 4, residue: 1, 'row idempotency': 3 });

    await other.restore([path('full'), path('monday'), path('tuesday')]);
    const { seen: _before, ...before } = await one.everything();
    const { seen: _after, ...after } = await other.everything();
    expect(after).toEqual(before);

    await expect(third.restore([path('monday')])).rejects.toThrow(/is incremental: it begins at entry 10/);
    await expect(third.restore([path('full'), path('tuesday')])).rejects.toThrow(/does not go on from/);
    await expect(third.restore([path('full'), path('tuesday'), path('monday')])).rejects.toThrow(/does not go on from/);
    expect((await third.everything())['entry']).toMatch(/^0 /);
  });

  it('is not gone on from by another installation, nor by another history of the same', async () => {
    const [one, other] = [await house(), await house()];
    for (const each of [one, other]) await each.owner.query('INSERT INTO installation (is_demo) VALUES (false)');
    await one.append(...notes(0, 5));
    await one.backup(path('early'));
    await one.append(...notes(5, 9));
    await one.backup(path('late'));
    await expect(other.backupSince(path('wrong'), path('early'))).rejects.toThrow(/of another installation/);
    await other.restore([path('early')]);
    await other.append(...notes(100, 110));
    await expect(other.backupSince(path('wrong'), path('late'))).rejects.toThrow(/went another way/);
    expect(readdirSync(folder).sort()).toEqual(['early', 'late']);
    expect(await compareBackups(other.owner, [backupSource(path('late'))])).toMatchObject({ isSameInstallation: true, overlapping: 9n, firstDifferent: 5n });
  });

  it('compared with the live database says its last position and time, and what is missing', async () => {
    const one = await house();
    await one.append(...notes(0, 5));
    const { header } = await one.backup(path('full'));
    await one.append(...notes(5, 9));
    const times = await one.owner.query(`SELECT to_char(min(record_time) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS t FROM entry WHERE position >= 5`);
    const found = await compareBackups(one.owner, [backupSource(path('full'))]);
    expect(found).toMatchObject({
      header: { size: '5', lastRecordTime: header.lastRecordTime }, overlapping: 5n,
      missingFromBackup: { from: 5n, to: 8n, entries: 4n, fromTime: times[0].t, byType: [{ type: 'ObjectEvent', entries: '4' }] },
    });
    expect(found.firstDifferent).toBeUndefined();
    const empty = await house();
    expect(await compareBackups(empty.owner, [backupSource(path('full'))])).toMatchObject({ missingHere: { from: 0n, to: 4n }, overlapping: 0n });
  });

  it('goes into an empty database only, and into none that is being served', async () => {
    const [one, used, served] = [await house(), await house(), await house()];
    await one.append(says('one'));
    await one.backup(path('full'));
    await used.append(says('mine'));
    await expect(used.restore([path('full')])).rejects.toThrow(/has 1 entries already/);
    const service = await createDataSource({ url: served.database.serviceUrl }).initialize();
    await service.query('SELECT 1');
    await expect(served.restore([path('full')])).rejects.toThrow(/Stop every api, worker and resolver/);
    await service.destroy();
    await served.restore([path('full')]);
  });

  it('restored sends nothing: effects are not repeated, and what was on its way is ended, but for a move', async () => {
    const [one, other, moved] = [await house(), await house(), await house()];
    await one.append(...notes(0, 3));
    await one.backup(path('full'));
    const effect = { ...writes('followed'), name: 'effect', tables: [] };
    const settle = async (tx: { query(sql: string): Promise<unknown> }) => void (await tx.query(`INSERT INTO followed VALUES (-1, 'settled')`));
    const plan = { followers: [effect], state: [...state, { kept: [], settle }] };
    await other.restore([path('full')], plan);
    expect(await other.owner.query('SELECT note FROM followed')).toEqual([{ note: 'settled' }]);
    expect(await other.owner.query('SELECT name, position FROM follower')).toEqual([{ name: 'effect', position: '3' }]);
    await moved.restore([path('full')], { ...plan, isMove: true });
    expect(await moved.owner.query('SELECT note FROM followed')).toEqual([]);
  });

  it('of a newer release is refused by name', async () => {
    const [one, other] = [await house(), await house()];
    await one.append(says('one'));
    await one.backup(path('full'));
    await expect(other.restore([path('full')], { migrations: [] })).rejects.toThrow(/A newer release .* wrote this backup; this one lacks its CreateInstallation/);
  });

  it('restored with the list of later erasures, never brings back what was erased, and says so in the log', async () => {
    const [one, other] = [await house(), await house()];
    await one.append(...notes(0, 6), erases(1n));
    await one.backup(path('full'), { digestsOf: { projections: [projection], followers: [] } });
    await one.append(erases(3n), says('new'), erases(8n));
    expect(await updateErasureList(one.owner, path('list'))).toEqual({ count: 3, added: 3 });
    expect(readFileSync(path('list'), 'utf8')).not.toMatch(/"note":"[0-9]/);
    const erasures = await readErasureList(path('list'));

    const restored = await other.restore([path('full')], { erasures });
    expect(restored).toMatchObject({ erasures: { again: 1, already: 1, absent: 1 }, compared: [], different: [] });
    expect(await other.owner.query('SELECT position FROM entry_body WHERE position IN (1, 3)')).toEqual([]);
    expect((await other.owner.query('SELECT note FROM seen WHERE position = 3'))[0].note).toBe('{"note":"erased"}');
    const [record] = await other.owner.query('SELECT type, body FROM entry JOIN entry_body USING (position) WHERE position = 7');
    expect(record).toMatchObject({ type: 'erasure', body: { why: 'asked to', new: { position: '3', reapplied: { position: '7' } } } });

    // The list names more than the restored log; it never loses what only it knows, and learns what is new.
    expect(await updateErasureList(other.owner, path('list'))).toEqual({ count: 4, added: 1 });
    expect(await updateErasureList(one.owner, path('list'))).toEqual({ count: 4, added: 0 });

    const lines = readFileSync(path('list'), 'utf8').split('\n');
    writeFileSync(path('cut'), lines.slice(0, -2).join('\n'));
    await expect(readErasureList(path('cut'))).rejects.toThrow(/no whole list/);
    writeFileSync(path('cut'), [...lines.slice(0, 1), ...lines.slice(2)].join('\n'));
    await expect(readErasureList(path('cut'))).rejects.toThrow(/no whole list/);
    await expect(updateErasureList(one.owner, path('cut'))).rejects.toThrow(/no whole list/);
  });

  it('is taken while appends go on, and holds one moment of them', async () => {
    const [one, other] = [await house(), await house()];
    await one.append(...notes(0, 20));
    const appending = one.append(...notes(20, 60));
    await one.backup(path('full'));
    await appending;
    const { header } = await checkBackups([backupSource(path('full'))]);
    await other.restore([path('full')]);
    const [{ entries, keys }] = await other.owner.query('SELECT (SELECT count(*) FROM entry) AS entries, (SELECT count(*) FROM idempotency) AS keys');
    expect([entries, keys]).toEqual([header.size, header.size]);
  });
});
