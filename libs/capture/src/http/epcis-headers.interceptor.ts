import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { jsonTypeFor, refuseUnacceptable, VERSION_HEADERS } from './epcis-headers';

/** Puts the headers of EPCIS to every answer of a controller, and refuses a version or format we do not speak. */
@Injectable()
export class EpcisHeadersInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    for (const [name, value] of Object.entries(VERSION_HEADERS)) reply.header(name, value);
    if (request.method !== 'OPTIONS') {
      refuseUnacceptable(request.headers);
      reply.type(jsonTypeFor(request.headers.accept) ?? 'application/json');
    }
    return next.handle();
  }
}
