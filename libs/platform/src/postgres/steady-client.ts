import { Client, type ClientConfig } from 'pg';
import { arrayText } from './array-text';

/** Texts that are kept prepared at most: more than the program has, unless one is put together from what callers send. */
const PREPARED_MAX = 400;
/** The name under which each text is prepared, on whatever connection. */
const names = new Map<string, string>();

/**
 * A connection that may break at any time without taking the process with it. A broken connection reports itself by
 * an event, which Node turns into the end of the process where nobody listens; and while a connection is lent out of
 * a pool, between two statements, nobody does. Whoever holds it learns of the break from its next statement.
 */
export class SteadyClient extends Client {
  /** Whether statements with parameters are prepared once and then only run. */
  isPreparing = false;

  constructor(config?: string | ClientConfig) {
    super(config);
    this.on('error', () => undefined);
    // Every other way of asking is left as it is; `query` has a dozen.
    const ask = this.query.bind(this) as (...said: unknown[]) => unknown;
    this.query = ((...said: unknown[]) => {
      const [text, values, ...more] = said;
      const name = this.isPreparing && typeof text === 'string' && Array.isArray(values) && values.length > 0 ? nameOf(text) : undefined;
      return name === undefined ? ask(...said) : ask({ name, text, values: (values as unknown[]).map(sent) }, ...more);
    }) as never;
  }
}

const sent = (value: unknown): unknown => (Array.isArray(value) ? (arrayText(value) ?? value) : value);

function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= PREPARED_MAX) return known;
  const name = `daodi_${names.size}`;
  names.set(text, name);
  return name;
}
