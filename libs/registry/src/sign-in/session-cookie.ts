import type { FastifyRequest } from 'fastify';

const NAME = 'daodi_session';

/** The session token in a Cookie header, if there is one. */
export function sessionCookieOf(header: string | undefined): string | undefined {
  for (const pair of header?.split(';') ?? []) {
    const [name, value] = pair.trim().split('=', 2);
    if (name === NAME && value !== undefined && /^[A-Za-z0-9_-]{1,200}$/.test(value)) return value;
  }
  return undefined;
}

/**
 * The Set-Cookie line that keeps a session in a browser: out of reach of scripts, not sent from other sites' forms.
 *
 * @param seconds how long it lives; 0 removes it
 * @param secure whether we are reached by https; a Secure cookie over http would never come back
 * @param sameSite `Lax` is sent when a link elsewhere leads here, `Strict` is not
 */
export function sessionCookie(token: string, seconds: number, secure: boolean, sameSite: 'Lax' | 'Strict' = 'Lax'): string {
  return `${NAME}=${token}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=${sameSite}${secure ? '; Secure' : ''}`;
}

/** Whether a browser says that our own pages made it send this request. */
export function isFromOwnSite(request: FastifyRequest): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const { origin } = request.headers;
  return origin !== undefined && URL.canParse(origin) && new URL(origin).host === request.host;
}

/** Whether a browser says that another site made it send this request. Programs, which say nothing, do not count. */
export function isFromElsewhere(request: FastifyRequest): boolean {
  const says = request.headers['sec-fetch-site'] !== undefined || request.headers.origin !== undefined;
  return says && !isFromOwnSite(request);
}
