import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type ActAnswer, type Caller, CurrentCaller, LeavesEntries, Permit } from '@daodi/registry';
import type { FastifyRequest } from 'fastify';
import { DecideFindingDto, ExplainFindingDto, FindingQuery } from './finding.dto';
import { FindingDecisions } from './finding-decisions.service';
import { type FindingPage, FindingsService } from './findings.service';

/** 问题: what the rules found. Findings close by themselves when the history does. */
@ApiTags('findings')
@Controller('api/v1/findings')
export class FindingsController {
  constructor(
    private readonly findings: FindingsService,
    private readonly decisions: FindingDecisions,
  ) {}

  @Get()
  @Permit()
  @ApiOperation({ summary: '问题清单 Findings of your batches and of what they came from' })
  list(@CurrentCaller() caller: Caller, @Query() query: FindingQuery): Promise<FindingPage> {
    return this.findings.list(caller, query);
  }

  @Get(':id')
  @Permit()
  get(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<object> {
    return this.findings.get(caller, id);
  }

  @Post(':id/decision')
  @Permit('quality-head', 'owner')
  @LeavesEntries('record:finding-decision')
  @ApiOperation({ summary: '特批 Sign under a warning; two different people accept it' })
  decide(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('id') id: string, @Body() body: DecideFindingDto): Promise<ActAnswer> {
    return this.decisions.decide(caller, request, id, body);
  }

  @Post(':id/explanation')
  @Permit('owner', 'manager', 'quality-head', 'warehouse', 'station-keeper')
  @LeavesEntries('record:finding-explanation')
  @ApiOperation({ summary: '说明 Say what happened; it stands beside the finding and closes nothing' })
  explain(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('id') id: string, @Body() body: ExplainFindingDto): Promise<ActAnswer> {
    return this.decisions.explain(caller, request, id, body);
  }
}
