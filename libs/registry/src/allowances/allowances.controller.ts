import { Body, Controller, Get, Param, Patch, Post, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { ActAnswer } from '../acts/act-answer.interceptor';
import { type Page, PageQuery } from '../input/page';
import type { Caller } from '../sign-in/caller';
import { CurrentCaller, LeavesEntries, Permit } from '../sign-in/route-rules';
import { OwnThings } from '../things/own-things.service';
import type { State } from '../things/thing-kind';
import { AddAllowanceDto, ChangeAllowanceDto } from './allowance.dto';
import { ALLOWANCES, AllowancesService } from './allowances.service';

/** Allowances 允差 of the caller's organisation: how far weights may lie apart beyond what the scales cannot tell. */
@ApiTags('catalogue')
@Controller('api/v1/allowances')
export class AllowancesController {
  constructor(
    private readonly allowances: AllowancesService,
    private readonly things: OwnThings,
  ) {}

  @Post()
  @Permit('owner', 'manager', 'quality-head')
  @LeavesEntries('record:allowance')
  @ApiOperation({ summary: '设定允差 / Set how much goods may lose or gain in a step' })
  add(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: AddAllowanceDto): Promise<ActAnswer> {
    return this.allowances.add(caller, request, body);
  }

  @Get()
  @Permit()
  @ApiOperation({ summary: '允差列表 / Your allowances; where none is on record, 0 is allowed' })
  list(@CurrentCaller() caller: Caller, @Query() page: PageQuery): Promise<Page<State>> {
    return this.things.list(caller, ALLOWANCES, page);
  }

  @Get(':id')
  @Permit()
  @ApiOperation({ summary: '允差 / An allowance' })
  get(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<State> {
    return this.things.get(caller, ALLOWANCES, id);
  }

  @Patch(':id')
  @Permit('owner', 'manager', 'quality-head')
  @LeavesEntries('record:allowance')
  @ApiOperation({ summary: '变更或终止允差 / Change or end an allowance; what was booked under it stays booked' })
  change(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('id') id: string, @Body() body: ChangeAllowanceDto): Promise<ActAnswer> {
    return this.allowances.change(caller, request, id, body);
  }
}
