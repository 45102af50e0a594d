import { createHash } from 'node:crypto';
import { type Asked, isPlainFromElsewhere, type Language, preferredLanguage, Problem } from '@daodi/platform';
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
export function languageOf(request: FastifyRequest | Asked): Language {
  const { lang } = (('query' in request ? request.query : undefined) ?? {}) as { lang?: unknown };
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

/** A page or JSON, ready to go out: to be asked again each time, and not sent again while it is the same. */
export interface Answer {
  readonly status: number;
  readonly etag: string;
  /** With and without a body. */
  readonly headers: Readonly<Record<string, string>>;
  readonly bodyHeaders: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Makes an answer of a page or JSON. */
export function freshAnswer(status: number, type: 'html' | 'json', text: string, language?: Language): Answer {
  const body = Buffer.from(text, 'utf8');
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
  return {
    status,
    etag,
    headers: {
      ...CORS, 'Cache-Control': 'no-cache', Vary: 'Accept, Accept-Language', ETag: etag,
      ...(language !== undefined && { 'Content-Language': language === 'zh' ? 'zh-CN' : 'en' }),
    },
    bodyHeaders: type === 'html' ? { 'Content-Security-Policy': PAGE_POLICY, 'Content-Type': 'text/html; charset=utf-8' } : { 'Content-Type': 'application/json; charset=utf-8' },
    body,
  };
}

/** Sends an answer, or that it is the one the client has. */
export function sendFresh(request: FastifyRequest, reply: FastifyReply, { status, etag, headers, bodyHeaders, body }: Answer): void {
  reply.headers(headers as Record<string, string>);
  if (status === 200 && isKnown(request.headers['if-none-match'], etag)) {
    reply.code(304).send();
    return;
  }
  reply.code(status).headers(bodyHeaders as Record<string, string>).send(body);
}

/** Makes an answer and sends it. */
export function answerFresh(request: FastifyRequest, reply: FastifyReply, status: number, type: 'html' | 'json', text: string, language?: Language): void {
  sendFresh(request, reply, freshAnswer(status, type, text, language));
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
