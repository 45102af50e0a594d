import { createHash } from 'node:crypto';
import { isPlainFromElsewhere, type Language, preferredLanguage, Problem } from '@daodi/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Message, messagePage } from '../page/message-page';
import { PAGE_POLICY } from '../page/style';

/** Headers of everything the public's door answers: any site may read it (GS1-Conformant Resolver 1.2, CORS). */
export const CORS: Readonly<Record<string, string>> = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'ETag, Link, Location',
};

const PREFLIGHT: Readonly<Record<string, string>> = {
  ...CORS,
  Allow: 'GET, HEAD, OPTIONS',
  'Access-Control-Allow-Methods': 'GET, HEAD, OPTIONS',
  'Access-Control-Allow-Headers': 'Accept, Accept-Language, If-None-Match',
  'Access-Control-Max-Age': '86400',
};

/** Answers OPTIONS. */
export function answerOptions(reply: FastifyReply): void {
  reply.code(204).headers(PREFLIGHT).send();
}

/** The path as it was sent, still percent-encoded, and the query without its question mark. */
export function sentPath(request: FastifyRequest): { readonly path: string; readonly query: string } {
  const [path = '', ...query] = request.url.split('?');
  return { path, query: query.join('?') };
}

/** `?lang=zh` or `?lang=en`, else what the browser prefers. */
export function languageOf(request: FastifyRequest): Language {
  const { lang } = (request.query ?? {}) as { lang?: unknown };
  if (lang === 'zh' || lang === 'en') return lang;
  return preferredLanguage(request.headers['accept-language']);
}

/** Whether JSON is asked for rather than a page; whoever accepts both alike gets the page. */
export function wantsJson(accept: string | undefined): boolean {
  const weights = { json: 0, html: 0 };
  for (const part of (accept ?? '*/*').split(',')) {
    const [type = '', ...parameters] = part.trim().toLowerCase().split(/\s*;\s*/);
    const q = Number(/^q=([01](?:\.\d{0,3})?)$/.exec(parameters.find((p) => p.startsWith('q=')) ?? '')?.[1] ?? 1);
    if (type === 'application/json') weights.json = Math.max(weights.json, q);
    if (type === 'text/html' || type === 'application/xhtml+xml' || type === 'text/*' || type === '*/*') weights.html = Math.max(weights.html, q);
  }
  return weights.json > weights.html;
}

/** Sends a page or JSON to be asked again each time, and not sent again while it is the same. */
export function answerFresh(request: FastifyRequest, reply: FastifyReply, status: number, type: 'html' | 'json', text: string, language?: Language): void {
  const etag = `"${createHash('sha256').update(text, 'utf8').digest('base64url').slice(0, 27)}"`;
  reply.headers({ ...CORS, 'Cache-Control': 'no-cache', Vary: 'Accept, Accept-Language', ETag: etag });
  if (language !== undefined) reply.header('Content-Language', language === 'zh' ? 'zh-CN' : 'en');
  if (status === 200 && isKnown(request.headers['if-none-match'], etag)) {
    reply.code(304).send();
    return;
  }
  if (type === 'html') reply.header('Content-Security-Policy', PAGE_POLICY);
  reply.code(status).type(type === 'html' ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8').send(text);
}

/** RFC 9110, 13.1.2: a list of tags, weak or strong, or `*`. */
function isKnown(header: string | undefined, etag: string): boolean {
  return header !== undefined && header.split(',').some((tag) => [etag, `W/${etag}`, '*'].includes(tag.trim()));
}

/** Says that there is no passport, and why: a page, or for programs a problem. @param code as it was sent */
export function answerMessage(request: FastifyRequest, reply: FastifyReply, message: Message, isDemo: boolean, code?: string): void {
  if (wantsJson(request.headers.accept)) {
    if (message.status === 200) return answerFresh(request, reply, 200, 'json', JSON.stringify({ state: message.state, demo: isDemo, title: message.title, text: message.text }));
    reply.headers(CORS);
    throw new Problem(message.status, `code-${message.state}`, message.title, { detail: message.text[0], members: { state: message.state } });
  }
  const language = languageOf(request);
  answerFresh(request, reply, message.status, 'html', messagePage(message, { language, isDemo, isPlain: isPlainFromElsewhere(request) }, code), language);
}
