import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DataSource } from 'typeorm';

type Db = Pick<DataSource, 'query'>;

const BEAT_EVERY_MS = 15_000;
/** A process not heard of for so long is gone: killed, or without its database. */
const GONE_AFTER = '2 minutes';

/** One process of the deployment. */
export interface RunningProcess {
  /** `standalone`, `api`, `worker` or `resolver`. */
  readonly role: string;
  readonly version: string;
  /** The version of Node.js. */
  readonly node: string;
  readonly startedAt: string;
  readonly upSeconds: number;
  /** How long ago it was last heard of. */
  readonly silentSeconds: number;
}

/** Says every few seconds that this process is there. A beat that fails is left out: the next one follows. */
export class ProcessBeat {
  private readonly id = randomUUID();
  private timer?: NodeJS.Timeout;
  private beating: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly db: Db,
    private readonly role: string,
  ) {}

  start(): void {
    const beat = () => (this.beating = this.beat().catch(() => undefined));
    beat();
    this.timer = setInterval(beat, BEAT_EVERY_MS);
    this.timer.unref();
  }

  /** Takes this process off the list. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.beating;
    await this.db.query('SELECT process_beat_end($1)', [this.id]).catch(() => undefined);
  }

  private async beat(): Promise<void> {
    await this.db.query('SELECT process_beat_say($1, $2, $3, $4, $5)', [this.id, this.role, PRODUCT_VERSION, process.version, GONE_AFTER]);
  }
}

/** The processes there are, by role and start. */
export async function runningProcesses(db: Db): Promise<RunningProcess[]> {
  return db.query(
    `SELECT role, version, node, to_char(started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "startedAt",
            floor(extract(epoch FROM clock_timestamp() - started_at))::int AS "upSeconds",
            greatest(floor(extract(epoch FROM clock_timestamp() - beat_at)), 0)::int AS "silentSeconds"
       FROM process_beat WHERE beat_at >= clock_timestamp() - $1::interval ORDER BY role, started_at`,
    [GONE_AFTER],
  );
}

/** The version in the product's package.json, which lies above the sources and above what is built of them. */
export const PRODUCT_VERSION: string = versionAbove(__dirname);

function versionAbove(folder: string): string {
  const file = join(folder, 'package.json');
  if (existsSync(file)) return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
  const above = dirname(folder);
  return above === folder ? 'unknown' : versionAbove(above);
}
