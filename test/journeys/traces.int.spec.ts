/** A form posted, traced from the request through the group commit to the followers, as a collector receives it. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Product } from '../prove/bench/product';

/** A process sends its spans every five seconds. */
const WITHIN_MS = 20_000;

interface Span {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly attributes: { readonly key: string; readonly value: Record<string, unknown> }[];
  readonly status: { readonly code?: number };
}

/** As much of an OTLP/HTTP receiver as it takes: POST /v1/traces, JSON. */
class Collector {
  readonly spans: Span[] = [];
  readonly resources: string[] = [];
  private readonly server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      if (request.method !== 'POST' || request.url !== '/v1/traces') return void response.writeHead(404).end();
      for (const { resource, scopeSpans } of JSON.parse(Buffer.concat(chunks).toString()).resourceSpans) {
        this.resources.push(JSON.stringify(resource));
        this.spans.push(...scopeSpans.flatMap(({ spans }: { spans: Span[] }) => spans));
      }
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });

  async listen(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Waits until a span of this name, of one trace or any, has come. */
  async span(name: string, traceId?: string): Promise<Span> {
    for (const until = Date.now() + WITHIN_MS; Date.now() < until; await new Promise((resolve) => setTimeout(resolve, 50))) {
      const found = this.spans.find((span) => span.name === name && (traceId === undefined || span.traceId === traceId));
      if (found !== undefined) return found;
    }
    throw new Error(`no span ${name} came; there are ${[...new Set(this.spans.filter((span) => traceId === undefined || span.traceId === traceId).map((span) => span.name))].join(', ')}`);
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

const attribute = (span: Span, key: string): unknown => Object.values(span.attributes.find((one) => one.key === key)?.value ?? {})[0];

describe('traces', () => {
  const collector = new Collector();
  let product: Product;
  beforeAll(async () => {
    const endpoint = await collector.listen();
    product = await Product.open({ settings: { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_SERVICE_NAME: 'daodi-test', DAODI_TRACE_STATEMENTS: 'on' } });
  });
  afterAll(async () => {
    await product.close();
    collector.close();
  });

  it('follow a form from the request of somebody else\'s trace to the followers it woke', async () => {
    const firm = await product.firm('ANZE-TR');
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
    const body = { eventTime: '2026-08-20T09:30:00+08:00', herb: 'lianqiao', grade: '青翘', mode: 'wild-tended', since: '2022-03-20', plots: [firm.plot] };
    const crop = await product.send(firm, 'POST', '/api/v1/crops', body, { traceparent: `00-${traceId}-00f067aa0ba902b7-01` });
    expect(crop.status).toBe(201);

    const request = await collector.span('POST /api/v1/crops', traceId);
    expect(request.parentSpanId).toBe('00f067aa0ba902b7');
    expect([attribute(request, 'http.route'), Number(attribute(request, 'http.response.status_code'))]).toEqual(['/api/v1/crops', 201]);
    const group = await collector.span('append group', traceId);
    expect(group.parentSpanId).toBe(request.spanId);
    expect([Number(attribute(group, 'daodi.acts')), Number(attribute(group, 'daodi.entries'))]).toEqual([1, 2]);
    for (const { name } of product.projections) expect((await collector.span(`project ${name}`, traceId)).parentSpanId).toBe(group.spanId);
    const job = await collector.span('job follow', traceId);
    expect(job.parentSpanId).toBe(group.spanId);
    const jobs = () => collector.spans.filter((span) => span.name === 'job follow' && span.traceId === traceId).map(({ spanId }) => spanId);
    for (const { name } of product.followers) {
      const advance = await collector.span(`advance ${name}`, traceId);
      expect(jobs()).toContain(advance.parentSpanId);
      expect(attribute(advance, 'daodi.entries')).toBeDefined();
    }
    const statement = await collector.span('SELECT', traceId);
    expect(String(attribute(statement, 'db.query.text'))).toMatch(/\$1|SELECT/);
    expect(collector.resources[0]).toContain('daodi-test');
  });

  it('hold nothing of what was said, by whom, or with which key', async () => {
    const firm = await product.firm('ANZE-SECRET');
    await product.send(firm, 'GET', '/p/b/7K2QZ0ABCD4');
    await product.send(firm, 'POST', '/api/v1/harvests', { nonsense: '13800000000' });
    await product.settled();
    await collector.span('POST /api/v1/harvests');
    const everything = JSON.stringify(collector.spans);
    for (const word of ['ANZE-SECRET', '7K2QZ0ABCD4', '13800000000', '负责人', firm.token, firm.owner.token]) expect(everything).not.toContain(word);
  });

  it('do not mark what was refused as an error, and tell a stranger\'s path by no name', async () => {
    await product.send(undefined, 'GET', '/wp-admin/13800000000', undefined, { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` });
    const span = await collector.span('GET unmatched', 'a'.repeat(32));
    expect(span.status.code ?? 0).toBe(0);
  });
});

describe('without the setting', () => {
  it('nothing of OpenTelemetry that could send is loaded', async () => {
    const loaded = await import('node:child_process').then(({ execFileSync }) =>
      execFileSync(process.execPath, ['-e', `
        require('@swc/core'); require('reflect-metadata');
        const options = require('./swc.config.cjs'); const { transformSync } = require('@swc/core'); const fs = require('fs');
        require.extensions['.ts'] = require.extensions['.tsx'] = (module, file) => module._compile(transformSync(fs.readFileSync(file, 'utf8'), { ...options, filename: file }).code, file);
        const { startTracing } = require('./libs/platform/src/tracing/tracing.ts');
        startTracing(undefined).then(() => console.log(Object.keys(require.cache).filter((path) => path.includes('@opentelemetry')).length));
      `], { cwd: `${__dirname}/../..`, encoding: 'utf8' }));
    expect(loaded.trim()).toBe('0');
  });
});
