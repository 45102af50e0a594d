import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query, Req } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { ActAnswer } from '../acts/act-answer.interceptor';
import type { Page } from '../input/page';
import type { Caller } from '../sign-in/caller';
import type { Role } from '../sign-in/role';
import { CurrentCaller, LeavesEntries, Permit } from '../sign-in/route-rules';
import { ChangePickerDto, ErasePickerDto, NewPickerDto, PickerQuery } from './picker.dto';
import { PickersService, type PickerView } from './pickers.service';

/** Those who stand at the scale and have to know who delivers. */
const STATION: readonly Role[] = ['owner', 'manager', 'station-keeper', 'field-worker', 'machine'];
const PICKER = { id: '0b7e3a52-8f0e-4a37-9a45-0d3f6a1b2c3d', kind: 'household', name: '王某某', group: '三组', village: '141026100201', status: 'active' };

/** Pickers 交售人 of the caller's organisation: members, households, bare names. Their names stand in no log and leave with nothing. */
@ApiTags('people')
@Controller('api/v1/pickers')
export class PickersController {
  constructor(private readonly pickers: PickersService) {}

  @Post()
  @Permit(...STATION)
  @LeavesEntries('record:picker')
  @ApiOperation({ summary: '登记交售人 / Register somebody who delivers' })
  add(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: NewPickerDto): Promise<ActAnswer> {
    return this.pickers.add(caller, request, body);
  }

  @Get()
  @Permit(...STATION)
  @ApiOperation({ summary: '交售人列表 / Those who deliver to you' })
  @ApiOkResponse({ schema: { example: { items: [PICKER] } } })
  list(@CurrentCaller() caller: Caller, @Query() query: PickerQuery): Promise<Page<PickerView>> {
    return this.pickers.list(caller, query);
  }

  @Get(':id')
  @Permit(...STATION)
  @ApiOperation({ summary: '交售人 / One of them' })
  @ApiOkResponse({ schema: { example: PICKER } })
  @ApiNotFoundResponse({ description: 'Your organisation has no such picker' })
  get(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<PickerView> {
    return this.pickers.get(caller, id);
  }

  @Patch(':id')
  @Permit('owner', 'manager', 'station-keeper')
  @LeavesEntries('record:picker')
  @ApiOperation({ summary: '变更交售人 / Change one: a name spelled rightly, a member now, gone' })
  change(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('id') id: string, @Body() body: ChangePickerDto): Promise<ActAnswer> {
    return this.pickers.change(caller, request, id, body);
  }

  @Post(':id/erasure')
  @HttpCode(200)
  @Permit('owner')
  @LeavesEntries('record:erasure+')
  @ApiOperation({ summary: '删除交售人的姓名与电话 / Erase a picker’s name, phone and group for good' })
  erase(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('id') id: string, @Body() body: ErasePickerDto): Promise<ActAnswer> {
    return this.pickers.erase(caller, request, id, body);
  }
}
