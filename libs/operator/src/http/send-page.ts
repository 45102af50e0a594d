import { isPlainFromElsewhere, preferredLanguage } from '@daodi/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { PageSetting } from '../page/layout';

/** The language by `lang`, else by Accept-Language. */
export function settingOf(request: FastifyRequest, isDemo: boolean): PageSetting {
  const { lang } = (request.query ?? {}) as { lang?: unknown };
  const language = lang === 'zh' || lang === 'en' ? lang : preferredLanguage(request.headers['accept-language']);
  return { language, isDemo, isPlain: isPlainFromElsewhere(request) };
}

/**
 * Sends a page. Its forms must say where they come from: over plain http, where browsers send no Sec-Fetch-Site, the
 * Origin is all there is, and without a referrer policy that allows it they would send `null`.
 */
export function sendPage(reply: FastifyReply, status: number, html: string): void {
  reply.code(status).headers({ 'Referrer-Policy': 'same-origin', 'Content-Type': 'text/html; charset=utf-8' }).send(html);
}
