import { setTimeout as pause } from 'node:timers/promises';
import type { BalancedClient } from './balanced-client';
import type { Deployment } from './deployment';

/** Without an answer for so long, somebody waits for something. */
const STALL_MS = 5_000;

/** Says who waits for what in the database whenever no request was answered for a while. */
export class StallWatch {
  private isStopped = false;

  constructor(
    private readonly deployment: Deployment,
    private readonly client: BalancedClient,
    private readonly say: (line: string) => void,
  ) {}

  start(): void {
    void this.watch();
  }

  stop(): void {
    this.isStopped = true;
  }

  private async watch(): Promise<void> {
    for (let lastSaid = 0; !this.isStopped; await pause(500)) {
      const lastAnswer = this.client.lastAnswerAt;
      if (this.client.underWay === 0 || Date.now() - lastAnswer < STALL_MS || lastSaid === lastAnswer) continue;
      const waits = await this.deployment.looking(waiting).catch(() => undefined);
      if (waits === undefined) continue;
      lastSaid = lastAnswer;
      this.say(`no answer for ${STALL_MS / 1_000} s, ${this.client.underWay} under way:\n${waits}`);
    }
  }
}

async function waiting(db: { query(sql: string): Promise<{ rows: Record<string, unknown>[] }> }): Promise<string> {
  const { rows } = await db.query(
    `SELECT pid, application_name AS of, usename AS as, state, wait_event_type || '/' || wait_event AS waits, pg_blocking_pids(pid) AS behind,
            round(extract(epoch FROM clock_timestamp() - xact_start), 1)::text AS transaction_s, round(extract(epoch FROM clock_timestamp() - state_change), 1)::text AS state_s, left(query, 120) AS query
       FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() AND xact_start IS NOT NULL ORDER BY xact_start LIMIT 10`,
  );
  return rows.map((row) => `    ${JSON.stringify(row)}`).join('\n');
}
