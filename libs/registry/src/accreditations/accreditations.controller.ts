import { Body, Controller, Get, Param, Patch, Post, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { ActAnswer } from '../acts/act-answer.interceptor';
import { type Page, PageQuery } from '../input/page';
import type { Caller } from '../sign-in/caller';
import { CurrentCaller, LeavesEntries, Permit } from '../sign-in/route-rules';
import { OwnThings } from '../things/own-things.service';
import type { State } from '../things/thing-kind';
import { AddAccreditationDto, ChangeAccreditationDto } from './accreditation.dto';
import { ACCREDITATIONS, AccreditationsService } from './accreditations.service';

/** 检验机构资质: what laboratories are accredited for. */
@ApiTags('test reports')
@Controller('api/v1/accreditations')
export class AccreditationsController {
  constructor(
    private readonly accreditations: AccreditationsService,
    private readonly things: OwnThings,
  ) {}

  @Post()
  @ApiOperation({ summary: '登记检验机构资质 Put down what a laboratory is accredited for' })
  @Permit('owner', 'manager', 'quality-head')
  @LeavesEntries('record:accreditation')
  add(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: AddAccreditationDto): Promise<ActAnswer> {
    return this.accreditations.add(caller, request, body);
  }

  @Get()
  @Permit()
  list(@CurrentCaller() caller: Caller, @Query() page: PageQuery): Promise<Page<State>> {
    return this.things.list(caller, ACCREDITATIONS, page);
  }

  @Get(':id')
  @Permit()
  get(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<State> {
    return this.things.get(caller, ACCREDITATIONS, id);
  }

  @Patch(':id')
  @ApiOperation({ summary: '变更检验机构资质 Change how long an accreditation holds, or end it' })
  @Permit('owner', 'manager', 'quality-head')
  @LeavesEntries('record:accreditation')
  change(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('id') id: string, @Body() body: ChangeAccreditationDto): Promise<ActAnswer> {
    return this.accreditations.change(caller, request, id, body);
  }
}
