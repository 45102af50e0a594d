import { Controller, Get, Module, Param, SetMetadata } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { createApp } from '../serve';
import { RequestMetrics } from './request-metrics';

@SetMetadata('daodi:route-rule', 'public')
@Controller()
class BatchController {
  @Get('batches/:code')
  batch(@Param('code') code: string) {
    return { code };
  }
}

@Module({ controllers: [BatchController] })
class BatchModule {
  constructor(requests: RequestMetrics) {
    requests.page('/batches/:code', 'batch');
  }
}

describe('/metrics', () => {
  const opened: NestFastifyApplication[] = [];
  const open = async (metricsToken?: string) => {
    const app = await createApp({ captureBytesMax: 100_000, fileBytesMax: 10_000, bodyBytesMax: 2_000, logLevel: 'silent', metricsToken }, BatchModule, pino({ level: 'silent' }));
    opened.push(app);
    return app;
  };
  afterAll(() => Promise.all(opened.map((app) => app.close())));
  const scrape = async (app: NestFastifyApplication) => (await app.inject('/metrics')).body;

  it('is in the text format of Prometheus, with what Node tells of itself', async () => {
    const app = await open();
    const answer = await app.inject('/metrics');
    expect([answer.statusCode, answer.headers['content-type'], answer.headers['cache-control']]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8', 'no-store']);
    for (const name of ['nodejs_eventloop_lag_p99_seconds', 'nodejs_heap_size_used_bytes', 'nodejs_gc_duration_seconds', 'process_cpu_seconds_total']) expect(answer.body).toContain(`# TYPE ${name} `);
  });

  it('times requests by the pattern of their route, and pages as pages', async () => {
    const app = await open();
    await app.inject('/batches/7K2QZ0ABCD4');
    await app.inject('/batches/7K2QZ0ABCD5');
    const body = await scrape(app);
    expect(body).toContain('daodi_http_request_seconds_count{method="GET",route="/batches/:code",status="2xx"} 2');
    expect(body).toContain('daodi_page_seconds_count{page="batch",status="2xx"} 2');
    expect(body).not.toContain('7K2QZ0');
  });

  it('has no more lines after a thousand requests of strangers than after one of each sort', async () => {
    const app = await open();
    const lines = async () => (await scrape(app)).split('\n').filter((line) => line.startsWith('daodi_http_request_seconds')).length;
    const ask = async (n: number) => {
      await app.inject({ method: 'GET', url: `/batches/${n}` });
      await app.inject({ method: 'GET', url: `/wp-admin/${n}` });
      await app.inject({ method: 'PROPFIND' as 'GET', url: `/${n}` });
    };
    await ask(0);
    await lines();
    const before = await lines();
    for (let n = 1; n <= 1000; n++) await ask(n);
    expect(await lines()).toBe(before);
  });

  it('is refused to other machines, and open to the token once there is one', async () => {
    const closed = await open();
    for (const from of [{ remoteAddress: '10.0.0.7' }, { headers: { 'x-forwarded-for': '203.0.113.9' } }, { headers: { 'x-forwarded-proto': 'https' } }]) expect((await closed.inject({ url: '/metrics', ...from })).statusCode).toBe(403);
    const app = await open('a-token-of-some-length');
    expect((await app.inject('/metrics')).statusCode).toBe(401);
    expect((await app.inject({ url: '/metrics', remoteAddress: '10.0.0.7', headers: { authorization: 'Bearer a-token-of-some-length' } })).statusCode).toBe(200);
  });
});
