/** The languages the product speaks. */
export type Language = 'zh' | 'en';

/**
 * Chooses between Chinese and English by an Accept-Language header (RFC 9110, 12.5.4). Chinese where the header is
 * absent, or likes both alike, or knows neither.
 */
export function preferredLanguage(acceptLanguage: string | undefined): Language {
  return weight(acceptLanguage, 'en') > weight(acceptLanguage, 'zh') ? 'en' : 'zh';
}

function weight(header: string | undefined, language: Language): number {
  let best = 0;
  for (const part of (header ?? '').split(',')) {
    const [range = '', ...parameters] = part.trim().toLowerCase().split(';');
    if (range !== language && !range.startsWith(`${language}-`)) continue;
    const q = parameters.map((text) => /^\s*q=(\d(?:\.\d{0,3})?)\s*$/.exec(text)?.[1]).find((found) => found !== undefined);
    best = Math.max(best, q === undefined ? 1 : Number(q));
  }
  return best;
}
