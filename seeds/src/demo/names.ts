/** What the acts of the demonstration name before they know it: kind → key → the id or URI, or a list of them. */
export type Names = Map<string, Map<string, string | readonly string[]>>;

/** Remembers what a key means. */
export function put(names: Names, kind: string, key: string, value: string | readonly string[]): void {
  const known = names.get(kind) ?? new Map();
  names.set(kind, known.set(key, value));
}

const NAME = /@(batch|serials|site|land|product|person|report|event|event-id|organisation|scale|picker|base|input|input-lot|sop|audit|order|part)\/([a-z0-9-]+?)(?:\/(\d+)-(\d+))?(?=\/|$)/;

/** Puts what names mean in their place, everywhere in a body or path. @throws Error where nothing has that name yet */
export function resolve(names: Names, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => resolve(names, one));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, resolve(names, one)]));
  }
  const match = typeof value === 'string' ? NAME.exec(value) : null;
  if (match === null) return value;
  const [whole, kind, key, first, last] = match;
  const meant = names.get(kind as string)?.get(key as string);
  if (meant === undefined) throw new Error(`the demo names ${whole} before there is one`);
  // A path may name several things, one after the other.
  if (typeof meant === 'string') return resolve(names, (value as string).replace(whole, () => meant));
  return meant.slice(Number(first), Number(last) + 1);
}
