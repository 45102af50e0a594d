/** One process per data folder: two servers over one database folder would be the end of it. */
import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from '../postgres/postgres-remains';
import { folderFailure, StartFailure } from '../start-failure';

/** Who holds a folder. A process id alone would be somebody else's after a reboot, so its birth is noted too. */
interface Holder {
  readonly pid: number;
  readonly born: string;
  readonly port: number;
}

/**
 * Takes a data folder for this process.
 *
 * @param port shown to whoever finds the folder taken
 * @returns gives the folder back
 * @throws FolderTaken if a living process holds it, StartFailure if it cannot be written
 */
export function lockFolder(folder: string, port: number): () => void {
  const path = join(folder, 'daodi.lock');
  const mine = JSON.stringify({ pid: process.pid, born: bornAt(process.pid), port } satisfies Holder);
  const draft = `${path}.${process.pid}`;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(draft, mine, { mode: 0o600 });
  } catch (error) {
    throw folderFailure(error, folder) ?? error;
  }
  try {
    takeOver(path, draft);
    return () => release(path, mine);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Who runs over a data folder right now; undefined where nobody does. */
export function folderHolder(folder: string): { readonly pid: number; readonly port: number } | undefined {
  const holder = readHolder(join(folder, 'daodi.lock'));
  return holder !== undefined && lives(holder) ? holder : undefined;
}

function takeOver(path: string, draft: string): void {
  // A link is made only where nothing is, and it is whole from the start: two processes cannot both succeed.
  for (let attempt = 0; ; attempt += 1) {
    try {
      return linkSync(draft, path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt > 20) throw error;
    }
    const holder = readHolder(path);
    if (holder !== undefined && lives(holder)) throw alreadyRunning(holder);
    putAside(path, draft);
  }
}

/** Moves a dead process's lock away. If another process was quicker, what is moved is its new lock, and goes back. */
function putAside(path: string, draft: string): void {
  const aside = `${draft}.stale`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const moved = readHolder(aside);
  if (moved !== undefined && lives(moved)) linkSync(aside, path);
  rmSync(aside, { force: true });
}

function readHolder(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

function lives({ pid, born }: Holder): boolean {
  return isAlive(pid) && bornAt(pid) === born;
}

/** When a process began, in whatever unit the system has; empty where it does not say. */
function bornAt(pid: number): string {
  try {
    // Field 22 of /proc/PID/stat, counted behind the name, which may itself hold spaces and brackets.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    try {
      return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    } catch {
      return '';
    }
  }
}

/** A living process holds the folder. The command line may then talk to that process's database. */
export class FolderTaken extends StartFailure {}

function alreadyRunning({ pid, port }: Holder): FolderTaken {
  return new FolderTaken({
    zh: `道地已在运行(端口 ${port},进程 ${pid})。如需另开一套,请用 DAODI_DATA 和 DAODI_PORT 指定另一个目录和端口。`,
    en: `Daodi is already running on port ${port} (process ${pid}). For a second one, name another folder and port with DAODI_DATA and DAODI_PORT.`,
  });
}

function release(path: string, mine: string): void {
  try {
    if (readFileSync(path, 'utf8') === mine) rmSync(path);
  } catch {
    // Gone already: nothing to give back.
  }
}
