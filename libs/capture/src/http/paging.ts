import type { Bilingual } from '@daodi/platform';
import { epcisProblem } from './epcis-problem';

/** Entries of a page unless asked otherwise (EPCIS 2.0 REST bindings, `perPage`), and the most one gets. */
export const PER_PAGE_DEFAULT = 30;
export const PER_PAGE_MAX = 1000;

/** Which part of a list is wanted. */
export interface Paging<T> {
  readonly perPage: number;
  /** What the token of the page before carried. */
  readonly token?: T;
}

/**
 * Reads `perPage` and `nextPageToken`.
 * @param readToken what a token's content means; undefined where it is none of this list's
 * @throws Problem 400 QueryParameterException
 */
export function readPaging<T>(
  query: Readonly<Record<string, unknown>>,
  readToken: (value: Readonly<Record<string, unknown>>) => T | undefined,
): Paging<T> {
  const { perPage, nextPageToken } = query;
  return { perPage: readPerPage(perPage), token: nextPageToken === undefined ? undefined : decodeToken(nextPageToken, readToken) };
}

/** The number of entries of a page; more than the most counts as the most. */
function readPerPage(value: unknown): number {
  if (value === undefined) return PER_PAGE_DEFAULT;
  if (typeof value !== 'string' || !/^\d{1,9}$/.test(value) || Number(value) < 1) {
    throw parameterProblem('perPage', { zh: '应为正整数', en: 'it must be a whole number above zero' });
  }
  return Math.min(Number(value), PER_PAGE_MAX);
}

function decodeToken<T>(value: unknown, readToken: (value: Readonly<Record<string, unknown>>) => T | undefined): T {
  try {
    if (typeof value === 'string' && value.length <= 2000 && /^[A-Za-z0-9_-]+$/.test(value)) {
      const content = JSON.parse(Buffer.from(value, 'base64url').toString('utf8')) as unknown;
      const token = typeof content === 'object' && content !== null ? readToken(content as Record<string, unknown>) : undefined;
      if (token !== undefined) return token;
    }
  } catch {
    // Not JSON: no token of ours.
  }
  throw parameterProblem('nextPageToken', { zh: '不是本查询的翻页标记', en: 'it is no token of this query' });
}

/** A token for the next page. It holds no secret: only where the page before ended. */
export function writeToken(content: object): string {
  return Buffer.from(JSON.stringify(content), 'utf8').toString('base64url');
}

/** The value of a `Link` header for the next page: the same address with another token. */
export function nextLink(path: string, query: Readonly<Record<string, unknown>>, token: string): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (name !== 'nextPageToken' && typeof value === 'string') parameters.append(name, value);
  parameters.append('nextPageToken', token);
  return `<${path}?${parameters.toString()}>; rel="next"`;
}

/** A query parameter that cannot be used. */
export function parameterProblem(name: string, said: Bilingual): ReturnType<typeof epcisProblem> {
  return epcisProblem('QueryParameterException', { faults: [parameterFault(name, said)] });
}

/** What is wrong with one parameter. A pointer reaches into a body and a query string has none, so its name stands in the sentence. */
export function parameterFault(name: string, said: Bilingual): { pointer: string; rule: string; detail: Bilingual } {
  const shown = name.slice(0, 100);
  return { pointer: '', rule: `parameter-${shown}`, detail: { zh: `参数 ${shown}：${said.zh}`, en: `parameter ${shown}: ${said.en}` } };
}
