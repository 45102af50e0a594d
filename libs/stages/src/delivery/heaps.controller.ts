import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import { ApiBody, ApiConflictResponse, ApiCreatedResponse, ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags, ApiUnprocessableEntityResponse } from '@nestjs/swagger';
import { type ActAnswer, type Caller, CurrentCaller, LeavesEntries, type Page, Permit } from '@daodi/registry';
import type { FastifyRequest } from 'fastify';
import { FormAnswer } from '../form/answer';
import { FIELD_ROLES, FormRoute } from '../form/form-route';
import { Forms } from '../form/forms.service';
import { HeapQuery } from './delivery-lists.dto';
import { DeliveryLists } from './delivery-lists.service';
import { heapForm, HeapForm } from './heap.stage';
import { Heaps } from './heaps.service';
import { LateSlipsDto } from './late-slips.dto';
import { STATION_ROLES } from './slips.controller';

const OPEN = { site: '5f0c2a4e-3b7d-4c8e-9a1f-6d2b8e7c4a10', area: '8c1d6f0a-52b3-4a37-9a45-0d3f6a1b2c3d', herb: 'lianqiao', grade: '青翘', day: '2026-08-20', slips: 118, pickers: 60, sacks: 231, arrived: { kg: '4187.35', jin: '8374.7' } };

/** Heaps 堆: the slips of one station, place, herb, grade and day, closed into one batch 收购批. */
@ApiTags('delivery')
@Controller('api/v1/heaps')
export class HeapsController {
  constructor(
    private readonly forms: Forms,
    private readonly heaps: Heaps,
    private readonly lists: DeliveryLists,
  ) {}

  @FormRoute({
    roles: STATION_ROLES,
    leaves: ['record:batch', 'record:heap', 'event:TransformationEvent'],
    zh: '收堆（封堆），生成收购批',
    en: 'Close a heap: its slips become one batch',
    body: HeapForm,
    example: { eventTime: '2026-08-20T21:30:00+08:00', site: OPEN.site, area: OPEN.area, herb: 'lianqiao', grade: '青翘', day: '2026-08-20', lotNumber: '2026-LQ-0820' },
  })
  @ApiConflictResponse({ description: 'heap-closed: this heap is closed already, late slips are added to it; event-conflict: something else is stored under this eventID' })
  close(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: HeapForm): Promise<ActAnswer> {
    return this.forms.record(caller, request, heapForm(), body);
  }

  @Get()
  @Permit(...FIELD_ROLES)
  @ApiOperation({ summary: '已封的堆 / Heaps that were closed' })
  list(@CurrentCaller() caller: Caller, @Query() query: HeapQuery): Promise<Page<object>> {
    return this.lists.heaps(caller, query);
  }

  @Get('open')
  @Permit(...FIELD_ROLES)
  @ApiOperation({ summary: '未封的堆 / What lies open: slips that can be closed together' })
  @ApiOkResponse({ schema: { example: { items: [OPEN] } } })
  open(@CurrentCaller() caller: Caller, @Query() query: HeapQuery): Promise<object> {
    return this.lists.openHeaps(caller, query);
  }

  @Get(':id')
  @Permit(...FIELD_ROLES)
  @ApiOperation({ summary: '堆 / One heap, with the ids of its slips' })
  @ApiNotFoundResponse({ description: 'Your organisation has no such heap' })
  get(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<object> {
    return this.lists.heap(caller, id);
  }

  @Post(':id/slips')
  @Permit(...STATION_ROLES)
  @LeavesEntries('record:batch*', 'record:heap', 'event:TransformationEvent+')
  @ApiOperation({ summary: '迟到的过磅单入堆 / Add slips that came late to their closed heap; its closing is corrected in the same act' })
  @ApiBody({ type: LateSlipsDto, examples: { late: { value: { reason: '手机离线，次日上传' } } } })
  @ApiCreatedResponse({ type: FormAnswer, description: 'Added; eventID is that of the closing told anew' })
  @ApiNotFoundResponse({ description: 'Your organisation has no such heap' })
  @ApiConflictResponse({ description: 'heap-dissolved: it was declared not to have been closed' })
  @ApiUnprocessableEntityResponse({ description: 'invalid: every fault with its pointer' })
  addLate(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('id') id: string, @Body() body: LateSlipsDto): Promise<ActAnswer> {
    return this.heaps.addLate(caller, request, id, body);
  }
}
