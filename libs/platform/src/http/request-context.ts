/**
 * Every request has an id of ours, a UUID: it stands in `X-Request-Id`, in the log line, in a problem's `instance`
 * and in every entry the request leaves. One a client sends is not taken, or two requests could share one.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';

/** What is known of the request being served, wherever in its handling one is. */
export interface RequestContext {
  readonly requestId: string;
}

const storage = new AsyncLocalStorage<RequestContext>();

/** The id Fastify gives each request; also `request.id` in a controller. */
export const newRequestId = (): string => randomUUID();

/** The request being served, or undefined outside of one (a job, the command line). */
export function currentRequest(): RequestContext | undefined {
  return storage.getStore();
}

/** Answers every request's id and makes it known to all that is called for it. */
export function registerRequestContext(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.header('X-Request-Id', request.id);
    done();
  });
  // Entered after the body was read: the events by which it arrives belong to the connection, not to the request.
  fastify.addHook('preValidation', (request, _reply, done) => {
    storage.run({ requestId: request.id }, done);
  });
}
