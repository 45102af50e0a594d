/** What an earlier server may have left in its data folder, and how it is cleared away. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** How long a server is given to end before it is told more sharply, in milliseconds. */
const FAST_SHUTDOWN_MS = 12_000;
const IMMEDIATE_SHUTDOWN_MS = 15_000;
const POLL_MS = 50;

/** The process id in a data folder's postmaster.pid if that process lives and is a PostgreSQL server; else undefined. */
export function livingPostmaster(data: string): number | undefined {
  const pid = Number(readPidFile(data)[0]);
  return Number.isInteger(pid) && pid > 1 && isAlive(pid) && commandOf(pid).includes('postgres') ? pid : undefined;
}

/** The port a living server over this data folder listens on: the fourth line of postmaster.pid. */
export function livingPort(data: string): number | undefined {
  const port = Number(readPidFile(data)[3]);
  return livingPostmaster(data) !== undefined && port > 0 ? port : undefined;
}

/**
 * Ends a server whose Node process died under it (kill -9), so that its successor can start: a fast shutdown
 * first, an immediate one if that does not help. What was committed is on disk in either case.
 */
export async function endPostmaster(pid: number): Promise<void> {
  signal(pid, 'SIGINT');
  if (await hasEnded(pid, FAST_SHUTDOWN_MS)) return;
  signal(pid, 'SIGQUIT');
  if (await hasEnded(pid, IMMEDIATE_SHUTDOWN_MS)) return;
  throw new Error(`PostgreSQL (process ${pid}) did not end`);
}

function readPidFile(data: string): string[] {
  try {
    return readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return [];
  }
}

/** Whether a process of this id exists (a zombie nobody waited for counts as ended). */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  try {
    return !/^\d+ \(.*\) [ZX] /s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return true;
  }
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    try {
      return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
    } catch {
      return '';
    }
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended in between, which is what was wanted.
  }
}

async function hasEnded(pid: number, withinMs: number): Promise<boolean> {
  for (const until = Date.now() + withinMs; Date.now() < until; ) {
    if (!isAlive(pid)) return true;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return !isAlive(pid);
}
