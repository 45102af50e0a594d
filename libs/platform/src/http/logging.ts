/**
 * Structured logs without personal data: no bodies, no tokens, no query values, and of a URL only the route's
 * pattern, since identifiers in paths can lead to people.
 */
import { existsSync, renameSync, statSync } from 'node:fs';
import type { LoggerService } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { destination, multistream, pino, stdTimeFunctions, type Logger } from 'pino';
import type { LogLevel } from '../config';

/** One JSON object a line, the time in UTC. */
const STANDARD_ERROR = 2;
/** A log file longer than this, in bytes, is put aside at the next start; the one put aside before goes. */
const LOG_FILE_BYTES_MAX = 20 * 1024 * 1024;

/**
 * Makes the one logger of a process, which writes to standard error.
 *
 * @param file where everything goes instead, for a person at a terminal; then only warnings and worse show there
 */
export function createLogger(level: LogLevel, file?: string): Logger {
  const options = { level, base: undefined, timestamp: stdTimeFunctions.isoTime };
  const terminal = destination({ dest: STANDARD_ERROR, sync: true });
  if (file === undefined) return pino(options, terminal);
  if (existsSync(file) && statSync(file).size > LOG_FILE_BYTES_MAX) renameSync(file, `${file}.1`);
  const everything = destination({ dest: file, sync: true, append: true, mode: 0o600 });
  return pino(options, multistream([{ level: 'trace', stream: everything }, { level: 'warn', stream: terminal }]));
}

/** Lets Nest, and whatever uses Nest's `Logger`, write to the process's logger. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    // What Nest itself says at start (each route, each module) is of use only to whoever debugs it.
    const context = rest.at(-1);
    const isNest = typeof context === 'string' && NEST_CONTEXTS.has(context);
    this.write(isNest ? 'debug' : 'info', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  private write(level: Exclude<LogLevel, 'silent'>, message: unknown, rest: unknown[]): void {
    const context = typeof rest.at(-1) === 'string' ? rest.at(-1) : undefined;
    const stack = rest.length > 1 && typeof rest[0] === 'string' ? rest[0] : undefined;
    const text = message instanceof Error ? message.name : typeof message === 'string' ? message : JSON.stringify(message);
    this.logger[level]({ context, stack: message instanceof Error ? stackOf(message) : stack }, text);
  }
}

const NEST_CONTEXTS: ReadonlySet<string> = new Set(['NestFactory', 'InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestApplication', 'NestMicroservice']);

/** An error's stack without its message: a database's message may quote the row it refused. */
export function stackOf(error: Error): string {
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return [error.name, ...frames].join('\n');
}

/** Writes one line for each request when its answer has gone. */
export function registerRequestLog(fastify: FastifyInstance, logger: Logger): void {
  fastify.addHook('onResponse', (request, reply, done) => {
    // Asking a request for its route makes an object of all there is to say of it: not for a line nobody wants.
    if (!logger.isLevelEnabled('info')) return done();
    logRequest(logger, { requestId: request.id, method: request.method, route: request.routeOptions.url ?? 'unknown', status: reply.statusCode, ms: reply.elapsedTime });
    done();
  });
}

/** The line of one request. */
export function logRequest(logger: Logger, line: { readonly requestId: string; readonly method: string; readonly route: string; readonly status: number; readonly ms: number }): void {
  if (!logger.isLevelEnabled('info')) return;
  const level = QUIET_ROUTES.has(line.route) ? 'debug' : 'info';
  logger[level]({ ...line, ms: Math.round(line.ms) }, 'request');
}

/** Asked every few seconds by whoever watches the process. */
const QUIET_ROUTES: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics']);
