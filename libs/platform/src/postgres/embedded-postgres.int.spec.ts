import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withClient } from './bootstrap-roles';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres';
import { isAlive, livingPostmaster } from './postgres-remains';
import { thisMachine } from './postgres-user';

const ask = (server: EmbeddedPostgres, sql: string) => withClient(server.superuserUrl('postgres'), async (client) => (await client.query(sql)).rows);

describe('the embedded PostgreSQL', () => {
  let above: string;
  let folder: string;
  const started: EmbeddedPostgres[] = [];
  const start = async (options: Partial<Parameters<typeof startEmbeddedPostgres>[0]> = {}) => {
    const server = await startEmbeddedPostgres({ folder, ...options });
    started.push(server);
    return server;
  };
  beforeEach(() => {
    // A folder only its owner can enter, like npm's temporary ones.
    above = mkdtempSync(join(tmpdir(), 'daodi-pg-'));
    chmodSync(above, 0o700);
    folder = join(above, 'data');
  });
  afterEach(async () => {
    await Promise.all(started.splice(0).map((server) => server.stop()));
    rmSync(above, { recursive: true, force: true });
  });

  it('starts, keeps what was written, and stops without a trace', async () => {
    const first = await start();
    await ask(first, `CREATE TABLE kept (herb text)`);
    await ask(first, `INSERT INTO kept VALUES ('连翘𠮿')`);
    await first.stop();
    expect(isAlive(first.pid)).toBe(false);
    expect(existsSync(join(folder, 'postgres', 'postmaster.pid'))).toBe(false);
    expect(await ask(await start(), 'SELECT herb FROM kept')).toEqual([{ herb: '连翘𠮿' }]);
  });

  it('never gives up durability, listens on the loopback interface only, and keeps its passwords to itself', async () => {
    const server = await start();
    expect(await ask(server, `SELECT current_setting('fsync') AS fsync, current_setting('full_page_writes') AS pages, current_setting('synchronous_commit') AS commits, current_setting('listen_addresses') AS listens`)).toEqual([
      { fsync: 'on', pages: 'on', commits: 'on', listens: '127.0.0.1' },
    ]);
    expect(statSync(join(folder, 'postgres-credentials.json')).mode & 0o777).toBe(0o600);
    const forged = server.superuserUrl('postgres').replace(/:[^:@]+@/, ':guess@');
    await expect(withClient(forged, (client) => client.query('SELECT 1'))).rejects.toThrow(/password authentication failed/);
  });

  it('recovers after its Node process was killed and left the server running', async () => {
    const orphan = await start();
    await ask(orphan, 'CREATE TABLE kept (n int)');
    // Nobody stops the first one: this is what a kill -9 of Node leaves behind.
    const second = await start();
    expect(isAlive(orphan.pid)).toBe(false);
    expect(livingPostmaster(join(folder, 'postgres'))).toBe(second.pid);
    await ask(second, 'SELECT * FROM kept');
  });

  it('recovers after the server itself was killed', async () => {
    const first = await start();
    await ask(first, 'CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n');
    process.kill(first.pid, 'SIGKILL');
    const { sentence } = await first.ended;
    expect(sentence.en).toMatch('ended unexpectedly');
    expect(await ask(await start(), 'SELECT count(*) FROM kept')).toEqual([{ count: '1000' }]);
  });

  it('leaves a process alone that merely has the number of a dead server', async () => {
    await (await start()).stop();
    writeFileSync(join(folder, 'postgres', 'postmaster.pid'), `${process.pid}\n${join(folder, 'postgres')}\n`);
    expect(livingPostmaster(join(folder, 'postgres'))).toBeUndefined();
  });

  it('begins anew where a first start died half way', async () => {
    mkdirSync(join(folder, 'postgres.new', 'base'), { recursive: true });
    writeFileSync(join(folder, 'postgres.new', 'PG_VERSION'), '18');
    await start();
    expect(existsSync(join(folder, 'postgres.new'))).toBe(false);
  });

  it('says in a sentence that the folder is of another major version', async () => {
    await (await start()).stop();
    writeFileSync(join(folder, 'postgres', 'PG_VERSION'), '15\n');
    await expect(start()).rejects.toThrow(/was made by PostgreSQL 15; this release uses PostgreSQL 18/);
    writeFileSync(join(folder, 'postgres', 'PG_VERSION'), '18\n');
  });

  it('says in a sentence that its passwords are gone', async () => {
    await (await start()).stop();
    rmSync(join(folder, 'postgres-credentials.json'));
    await expect(start()).rejects.toThrow(/password file .* is missing or damaged/);
  });

  it('does not start with a database it cannot read, and says where to look', async () => {
    await (await start()).stop();
    rmSync(join(folder, 'postgres', 'global', 'pg_control'));
    await expect(start()).rejects.toThrow(/did not start: .*(pg_control|postgres\.log)/);
    expect(readFileSync(join(folder, 'postgres.log'), 'utf8').length).toBeGreaterThan(0);
  });

  // Only root has to become somebody else.
  if (process.getuid?.() !== 0) return;

  it('runs as nobody, with copies in a place nobody can reach into, where root may not make a user namespace', async () => {
    const reachableParent = mkdtempSync(join('/var/tmp', 'daodi-reachable-'));
    chmodSync(reachableParent, 0o755);
    try {
      const machine = { ...thisMachine, mayUnshare: () => false, reachableParent };
      const server = await start({ machine });
      expect(statSync(`/proc/${server.pid}`).uid).toBe(65534);
      await ask(server, 'CREATE TABLE kept (n int)');
      await server.stop();
      await ask(await start({ machine }), 'SELECT * FROM kept');
      await Promise.all(started.splice(0).map((each) => each.stop()));
    } finally {
      rmSync(reachableParent, { recursive: true, force: true });
    }
  });

  it('says in a sentence that root can run it in no way', async () => {
    const machine = { ...thisMachine, mayUnshare: () => false, reachableParent: join(above, 'unreachable') };
    await expect(start({ machine })).rejects.toThrow(/Start as an ordinary user/);
  });
});
