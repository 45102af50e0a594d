/**
 * What a process tells about itself to whoever watches it, in the text format of Prometheus. Names carry their unit.
 * Labels come from lists we wrote (kinds, queues, followers, route patterns), never from what somebody sent: no
 * organisation, code or person is in them, and the number of series stays bounded.
 */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { ScrapeSources, type ScrapeSource } from './scrape-sources';

/** The five that matter, told first: entries a second, follower lag, job age, gate time, page time. */
export const FIRST_METRICS = [
  'daodi_log_entries_total',
  'daodi_follower_lag_seconds',
  'daodi_job_oldest_age_seconds',
  'daodi_gate_seconds',
  'daodi_page_seconds',
] as const;

/** Upper bounds of what takes a person's patience, in seconds. */
export const SECONDS_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Event loop, heap, garbage collection: of the process, however many applications it makes (tests make several). */
let ofProcess: Registry | undefined;

/** The metrics of one application. Asking twice for a name gives the same metric. */
export class Metrics {
  private readonly registry = new Registry();
  private readonly sources = new ScrapeSources();

  constructor() {
    if (ofProcess !== undefined) return;
    ofProcess = new Registry();
    collectDefaultMetrics({ register: ofProcess });
  }

  /** Something that only grows; its name ends in `_total`. */
  counter<L extends string>(name: string, help: string, labelNames: readonly L[] = []): Counter<L> {
    return this.known<Counter<L>>(name) ?? new Counter({ name, help, labelNames, registers: [this.registry] });
  }

  /** Something that goes up and down. */
  gauge<L extends string>(name: string, help: string, labelNames: readonly L[] = []): Gauge<L> {
    return this.known<Gauge<L>>(name) ?? new Gauge({ name, help, labelNames, registers: [this.registry] });
  }

  /** How a measure is distributed. @param buckets upper bounds, ascending, in the unit of the name */
  histogram<L extends string>(name: string, help: string, labelNames: readonly L[] = [], buckets: readonly number[] = SECONDS_BUCKETS): Histogram<L> {
    return this.known<Histogram<L>>(name) ?? new Histogram({ name, help, labelNames, buckets: [...buckets], registers: [this.registry] });
  }

  /** Adds something that is read only when somebody asks, such as a figure that stands in the database. */
  atScrape(source: ScrapeSource): void {
    this.sources.add(source);
  }

  /** Everything, the five that matter first. Answers within a few seconds whatever the sources do. */
  async text(): Promise<string> {
    await this.sources.refresh();
    const own = this.registry.getMetricsAsArray();
    const first = FIRST_METRICS.flatMap((name) => own.filter((metric) => metric.name === name));
    const rest = own.filter((metric) => !first.includes(metric));
    const texts = await Promise.all([...first, ...rest].map((metric) => textOf(this.registry, metric)));
    return `${texts.join('\n\n')}\n\n${await ofProcess!.metrics()}`;
  }

  private known<M>(name: string): M | undefined {
    return this.registry.getSingleMetric(name) as M | undefined;
  }
}

/** The media type of {@link Metrics.text}. */
export const METRICS_TYPE = Registry.PROMETHEUS_CONTENT_TYPE;

/** Not in the package's types, though it is what its own `metrics()` is made of; that one knows no order. */
function textOf(registry: Registry, metric: unknown): Promise<string> {
  return (registry as unknown as { getMetricsAsString(metric: unknown): Promise<string> }).getMetricsAsString(metric);
}
