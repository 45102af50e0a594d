import { Body, Controller, Get, HttpCode, Post, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type ActAnswer, type Caller, CurrentCaller, LeavesEntries, Permit } from '@daodi/registry';
import type { FastifyRequest } from 'fastify';
import { StricterRuleDto } from '../findings/finding.dto';
import { RuleStrictness, type ShownRule } from './rule-strictness.service';

/** 规则: what histories are judged by. */
@ApiTags('findings')
@Controller('api/v1')
export class RulesController {
  constructor(private readonly strictness: RuleStrictness) {}

  @Get('rules')
  @Permit()
  @ApiOperation({ summary: '规则清单 Every rule, and how strict it is for your organisation' })
  list(@CurrentCaller() caller: Caller): Promise<{ readonly items: readonly ShownRule[] }> {
    return this.strictness.list(caller);
  }

  @Post('rule-strictness')
  @HttpCode(200)
  @Permit('quality-head', 'owner')
  @LeavesEntries('record:rule-strictness')
  @ApiOperation({ summary: '从严 Make a rule stricter for your organisation, or take that back; never milder than it is' })
  set(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: StricterRuleDto): Promise<ActAnswer> {
    return this.strictness.set(caller, request, body);
  }
}
