import { Body, Controller, Get, Param, Patch, Post, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { ActAnswer } from '../acts/act-answer.interceptor';
import { type Page, PageQuery } from '../input/page';
import type { Caller } from '../sign-in/caller';
import { CurrentCaller, LeavesEntries, Permit } from '../sign-in/route-rules';
import { OwnThings, patched } from '../things/own-things.service';
import type { State, ThingKind } from '../things/thing-kind';
import { AddInstrumentTemplateDto, ChangeInstrumentTemplateDto } from './instrument-template.dto';

export const INSTRUMENT_TEMPLATES: ThingKind = { record: 'instrument-template', table: 'instrument_template', path: '/api/v1/instrument-templates' };

/** 仪器导入模板: how a laboratory reads the files its instruments write. */
@ApiTags('test reports')
@Controller('api/v1/instrument-templates')
export class InstrumentTemplatesController {
  constructor(private readonly things: OwnThings) {}

  @Post()
  @ApiOperation({ summary: '登记仪器导入模板 Register how an instrument’s files are read' })
  @Permit('owner', 'manager', 'quality-head', 'lab-tester')
  @LeavesEntries('record:instrument-template')
  add(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: AddInstrumentTemplateDto): Promise<ActAnswer> {
    return this.things.create(caller, request, INSTRUMENT_TEMPLATES, () => ({ ...body, results: body.results.map((column) => ({ ...column })), status: 'active' }));
  }

  @Get()
  @Permit()
  list(@CurrentCaller() caller: Caller, @Query() page: PageQuery): Promise<Page<State>> {
    return this.things.list(caller, INSTRUMENT_TEMPLATES, page);
  }

  @Get(':id')
  @Permit()
  get(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<State> {
    return this.things.get(caller, INSTRUMENT_TEMPLATES, id);
  }

  @Patch(':id')
  @ApiOperation({ summary: '修改或停用仪器导入模板 Rename a template, or end it' })
  @Permit('owner', 'manager', 'quality-head', 'lab-tester')
  @LeavesEntries('record:instrument-template')
  change(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('id') id: string, @Body() body: ChangeInstrumentTemplateDto): Promise<ActAnswer> {
    return this.things.change(caller, request, INSTRUMENT_TEMPLATES, id, body.why, (_tx, old) => patched(old, body));
  }
}
