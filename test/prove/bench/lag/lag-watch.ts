import { readFileSync } from 'node:fs';
import type { Client } from 'pg';

/** What was seen at one moment. */
export interface Seen {
  /** Seconds since the watch began. */
  readonly at: number;
  /** Entries in the log. */
  readonly size: number;
  /** By follower: how long the oldest entry it has not applied has been in the log, in seconds; and how many those are. */
  readonly followers: Readonly<Record<string, { readonly lagSeconds: number; readonly behind: number }>>;
  /** Resident memory of each process, in megabytes. */
  readonly residentMb: Readonly<Record<string, number>>;
}

/** Looks once a second how far each follower is and how much memory each process has. */
export class LagWatch {
  readonly seen: Seen[] = [];
  private readonly since = performance.now();
  private running?: Promise<void>;
  private isOver = false;

  /** @param processes ids by name */
  constructor(
    private readonly client: Client,
    private readonly processes: Readonly<Record<string, number>>,
  ) {}

  start(): void {
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.isOver = true;
    await this.running;
  }

  private async run(): Promise<void> {
    for (let n = 1; !this.isOver; n++) {
      this.seen.push(await this.look());
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, this.since + n * 1000 - performance.now())));
    }
  }

  private async look(): Promise<Seen> {
    const { rows } = await this.client.query<{ name: string; size: string; behind: string; lag: string }>(
      `SELECT f.name, h.size, h.size - f.position AS behind, COALESCE(extract(epoch FROM clock_timestamp() - e.record_time), 0) AS lag
         FROM follower f CROSS JOIN log_head h LEFT JOIN entry e ON e.position = f.position`,
    );
    return {
      at: (performance.now() - this.since) / 1000,
      size: Number(rows[0]?.size ?? 0),
      followers: Object.fromEntries(rows.map(({ name, behind, lag }) => [name, { lagSeconds: Number(lag), behind: Number(behind) }])),
      residentMb: Object.fromEntries(Object.entries(this.processes).map(([name, pid]) => [name, residentMb(pid)])),
    };
  }
}

function residentMb(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1024;
}
