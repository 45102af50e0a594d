/**
 * One throwaway PostgreSQL for a whole test run, started by the first suite that asks for it. A run is a folder
 * below the system's temporary one; a watchdog clears it away when the process that opened the run is gone,
 * however it went.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bootstrapRoles, ROLE } from '../postgres/bootstrap-roles';
import { startEmbeddedPostgres } from '../postgres/embedded-postgres';
import type { PostgresCredentials } from '../postgres/postgres-credentials';

/** By this variable the processes of one run find its folder. */
const RUN_FOLDER = 'DAODI_TEST_RUN_FOLDER';
const POLL_MS = 50;
const START_WITHIN_MS = 90_000;

/** Waits for the end of its input, i.e. for the end of the run, then ends the server and removes the folder. */
const WATCHDOG = `
cat > /dev/null
pid=$(head -n 1 "$1/postgres/postmaster.pid" 2>/dev/null)
if [ -n "$pid" ]; then
  kill -QUIT "$pid"
  n=0
  while kill -0 "$pid" 2>/dev/null && [ $n -lt 100 ]; do sleep 0.05; n=$((n+1)); done
fi
rm -rf "$1"`;

/** A run of tests; `close` waits until nothing of it is left. */
export interface TestRun {
  readonly folder: string;
  close(): Promise<void>;
}

/** Opens a run for this process and its children. */
export function openTestRun(): TestRun {
  const folder = mkdtempSync(join(tmpdir(), 'daodi-test-'));
  process.env[RUN_FOLDER] = folder;
  const watchdog = spawn('sh', ['-c', WATCHDOG, 'sh', folder], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  watchdog.unref();
  (watchdog.stdin as Socket).unref();
  return { folder, close: () => closeRun(watchdog) };
}

function closeRun(watchdog: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    watchdog.ref();
    watchdog.once('exit', () => resolve());
    watchdog.stdin!.end();
  });
}

/** How to reach the run's server. */
export interface TestServer {
  readonly port: number;
  readonly credentials: PostgresCredentials;
}

/** A role's connection URL to one database of the run's server. */
export function testUrl(server: TestServer, role: keyof PostgresCredentials, database: string): string {
  const name = role === 'superuser' ? 'postgres' : ROLE[role];
  return `postgresql://${name}:${server.credentials[role]}@127.0.0.1:${server.port}/${database}`;
}

/** The run's server, started if no process of the run has started it yet. */
export async function testServer(): Promise<TestServer> {
  const folder = process.env[RUN_FOLDER] ?? openTestRun().folder;
  const note = join(folder, 'server.json');
  if (!existsSync(note) && isFirst(folder)) await startServer(folder, note);
  for (const until = Date.now() + START_WITHIN_MS; !existsSync(note); await new Promise((resolve) => setTimeout(resolve, POLL_MS))) {
    if (existsSync(join(folder, 'failed'))) throw new Error('the test run has no PostgreSQL: another suite says why it did not start');
    if (Date.now() > until) throw new Error('the PostgreSQL of the test run did not start');
  }
  return JSON.parse(readFileSync(note, 'utf8')) as TestServer;
}

/** Making a folder succeeds for exactly one of several processes. */
function isFirst(folder: string): boolean {
  try {
    mkdirSync(join(folder, 'starting'));
    return true;
  } catch {
    return false;
  }
}

async function startServer(folder: string, note: string): Promise<void> {
  try {
    const { port, credentials, superuserUrl } = await startEmbeddedPostgres({ folder, isThrowaway: true });
    await bootstrapRoles(superuserUrl('postgres'), credentials);
    writeFileSync(`${note}.new`, JSON.stringify({ port, credentials } satisfies TestServer));
    renameSync(`${note}.new`, note);
  } catch (error) {
    writeFileSync(join(folder, 'failed'), '');
    throw error;
  }
}
