import type { FastifyInstance } from 'fastify';
import type { Metrics } from './metrics';

/** What no route answered counts under these: neither path nor method of a stranger becomes a label. */
const UNMATCHED = { method: 'other', route: 'unmatched' } as const;
const PAGE_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

type Observer = { observe(seconds: number): void };

/** Times every request by its route's pattern, and some of them as pages people wait for. */
export class RequestMetrics {
  private readonly requests;
  private readonly pages;
  /** Labels are looked up once for each combination there is, not made for each request. */
  private readonly observers = new Map<string, readonly Observer[]>();
  private readonly pageOfRoute = new Map<string, string>();

  constructor(metrics: Metrics) {
    this.pages = metrics.histogram('daodi_page_seconds', 'Time to answer a page people wait for, in seconds', ['page', 'status'], PAGE_BUCKETS);
    this.requests = metrics.histogram('daodi_http_request_seconds', 'Time to answer a request, in seconds, by the pattern of its route', ['method', 'route', 'status']);
  }

  /** Says that a route's pattern is a page. @param page what it is called in `daodi_page_seconds` */
  page(route: string, page: string): void {
    this.pageOfRoute.set(route, page);
  }

  /** Watches all routes; must be called before they are registered. */
  watch(fastify: FastifyInstance): void {
    fastify.addHook('onResponse', (request, reply, done) => {
      this.count(request.method, request.routeOptions.url, reply.statusCode, reply.elapsedTime / 1000);
      done();
    });
  }

  /** Counts one request. @param route its pattern; undefined where no route answered */
  count(method: string, route: string | undefined, statusCode: number, seconds: number): void {
    for (const observer of this.observersOf(method, route, statusCode)) observer.observe(seconds);
  }

  private observersOf(method: string, route: string | undefined, statusCode: number): readonly Observer[] {
    const status = `${Math.trunc(statusCode / 100)}xx`;
    const key = route === undefined ? status : `${method} ${route} ${status}`;
    let observers = this.observers.get(key);
    if (observers === undefined) {
      const page = route === undefined ? undefined : this.pageOfRoute.get(route);
      const request = this.requests.labels(route === undefined ? { ...UNMATCHED, status } : { method, route, status });
      observers = page === undefined ? [request] : [request, this.pages.labels({ page, status })];
      this.observers.set(key, observers);
    }
    return observers;
  }
}
