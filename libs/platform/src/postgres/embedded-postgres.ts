/**
 * A real PostgreSQL from an npm package, for one small box: made on first use, started with the product,
 * stopped last. It listens on the loopback interface only, on a free port, and every role has a password of
 * its own; a Unix socket would fail below long paths.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chownSync, closeSync, existsSync, fstatSync, mkdirSync, openSync, readFileSync, readSync, renameSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { folderFailure, StartFailure } from '../start-failure';
import { searchPath } from '../config';
import { postgresCredentials, type PostgresCredentials } from './postgres-credentials';
import { postgresBinaries, type PostgresBinaries } from './postgres-binaries';
import { endPostmaster, livingPort, livingPostmaster } from './postgres-remains';
import { SteadyClient } from './steady-client';
import { postgresUser, thisMachine, type Machine, type PostgresUser } from './postgres-user';

/** The major version this release reads and writes; a data folder of another major must be moved over first. */
export const POSTGRES_MAJOR = 18;
const SUPERUSER = 'postgres';
/** How long a start is tried again while remains of an earlier server are still going away. */
const START_WITHIN_MS = 15_000;
const POLL_MS = 40;

/**
 * Only `builtin` with C.UTF-8 sorts by code point, alike on every machine, and still knows which characters are
 * letters: with plain C, pg_trgm is blind to Chinese.
 */
const INITDB_FLAGS = ['--encoding=UTF8', '--locale=C', '--lc-ctype=C.UTF-8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--auth=scram-sha-256', `--username=${SUPERUSER}`];

type ServerSettings = Readonly<Record<string, string>>;

/** Moderate memory for a box that also does other things; no statement or row value reaches the log. */
const SETTINGS: ServerSettings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '60',
  shared_buffers: '64MB',
  work_mem: '8MB',
  maintenance_work_mem: '32MB',
  jit: 'off',
  // A new installation fills within minutes; until its tables are looked at, plans are made as if they were empty.
  autovacuum_naptime: '15s',
  io_method: 'sync',
  timezone: 'UTC',
  log_timezone: 'UTC',
  logging_collector: 'off',
  log_min_messages: 'warning',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  password_encryption: 'scram-sha-256',
};

/** What a caller may vary. */
export interface EmbeddedPostgresOptions {
  /** The product's data folder; the database lies in its sub-folder `postgres`. */
  readonly folder: string;
  /** Tests may give up durability for speed. Never set in the product: what we acknowledged must survive a power cut. */
  readonly isThrowaway?: boolean;
  /** Settings of the server that are to differ from the product's: a bench opens more connections than the product does. */
  readonly settings?: ServerSettings;
  /** The same port at every start, for whoever goes on asking there while the server is away; else a free one. */
  readonly port?: number;
  readonly machine?: Machine;
}

/** A running server. */
export interface EmbeddedPostgres extends Server {
  /** The passwords of every role, as kept in the data folder. */
  readonly credentials: PostgresCredentials;
}

interface Server {
  readonly port: number;
  readonly pid: number;
  /** A connection URL of the superuser to a database, for creating roles and databases and for nothing else. */
  superuserUrl(database: string): string;
  /** Resolves with a sentence when the server ended although nobody stopped it; never rejects. */
  readonly ended: Promise<StartFailure>;
  /** Stops it in an orderly way; every connection should be closed before. Safe to call twice. */
  stop(): Promise<void>;
}

/**
 * Starts the server over a data folder, making the folder at first use. A server left behind by a killed Node
 * process is ended first; the caller must hold the folder's lock, so that it is not somebody else's.
 *
 * @throws StartFailure with one sentence for whatever a person can put right
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { folder } = options;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const binaries = postgresBinaries(join(folder, 'postgres-lib'));
    const user = postgresUser(binaries, join(folder, 'postgres'), options.machine ?? thisMachine);
    const credentials = postgresCredentials(folder);
    const password = credentials.superuser;
    refuseOtherMajor(user.data);
    if (!existsSync(user.data)) createCluster(folder, binaries, user, password, options.isThrowaway === true);
    const left = livingPostmaster(user.data);
    if (left !== undefined) await endPostmaster(left);
    const server = await startServer(options, binaries, user, password);
    return { ...server, credentials };
  } catch (error) {
    throw folderFailure(error, folder) ?? error;
  }
}

function refuseOtherMajor(data: string): void {
  const path = join(data, 'PG_VERSION');
  if (!existsSync(path)) return;
  const major = readFileSync(path, 'utf8').trim();
  if (major === String(POSTGRES_MAJOR)) return;
  throw new StartFailure({
    zh: `数据目录 ${data} 由 PostgreSQL ${major} 创建,本版本使用 PostgreSQL ${POSTGRES_MAJOR}。请用创建它的版本运行 daodi backup,再用本版本在另一个 DAODI_DATA 中运行 daodi restore。`,
    en: `The data folder ${data} was made by PostgreSQL ${major}; this release uses PostgreSQL ${POSTGRES_MAJOR}. Take a daodi backup with the release that made it, then run daodi restore with this one and another DAODI_DATA.`,
  });
}

/** Makes the cluster beside its final place and moves it there when it is whole: a start that dies half way leaves nothing. */
function createCluster(folder: string, binaries: PostgresBinaries, user: PostgresUser, password: string, isThrowaway: boolean): void {
  if (isFull(folder, CLUSTER_BYTES)) throw folderFailure({ code: 'ENOSPC' }, folder)!;
  const unfinished = `${user.data}.new`;
  const passwordFile = join(dirname(user.data), 'postgres-password.new');
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (user.uid !== undefined && user.gid !== undefined) {
    chownSync(unfinished, user.uid, user.gid);
    chownSync(passwordFile, user.uid, user.gid);
  }
  const flags = [...INITDB_FLAGS, `--pgdata=${unfinished}`, `--pwfile=${passwordFile}`, ...(isThrowaway ? ['--no-sync'] : [])];
  const [command, ...args] = [...user.prefix, join(user.native, 'bin', 'initdb'), ...flags];
  const ran = spawnSync(command!, args, { uid: user.uid, gid: user.gid, cwd: dirname(user.data), env: serverEnv(binaries), encoding: 'utf8' });
  rmSync(passwordFile, { force: true });
  if (ran.status !== 0) {
    const failure = failureFromLog(`${ran.stderr ?? ''}${ran.error ?? ''}`, folder);
    rmSync(unfinished, { recursive: true, force: true });
    throw failure;
  }
  renameSync(unfinished, user.data);
}

/**
 * How to reach the server a running product started over its data folder, for a command that works beside it.
 *
 * @throws StartFailure if none runs there
 */
export function runningPostgres(folder: string): Pick<EmbeddedPostgres, 'port' | 'credentials'> {
  const port = livingPort(join(folder, 'postgres'));
  if (port === undefined) {
    throw new StartFailure({
      zh: '道地正在启动或停止,请稍后再试。',
      en: 'Daodi is just starting or stopping. Try again in a moment.',
    });
  }
  return { port, credentials: postgresCredentials(folder) };
}

/** The server needs the loader's variables and a path, and none of our settings. */
function serverEnv(binaries: PostgresBinaries): NodeJS.ProcessEnv {
  return { PATH: searchPath(), LC_ALL: 'C', TZ: 'UTC', ...binaries.env };
}

async function startServer(options: EmbeddedPostgresOptions, binaries: PostgresBinaries, user: PostgresUser, password: string): Promise<Server> {
  const { folder } = options;
  const settings = settingsOf(options);
  const logPath = join(folder, 'postgres.log');
  for (const until = Date.now() + START_WITHIN_MS; ; ) {
    const port = options.port ?? (await freePort());
    const log = openLog(logPath);
    const child = launch(binaries, user, port, log.fd, settings);
    closeSync(log.fd);
    if (await isReady(child, port, password)) return running(child, port, password, logPath);
    const said = readFrom(logPath, log.offset);
    const isPassing = /lock file|shared memory block|could not bind|is starting up|in use/i.test(said);
    if (!isPassing || Date.now() > until) throw failureFromLog(said, folder);
    await pause(POLL_MS * 10);
  }
}

function settingsOf({ isThrowaway = false, settings }: EmbeddedPostgresOptions): ServerSettings {
  return { ...SETTINGS, fsync: isThrowaway ? 'off' : 'on', ...(isThrowaway ? THROWAWAY_SETTINGS : {}), ...settings };
}

function launch(binaries: PostgresBinaries, user: PostgresUser, port: number, log: number, settings: ServerSettings): ChildProcess {
  const flags = ['-D', user.data, ...Object.entries({ ...settings, port: String(port) }).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  const [command, ...args] = [...user.prefix, join(user.native, 'bin', 'postgres'), ...flags];
  // Detached: a Ctrl-C in the terminal must reach Node alone, which stops the server last.
  return spawn(command!, args, { uid: user.uid, gid: user.gid, cwd: dirname(user.data), env: serverEnv(binaries), detached: true, stdio: ['ignore', log, log] });
}

const THROWAWAY_SETTINGS: ServerSettings = {
  full_page_writes: 'off',
  synchronous_commit: 'off',
  max_connections: '300',
  max_wal_size: '512MB',
  autovacuum_naptime: '10min',
};

function openLog(path: string): { fd: number; offset: number } {
  const KEEP_BYTES_MAX = 5 * 1024 * 1024;
  const isLong = existsSync(path) && statSync(path).size > KEEP_BYTES_MAX;
  const fd = openSync(path, isLong ? 'w' : 'a', 0o600);
  return { fd, offset: fstatSync(fd).size };
}

function readFrom(path: string, offset: number): string {
  const fd = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(Math.max(0, fstatSync(fd).size - offset));
    readSync(fd, buffer, 0, buffer.length, offset);
    return buffer.toString('utf8');
  } finally {
    closeSync(fd);
  }
}

/** Waits until the server answers a query, or its process ended. Recovery after a crash may take long, so there is no deadline while it lives. */
async function isReady(child: ChildProcess, port: number, password: string): Promise<boolean> {
  let hasEnded = false;
  child.once('exit', () => (hasEnded = true));
  child.once('error', () => (hasEnded = true));
  while (!hasEnded) {
    if (await answers(port, password)) return true;
    await pause(POLL_MS);
  }
  return false;
}

async function answers(port: number, password: string): Promise<boolean> {
  const client = new SteadyClient({ host: '127.0.0.1', port, user: SUPERUSER, password, database: 'postgres', connectionTimeoutMillis: 5000 });
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function running(child: ChildProcess, port: number, password: string, logPath: string): Server {
  const pid = child.pid!;
  let isStopping = false;
  let stopping: Promise<void> | undefined;
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const ended = new Promise<StartFailure>((resolve) => {
    void exited.then(() => isStopping || resolve(endedUnasked(logPath)));
  });
  // The server must not keep a Node process alive that has nothing else to do.
  child.unref();
  return {
    port,
    pid,
    superuserUrl: (database) => `postgresql://${SUPERUSER}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`,
    ended,
    stop: () => {
      isStopping = true;
      stopping ??= endPostmaster(pid);
      return stopping;
    },
  };
}

function endedUnasked(logPath: string): StartFailure {
  if (isFull(dirname(logPath))) return folderFailure({ code: 'ENOSPC' }, dirname(logPath))!;
  return new StartFailure({
    zh: `随附的 PostgreSQL 意外停止。重新启动即可恢复;原因见 ${logPath}。`,
    en: `The bundled PostgreSQL ended unexpectedly. Start again to recover; the reason is in ${logPath}.`,
  });
}

/** Turns what the server said into a sentence a person can act on. */
function failureFromLog(said: string, folder: string): Error {
  if (/No space left on device|disk quota/i.test(said) || isFull(folder)) return folderFailure({ code: 'ENOSPC' }, folder)!;
  if (/Permission denied|Read-only file system|wrong ownership/i.test(said)) return folderFailure({ code: 'EACCES' }, folder)!;
  const lastLine = said.trim().split('\n').filter((line) => /FATAL|PANIC|ERROR|error/.test(line)).at(-1) ?? said.trim().split('\n').at(-1) ?? '';
  return new StartFailure({
    zh: `随附的 PostgreSQL 无法启动:${lastLine}(详见 ${join(folder, 'postgres.log')})。`,
    en: `The bundled PostgreSQL did not start: ${lastLine} (more in ${join(folder, 'postgres.log')}).`,
  });
}

/** Whether there is too little room, by default for the next segment of the write-ahead log: the server does not always say so itself. */
function isFull(folder: string, neededBytes = WAL_SEGMENT_BYTES): boolean {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize < neededBytes;
}

const WAL_SEGMENT_BYTES = 16 * 1024 * 1024;
/** An empty cluster of major 18 with its first segment takes about 55 MB. */
const CLUSTER_BYTES = 64 * 1024 * 1024;

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
