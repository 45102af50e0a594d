/** The one place where a failure becomes an answer: everything from 400 up is `application/problem+json`. */
import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Bilingual } from '../start-failure';
import { epcisType } from './epcis-problem';
import { preferredLanguage } from './language';
import { stackOf } from './logging';
import { isDatabaseLost } from './lost-database';
import { Problem } from './problem';
import type { RouteTable } from './route-table';

/** Answers problems, framework errors, and errors nobody foresaw. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly logger: Logger,
    private readonly routes: RouteTable,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  /** Answers an error that arose outside of Nest, e.g. in the router. */
  answer(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const problem = this.problemOf(error, request);
    if (problem.status === 503) this.logger.warn({ requestId: request.id, code: codeOf(error) }, 'unavailable');
    else if (problem.status >= 500) this.report(error, request.id);
    if (reply.sent || reply.raw.headersSent) {
      // Half of an answer has gone: only a broken connection tells its reader that the rest is missing.
      reply.raw.destroy();
      return;
    }
    for (const [name, value] of Object.entries(problem.extra.headers ?? {})) reply.header(name, value);
    const language = preferredLanguage(request.headers['accept-language']);
    const text = (said: Bilingual) => said[language];
    reply
      .code(problem.status)
      .header('X-Request-Id', request.id)
      .header('Content-Language', language === 'zh' ? 'zh-CN' : 'en')
      .header('Vary', 'Accept-Language')
      .header('Cache-Control', 'no-store')
      .type('application/problem+json; charset=utf-8')
      .send(
        JSON.stringify({
          ...problem.extra.members,
          type: problem.extra.type ?? epcisType(problem.status, request.url) ?? problem.type,
          title: text(problem.title),
          status: problem.status,
          detail: problem.extra.detail && text(problem.extra.detail),
          instance: `urn:uuid:${request.id}`,
          errors: problem.extra.faults?.map(({ pointer, rule, detail }) => ({ pointer, rule, detail: text(detail) })),
        }),
      );
  }

  private problemOf(error: unknown, request: FastifyRequest): Problem {
    if (error instanceof Problem) return error;
    if (isDatabaseLost(error)) {
      return new Problem(503, 'unavailable', SLUGS[503]!.title, { detail: LOST_DETAIL, headers: { 'Retry-After': '2' } });
    }
    const status = statusOf(error);
    if (status === 404) return this.unknownRoute(request);
    const slug = SLUGS[status];
    if (slug !== undefined) return new Problem(status, slug.slug, slug.title);
    if (status >= 400 && status < 500) return new Problem(status, 'bad-request', SLUGS[400]!.title);
    return new Problem(500, 'internal', { zh: '服务器内部错误', en: 'Internal error' }, { detail: INTERNAL_DETAIL });
  }

  private unknownRoute(request: FastifyRequest): Problem {
    const methods = this.routes.methodsOf(request.url.split('?')[0]!);
    const isKnown = methods.length > 0 && !methods.includes(request.method);
    if (!isKnown) return new Problem(404, 'not-found', { zh: '未找到', en: 'Not found' });
    return new Problem(405, 'method-not-allowed', { zh: '不支持的请求方法', en: 'Method not allowed' }, { headers: { Allow: methods.join(', ') } });
  }

  /** Of an unforeseen error the log gets its name and place, never its message: that may quote what was sent. */
  private report(error: unknown, requestId: string): void {
    this.logger.error({ requestId, code: codeOf(error), stack: error instanceof Error ? stackOf(error) : typeof error }, 'internal error');
  }
}

function codeOf(error: unknown): string | undefined {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : undefined;
}

const INTERNAL_DETAIL: Bilingual = {
  zh: '请求未完成。请稍后重试;若仍失败,请将 instance 中的编号告知运营方。',
  en: 'The request was not completed. Try again later; if it fails again, tell the operator the number in "instance".',
};

const LOST_DETAIL: Bilingual = {
  zh: '数据库暂时无法访问。请稍后用同一个 Idempotency-Key 再次提交:已保存的不会重复保存。',
  en: 'The database cannot be reached just now. Send it again with the same Idempotency-Key: what was stored is not stored twice.',
};

const SLUGS: Readonly<Record<number, { slug: string; title: Bilingual }>> = {
  400: { slug: 'bad-request', title: { zh: '请求有误', en: 'Bad request' } },
  401: { slug: 'unauthorized', title: { zh: '需要登录', en: 'Sign-in required' } },
  403: { slug: 'forbidden', title: { zh: '无权进行此操作', en: 'Not permitted' } },
  406: { slug: 'not-acceptable', title: { zh: '无法按所要求的格式应答', en: 'Not acceptable' } },
  408: { slug: 'request-timeout', title: { zh: '请求超时', en: 'The request took too long to arrive' } },
  413: { slug: 'too-large', title: { zh: '请求内容过大', en: 'The content is too large' } },
  414: { slug: 'uri-too-long', title: { zh: '网址过长', en: 'The address is too long' } },
  415: { slug: 'unsupported-media-type', title: { zh: '不支持的内容类型', en: 'Unsupported media type' } },
  429: { slug: 'too-many-requests', title: { zh: '请求过于频繁', en: 'Too many requests' } },
  503: { slug: 'unavailable', title: { zh: '服务暂不可用', en: 'Service unavailable' } },
};

/** The status a framework's error stands for; 500 for everything that is no framework's error. */
function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const { code, statusCode } = (error ?? {}) as { code?: unknown; statusCode?: unknown };
  const isFastify = typeof code === 'string' && code.startsWith('FST_');
  return isFastify && typeof statusCode === 'number' ? statusCode : 500;
}
