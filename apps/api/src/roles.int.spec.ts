/** A larger deployment: one process for each role, on a database of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { freshDatabase, type FreshDatabase } from '@daodi/platform';
import { MIGRATIONS } from '../../cli/src/migrations';

const START = join(__dirname, '..', '..', 'standalone', 'start.mjs');

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}

/** Starts a role and waits until it is ready, or has ended. */
async function start(role: string, settings: Record<string, string>) {
  const port = await freePort();
  const env = { PATH: process.env.PATH, DAODI_PORT: String(port), ...settings };
  const child = spawn(process.execPath, [START, role], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let complained = '';
  child.stderr.on('data', (chunk) => (complained += chunk));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  let hasEnded = false;
  void ended.then(() => (hasEnded = true));
  const ready = async () => {
    while (!hasEnded) {
      const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
      if (answer?.status === 200) return true;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return false;
  };
  return { ready, ended, port, child, complaints: () => complained };
}

describe('one process for each role', () => {
  let database: FreshDatabase;
  let bare: FreshDatabase;
  beforeAll(async () => {
    database = await freshDatabase(MIGRATIONS);
    bare = await freshDatabase([]);
  });
  afterAll(async () => {
    await database.drop();
    await bare.drop();
  });

  it.each(['api', 'worker', 'resolver'])('%s becomes ready and stops when told to', async (role) => {
    const process = await start(role, { DATABASE_URL: database.serviceUrl, DAODI_RESOLVER_DATABASE_URL: database.resolverUrl });
    const isReady = await process.ready();
    process.child.kill('SIGTERM');
    expect({ isReady, code: await process.ended, said: isReady ? '' : process.complaints() }).toEqual({ isReady: true, code: 0, said: '' });
  });

  it('asks for a database', async () => {
    const process = await start('api', {});
    expect(await process.ended).toBe(1);
    expect(process.complaints()).toMatch('This process needs DATABASE_URL');
  });

  it('is not ready over a database that lacks this release\'s migrations', async () => {
    const process = await start('resolver', { DATABASE_URL: bare.serviceUrl, DAODI_RESOLVER_DATABASE_URL: bare.resolverUrl });
    let answer: Response | undefined;
    while (answer === undefined) answer = await fetch(`http://127.0.0.1:${process.port}/readyz`).catch(() => undefined);
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ status: 'not ready', checks: { migrations: false, database: true } });
    process.child.kill('SIGTERM');
    await process.ended;
  });
});
