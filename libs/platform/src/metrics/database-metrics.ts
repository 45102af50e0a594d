import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import { queueStates } from '../queue-states';
import type { QueueFactory } from '../queues';
import type { Metrics } from './metrics';

/** Whether the database answers, and how the connections to it are used. */
export function databaseMetrics(metrics: Metrics, dataSource: DataSource): void {
  const up = metrics.gauge('daodi_database_up', 'Whether the database answered within two seconds: 1 or 0');
  const connections = metrics.gauge('daodi_database_connections', 'Connections of the pool to the database, by what they do', ['state']);
  const waiting = metrics.gauge('daodi_database_waiting', 'Requests that wait for a connection of the pool');
  // The pool is in this process, so it can be told of even while the database is away.
  const showPool = () => {
    const { totalCount, idleCount, waitingCount } = (dataSource.driver as unknown as { readonly master: Pool }).master;
    connections.set({ state: 'used' }, totalCount - idleCount);
    connections.set({ state: 'idle' }, idleCount);
    waiting.set(waitingCount);
  };
  metrics.atScrape({
    async read() {
      showPool();
      await dataSource.query('SELECT 1');
      return () => up.set(1);
    },
    forget: () => up.set(0),
  });
}

/** What the queues hold, and how long the oldest job waits. */
export function queueMetrics(metrics: Metrics, queues: QueueFactory): void {
  const age = metrics.gauge('daodi_job_oldest_age_seconds', 'Age of the oldest job that waits or runs, in seconds', ['queue']);
  const jobs = metrics.gauge('daodi_jobs', 'Jobs by queue and state; failed ones are dead until somebody runs them again', ['queue', 'state']);
  const up = metrics.gauge('daodi_queues_up', 'Whether the queues answered within two seconds: 1 or 0');
  metrics.atScrape({
    async read() {
      await queues.ready();
      const states = await queueStates(queues);
      return () => {
        up.set(1);
        for (const { queue, oldestAgeSeconds, waiting, active, delayed, failed } of states) {
          age.set({ queue }, oldestAgeSeconds);
          for (const [state, count] of Object.entries({ waiting, active, delayed, failed })) jobs.set({ queue, state }, count);
        }
      };
    },
    forget: () => {
      up.set(0);
      age.reset();
      jobs.reset();
    },
  });
}
