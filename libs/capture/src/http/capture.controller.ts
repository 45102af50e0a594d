import { Controller, Get, HttpCode, HttpStatus, Options, Param, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiHeader, ApiOperation, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Config, preferredLanguage } from '@daodi/platform';
import { type ActAnswer, type Caller, CurrentCaller, LeavesEntries, Permit } from '@daodi/registry';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CaptureJobs, type CaptureJobResource } from '../documents/capture-jobs.service';
import { ReceiveDocuments } from '../documents/receive-documents.service';
import { CAPABILITY_HEADERS } from './epcis-headers';
import { EpcisHeadersInterceptor } from './epcis-headers.interceptor';
import { nextLink, PER_PAGE_MAX } from './paging';

/** EPCIS 2.0 REST bindings: the capture interface and its jobs. */
@ApiTags('EPCIS')
@Controller('epcis/capture')
@UseInterceptors(EpcisHeadersInterceptor)
export class CaptureController {
  constructor(
    private readonly documents: ReceiveDocuments,
    private readonly jobs: CaptureJobs,
    private readonly config: Config,
  ) {}

  @Post()
  @Permit('owner', 'manager', 'station-keeper', 'warehouse', 'purchaser', 'quality-head', 'machine')
  @LeavesEntries('event:ObjectEvent*', 'event:AggregationEvent*', 'event:TransactionEvent*', 'event:TransformationEvent*', 'event:AssociationEvent*')
  @ApiOperation({ summary: '采集 EPCIS 文档（后台写入） / Capture an EPCIS document; a job appends its events' })
  @ApiConsumes('application/json', 'application/ld+json')
  @ApiBody({ description: 'EPCISDocument or EPCISQueryDocument', schema: { type: 'object', required: ['@context', 'type', 'schemaVersion', 'creationDate', 'epcisBody'] } })
  @ApiHeader({ name: 'GS1-Capture-Error-Behaviour', required: false, schema: { type: 'string', enum: ['rollback', 'proceed'], default: 'rollback' } })
  @ApiResponse({ status: 202, description: 'stored; Location names the job' })
  async capture(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<ActAnswer> {
    this.limits(reply);
    return this.documents.receive(caller, request);
  }

  @Get()
  @Permit()
  @ApiOperation({ summary: '本组织的采集任务 / Capture jobs of the organisation, newest first' })
  @ApiQuery({ name: 'perPage', required: false, schema: { type: 'integer', minimum: 1, maximum: PER_PAGE_MAX, default: 30 } })
  @ApiQuery({ name: 'nextPageToken', required: false, schema: { type: 'string' } })
  async list(
    @CurrentCaller() caller: Caller,
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<readonly CaptureJobResource[]> {
    const page = await this.jobs.list(caller, query, preferredLanguage(request.headers['accept-language']));
    if (page.next !== undefined) reply.header('Link', nextLink('/epcis/capture', query, page.next));
    return page.jobs;
  }

  @Get(':captureID')
  @Permit()
  @ApiOperation({ summary: '采集任务的状态 / State of a capture job' })
  job(@CurrentCaller() caller: Caller, @Param('captureID') captureID: string, @Req() request: FastifyRequest): Promise<CaptureJobResource> {
    return this.jobs.get(caller, captureID, preferredLanguage(request.headers['accept-language']));
  }

  @Options()
  @Permit()
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: '能力 / Capabilities' })
  options(@Res({ passthrough: true }) reply: FastifyReply): void {
    reply.headers({ ...CAPABILITY_HEADERS, Allow: 'OPTIONS, GET, POST', 'GS1-Capture-Error-Behaviour': 'rollback, proceed' });
    this.limits(reply);
  }

  @Options(':captureID')
  @Permit()
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: '能力 / Capabilities' })
  jobOptions(@Res({ passthrough: true }) reply: FastifyReply): void {
    reply.headers({ ...CAPABILITY_HEADERS, Allow: 'OPTIONS, GET' });
  }

  private limits(reply: FastifyReply): void {
    reply.headers({
      'GS1-EPCIS-Capture-Limit': String(this.config.captureEventsMax),
      'GS1-EPCIS-Capture-File-Size-Limit': String(this.config.captureBytesMax),
    });
  }
}
