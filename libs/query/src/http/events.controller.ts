import { Controller, Get, HttpCode, HttpStatus, Options, Param, Query, Res, UseInterceptors } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CAPABILITY_HEADERS, EpcisHeadersInterceptor, nextLink, PER_PAGE_DEFAULT, PER_PAGE_MAX } from '@daodi/capture';
import { type Caller, CurrentCaller, Permit } from '@daodi/registry';
import type { FastifyReply } from 'fastify';
import { EventsService } from '../events/events.service';
import type { QueryDocument } from '../events/query-document';

/** Parameters of the query, for the OpenAPI document. */
const PARAMETERS = [
  'eventType', 'GE_eventTime', 'LT_eventTime', 'GE_recordTime', 'LT_recordTime', 'EQ_action', 'EQ_bizStep', 'EQ_disposition', 'EQ_readPoint',
  'EQ_bizLocation', 'EQ_eventID', 'EQ_transformationID', 'MATCH_epc', 'MATCH_parentID', 'MATCH_inputEPC', 'MATCH_outputEPC', 'MATCH_anyEPC',
  'MATCH_epcClass', 'MATCH_inputEPCClass', 'MATCH_outputEPCClass', 'MATCH_anyEPCClass', 'EXISTS_errorDeclaration', 'orderBy', 'orderDirection',
  'eventCountLimit', 'maxEventCount', 'nextPageToken',
];

const Parameters: MethodDecorator = (target, key, descriptor) => {
  for (const name of PARAMETERS) ApiQuery({ name, required: false, schema: { type: 'string' } })(target, key, descriptor);
  ApiQuery({ name: 'perPage', required: false, schema: { type: 'integer', minimum: 1, maximum: PER_PAGE_MAX, default: PER_PAGE_DEFAULT } })(target, key, descriptor);
};

/** EPCIS 2.0 REST bindings: reading events. */
@ApiTags('EPCIS')
@Controller('epcis/events')
@UseInterceptors(EpcisHeadersInterceptor)
export class EventsController {
  constructor(private readonly events: EventsService) {}

  @Get()
  @Permit()
  @ApiOperation({ summary: '查询 EPCIS 事件 / Query EPCIS events (SimpleEventQuery; several values are parted by |)' })
  @Parameters
  @ApiResponse({ status: 200, description: 'EPCISQueryDocument; Link rel=next where more follow' })
  async find(@CurrentCaller() caller: Caller, @Query() query: Record<string, unknown>, @Res({ passthrough: true }) reply: FastifyReply): Promise<QueryDocument> {
    const { document, next } = await this.events.find(caller, query);
    if (next !== undefined) reply.header('Link', nextLink('/epcis/events', query, next));
    return document;
  }

  @Get(':eventID')
  @Permit()
  @ApiOperation({ summary: '单个 EPCIS 事件及其更正声明 / One EPCIS event with its error declarations' })
  @ApiResponse({ status: 200, description: 'EPCISQueryDocument' })
  get(@CurrentCaller() caller: Caller, @Param('eventID') eventID: string): Promise<QueryDocument> {
    return this.events.get(caller, eventID);
  }

  @Options()
  @Permit()
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: '能力 / Capabilities' })
  options(@Res({ passthrough: true }) reply: FastifyReply): void {
    reply.headers({ ...CAPABILITY_HEADERS, Allow: 'OPTIONS, GET, POST' });
  }

  @Options(':eventID')
  @Permit()
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: '能力 / Capabilities' })
  eventOptions(@Res({ passthrough: true }) reply: FastifyReply): void {
    reply.headers({ ...CAPABILITY_HEADERS, Allow: 'OPTIONS, GET' });
  }
}
