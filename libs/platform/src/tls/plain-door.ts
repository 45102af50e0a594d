/** The port beside https: whoever forgot the s is led there, and what must come without TLS is answered. */
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Config } from '../config';
import { SECURITY_HEADERS } from '../http/security-headers';
import { listenFailure } from '../process/listen-failure';

/** An answer that may go over plain http. */
export interface PlainAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** What a route may look at. */
export interface PlainRequest {
  /** Path and query as they were sent. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

/** Answers a path of its own; undefined for any other. */
export type PlainRoute = (request: PlainRequest) => PlainAnswer | undefined;

/** The open port. */
export interface PlainDoor {
  readonly port: number;
  close(): Promise<void>;
}

const REQUEST_TIMEOUT_MS = 30_000;

/**
 * Opens the port.
 *
 * @param httpsPort the port https is served on; not always the one the settings name (tests)
 * @throws StartFailure if the port is taken or may not be used
 */
export async function openPlainDoor(config: Pick<Config, 'host' | 'publicUrl' | 'isPublicUrlLoopback'> & { readonly httpPort: number }, httpsPort: number, routes: readonly PlainRoute[]): Promise<PlainDoor> {
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, (request, response) => {
    const { url = '/', headers } = request;
    for (const route of routes) {
      const answer = route({ url, headers });
      if (answer !== undefined) return send(response, request, answer);
    }
    send(response, request, redirect({ url, headers }, config, httpsPort));
  });
  await listen(server, config.httpPort, config.host);
  return {
    port: (server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(listenFailure(error, { port, host }, 'DAODI_HTTP_PORT') ?? error));
    server.listen(port, host, resolve);
  });
}

function send(response: ServerResponse, request: IncomingMessage, { status, headers, body }: PlainAnswer): void {
  response.writeHead(status, { ...SECURITY_HEADERS, 'Content-Length': Buffer.byteLength(body), ...headers });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/**
 * Where the same thing is by https: the public address where the world has one, else the machine as the browser
 * called it. 308 keeps the method, so that a form or a program is not turned into a GET.
 */
function redirect({ url, headers }: PlainRequest, { publicUrl, isPublicUrlLoopback }: Pick<Config, 'publicUrl' | 'isPublicUrlLoopback'>, httpsPort: number): PlainAnswer {
  const isPublic = publicUrl.startsWith('https:') && !isPublicUrlLoopback;
  const origin = isPublic ? publicUrl : originOf(headers.host, httpsPort);
  if (origin === undefined || !/^\/(?!\/)/.test(url)) return { status: 400, headers: { 'Content-Type': 'text/plain; charset=utf-8' }, body: '请求有误 / Bad request\n' };
  return { status: 308, headers: { Location: `${origin}${url}`, 'Content-Type': 'text/plain; charset=utf-8' }, body: '请使用 https / Use https\n' };
}

function originOf(host: string | undefined, port: number): string | undefined {
  const name = calledName(host);
  return name === undefined ? undefined : new URL(`https://${name}:${port}`).origin;
}

/** The host by which a browser called this machine, out of its Host header; undefined where that is none. */
export function calledName(host: string | undefined): string | undefined {
  if (host === undefined || !URL.canParse(`http://${host}`)) return undefined;
  const { hostname, username, pathname } = new URL(`http://${host}`);
  return username === '' && pathname === '/' ? hostname : undefined;
}
