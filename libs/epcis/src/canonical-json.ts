/**
 * The RFC 8785 (JCS) form of a JSON value: one byte sequence for one value, to be hashed or signed.
 *
 * Members whose value is undefined are left out, as in `JSON.stringify`.
 *
 * @throws TypeError on what I-JSON (RFC 7493) cannot hold: lone surrogates, numbers that are not finite, values that
 *   are not JSON. What passed `readJson` never throws.
 */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case 'string': return text(value);
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`${value} is no JSON number`);
      return JSON.stringify(value);
    case 'boolean': return value ? 'true' : 'false';
    case 'object': return value === null ? 'null' : Array.isArray(value) ? list(value) : members(value as Record<string, unknown>);
    default: throw new TypeError(`a ${typeof value} is no JSON value`);
  }
}

function list(values: readonly unknown[]): string {
  let out = '[';
  for (let i = 0; i < values.length; i++) out += (i === 0 ? '' : ',') + canonicalJson(values[i]);
  return `${out}]`;
}

/** Members are sorted by the UTF-16 code units of their names (section 3.2.3), which is how JavaScript sorts. */
function members(object: Record<string, unknown>): string {
  let out = '';
  for (const name of Object.keys(object).sort()) {
    const value = object[name];
    if (value !== undefined) out += `${out === '' ? '' : ','}${text(name)}:${canonicalJson(value)}`;
  }
  return `{${out}}`;
}

const LONE_SURROGATE = /\p{Surrogate}/u;

function text(value: string): string {
  if (LONE_SURROGATE.test(value)) throw new TypeError('a lone surrogate cannot be written as UTF-8');
  return JSON.stringify(value);
}
