import 'reflect-metadata';
import type { Server as TlsServer } from 'node:tls';
import type { DynamicModule, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Config } from './config';
import { createLogger, NestLogger, registerRequestLog } from './http/logging';
import { FrontDoor } from './http/front-door';
import { DOCS_PATH, serveOpenApi } from './http/openapi';
import { ProblemFilter } from './http/problem.filter';
import { registerPlainHttpWarning } from './http/plain-http';
import { registerBodyParsers } from './http/request-body';
import { newRequestId, registerRequestContext } from './http/request-context';
import { watchRoutes } from './http/route-table';
import { registerSecurityHeaders, SECURITY_HEADERS } from './http/security-headers';
import { DtoValidationPipe } from './http/validation.pipe';
import { answerBrokenRequest } from './http/broken-request';
import { Metrics } from './metrics/metrics';
import { MetricsModule } from './metrics/metrics.module';
import { RequestMetrics } from './metrics/request-metrics';
import { traceRequests } from './tracing/trace-requests';
import { startTracing } from './tracing/tracing';
import { TracingModule } from './tracing/tracing.module';
import { listenFailure } from './process/listen-failure';
import { openPlainDoor, type PlainRoute } from './tls/plain-door';
import { openTls, type TlsSource } from './tls/tls-source';
import { registerTrustPage, trustRoute } from './trust/trust-route';

/** A long Digital Link URI of several keys and attributes fits; longer ones are answered 414. */
const PATH_PARAMETER_MAX = 2048;
/** A client that sends its request slower than this is let go, in milliseconds. */
const REQUEST_TIMEOUT_MS = 300_000;

/** What `createApp` makes of a root and of what every application has. */
class Application {}

/** Settings an application needs before it listens. */
export type AppSettings = Pick<Config, 'captureBytesMax' | 'bodyBytesMax' | 'fileBytesMax' | 'logLevel' | 'metricsToken' | 'tracing'> & Partial<Pick<Config, 'publicUrl' | 'trustedProxies'>>;

/** What a served application stands on beside its modules; a test that only injects requests has none of it. */
export interface Ground {
  readonly tls?: TlsSource;
  /** The page that shows a phone how to trust us. */
  readonly trust?: PlainRoute;
  /** Closed with the application, in this order. */
  readonly beside?: { close(): Promise<void> | void }[];
}

/**
 * Makes the one Nest application of a process, with everything every door has: strict bodies, problem+json for
 * whatever goes wrong, request ids, one log line a request, metrics, security headers, the OpenAPI document. Does not listen:
 * tests call `app.inject(…)`.
 */
export async function createApp(settings: AppSettings, root: Type<unknown> | DynamicModule, logger: Logger = createLogger(settings.logLevel), { tls, trust, beside = [] }: Ground = {}): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    // Nest's types know of an application with or without https, and not of one that has it if the settings say so.
    ...((tls === undefined ? {} : { https: { cert: tls.pair.cert, key: tls.pair.key } }) as object),
    trustProxy: settings.trustedProxies === undefined ? false : [...settings.trustedProxies],
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
  registerSecurityHeaders(fastify, isForGood(settings, tls));
  const tracing = await startTracing(settings.tracing);
  traceRequests(fastify, tracing);
  registerRequestContext(fastify);
  registerRequestLog(fastify, logger);
  registerPlainHttpWarning(fastify, logger);
  const metrics = new Metrics();
  const requests = new RequestMetrics(metrics);
  requests.watch(fastify);
  registerBodyParsers(fastify, settings);
  const door = new FrontDoor(requests, logger, isForGood(settings, tls));

  const whole = { module: Application, imports: [MetricsModule.of(metrics, requests, door, settings.metricsToken), TracingModule.of(tracing), root] };
  const app = await NestFactory.create<NestFastifyApplication>(whole, adapter, { bodyParser: false, logger: new NestLogger(logger), abortOnError: false });
  app.useGlobalFilters(filter);
  app.useGlobalPipes(new DtoValidationPipe());
  fastify.get('/', { schema: { hide: true } as never }, (_request, reply) => reply.redirect(DOCS_PATH, 302));
  if (trust !== undefined) registerTrustPage(fastify, trust);
  serveOpenApi(app);
  fastify.addHook('onClose', async () => {
    for (const thing of beside) await thing.close();
  });
  await app.init();
  // A request has to be Fastify's where its way through the house is to be traced.
  if (!tracing.isOn) door.standBefore(fastify);
  await fastify.ready();
  return app;
}

/**
 * Whether browsers may be told to come by https only, from now on. Not under an authority of the machine's own: a
 * phone that does not trust it yet could then never get past its warning.
 */
function isForGood({ publicUrl = '' }: AppSettings, tls: TlsSource | undefined): boolean {
  return publicUrl.startsWith('https:') && tls?.authority === undefined;
}

/** What a process may want of its application. */
export interface ServeOptions {
  /** Where to log; standard error if not given. */
  readonly logger?: Logger;
  /** Called when the application is whole and before anybody can reach it. */
  readonly beforeListening?: (app: NestFastifyApplication) => void;
}

/**
 * Makes the application and listens: by https where the settings name a certificate, and then, where they name a
 * second port, by plain http on that, which leads to https.
 *
 * @throws StartFailure if a port is taken or may not be used, or the certificate cannot be served
 */
export async function serve(config: Config, root: Type<unknown> | DynamicModule, options: ServeOptions = {}): Promise<NestFastifyApplication> {
  const logger = options.logger ?? createLogger(config.logLevel);
  const tls = await openTls(config, logger);
  const trust = tls?.authority === undefined ? undefined : trustRoute(tls.authority, config);
  const beside: { close(): Promise<void> | void }[] = tls === undefined ? [] : [tls];
  const app = await createApp(config, root, logger, { tls, trust, beside });
  try {
    options.beforeListening?.(app);
    await app.listen({ port: config.port, host: config.host });
    if (tls !== undefined) await openBeside(config, app, tls, trust, beside);
    return app;
  } catch (error) {
    await app.close();
    throw listenFailure(error, config) ?? error;
  }
}

async function openBeside(config: Config, app: NestFastifyApplication, tls: TlsSource, trust: PlainRoute | undefined, beside: { close(): Promise<void> | void }[]): Promise<void> {
  const { httpPort } = config;
  const server = app.getHttpServer() as unknown as TlsServer;
  if (httpPort !== undefined) beside.unshift(await openPlainDoor({ ...config, httpPort }, config.port, [...(tls.routes ?? []), ...(trust === undefined ? [] : [trust])]));
  tls.watch(({ cert, key }) => server.setSecureContext({ cert, key }));
}
