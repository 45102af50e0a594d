import { Client, type ClientConfig } from 'pg';

/**
 * A connection that may break at any time without taking the process with it. A broken connection reports itself by
 * an event, which Node turns into the end of the process where nobody listens; and while a connection is lent out of
 * a pool, between two statements, nobody does. Whoever holds it learns of the break from its next statement.
 */
export class SteadyClient extends Client {
  constructor(config?: string | ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }
}
