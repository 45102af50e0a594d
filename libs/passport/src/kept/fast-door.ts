import { type Asked, type FrontDoor, isPlainFromElsewhere, type ReadyAnswer } from '@daodi/platform';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Answer, languageOf, sendFresh, wantsJson } from '../http/public-answer';
import type { KeptPages } from './kept-pages';

/**
 * Under what a page is kept: its address and how it is wanted. Addresses with a query of their own are not kept, or
 * whoever made some up would push out what people ask for.
 *
 * @returns undefined where the answer is not one that is kept
 */
export function keptKey(request: FastifyRequest | Asked): string | undefined {
  const { url, method } = request;
  if (method !== 'GET' || !url.startsWith('/p/')) return undefined;
  const query = url.indexOf('?');
  if (query !== -1 && !/^lang=(?:zh|en)$/.test(url.slice(query + 1))) return undefined;
  // That page says of itself that the connection is not safe.
  if (isPlainFromElsewhere(request)) return undefined;
  return `${query === -1 ? wantedAs(request) : wanted(request)} ${url}`;
}

/** Clients are of a few kinds: how each wants its pages is read once. */
const KINDS_MAX = 500;
const kinds = new Map<string, string>();

function wantedAs(request: FastifyRequest | Asked): string {
  const { accept, 'accept-language': language } = request.headers;
  const kind = `${accept}\n${language}`;
  let known = kinds.get(kind);
  if (known === undefined) {
    if (kinds.size >= KINDS_MAX) kinds.clear();
    kinds.set(kind, (known = wanted(request)));
  }
  return known;
}

const wanted = (request: FastifyRequest | Asked): string => (wantsJson(request.headers.accept) ? 'json' : languageOf(request));

/**
 * Lets kept pages out before any controller, guard or pipe is asked: most before there is a request of Fastify's, at
 * the front door; others (an address with its language, one who has the page already, one who comes by a proxy) from a
 * hook. Hooks that stand before it (request id, security headers) and after the answer (metrics, the request log) are
 * met as by any other request.
 */
export function openFastDoor(fastify: FastifyInstance, front: FrontDoor, kept: KeptPages): void {
  front.serve((asked) => {
    const key = keptKey(asked);
    const answer = key === undefined ? undefined : kept.get(key);
    return answer && readyOf(answer, asked.url);
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    const key = keptKey(request);
    const answer = key === undefined ? undefined : kept.get(key);
    if (answer === undefined) done();
    else sendFresh(request, reply, answer);
  });
}

const ready = new WeakMap<Answer, ReadyAnswer>();

function readyOf(answer: Answer, url: string): ReadyAnswer {
  let known = ready.get(answer);
  if (known === undefined) {
    const { status, headers, bodyHeaders, body } = answer;
    const route = /^\/p\/b\/[^/]+$/.test(url) ? '/p/b/:code' : '/p/*';
    ready.set(answer, (known = { status, headers: { ...headers, ...bodyHeaders }, body, route }));
  }
  return known;
}
