import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { type Context, ROOT_CONTEXT, type Span, type SpanContext, SpanKind, SpanStatusCode, trace, TraceFlags, type Tracer } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider, ParentBasedSampler, TraceIdRatioBasedSampler } from '@opentelemetry/sdk-trace-node';
import type { TracingSettings } from '../config';
import { PRODUCT_VERSION } from '../process/process-beat';
import { type OpenSpan, type SpanAttributes, type SpanOptions, Tracing } from './tracing';

/** How long the end of a process waits for what it has not sent, in milliseconds. */
const CLOSE_WITHIN_MS = 3_000;

const KINDS = { server: SpanKind.SERVER, producer: SpanKind.PRODUCER, consumer: SpanKind.CONSUMER, client: SpanKind.CLIENT } as const;

/**
 * Sends spans by OTLP over HTTP. It registers nothing globally: the span under way is kept in a store of its own, and
 * what a library might trace by itself stays untraced.
 */
export class OtlpTracing extends Tracing {
  readonly isOn = true;
  private readonly underWay = new AsyncLocalStorage<Context>();
  private readonly provider: NodeTracerProvider;
  private readonly tracer: Tracer;

  constructor({ endpoint, serviceName, ratio }: TracingSettings) {
    super();
    const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` });
    this.provider = new NodeTracerProvider({
      resource: resourceFromAttributes({ 'service.name': serviceName, 'service.version': PRODUCT_VERSION, 'service.instance.id': randomUUID() }),
      sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) }),
      spanProcessors: [new BatchSpanProcessor(exporter)],
    });
    this.tracer = this.provider.getTracer('daodi', PRODUCT_VERSION);
  }

  async span<T>(name: string, attributes: SpanAttributes, work: () => Promise<T>, options: SpanOptions = {}): Promise<T> {
    const started = this.start(name, attributes, options);
    if (started === undefined) return work();
    return this.underWay.run(started.context, async () => {
      try {
        return await work();
      } catch (error) {
        // The class of the error only: its message may quote what was being worked on.
        started.span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'Error' });
        throw error;
      } finally {
        started.span.end();
      }
    });
  }

  open(name: string, attributes: SpanAttributes, options: SpanOptions = {}): OpenSpan | undefined {
    const started = this.start(name, attributes, options);
    return started && {
      run: (work) => this.underWay.run(started.context, work),
      end: (more = {}, isError = false) => {
        started.span.setAttributes(more);
        if (isError) started.span.setStatus({ code: SpanStatusCode.ERROR });
        started.span.end();
      },
    };
  }

  note(attributes: SpanAttributes): void {
    this.spanUnderWay()?.setAttributes(attributes);
  }

  current(): string | undefined {
    const context = this.spanUnderWay()?.spanContext();
    return context && `00-${context.traceId}-${context.spanId}-${context.traceFlags.toString(16).padStart(2, '0')}`;
  }

  outside<T>(work: () => T): T {
    return this.underWay.exit(work);
  }

  async close(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, CLOSE_WITHIN_MS)));
    await Promise.race([this.provider.shutdown().catch(() => undefined), late]);
    clearTimeout(timer);
  }

  private start(name: string, attributes: SpanAttributes, { parent, links = [], mayBegin, kind }: SpanOptions): { span: Span; context: Context } | undefined {
    const remote = parent === undefined ? undefined : spanContextOf(parent);
    const from = remote === undefined ? this.underWay.getStore() : trace.setSpanContext(ROOT_CONTEXT, remote);
    if (from === undefined && mayBegin !== true) return undefined;
    const linked = links.flatMap((link) => spanContextOf(link) ?? []).map((context) => ({ context }));
    const options = { attributes: { ...attributes }, links: linked, kind: kind === undefined ? SpanKind.INTERNAL : KINDS[kind] };
    const span = this.tracer.startSpan(name, options, from ?? ROOT_CONTEXT);
    return { span, context: trace.setSpan(from ?? ROOT_CONTEXT, span) };
  }

  private spanUnderWay(): Span | undefined {
    const context = this.underWay.getStore();
    return context && trace.getSpan(context);
  }
}

/** Reads a W3C traceparent (Trace Context, 3.2): version, trace, span, flags; all zeros are no id. */
function spanContextOf(traceparent: string): SpanContext | undefined {
  const match = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/.exec(traceparent);
  if (match === null) return undefined;
  return { traceId: match[1]!, spanId: match[2]!, traceFlags: Number.parseInt(match[3]!, 16) & TraceFlags.SAMPLED, isRemote: true };
}
