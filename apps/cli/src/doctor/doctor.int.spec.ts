/** The doctor over things that are really broken. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decideInstallation, freshDatabase, type FreshDatabase, isStrict, withClient } from '@daodi/platform';
import { MIGRATIONS } from '../migrations';
import type { Check } from './check';
import { examine } from './examine';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('daodi doctor', () => {
  let folder: string;
  let database: FreshDatabase;
  const look = async (more: Record<string, string> = {}) => {
    const checks = await examine({ DAODI_DATA: folder, DATABASE_URL: database.serviceUrl, ...more });
    return Object.fromEntries(checks.map((check) => [check.name, check])) as Record<string, Check | undefined>;
  };

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'daodi-doctor-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  beforeEach(async () => {
    database = await freshDatabase(MIGRATIONS);
    await decideInstallation(database.serviceUrl, undefined, false);
  });
  afterEach(() => database.drop());

  it('finds a sound database sound, but for the durability a test run gives up', async () => {
    const said = await look();
    expect(Object.values(said).filter((check) => check?.state === 'wrong').map((check) => check?.name)).toEqual(['durability']);
    expect(said.durability?.said.en).toBe('The database has fsync and synchronous_commit off: a power cut loses what was acknowledged');
    expect([said.migrations, said.grants, said.queues, said.captures, said.clock, said.installation].map((check) => check?.state)).toEqual(Array(6).fill('ok'));
    // No process of this release has started here, so nobody enrolled the followers.
    expect(said.followers?.state).toBe('warning');
  });

  it('says that the database is not to be had, and no password', async () => {
    const said = await look({ DATABASE_URL: `postgresql://daodi_service:top-secret@127.0.0.1:${await freePort()}/daodi` });
    expect(said.database?.state).toBe('wrong');
    expect(said.database?.said.en).toMatch(/cannot be reached: .*ECONNREFUSED/);
    expect(said.migrations).toBeUndefined();
    expect(JSON.stringify(said)).not.toContain('top-secret');
    expect((await look({ DATABASE_URL: database.serviceUrl.replace(/:[^:@/]+@/, ':wrong@') })).database?.said.en).toMatch(/authentication/);
  });

  it('knows a database of an older release, and of a newer one', async () => {
    const old = await freshDatabase(MIGRATIONS.slice(0, -1));
    expect((await look({ DATABASE_URL: old.serviceUrl })).migrations).toMatchObject({ state: 'wrong', said: { en: expect.stringContaining('migrations missing: 1') } });
    await old.drop();
    await withClient(database.ownerUrl, (client) => client.query(`INSERT INTO schema_migration (timestamp, name) VALUES (9999999999999, 'OfTomorrow9999999999999')`));
    expect((await look()).migrations?.said.en).toMatch('OfTomorrow9999999999999');
  });

  it('sees that the log could be changed', async () => {
    await withClient(database.ownerUrl, async (client) => {
      await client.query('GRANT UPDATE ON entry TO daodi_service');
      await client.query('ALTER TABLE entry DISABLE TRIGGER entry_never_changes');
    });
    expect((await look()).grants?.said.en).toMatch('daodi_service UPDATE entry; entry_never_changes off');
    expect((await look({ DATABASE_URL: database.ownerUrl })).grants?.said.en).toMatch('daodi_owner owns entry');
    expect((await look({ DATABASE_URL: database.superuserUrl })).grants?.said.en).toMatch('postgres superuser');
  });

  it('sees a document nobody takes, and a follower that stands still', async () => {
    await withClient(database.ownerUrl, async (client) => {
      const NOBODY = '00000000-0000-0000-0000-000000000000';
      await client.query(
        `INSERT INTO capture_document (id, organisation_id, actor_kind, actor_id, request_id, error_behaviour, received_at, envelope, events_pointer, event_count, chunk_count)
         VALUES ($1, $1, 'system', $1, $1, 'rollback', clock_timestamp() - interval '2 hours', '{}', '/epcisBody/eventList', 1, 1)`,
        [NOBODY],
      );
    });
    expect((await look()).captures).toMatchObject({ state: 'wrong', said: { en: expect.stringContaining('the oldest for 2 h') } });
  });

  it('names every bad setting and asks nothing else', async () => {
    const said = await look({ DAODI_PORT: 'many', DAODI_TLS_KEY: 'key.pem' });
    expect(said.settings?.said.en).toMatch(/DAODI_PORT[\s\S]*DAODI_TLS_CERTIFICATE/);
    expect(said.database).toBeUndefined();
  });

  it('looks at the certificate files', async () => {
    writeFileSync(join(folder, 'cert.pem'), 'no certificate');
    writeFileSync(join(folder, 'key.pem'), 'no key');
    const said = await look({ DAODI_TLS_CERTIFICATE: join(folder, 'cert.pem'), DAODI_TLS_KEY: join(folder, 'key.pem') });
    expect(said.tls?.state).toBe('wrong');
  });

  it('says that a box is not running, and does not start it', async () => {
    const said = await look({ DATABASE_URL: '' });
    expect(said['built-in-postgresql']).toMatchObject({ state: 'warning', said: { en: expect.stringContaining('not running') } });
    expect(said.database).toBeUndefined();
  });

  const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
  if (!hasRedis && isStrict()) throw new Error('DAODI_STRICT=1, but there is no redis-server');
  (hasRedis ? describe : describe.skip)(`with a Redis${hasRedis ? '' : ' (there is no redis-server, skipped)'}`, () => {
    let redis: ChildProcess;
    let port: number;
    beforeAll(async () => {
      port = await freePort();
      redis = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--maxmemory', '64mb', '--maxmemory-policy', 'allkeys-lru', '--dir', folder], { stdio: ['ignore', 'pipe', 'ignore'] });
      for await (const line of redis.stdout!) if (String(line).includes('Ready to accept')) break;
    });
    afterAll(async () => {
      redis.kill();
      await once(redis, 'exit');
    });

    it('sees one that throws jobs away, and one that is gone', async () => {
      // BullMQ says the same of the policy, on the console.
      jest.spyOn(console, 'warn').mockImplementation(() => undefined);
      const said = await look({ REDIS_URL: `redis://127.0.0.1:${port}` });
      expect(said.redis).toMatchObject({ state: 'wrong', said: { en: expect.stringContaining('allkeys-lru') } });
      expect([said['redis-persistence']?.state, said.queues?.state]).toEqual(['warning', 'ok']);
      const gone = await look({ REDIS_URL: `redis://:secret@127.0.0.1:${await freePort()}` });
      expect(gone.redis?.said.en).toMatch(/does not answer: .*ECONNREFUSED/);
      expect(gone.queues).toBeUndefined();
      expect(JSON.stringify(gone)).not.toContain('secret');
    });
  });
});
