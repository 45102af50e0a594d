import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { map, type Observable } from 'rxjs';

/** What an act answers over HTTP. Controllers return it as it is. */
export class ActAnswer {
  constructor(
    readonly status: number,
    readonly body: unknown,
    readonly location: string | undefined,
    /** True when it is the answer to an earlier request with the same Idempotency-Key. */
    readonly replayed: boolean,
  ) {}
}

/** Turns an {@link ActAnswer} into status, headers and body. */
@Injectable()
export class ActAnswerInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(map((value: unknown) => (value instanceof ActAnswer ? write(reply, value) : value)));
  }
}

function write(reply: FastifyReply, answer: ActAnswer): unknown {
  reply.status(answer.status);
  if (answer.location !== undefined) reply.header('Location', answer.location);
  if (answer.replayed) reply.header('Idempotency-Replayed', 'true');
  return answer.body;
}
