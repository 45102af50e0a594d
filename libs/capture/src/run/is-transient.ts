/**
 * Whether an error says nothing about what was to be stored, so that trying again later may help: the database is away,
 * restarting, out of room or refused to wait. An error about the data itself, or a fault of our own, comes back each time.
 */
export function isTransient(error: unknown): boolean {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) return TRANSIENT_CLASSES.has(code.slice(0, 2));
  return !OWN_FAULTS.has(String(name));
}

/** SQLSTATE classes: connection, transaction rollback, resources, locks, operator, system (PostgreSQL, appendix A). */
const TRANSIENT_CLASSES: ReadonlySet<string> = new Set(['08', '25', '40', '53', '55', '57', '58']);
const OWN_FAULTS: ReadonlySet<string> = new Set(['TypeError', 'RangeError', 'SyntaxError', 'ReferenceError', 'Problem']);
