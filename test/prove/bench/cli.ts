import { spawn } from 'node:child_process';
import { join } from 'node:path';

const START = join(__dirname, '..', '..', '..', '..', 'apps', 'cli', 'start.mjs');

/** What a command said and how it ended. */
export interface CommandRun {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs `daodi …` as a person would, in a process of its own with these settings and no other. */
export async function daodi(settings: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<CommandRun> {
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], ...settings };
  const child = spawn(process.execPath, [START, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk) => (out += chunk));
  child.stderr.on('data', (chunk) => (err += chunk));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, out, err };
}
