/**
 * A door before the router, for answers that lie ready: nothing is looked up, parsed or decided for them, so a request
 * for one need not become Fastify's. What goes out this way carries the same headers, and is counted and logged alike.
 */
import type { IncomingHttpHeaders, IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { TLSSocket } from 'node:tls';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { RequestMetrics } from '../metrics/request-metrics';
import { logRequest } from './logging';
import { newRequestId } from './request-context';
import { securityHeaders } from './security-headers';

/** What may be asked for at this door, in Fastify's words. */
export interface Asked {
  readonly method: 'GET';
  /** A path without a query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly protocol: 'http' | 'https';
  readonly ip: string;
}

/** An answer that lies ready: the same object for as long as it is the same answer. */
export interface ReadyAnswer {
  readonly status: number;
  /** All but those every answer carries. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Pattern of the route that made it, for metrics and the log. */
  readonly route: string;
}

/** Headers by which a request means more than its address: who sends it, for whom, and what is already known there. */
const MORE = ['authorization', 'cookie', 'if-none-match', 'if-modified-since', 'range', 'forwarded', 'x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-host', 'expect', 'transfer-encoding'] as const;

/** The one door of a process. Whoever keeps answers says so with `serve`; without that nothing changes. */
export class FrontDoor {
  private find?: (asked: Asked) => ReadyAnswer | undefined;
  private isClosing = false;
  /** Headers as they go out, by answer; the last is the request's id, written anew for each. */
  private readonly heads = new WeakMap<ReadyAnswer, string[]>();

  /**
   * @param logger gets one line a request, as of any other
   * @param isForGood see {@link securityHeaders}
   */
  constructor(
    private readonly requests: RequestMetrics,
    private readonly logger: Logger,
    private readonly isForGood: boolean,
  ) {}

  /** @param find gives what lies ready for a request, or nothing; then it goes the ordinary way */
  serve(find: (asked: Asked) => ReadyAnswer | undefined): void {
    this.find = find;
  }

  /** Stands before the router of an application from now until it closes. */
  standBefore(fastify: FastifyInstance): void {
    if (this.find === undefined) return;
    const server = fastify.server as Server;
    const router = server.listeners('request') as RequestListener[];
    server.removeAllListeners('request');
    server.on('request', (request, response) => {
      if (!this.answer(request, response)) for (const listener of router) listener.call(server, request, response);
    });
    // From then on every answer has to end its connection, which the router sees to.
    fastify.addHook('preClose', (done) => {
      this.isClosing = true;
      done();
    });
  }

  /** @returns false, having done nothing, for whoever has to go the ordinary way */
  private answer(request: IncomingMessage, response: ServerResponse): boolean {
    const { method, url = '', headers } = request;
    if (method !== 'GET' || this.isClosing || url.includes('?') || MORE.some((name) => headers[name] !== undefined)) return false;
    const protocol = (request.socket as TLSSocket).encrypted ? 'https' : 'http';
    const ready = this.find?.({ method, url, headers, protocol, ip: request.socket.remoteAddress ?? '' });
    if (ready === undefined) return false;
    const since = performance.now();
    const requestId = newRequestId();
    response.on('close', () => {
      const ms = performance.now() - since;
      this.requests.count('GET', ready.route, ready.status, ms / 1000);
      logRequest(this.logger, { requestId, method: 'GET', route: ready.route, status: ready.status, ms });
    });
    const head = this.headOf(ready, protocol === 'https');
    head[head.length - 1] = requestId;
    response.writeHead(ready.status, head);
    response.end(ready.body);
    return true;
  }

  private headOf(ready: ReadyAnswer, isHttps: boolean): string[] {
    let head = this.heads.get(ready);
    if (head === undefined) {
      const all = { ...securityHeaders(this.isForGood && isHttps), ...ready.headers, 'Content-Length': String(ready.body.byteLength) };
      const named = new Map(Object.entries(all).map(([name, value]) => [name.toLowerCase(), value]));
      this.heads.set(ready, (head = [...[...named].flat(), 'x-request-id', '']));
    }
    return head;
  }
}
