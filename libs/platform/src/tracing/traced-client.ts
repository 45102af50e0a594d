import { SteadyClient } from '../postgres/steady-client';
import type { Tracing } from './tracing';

/** Of a statement so many characters are told. */
const STATEMENT_MAX = 2_000;

type Query = (...parameters: unknown[]) => unknown;

/** A connection whose statements, asked for inside a span, are spans too: the text, never its parameters. */
export function tracedClient(tracing: Tracing): typeof SteadyClient {
  return class TracedClient extends SteadyClient {
    override query = ((...parameters: unknown[]) => {
      const ask = SteadyClient.prototype.query.bind(this) as Query;
      const text = textOf(parameters[0]);
      const span = text === undefined ? undefined : tracing.open(verbOf(text), { 'db.system.name': 'postgresql', 'db.query.text': text.slice(0, STATEMENT_MAX) }, { kind: 'client' });
      if (span === undefined) return ask(...parameters);
      const last = parameters.at(-1);
      if (typeof last === 'function') {
        return ask(...parameters.slice(0, -1), (error: unknown, result: unknown) => {
          span.end({}, Boolean(error));
          (last as Query)(error, result);
        });
      }
      const asked = ask(...parameters) as Promise<unknown>;
      asked.then(() => span.end(), () => span.end({}, true));
      return asked;
    }) as typeof SteadyClient.prototype.query;
  };
}

function textOf(query: unknown): string | undefined {
  if (typeof query === 'string') return query;
  const { text, submit } = (query ?? {}) as { text?: unknown; submit?: unknown };
  return typeof text === 'string' && submit === undefined ? text : undefined;
}

const verbOf = (text: string): string => /^\s*(\w+)/.exec(text)?.[1]?.toUpperCase() ?? 'SQL';
