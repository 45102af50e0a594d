import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from './caller';

/** What belongs to one HTTP request beside what the client sent. */
export interface Call {
  /** All that this request leaves in the log shares it (uuid); `platform` answers it as `X-Request-Id`. */
  readonly requestId: string;
  readonly reply: FastifyReply;
  /** Absent on public routes. */
  caller?: Caller;
  /** Hash of the session token, when a session was used. */
  sessionHash?: Buffer;
}

const calls = new WeakMap<object, Call>();

/** Opens the call of a request; the guard does so once, before anything else looks at it. */
export function openCall(request: FastifyRequest, reply: FastifyReply): Call {
  const call: Call = { requestId: request.id, reply };
  calls.set(request, call);
  return call;
}

/** The call of a request. @throws Error where the guard has not run: the application is wired wrongly */
export function callOf(request: FastifyRequest): Call {
  const call = calls.get(request);
  if (call === undefined) throw new Error('this request did not pass the caller guard');
  return call;
}
