import { cpus, loadavg, totalmem } from 'node:os';
import type { Client } from 'pg';

/** What a figure was measured on: without it no figure means anything. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGigabytes: number;
  readonly node: string;
  /** Processes that wanted a core in the minute before (load average). */
  readonly load: number;
}

/** This machine, now. */
export function thisMachine(): Machine {
  const cores = cpus();
  return {
    cpu: cores[0]?.model.trim() ?? 'unknown',
    cores: cores.length,
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    load: Math.round((loadavg()[0] as number) * 100) / 100,
  };
}

/** Settings of a PostgreSQL server that decide what a commit costs. */
const TOLD = ['server_version', 'fsync', 'synchronous_commit', 'full_page_writes', 'wal_sync_method', 'shared_buffers', 'max_wal_size'];

/** The server's version and settings in one line. */
export async function serverFacts(client: Pick<Client, 'query'>): Promise<string> {
  const { rows } = await client.query<{ name: string; value: string }>(
    `SELECT name, current_setting(name) AS value FROM unnest($1::text[]) WITH ORDINALITY AS told(name, at) ORDER BY at`,
    [TOLD],
  );
  return rows.map(({ name, value }) => `${name}=${value}`).join(' ');
}
