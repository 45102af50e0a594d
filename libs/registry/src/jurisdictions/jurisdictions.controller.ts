import { Body, Controller, Delete, Get, Param, Post, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { ActAnswer } from '../acts/act-answer.interceptor';
import { type Page, PageQuery } from '../input/page';
import type { Caller } from '../sign-in/caller';
import { CurrentCaller, LeavesEntries, Permit } from '../sign-in/route-rules';
import type { State } from '../things/thing-kind';
import { GiveJurisdictionDto } from './jurisdiction.dto';
import { JurisdictionsService } from './jurisdictions.service';

/** Jurisdictions of supervisors. */
@ApiTags('jurisdictions')
@Controller('api/v1/jurisdictions')
export class JurisdictionsController {
  constructor(private readonly jurisdictions: JurisdictionsService) {}

  @Post()
  @ApiOperation({ summary: '设定监管范围 Give a supervisor a jurisdiction' })
  @Permit('operator')
  @LeavesEntries('record:jurisdiction')
  give(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: GiveJurisdictionDto): Promise<ActAnswer> {
    return this.jurisdictions.give(caller, request, body);
  }

  @Get()
  @Permit('operator', 'supervisor')
  list(@CurrentCaller() caller: Caller, @Query() page: PageQuery): Promise<Page<State>> {
    return this.jurisdictions.list(caller, page);
  }

  @Delete(':id')
  @Permit('operator')
  @LeavesEntries('record:jurisdiction')
  end(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('id') id: string): Promise<ActAnswer> {
    return this.jurisdictions.end(caller, request, id);
  }
}
