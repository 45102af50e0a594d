import { Body, Controller, Delete, Get, Param, Post, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type ActAnswer, type Caller, CurrentCaller, LeavesEntries, type Page, PageQuery, Permit, type State } from '@daodi/registry';
import type { FastifyRequest } from 'fastify';
import { SubscribeDto } from './subscription.dto';
import { Subscriptions } from './subscriptions.service';

/** What the caller's organisation wants to be told of, and where. */
@ApiTags('notices')
@Controller('api/v1/notice-subscriptions')
@Permit('owner', 'manager', 'quality-head')
export class SubscriptionsController {
  constructor(private readonly subscriptions: Subscriptions) {}

  @Post()
  @ApiOperation({ summary: '订阅通知 Subscribe to notices' })
  @LeavesEntries('record:notice-subscription')
  subscribe(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: SubscribeDto): Promise<ActAnswer> {
    return this.subscriptions.subscribe(caller, request, body);
  }

  @Get()
  list(@CurrentCaller() caller: Caller, @Query() page: PageQuery): Promise<Page<State>> {
    return this.subscriptions.list(caller, page);
  }

  @Get(':id')
  get(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<State> {
    return this.subscriptions.get(caller, id);
  }

  @Delete(':id')
  @LeavesEntries('record:notice-subscription')
  end(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('id') id: string): Promise<ActAnswer> {
    return this.subscriptions.end(caller, request, id);
  }
}
