import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { type ActAnswer, type Caller, CurrentCaller, LeavesEntries, type Page, PageQuery, Permit } from '@daodi/registry';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { BatchRecord } from './batch-record-answer';
import { batchRecordPdf } from './batch-record-pdf';
import {
  AddOrderDto, CheckDto, ClearanceDto, CloseDeviationDto, DeviationDto, IssueDto, LabelCountDto, ReturnMaterialDto, ReviewRecordDto, StepDto, WithdrawPartDto,
} from './order.dto';
import { ProductionOrders } from './production-orders.service';
import { RecordWords } from './record-words.service';

const PART = 'record:batch-record-part';
const NOT_YOURS = { description: 'No order of your organisation has this id' };

/** 批生产指令与批记录. */
@ApiTags('batch records')
@Controller('api/v1/production-orders')
export class ProductionOrdersController {
  constructor(
    private readonly orders: ProductionOrders,
    private readonly words: RecordWords,
  ) {}

  @Post()
  @Permit('owner', 'manager', 'quality-head')
  @LeavesEntries('record:production-order')
  @ApiOperation({ summary: '下达批生产指令 / Order a batch to be made: formula, steps, the firm’s own limits' })
  order(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: AddOrderDto): Promise<ActAnswer> {
    return this.orders.order(caller, request, body);
  }

  @Get()
  @Permit()
  @ApiOperation({ summary: '批生产指令 / Your orders, oldest first' })
  list(@CurrentCaller() caller: Caller, @Query() page: PageQuery): Promise<Page<object>> {
    return this.orders.list(caller, page);
  }

  @Post(':id/issues')
  @Permit('owner', 'manager', 'warehouse', 'machine')
  @LeavesEntries(PART)
  @ApiOperation({ summary: '领料 / Material issued to the order, lot by lot' })
  @ApiNotFoundResponse(NOT_YOURS)
  issue(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('id') id: string, @Body() body: IssueDto): Promise<ActAnswer> {
    return this.orders.issue(caller, request, id, body, 'issue');
  }

  @Post(':id/returns')
  @Permit('owner', 'manager', 'warehouse', 'machine')
  @LeavesEntries(PART)
  @ApiOperation({ summary: '退料 / Material given back or scrapped' })
  @ApiNotFoundResponse(NOT_YOURS)
  giveBack(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('id') id: string, @Body() body: ReturnMaterialDto): Promise<ActAnswer> {
    return this.orders.issue(caller, request, id, body, 'return');
  }

  @Post(':id/steps')
  @Permit('owner', 'manager', 'warehouse', 'machine')
  @LeavesEntries(PART)
  @ApiOperation({ summary: '登记工序 / Put an event of processing or packing into the record, with equipment and parameters' })
  @ApiNotFoundResponse(NOT_YOURS)
  step(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('id') id: string, @Body() body: StepDto): Promise<ActAnswer> {
    return this.orders.step(caller, request, id, body);
  }

  @Post(':id/clearances')
  @Permit('owner', 'manager', 'warehouse', 'machine')
  @LeavesEntries(PART)
  @ApiOperation({ summary: '清场 / Line clearance before or after the run' })
  @ApiNotFoundResponse(NOT_YOURS)
  clearance(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('id') id: string, @Body() body: ClearanceDto): Promise<ActAnswer> {
    return this.orders.clearance(caller, request, id, body);
  }

  @Post(':id/label-counts')
  @Permit('owner', 'manager', 'warehouse', 'machine')
  @LeavesEntries(PART)
  @ApiOperation({ summary: '标签物料平衡 / Labels of one sort: received, used, spoiled, given back' })
  @ApiNotFoundResponse(NOT_YOURS)
  labels(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('id') id: string, @Body() body: LabelCountDto): Promise<ActAnswer> {
    return this.orders.labels(caller, request, id, body);
  }

  @Post(':id/deviations')
  @Permit('owner', 'manager', 'warehouse', 'quality-head', 'machine')
  @LeavesEntries(PART)
  @ApiOperation({ summary: '登记偏差 / Something differed from the procedure' })
  @ApiNotFoundResponse(NOT_YOURS)
  deviation(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('id') id: string, @Body() body: DeviationDto): Promise<ActAnswer> {
    return this.orders.deviation(caller, request, id, body);
  }

  @Post(':id/deviations/:part/closing')
  @Permit('quality-head')
  @LeavesEntries(PART)
  @ApiOperation({ summary: '关闭偏差 / The head of quality closes a deviation' })
  @ApiNotFoundResponse({ description: 'No order of your organisation has this id, or no deviation in it' })
  close(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('id') id: string, @Param('part') part: string, @Body() body: CloseDeviationDto): Promise<ActAnswer> {
    return this.orders.closeDeviation(caller, request, id, part, body);
  }

  @Post(':id/checks')
  @Permit('owner', 'manager', 'warehouse', 'quality-head')
  @LeavesEntries(PART)
  @ApiOperation({ summary: '复核 / A second person confirms a part of the record' })
  @ApiNotFoundResponse(NOT_YOURS)
  check(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('id') id: string, @Body() body: CheckDto): Promise<ActAnswer> {
    return this.orders.check(caller, request, id, body);
  }

  @Post(':id/withdrawals')
  @Permit('owner', 'manager', 'quality-head')
  @LeavesEntries(PART)
  @ApiOperation({ summary: '撤销误登的记录 / Take back a part put down in error; it stays readable' })
  @ApiNotFoundResponse(NOT_YOURS)
  withdraw(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('id') id: string, @Body() body: WithdrawPartDto): Promise<ActAnswer> {
    return this.orders.withdraw(caller, request, id, body);
  }

  @Post(':id/reviews')
  @Permit('quality-head')
  @LeavesEntries(PART)
  @ApiOperation({ summary: '批记录审核 / The head of quality has read the record as it stands' })
  @ApiNotFoundResponse(NOT_YOURS)
  review(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('id') id: string, @Body() body: ReviewRecordDto): Promise<ActAnswer> {
    return this.orders.review(caller, request, id, body);
  }

  @Get(':id/batch-record')
  @Permit()
  @ApiOperation({ summary: '批记录 / The record as it stands: steps, yields, balances, and everything against it' })
  @ApiOkResponse({ description: 'complete, reasons, steps, entries, products with their traces' })
  @ApiNotFoundResponse(NOT_YOURS)
  batchRecord(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<BatchRecord> {
    return this.orders.batchRecord(caller, id);
  }

  @Get(':id/batch-record.pdf')
  @Permit()
  @ApiOperation({ summary: '批记录 PDF / The same as one paper' })
  @ApiProduces('application/pdf')
  @ApiOkResponse({ content: { 'application/pdf': { schema: { type: 'string', format: 'binary' } } } })
  @ApiNotFoundResponse(NOT_YOURS)
  async pdf(@CurrentCaller() caller: Caller, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const made = await this.orders.batchRecord(caller, id);
    const bytes = await batchRecordPdf(made, await this.words.of(caller, made), new Date());
    reply.type('application/pdf').header('Content-Disposition', 'inline; filename="batch-record.pdf"').header('Cache-Control', 'private, no-store').send(bytes);
  }
}
