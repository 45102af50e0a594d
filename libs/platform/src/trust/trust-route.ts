import type { FastifyInstance } from 'fastify';
import type { Config } from '../config';
import { type Language, preferredLanguage } from '../http/language';
import type { LocalAuthority } from '../tls/local-tls';
import { lanAddresses } from '../tls/machine-names';
import { calledName, type PlainAnswer, type PlainRequest, type PlainRoute } from '../tls/plain-door';
import { TRUST_FILE_PATH, TRUST_PATH, trustPage } from './trust-page';
import { systemOf } from './trust-steps';

type Ports = Pick<Config, 'port' | 'httpPort' | 'publicUrl' | 'isPublicUrlLoopback'>;

/** Answers the page and the certificate, on either port. */
export function trustRoute(authority: LocalAuthority, ports: Ports): PlainRoute {
  return (request) => {
    const [path = '', query = ''] = request.url.split('?');
    switch (path.replace(/(?<=.)\/$/, '')) {
      case TRUST_PATH:
        return page(authority, ports, request, query);
      case TRUST_FILE_PATH:
        return { status: 200, headers: { 'Content-Type': 'application/x-x509-ca-cert' }, body: authority.der };
      default:
        return undefined;
    }
  };
}

/** Where a phone of the network finds the page: by plain http where there is a port for it, for it trusts no https of ours yet. */
export function trustAddress({ port, httpPort }: Pick<Ports, 'port' | 'httpPort'>, host: string): string {
  return httpPort === undefined ? new URL(`https://${host}:${port}${TRUST_PATH}`).href : new URL(`http://${host}:${httpPort}${TRUST_PATH}`).href;
}

function page(authority: LocalAuthority, ports: Ports, { headers }: PlainRequest, query: string): PlainAnswer {
  const language = languageOf(new URLSearchParams(query).get('lang'), headers['accept-language']);
  // Whoever reads this on the machine itself calls it localhost, which means nothing to a phone.
  const called = calledName(headers.host);
  const host = called === undefined || isLoopbackName(called) ? lanHost() : called;
  const body = trustPage({
    authority,
    language,
    system: systemOf(headers['user-agent']),
    address: trustAddress(ports, host),
    afterwards: ports.isPublicUrlLoopback ? new URL(`https://${host}:${ports.port}/`).href : `${ports.publicUrl}/`,
  });
  return { status: 200, headers: { 'Content-Type': 'text/html; charset=utf-8', 'Content-Language': language === 'zh' ? 'zh-CN' : 'en', Vary: 'Accept-Language, User-Agent' }, body };
}

const languageOf = (asked: string | null, accepted: string | undefined): Language => (asked === 'zh' || asked === 'en' ? asked : preferredLanguage(accepted));

const isLoopbackName = (host: string): boolean => host === 'localhost' || host === '[::1]' || host.startsWith('127.');

/** The first address of this machine in its network, as a URL writes it. */
export function lanHost(): string {
  const [address = 'localhost'] = lanAddresses();
  return address.includes(':') ? `[${address}]` : address;
}

/** Answers the same on the port of the application. */
export function registerTrustPage(fastify: FastifyInstance, trust: PlainRoute): void {
  for (const path of [TRUST_PATH, TRUST_FILE_PATH]) {
    fastify.get(path, { schema: { hide: true } as never }, (request, reply) => {
      const answer = trust(request) as PlainAnswer;
      return reply.code(answer.status).headers(answer.headers).send(answer.body);
    });
  }
}
