import { Controller, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { FOLLOWERS, type Follower } from '@daodi/log';
import { type DeadJob, QueueFactory } from '@daodi/platform';
import { type ActAnswer, type Caller, CurrentCaller, LeavesEntries, Permit } from '@daodi/registry';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { DeadJobs } from '../dead-jobs.service';
import { type OperatorState, readOperatorState } from '../state/operator-state';

/** How the installation is doing, for its operator; nobody's events are in it. */
@ApiTags('operator')
@Controller('api/v1/operator')
@Permit('operator')
export class OperatorApiController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly queues: QueueFactory,
    private readonly dead: DeadJobs,
    @Inject(FOLLOWERS) private readonly followers: readonly Follower[],
  ) {}

  @Get('state')
  @ApiOperation({ summary: '运行状态 / How the installation is doing' })
  state(): Promise<OperatorState> {
    return readOperatorState(this.dataSource, this.queues, this.followers.map(({ name }) => name));
  }

  @Get('dead-jobs')
  @ApiOperation({ summary: '死任务 / Jobs that ran out of attempts' })
  async deadJobs(): Promise<{ items: DeadJob[] }> {
    return { items: await this.dead.list() };
  }

  /** 202: the job waits in its queue again, with all its attempts. */
  @Post('dead-jobs/:queue/:id/replay')
  @HttpCode(202)
  @LeavesEntries('record:job-replay')
  @ApiOperation({ summary: '重新运行死任务 / Run a dead job again' })
  replay(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('queue') queue: string, @Param('id') id: string): Promise<ActAnswer> {
    return this.dead.replay(caller, request, queue, id);
  }
}
