/**
 * What is done from time to time, by the clock of every process and not by the queue: a sweep finds what a queue lost,
 * so it must not depend on one.
 */
import { Pool } from 'pg';
import { SteadyClient } from './postgres/steady-client';

/** Where processes agree whose turn it is, and who hears of a sweep that failed. */
export interface SweepPlace {
  readonly postgresUrl: string;
  readonly warn: (sentence: string) => void;
}

/** The clocks of one process; whether a sweep is under way in another one, the database says. */
export class Sweeps {
  private readonly clocks: NodeJS.Timeout[] = [];
  private readonly running = new Set<Promise<void>>();
  private pool?: Pool;
  private isClosing = false;

  constructor(private readonly place: SweepPlace) {}

  /**
   * Runs something every so often in this process, never while this or another one is at it already. A process that
   * loses the database in the middle may still be at it when the next begins: what is run must bear that.
   *
   * @param name stable; the same in every process
   */
  every(name: string, everyMs: number, run: () => Promise<unknown>): void {
    let isRunning = false;
    const tick = () => {
      if (isRunning) return;
      isRunning = true;
      const sweep: Promise<void> = this.inTurn(name, run)
        .catch((error: unknown) => this.isClosing || this.place.warn(`the sweep ${name} failed: ${(error as { code?: string }).code ?? (error as Error).name}`))
        .then(() => {
          isRunning = false;
          this.running.delete(sweep);
        });
      this.running.add(sweep);
    };
    const clock = setInterval(tick, everyMs);
    clock.unref();
    this.clocks.push(clock);
  }

  /** Stops the clocks and lets what is under way come to its end. */
  async close(): Promise<void> {
    this.isClosing = true;
    for (const clock of this.clocks) clearInterval(clock);
    await Promise.all(this.running);
    await this.pool?.end().catch(() => undefined);
  }

  /** The lock belongs to a connection of its own, so it is gone the moment its process is. */
  private async inTurn(name: string, run: () => Promise<unknown>): Promise<void> {
    const client = await this.connections().connect();
    let failure: Error | undefined;
    try {
      const { rows } = await client.query<{ taken: boolean }>(`SELECT pg_try_advisory_lock(hashtextextended('sweep:' || $1, 0)) AS taken`, [name]);
      if (rows[0]?.taken !== true) return;
      await run();
      await client.query(`SELECT pg_advisory_unlock(hashtextextended('sweep:' || $1, 0))`, [name]);
    } catch (error) {
      failure = error as Error;
      throw error;
    } finally {
      // A connection that may still hold the lock is not used again.
      client.release(failure);
    }
  }

  private connections(): Pool {
    if (this.pool === undefined) {
      this.pool = new Pool({ connectionString: this.place.postgresUrl, Client: SteadyClient, max: this.clocks.length, connectionTimeoutMillis: 10_000, application_name: 'daodi sweeps' });
      this.pool.on('error', () => undefined);
    }
    return this.pool;
  }
}
