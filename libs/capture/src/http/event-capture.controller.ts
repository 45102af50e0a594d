import { Controller, Post, Req, Res, UseInterceptors } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { type ActAnswer, type Caller, CurrentCaller, LeavesEntries, Permit } from '@daodi/registry';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CaptureEvent } from '../events/capture-event.service';
import { EpcisHeadersInterceptor } from './epcis-headers.interceptor';

/** EPCIS 2.0 REST bindings: POST of a single event. */
@ApiTags('EPCIS')
@Controller('epcis/events')
@UseInterceptors(EpcisHeadersInterceptor)
export class EventCaptureController {
  constructor(private readonly events: CaptureEvent) {}

  @Post()
  @Permit('owner', 'manager', 'station-keeper', 'warehouse', 'purchaser', 'quality-head', 'machine')
  @LeavesEntries('event:ObjectEvent?', 'event:AggregationEvent?', 'event:TransactionEvent?', 'event:TransformationEvent?', 'event:AssociationEvent?')
  @ApiOperation({ summary: '采集单个 EPCIS 事件 / Capture one EPCIS event' })
  @ApiConsumes('application/json', 'application/ld+json')
  @ApiBody({ description: 'one EPCIS 2.0 event with its @context', schema: { type: 'object', required: ['@context', 'type', 'eventTime', 'eventTimeZoneOffset'] } })
  @ApiResponse({ status: 201, description: 'stored; Location names it' })
  @ApiResponse({ status: 200, description: 'the same event was stored before' })
  @ApiResponse({ status: 409, description: 'other content is stored under this eventID' })
  async capture(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<ActAnswer> {
    const answer = await this.events.capture(caller, request);
    if (answer.status === 200) reply.header('Event-Already-Stored', 'true');
    return answer;
  }
}
