import { Body, Controller, Get, HttpCode, HttpStatus, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBody, ApiConflictResponse, ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiProduces, ApiTags, ApiUnprocessableEntityResponse } from '@nestjs/swagger';
import { type ActAnswer, type Caller, CurrentCaller, LeavesEntries, type Page, Permit, type Role } from '@daodi/registry';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LabelSheetDto, LabelSheetQuery } from './label-sheet.dto';
import { LabelSheets } from './label-sheets.service';

/** Those who answer for what is stuck on goods and samples. */
const LABEL_ROLES: readonly Role[] = ['owner', 'manager', 'station-keeper', 'warehouse', 'quality-head', 'machine'];

const EXAMPLE = { batch: '7K2QZ0ABCD4', kind: 'carton', from: 1, to: 20, of: 20, each: { quantity: '25', unit: 'kg' } };
const ANSWER = {
  id: '0b7e3a52-8f0e-4a37-9a45-0d3f6a1b2c3d', batch: '7K2QZ0ABCD4', kind: 'carton', format: 'roll-100x150', total: 20, from: 1, of: 20, state: 'queued', done: 0,
  links: { self: '/api/v1/label-sheets/0b7e3a52-8f0e-4a37-9a45-0d3f6a1b2c3d', pdf: '/api/v1/label-sheets/0b7e3a52-8f0e-4a37-9a45-0d3f6a1b2c3d/sheet.pdf' },
};

/** Labels as a PDF to print, for whoever made or holds the batch. */
@ApiTags('labels')
@Controller('api/v1/label-sheets')
@Permit()
export class LabelSheetsController {
  constructor(private readonly sheets: LabelSheets) {}

  @Post()
  @Permit(...LABEL_ROLES)
  @LeavesEntries('record:label-sheet')
  @ApiOperation({ summary: '打印标签 / Have labels of a batch drawn for bags, cartons or a sample' })
  @ApiBody({ type: LabelSheetDto, examples: { carton: { value: EXAMPLE }, bag: { value: { batch: '7K2QZ0ABCD4', kind: 'bag', count: 260 } }, sample: { value: { batch: '7K2QZ0ABCD4', kind: 'sample' } } } })
  @ApiAcceptedResponse({ description: 'Noted in the log and being drawn; Location says where to follow it', schema: { example: ANSWER } })
  @ApiConflictResponse({ description: 'public-url-needed, code-withdrawn, nothing-on-record; more-labels-than-packs: send again with acceptSurplus and a reason' })
  @ApiNotFoundResponse({ description: 'Not a batch the organisation made or holds' })
  @ApiUnprocessableEntityResponse({ description: 'invalid, label-too-small: every fault with its pointer' })
  request(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: LabelSheetDto): Promise<ActAnswer> {
    return this.sheets.request(caller, request, body);
  }

  @Get()
  @ApiOperation({ summary: '标签打印记录 / Which labels your organisation had drawn' })
  list(@CurrentCaller() caller: Caller, @Query() query: LabelSheetQuery): Promise<Page<object>> {
    return this.sheets.list(caller, query);
  }

  @Get(':id')
  @ApiOperation({ summary: '标签进度 / One sheet, and how far it is' })
  @ApiOkResponse({ schema: { example: { ...ANSWER, state: 'running', done: 12 } } })
  get(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<object> {
    return this.sheets.get(caller, id);
  }

  @Get(':id/sheet.pdf')
  @ApiOperation({ summary: '标签 PDF / The labels, one to a page of their own size, or ten to an A4 sheet' })
  @ApiProduces('application/pdf')
  @ApiOkResponse({ content: { 'application/pdf': { schema: { type: 'string', format: 'binary' } } } })
  @ApiConflictResponse({ description: 'label-sheet-not-ready, label-sheet-failed, label-sheet-expired' })
  async pdf(@CurrentCaller() caller: Caller, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const bytes = await this.sheets.pdf(caller, id);
    reply.type('application/pdf').header('Content-Disposition', 'inline; filename="labels.pdf"').header('Cache-Control', 'private, no-store').send(bytes);
  }

  @Post(':id/drawing')
  @HttpCode(HttpStatus.ACCEPTED)
  @Permit(...LABEL_ROLES)
  @LeavesEntries()
  @ApiOperation({ summary: '重新生成 / Have the same labels drawn again, once their file has expired' })
  redraw(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<object> {
    return this.sheets.redraw(caller, id);
  }
}
