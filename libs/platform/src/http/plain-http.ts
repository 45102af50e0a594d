/** What it means that a request came by plain http from another machine, and who is told. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Bilingual } from '../start-failure';

type Came = Pick<FastifyRequest, 'protocol' | 'ip' | 'headers'>;

/**
 * Whether a request travelled through a network for anybody in it to read. A proxy that says it came by https is
 * believed in this one thing though nobody told us to trust it: a warning too few harms nobody but who lied.
 */
export function isPlainFromElsewhere({ protocol, ip, headers }: Came): boolean {
  return protocol === 'http' && !isLoopbackAddress(ip) && headers['x-forwarded-proto'] !== 'https';
}

/** Whether an address of the other end is this machine itself; IPv4 may come mapped into IPv6. */
export const isLoopbackAddress = (ip: string): boolean => ip === '::1' || /^(?:::ffff:)?127\./.test(ip);

/** One line for whoever works on a page that came so. */
export const PLAIN_HTTP_WORK: Bilingual = {
  zh: '本页未加密（http）：密码明文传输，手机的相机、定位和断网使用不可用。请管理员启用 https（daodi tls local）。',
  en: 'Not encrypted (http): passwords travel readable; camera, location and offline work do not function. Ask the administrator for https (daodi tls local).',
};

/** The same for whoever only reads one. */
export const PLAIN_HTTP_READ: Bilingual = {
  zh: '本页未加密（http），途中可能被人看到或改动。',
  en: 'This page came unencrypted (http): others on the way could read or alter it.',
};

/** Says in the log, once for each process, that a secret came readable. It is not refused: a network without TLS is real. */
export function registerPlainHttpWarning(fastify: FastifyInstance, logger: Logger): void {
  let hasWarned = false;
  fastify.addHook('onRequest', (request, _reply, done) => {
    const { authorization, cookie } = request.headers;
    if (!hasWarned && (authorization ?? cookie) !== undefined && isPlainFromElsewhere(request)) {
      hasWarned = true;
      logger.warn('a key or session came by plain http from another machine, where anybody in the network can read it; see TLS in docs/OPERATING.md');
    }
    done();
  });
}
