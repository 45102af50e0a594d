/**
 * An event or document part in which empty optional fields are absent: empty strings, empty lists and empty objects
 * say nothing (EPCIS 2.0 conformance requirement TCR-24). Extension fields belong to their owners and are left alone,
 * and so are the members of lists: an empty one there is a fault to be named. The input is not changed; what has
 * nothing empty in it is returned as it is.
 */
export function withoutEmpty(value: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  let kept: Record<string, unknown> | undefined;
  for (const name of Object.keys(value)) {
    const given = value[name];
    const clean = name.startsWith('@') || name.includes(':') ? given : cleaned(given);
    if (clean === given && !isEmpty(clean)) continue;
    kept ??= { ...value };
    if (isEmpty(clean) && !name.startsWith('@') && !name.includes(':')) delete kept[name];
    else kept[name] = clean;
  }
  return kept ?? value;
}

function cleaned(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (!Array.isArray(value)) return withoutEmpty(value as Record<string, unknown>);
  let kept: unknown[] | undefined;
  for (let i = 0; i < value.length; i++) {
    const item = value[i] as unknown;
    const clean = typeof item === 'object' && item !== null && !Array.isArray(item) ? withoutEmpty(item as Record<string, unknown>) : item;
    if (clean !== item) (kept ??= [...(value as unknown[])])[i] = clean;
  }
  return kept ?? value;
}

function isEmpty(value: unknown): boolean {
  if (value === '') return true;
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.length === 0;
  for (const _ in value) return false;
  return true;
}
