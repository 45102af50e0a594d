import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { FOLLOWERS, type Follower } from '@daodi/log';
import { Config, deadJobs, Installation, Problem, QueueFactory } from '@daodi/platform';
import { callOf, type Caller, CurrentCaller, isFromElsewhere, LeavesEntries, Permit, Public, SESSION_SECONDS, sessionCookie, SessionsService, SignInDto } from '@daodi/registry';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { DeadJobs } from '../dead-jobs.service';
import { statePage } from '../page/state-page';
import { askQueues, readOperatorState } from '../state/operator-state';
import { OperatorProblemFilter } from './operator-problem.filter';
import { sendPage, settingOf } from './send-page';

/**
 * The operator's page: HTML without script. It signs in with the session cookie of the registry, here `Strict`, and
 * what it posts is refused by the guard where another site made the browser send it.
 */
@ApiExcludeController()
@Controller('operator')
@UseFilters(OperatorProblemFilter)
export class OperatorPageController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly queues: QueueFactory,
    private readonly dead: DeadJobs,
    private readonly sessions: SessionsService,
    private readonly installation: Installation,
    private readonly config: Config,
    @Inject(FOLLOWERS) private readonly followers: readonly Follower[],
  ) {}

  @Get()
  @Permit('operator')
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Query('note') note: unknown): Promise<void> {
    const [state, dead] = await Promise.all([
      readOperatorState(this.dataSource, this.queues, this.followers.map(({ name }) => name)),
      askQueues(this.queues, deadJobs),
    ]);
    const shown = note === 'replayed' || note === 'gone' ? note : undefined;
    sendPage(reply, 200, statePage(settingOf(request, this.installation.isDemo), state, dead, shown));
  }

  @Post('sign-in')
  @Public()
  @LeavesEntries()
  async signIn(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Body() { login, password }: SignInDto): Promise<void> {
    if (isFromElsewhere(request)) throw new Problem(403, 'cross-site-request', { zh: '此请求来自其他网站，已被拒绝', en: 'This request was sent from another site and is refused' });
    const { token } = await this.sessions.signIn(login, password, request.ip);
    reply.header('Set-Cookie', this.cookie(request, token, SESSION_SECONDS));
    this.backTo(request, reply);
  }

  @Post('sign-out')
  @Permit()
  @LeavesEntries()
  async signOut(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { sessionHash } = callOf(request);
    if (sessionHash !== undefined) await this.sessions.signOut(sessionHash);
    reply.header('Set-Cookie', this.cookie(request, '', 0));
    this.backTo(request, reply);
  }

  @Post('dead-jobs/:queue/:id/replay')
  @Permit('operator')
  @LeavesEntries('record:job-replay')
  async replay(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('queue') queue: string, @Param('id') id: string): Promise<void> {
    try {
      await this.dead.replay(caller, request, queue, id);
      this.backTo(request, reply, 'replayed');
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 404) throw error;
      this.backTo(request, reply, 'gone');
    }
  }

  private backTo(request: FastifyRequest, reply: FastifyReply, note?: string): void {
    const { language } = settingOf(request, false);
    reply.code(303).header('Location', `/operator?lang=${language}${note === undefined ? '' : `&note=${note}`}`).send();
  }

  private cookie(request: FastifyRequest, token: string, seconds: number): string {
    const isSecure = request.protocol === 'https' || this.config.publicUrl.startsWith('https:');
    return sessionCookie(token, seconds, isSecure, 'Strict');
  }
}
