import 'reflect-metadata';
import type { DynamicModule, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Config } from './config';
import { createLogger, NestLogger, registerRequestLog } from './http/logging';
import { DOCS_PATH, serveOpenApi } from './http/openapi';
import { ProblemFilter } from './http/problem.filter';
import { registerBodyParsers } from './http/request-body';
import { newRequestId, registerRequestContext } from './http/request-context';
import { watchRoutes } from './http/route-table';
import { registerSecurityHeaders, SECURITY_HEADERS } from './http/security-headers';
import { DtoValidationPipe } from './http/validation.pipe';
import { answerBrokenRequest } from './http/broken-request';
import { Metrics } from './metrics/metrics';
import { MetricsModule } from './metrics/metrics.module';
import { RequestMetrics } from './metrics/request-metrics';
import { listenFailure } from './process/listen-failure';

/** A long Digital Link URI of several keys and attributes fits; longer ones are answered 414. */
const PATH_PARAMETER_MAX = 2048;
/** A client that sends its request slower than this is let go, in milliseconds. */
const REQUEST_TIMEOUT_MS = 300_000;

/** What `createApp` makes of a root and of what every application has. */
class Application {}

/** Settings an application needs before it listens. */
export type AppSettings = Pick<Config, 'captureBytesMax' | 'bodyBytesMax' | 'logLevel' | 'metricsToken'>;

/**
 * Makes the one Nest application of a process, with everything every door has: strict bodies, problem+json for
 * whatever goes wrong, request ids, one log line a request, metrics, security headers, the OpenAPI document. Does not listen:
 * tests call `app.inject(…)`.
 */
export async function createApp(settings: AppSettings, root: Type<unknown> | DynamicModule, logger: Logger = createLogger(settings.logLevel)): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: settings.bodyBytesMax,
    genReqId: newRequestId,
    requestIdHeader: false,
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: PATH_PARAMETER_MAX },
    // What the router itself refuses meets no hook, so it gets its headers here.
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => filter.answer(error, request, reply.headers(SECURITY_HEADERS)),
    clientErrorHandler: answerBrokenRequest,
  });
  const fastify = adapter.getInstance() as unknown as FastifyInstance;
  const routes = watchRoutes(fastify);
  const filter = new ProblemFilter(logger, routes);
  registerSecurityHeaders(fastify);
  registerRequestContext(fastify);
  registerRequestLog(fastify, logger);
  const metrics = new Metrics();
  const requests = new RequestMetrics(metrics);
  requests.watch(fastify);
  registerBodyParsers(fastify, settings);

  const whole = { module: Application, imports: [MetricsModule.of(metrics, requests, settings.metricsToken), root] };
  const app = await NestFactory.create<NestFastifyApplication>(whole, adapter, { bodyParser: false, logger: new NestLogger(logger), abortOnError: false });
  app.useGlobalFilters(filter);
  app.useGlobalPipes(new DtoValidationPipe());
  fastify.get('/', { schema: { hide: true } as never }, (_request, reply) => reply.redirect(DOCS_PATH, 302));
  serveOpenApi(app);
  await app.init();
  await fastify.ready();
  return app;
}

/** What a process may want of its application. */
export interface ServeOptions {
  /** Where to log; standard error if not given. */
  readonly logger?: Logger;
  /** Called when the application is whole and before anybody can reach it. */
  readonly beforeListening?: (app: NestFastifyApplication) => void;
}

/**
 * Makes the application and listens.
 *
 * @throws StartFailure if the port is taken or may not be used
 */
export async function serve(config: Config, root: Type<unknown> | DynamicModule, options: ServeOptions = {}): Promise<NestFastifyApplication> {
  const app = await createApp(config, root, options.logger);
  try {
    options.beforeListening?.(app);
    await app.listen({ port: config.port, host: config.host });
    return app;
  } catch (error) {
    await app.close();
    throw listenFailure(error, config) ?? error;
  }
}
