import { Body, Controller, Get, Param, Patch, Post, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { ActAnswer } from '../acts/act-answer.interceptor';
import { type Page, PageQuery } from '../input/page';
import type { Caller } from '../sign-in/caller';
import { CurrentCaller, LeavesEntries, Permit } from '../sign-in/route-rules';
import { OwnThings } from '../things/own-things.service';
import type { State } from '../things/thing-kind';
import { AddGiQuotaDto, ChangeGiQuotaDto } from './gi-quota.dto';
import { GI_QUOTAS, GiQuotasService } from './gi-quotas.service';

/** 地理标志核定产量: what may be put under a geographical indication in a year. */
@ApiTags('certificates')
@Controller('api/v1/gi-quotas')
export class GiQuotasController {
  constructor(
    private readonly quotas: GiQuotasService,
    private readonly things: OwnThings,
  ) {}

  @Post()
  @ApiOperation({ summary: '登记地理标志核定产量 Put down what may be put under a geographical indication in a year' })
  @Permit('owner', 'manager', 'quality-head', 'supervisor')
  @LeavesEntries('record:gi-quota')
  add(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: AddGiQuotaDto): Promise<ActAnswer> {
    return this.quotas.add(caller, request, body);
  }

  @Get()
  @Permit()
  list(@CurrentCaller() caller: Caller, @Query() page: PageQuery): Promise<Page<State>> {
    return this.quotas.list(caller, page);
  }

  @Get(':id')
  @Permit()
  get(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<State> {
    return this.things.get(caller, GI_QUOTAS, id);
  }

  @Patch(':id')
  @ApiOperation({ summary: '变更地理标志核定产量 Change what may be put under a geographical indication' })
  @Permit('owner', 'manager', 'quality-head', 'supervisor')
  @LeavesEntries('record:gi-quota')
  change(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('id') id: string, @Body() body: ChangeGiQuotaDto): Promise<ActAnswer> {
    return this.quotas.change(caller, request, id, body);
  }
}
