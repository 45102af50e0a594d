/** A choice among several in a header of HTTP, and how much it is wanted. */
export interface Wanted {
  readonly value: string;
  readonly q: number;
}

/** Reads Accept or Accept-Language (RFC 9110, section 12.5), the most wanted first, alike ones as they stand; `q=0` means not at all. */
export function wantedOf(header: string | undefined): Wanted[] {
  const read = (header ?? '').split(',').map((part) => {
    const [value = '', ...parameters] = part.trim().split(/\s*;\s*/);
    const q = parameters.map((parameter) => /^q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/i.exec(parameter)?.[1]).find((one) => one !== undefined);
    return { value: value.toLowerCase(), q: q === undefined ? 1 : Number(q) };
  });
  return read.filter(({ value }) => value !== '').map((one, n) => ({ one, n })).sort((a, b) => b.one.q - a.one.q || a.n - b.n).map(({ one }) => one);
}

/**
 * Of things in languages those that suit best: RFC 4647 lookup, range by range, each shortened from its end until something is
 * found. undefined: nothing suits, or no language is wanted.
 */
export function lookUpLanguage<T extends { readonly hreflang?: readonly string[] }>(things: readonly T[], header: string | undefined): T[] | undefined {
  for (const { value, q } of wantedOf(header)) {
    if (q === 0 || value === '*') continue;
    for (let range = value; range !== ''; range = range.includes('-') ? range.slice(0, range.lastIndexOf('-')) : '') {
      const found = things.filter(({ hreflang = [] }) => hreflang.some((tag) => tag.toLowerCase() === range));
      if (found.length > 0) return found;
    }
  }
  return undefined;
}

/** How much a media type is wanted, by the most specific range that covers it; 0 where none does. */
export function wantedness(type: string, wanted: readonly Wanted[]): number {
  const [main] = type.split('/');
  const by = (value: string): number | undefined => wanted.find((one) => one.value === value)?.q;
  return by(type.toLowerCase()) ?? by(`${main}/*`) ?? by('*/*') ?? 0;
}

/** Of things of media types those most wanted; what has no type suits any. undefined: nothing suits, or nothing in particular is wanted. */
export function lookUpType<T extends { readonly type?: string }>(things: readonly T[], header: string | undefined): T[] | undefined {
  const wanted = wantedOf(header);
  if (wanted.length === 0) return undefined;
  const weighed = things.map((thing) => ({ thing, q: thing.type === undefined ? 1 : wantedness(thing.type, wanted) }));
  const most = Math.max(0, ...weighed.map(({ q }) => q));
  return most === 0 ? undefined : weighed.filter(({ q }) => q === most).map(({ thing }) => thing);
}
