import { type ArgumentsHost, Catch, type ExceptionFilter, Injectable } from '@nestjs/common';
import { Installation, Problem } from '@daodi/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { notOperatorPage, refusalPage, signInPage } from '../page/sign-in-page';
import { sendPage, settingOf } from './send-page';

/** A person in front of a page is answered with a page: the sign-in where nobody is signed in, else what is wrong. */
@Injectable()
@Catch(Problem)
export class OperatorProblemFilter implements ExceptionFilter {
  constructor(private readonly installation: Installation) {}

  catch(problem: Problem, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const setting = settingOf(request, this.installation.isDemo);
    reply.headers(problem.extra.headers ?? {}).removeHeader('WWW-Authenticate');
    if (problem.slug === 'sign-in-needed') return sendPage(reply, problem.status, signInPage(setting));
    if (problem.slug === 'not-permitted') return sendPage(reply, problem.status, notOperatorPage(setting));
    if (request.routeOptions.url?.endsWith('/sign-in')) return sendPage(reply, problem.status, signInPage(setting, problem.title, loginIn(request.body)));
    sendPage(reply, problem.status, refusalPage(setting, problem.title));
  }
}

/** What was typed as login comes back with the form; the password does not. */
function loginIn(body: unknown): string {
  const { login } = (body ?? {}) as { login?: unknown };
  return typeof login === 'string' ? login.slice(0, 200) : '';
}
