import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import { ApiBody, ApiConflictResponse, ApiCreatedResponse, ApiHeader, ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags, ApiUnprocessableEntityResponse } from '@nestjs/swagger';
import { type ActAnswer, type Caller, CurrentCaller, LeavesEntries, type Page, Permit, type Role } from '@daodi/registry';
import type { FastifyRequest } from 'fastify';
import { FIELD_ROLES } from '../form/form-route';
import { SlipQuery } from './delivery-lists.dto';
import { DeliveryLists } from './delivery-lists.service';
import { SlipCorrectionDto, SlipDto } from './slip.dto';
import { Slips } from './slips.service';

/** Those who answer for what is paid. */
export const STATION_ROLES: readonly Role[] = ['owner', 'manager', 'station-keeper', 'machine'];

const SLIP = {
  eventTime: '2026-08-20T19:40:00+08:00', picker: '0b7e3a52-8f0e-4a37-9a45-0d3f6a1b2c3d', area: '8c1d6f0a-52b3-4a37-9a45-0d3f6a1b2c3d', herb: 'lianqiao', grade: '青翘',
  unit: '斤', gross: '86.4', tare: '1.4', deductions: [{ kind: 'water', percent: '5' }, { kind: 'impurity', weight: '2' }], sacks: 2, price: '3.20', slipNumber: 'No.003118',
};
const BARE = { ...SLIP, picker: undefined, newPicker: { kind: 'bare-name', name: '王某某' } };
const ANSWER = {
  id: '0193f2a4-7c1e-7d3a-9b5e-2f6c8d1e4a70', status: 'active', picker: SLIP.picker, day: '2026-08-20', herb: 'lianqiao', grade: '青翘',
  arrived: { kg: '42.5', jin: '85' }, net: { kg: '39.375', jin: '78.75' }, paid: { kg: '39.375', jin: '78.75' }, notes: ['no-scale'], links: { self: '/api/v1/slips/0193f2a4-7c1e-7d3a-9b5e-2f6c8d1e4a70' },
};

/** Slips 过磅单: one for each weighing at a station. What arrived and what is paid for are two numbers. */
@ApiTags('delivery')
@Controller('api/v1/slips')
export class SlipsController {
  constructor(
    private readonly slips: Slips,
    private readonly lists: DeliveryLists,
  ) {}

  @Post()
  @Permit(...FIELD_ROLES)
  @LeavesEntries('record:picker?', 'record:slip?')
  @ApiOperation({ summary: '登记过磅单 / Write down a weighing' })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Bound by a success, for ever' })
  @ApiBody({ type: SlipDto, examples: { slip: { value: SLIP }, 'new-picker': { value: BARE } } })
  @ApiCreatedResponse({ description: 'Written down; `lateFor` names the heap that was closed already', schema: { example: ANSWER } })
  @ApiOkResponse({ description: 'The same slip under the same id was written down before', schema: { example: ANSWER } })
  @ApiConflictResponse({ description: 'slip-conflict: another slip is stored under this id' })
  @ApiUnprocessableEntityResponse({ description: 'invalid, unknown-batch: every fault with its pointer' })
  record(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: SlipDto): Promise<ActAnswer> {
    return this.slips.record(caller, request, body);
  }

  @Get()
  @Permit(...FIELD_ROLES)
  @ApiOperation({ summary: '过磅单列表 / Slips of a day, a picker, an area, open ones, late ones' })
  list(@CurrentCaller() caller: Caller, @Query() query: SlipQuery): Promise<Page<object>> {
    return this.lists.slips(caller, query);
  }

  @Get(':id')
  @Permit(...FIELD_ROLES)
  @ApiOperation({ summary: '过磅单 / One slip, with every version of it' })
  @ApiNotFoundResponse({ description: 'Your organisation has no such slip' })
  get(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<object> {
    return this.lists.slip(caller, id);
  }

  @Post(':id/correction')
  @Permit(...STATION_ROLES)
  @LeavesEntries('record:picker?', 'record:slip', 'record:batch*', 'record:heap?', 'event:TransformationEvent*')
  @ApiOperation({ summary: '更正或作废过磅单 / Correct a slip or make it void; a heap it was closed into is told anew in the same act' })
  @ApiBody({ type: SlipCorrectionDto, examples: { correction: { value: { reason: '看错磅', replacement: { ...SLIP, gross: '84.6' } } }, void: { value: { reason: '重复登记' } } } })
  @ApiCreatedResponse({ description: 'Corrected; `eventIDs` are those of a closing told anew', schema: { example: { ...ANSWER, eventIDs: [] } } })
  @ApiNotFoundResponse({ description: 'Your organisation has no such slip' })
  @ApiConflictResponse({ description: 'slip-void: it is void already' })
  @ApiUnprocessableEntityResponse({ description: 'invalid: every fault with its pointer, beginning with /replacement' })
  correct(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('id') id: string, @Body() body: SlipCorrectionDto): Promise<ActAnswer> {
    return this.slips.correct(caller, request, id, body);
  }
}
