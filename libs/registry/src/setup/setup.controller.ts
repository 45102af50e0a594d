import { Body, Controller, Get, Header, Post, Query, Req, UseFilters } from '@nestjs/common';
import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import { ApiConsumes, ApiExcludeEndpoint, ApiTags } from '@nestjs/swagger';
import { isPlainFromElsewhere, Problem } from '@daodi/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { callOf } from '../sign-in/call';
import { LeavesEntries, Public } from '../sign-in/route-rules';
import { SetUpDto } from './setup.dto';
import { setupForm, setupGone } from './setup-page';
import { SetupService } from './setup.service';

const HTML = 'text/html; charset=utf-8';

/** What was typed wrongly comes back with the form, in words; a link that does not work says so. */
@Catch(Problem)
export class SetupProblemFilter implements ExceptionFilter {
  catch(problem: Problem, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const values = (request.body ?? {}) as Record<string, unknown>;
    const isPlain = isPlainFromElsewhere(request);
    const html = problem.status === 404 ? setupGone(isPlain) : setupForm(isPlain, values, problem.extra.faults ?? [{ pointer: '', rule: problem.slug, detail: problem.title }]);
    reply.code(problem.status).type(HTML).send(html);
  }
}

/** The operator's one-time link. Opening it changes nothing: a program that previews links must not use it up. */
@ApiTags('setup')
@Controller('setup')
@UseFilters(SetupProblemFilter)
export class SetupController {
  constructor(private readonly setup: SetupService) {}

  @Get()
  @Public()
  @ApiExcludeEndpoint()
  @Header('Content-Type', HTML)
  async form(@Query('token') token: unknown, @Req() request: FastifyRequest): Promise<string> {
    if (typeof token === 'string' && (await this.setup.isOpen(token))) return setupForm(isPlainFromElsewhere(request), { token });
    callOf(request).reply.status(404);
    return setupGone(isPlainFromElsewhere(request));
  }

  @Post()
  @Public()
  @ApiConsumes('application/x-www-form-urlencoded')
  @LeavesEntries('record:organisation', 'record:person', 'record:credential', 'record:herb*')
  async send(@Req() request: FastifyRequest, @Body() body: SetUpDto): Promise<void> {
    const { requestId, reply } = callOf(request);
    await this.setup.setUp(requestId, body);
    reply.status(303).header('Location', '/api/docs');
  }
}
