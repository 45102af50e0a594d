/** SQLSTATE of a server that is not to be had: shutting down, crashed, starting, full; class 08 is the connection's own. */
const SQL_STATES = /^(?:57P0[123]|53300|08...)$/;
const SOCKET_CODES: ReadonlySet<unknown> = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT']);
/** What pg says without a code when a connection breaks under a question, or the pool has none to give. */
/** What TypeORM says of the rest of a transaction whose connection broke. */
const NAMES: ReadonlySet<string> = new Set(['QueryRunnerAlreadyReleasedError', 'QueryRunnerProviderAlreadyReleasedError']);
const MESSAGES = /^(?:Connection terminated|timeout exceeded when trying to connect|timeout expired|Client (?:has encountered a connection error|was closed) and is not queryable)/;

/**
 * Whether an error means that the database could not be asked: a state that passes by itself, and no fault in what was
 * sent. A commit whose answer was lost may have happened; the same Idempotency-Key finds out.
 */
export function isDatabaseLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string') return SOCKET_CODES.has(code) || SQL_STATES.test(code);
  return NAMES.has(error.name) || MESSAGES.test(error.message);
}
