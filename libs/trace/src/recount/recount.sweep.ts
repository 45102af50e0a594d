import { Injectable, Module, type OnApplicationBootstrap } from '@nestjs/common';
import { Metrics, QueueFactory } from '@daodi/platform';
import { DataSource } from 'typeorm';
import { recount } from './recount';

/** Asked every hour, counted once a night. */
const SWEEP_EVERY_MS = 3_600_000;
/** Hours of China in which nobody weighs anything. */
const NIGHT: ReadonlySet<number> = new Set([2, 3, 4]);
const CHINA_OFFSET_MS = 8 * 3_600_000;
/** Most differences kept of a night; how many there are is kept as well. */
const KEPT_MAX = 100;

/**
 * Counts all balances anew where that is due: at night in China, and not yet on that day by any process.
 *
 * @returns whether it counted
 */
export async function recountIfDue(dataSource: Pick<DataSource, 'query'>, now: Date): Promise<boolean> {
  const inChina = new Date(now.getTime() + CHINA_OFFSET_MS);
  const day = inChina.toISOString().slice(0, 10);
  const [done] = await dataSource.query('SELECT FROM recount WHERE day = $1', [day]);
  if (!NIGHT.has(inChina.getUTCHours()) || done !== undefined) return false;
  const { batches, differing } = await recount(dataSource);
  await dataSource.query(
    'INSERT INTO recount (day, counted_at, batches, differing, differences) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (day) DO NOTHING',
    [day, now.toISOString(), batches, new Set(differing.map(({ node }) => node)).size, JSON.stringify(differing.slice(0, KEPT_MAX))],
  );
  return true;
}

/** 夜间复核: the nightly recount, and what the last one found for whoever watches. */
@Injectable()
class RecountSweep implements OnApplicationBootstrap {
  constructor(
    private readonly dataSource: DataSource,
    private readonly queues: QueueFactory,
    private readonly metrics: Metrics,
  ) {}

  onApplicationBootstrap(): void {
    this.queues.every('recount', SWEEP_EVERY_MS, () => recountIfDue(this.dataSource, new Date()));
    const batches = this.metrics.gauge('daodi_recount_batches', 'Batches whose balances the last nightly recount added up anew');
    const differing = this.metrics.gauge('daodi_recount_differing_batches', 'Batches of which a kept balance did not follow from its lines at the last nightly recount');
    const age = this.metrics.gauge('daodi_recount_age_seconds', 'Since when the last nightly recount was made, in seconds');
    // Before the first night there is nothing to tell, and a nought would look like a clean count.
    const forget = (): void => [batches, differing, age].forEach((gauge) => gauge.remove());
    forget();
    this.metrics.atScrape({
      read: async () => {
        const [row]: { batches: string; differing: number; age: number }[] = await this.dataSource.query(
          'SELECT batches, differing, extract(epoch FROM clock_timestamp() - counted_at)::float8 AS age FROM recount ORDER BY day DESC LIMIT 1');
        return () => {
          if (row === undefined) return forget();
          batches.set(Number(row.batches));
          differing.set(row.differing);
          age.set(row.age);
        };
      },
      forget,
    });
  }
}

/** For a process that runs jobs. Needs `DataSource`, `QueueFactory` and `Metrics`. */
@Module({ providers: [RecountSweep] })
export class RecountModule {}
