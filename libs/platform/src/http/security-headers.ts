import type { FastifyInstance } from 'fastify';

/** Everything a page needs comes from us; nothing may frame it, and a form may only be sent back to us. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Headers every answer carries unless its handler sets them otherwise. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  // A code's address in a Referer would tell other sites what somebody scanned.
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

/** Half a year, in seconds: long enough to protect, short enough to outlive a change of mind. */
const HSTS = 'max-age=15552000';

/** @param isForGood whether a browser that came by https is told to come by https only, from now on (RFC 6797) */
export const securityHeaders = (isForGood: boolean): Readonly<Record<string, string>> =>
  isForGood ? { ...SECURITY_HEADERS, 'Strict-Transport-Security': HSTS } : SECURITY_HEADERS;

/** Adds them before anything else can answer. @param isForGood see {@link securityHeaders}; to whoever came by https */
export function registerSecurityHeaders(fastify: FastifyInstance, isForGood: boolean): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.headers(securityHeaders(isForGood && request.protocol === 'https') as Record<string, string>);
    done();
  });
}
