import { Controller, Get, Header, Inject, Req, SetMetadata } from '@nestjs/common';
import { ApiExtension, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../http/problem';
import { mayScrape } from './may-scrape';
import { Metrics, METRICS_TYPE } from './metrics';

/** Nest token of the bearer token that opens the metrics to other machines; undefined where none is set. */
export const METRICS_TOKEN = Symbol('METRICS_TOKEN');

/** By any of these a proxy tells that it speaks for somebody else; not every one is set up to tell for whom. */
const FORWARDED = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-host', 'x-real-ip'] as const;

/** The door of Prometheus. It does not use sign-in: a watcher must be able to look while the database is away. */
@ApiTags('health')
@ApiExtension('x-daodi-roles', 'public')
@SetMetadata('daodi:route-rule', 'public')
@Controller()
export class MetricsController {
  constructor(
    private readonly metrics: Metrics,
    @Inject(METRICS_TOKEN) private readonly token: { readonly value?: string },
  ) {}

  /** Metrics in Prometheus' text format, for this machine or whoever has DAODI_METRICS_TOKEN. */
  @Get('metrics')
  @Header('Content-Type', METRICS_TYPE)
  @ApiProduces('text/plain')
  @ApiOperation({ summary: '运行指标(Prometheus 格式) / Metrics in the format of Prometheus' })
  read(@Req() request: FastifyRequest): Promise<string> {
    const { headers } = request;
    const isForwarded = FORWARDED.some((name) => headers[name] !== undefined);
    const scraper = { peer: request.socket.remoteAddress, isForwarded, authorization: headers.authorization };
    if (!mayScrape(scraper, this.token.value)) throw this.refusal();
    return this.metrics.text();
  }

  private refusal(): Problem {
    if (this.token.value === undefined) {
      return new Problem(403, 'not-permitted', { zh: '运行指标只供本机读取,或设置 DAODI_METRICS_TOKEN 后凭令牌读取', en: 'Metrics are read from this machine only, or with a token once DAODI_METRICS_TOKEN is set' });
    }
    return new Problem(401, 'sign-in-needed', { zh: '请在 Authorization 头中提供运行指标的令牌', en: 'Send the token of the metrics in the Authorization header' }, { headers: { 'WWW-Authenticate': 'Bearer' } });
  }
}
