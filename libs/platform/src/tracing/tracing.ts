/**
 * Traces: which request led to which commit, which projections it paid for, which follower came after it. Nothing is
 * traced unless an endpoint is configured; then, and only then, OpenTelemetry is loaded (`otlp-tracing.ts`).
 */
import type { TracingSettings } from '../config';

/** What a span says beside its name. Never personal data, codes or parameters: traces leave the house. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

/** Where a span belongs. */
export interface SpanOptions {
  /** W3C traceparent of what led to it; without one, the span under way. One that cannot be read counts as none. */
  readonly parent?: string;
  /** W3C traceparents of others it was done for. */
  readonly links?: readonly string[];
  /** Whether it may begin a trace. Without this, what is done outside of any span is not traced. */
  readonly mayBegin?: boolean;
  readonly kind?: 'server' | 'producer' | 'consumer' | 'client';
}

/** A span somebody has to end. */
export interface OpenSpan {
  /** Runs something, and all it calls, inside the span. */
  run(work: () => void): void;
  end(attributes?: SpanAttributes, isError?: boolean): void;
}

/** The port by which libs tell what they do. A class, so that Nest can hand it to whoever asks for it. */
export abstract class Tracing {
  /** Whether anybody listens; where nobody does, callers spare themselves the preparations. */
  abstract readonly isOn: boolean;
  /** Does something inside a span, which is marked as failed where it throws. */
  abstract span<T>(name: string, attributes: SpanAttributes, work: () => Promise<T>, options?: SpanOptions): Promise<T>;
  /** Opens a span for what begins and ends in different places. */
  abstract open(name: string, attributes: SpanAttributes, options?: SpanOptions): OpenSpan | undefined;
  /** Adds to the span under way. */
  abstract note(attributes: SpanAttributes): void;
  /** The W3C traceparent of the span under way, to be handed on with a job. */
  abstract current(): string | undefined;
  /** Does something outside of every span: work that others asked for is not the asker's. */
  abstract outside<T>(work: () => T): T;
  /** Sends what has not been sent. */
  abstract close(): Promise<void>;
}

/** Nobody listens: work is simply done. */
export const NO_TRACING: Tracing = {
  isOn: false,
  span: (_name, _attributes, work) => work(),
  open: () => undefined,
  note: () => undefined,
  current: () => undefined,
  outside: (work) => work(),
  close: async () => undefined,
};

/** Starts tracing where it is configured. */
export async function startTracing(settings: TracingSettings | undefined): Promise<Tracing> {
  if (settings === undefined) return NO_TRACING;
  // Asked for only here, so that a process without the setting does not even read the packages.
  const { OtlpTracing } = require('./otlp-tracing') as typeof import('./otlp-tracing');
  return new OtlpTracing(settings);
}
