import { type ArgumentsHost, Body, Catch, Controller, type ExceptionFilter, Get, Header, HttpCode, Post, Query, Req, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { isPlainFromElsewhere, Problem } from '@daodi/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { callOf } from '../sign-in/call';
import { LeavesEntries, Public } from '../sign-in/route-rules';
import { ownerDone, ownerForm, ownerGone } from './owner-page';
import { OwnerResetDto } from './owner-reset.dto';
import { OwnerResetService } from './owner-reset.service';

const HTML = 'text/html; charset=utf-8';

/** What was typed wrongly comes back with the form, in words; a link that does not work says so. */
@Catch(Problem)
export class OwnerResetFilter implements ExceptionFilter {
  constructor(private readonly owners: OwnerResetService) {}

  async catch(problem: Problem, host: ArgumentsHost): Promise<void> {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const isPlain = isPlainFromElsewhere(request);
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const values = (request.body ?? {}) as Record<string, unknown>;
    const link = problem.status === 404 || typeof values.token !== 'string' ? undefined : await this.owners.find(values.token);
    const faults = problem.extra.faults ?? [{ pointer: '', rule: problem.slug, detail: problem.title }];
    reply.code(link === undefined ? 404 : problem.status).type(HTML).send(link === undefined ? ownerGone(isPlain) : ownerForm(isPlain, link, values, faults));
  }
}

/**
 * The page of `daodi reset-owner`, for people: the description of the API leaves it out. Opening it changes nothing:
 * a program that previews links must not use it up.
 */
@ApiExcludeController()
@Controller('setup/owner')
@UseFilters(OwnerResetFilter)
export class OwnerResetController {
  constructor(private readonly owners: OwnerResetService) {}

  @Get()
  @Public()
  @Header('Content-Type', HTML)
  async form(@Query('token') token: unknown, @Req() request: FastifyRequest): Promise<string> {
    const link = typeof token === 'string' ? await this.owners.find(token) : undefined;
    if (link !== undefined) return ownerForm(isPlainFromElsewhere(request), link, { token });
    callOf(request).reply.status(404);
    return ownerGone(isPlainFromElsewhere(request));
  }

  @Post()
  @HttpCode(200)
  @Public()
  @Header('Content-Type', HTML)
  @LeavesEntries('record:person?', 'record:credential')
  async send(@Req() request: FastifyRequest, @Body() body: OwnerResetDto): Promise<string> {
    await this.owners.reset(callOf(request).requestId, request.ip, body);
    return ownerDone(isPlainFromElsewhere(request));
  }
}
