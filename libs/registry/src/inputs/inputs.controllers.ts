import { Body, Controller, Get, Param, Patch, Post, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { ActAnswer } from '../acts/act-answer.interceptor';
import { type Page, PageQuery } from '../input/page';
import type { Caller } from '../sign-in/caller';
import { CurrentCaller, LeavesEntries, Permit } from '../sign-in/route-rules';
import { OwnThings } from '../things/own-things.service';
import type { State } from '../things/thing-kind';
import { AddInputAllowanceDto, AddInputCountDto, AddInputLotDto, AddInputProductDto, AddSopDto, ChangeInputProductDto, EndRecordDto } from './inputs.dto';
import { INPUTS, InputsService } from './inputs.service';

/** Products 投入品 used on land, as their labels say. */
@ApiTags('inputs')
@Controller('api/v1/input-products')
export class InputProductsController {
  constructor(
    private readonly records: InputsService,
    private readonly things: OwnThings,
  ) {}

  @Post()
  @ApiOperation({ summary: '登记投入品 Put down an input product' })
  @Permit('owner', 'manager', 'quality-head', 'station-keeper', 'machine')
  @LeavesEntries('record:input-product')
  add(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: AddInputProductDto): Promise<ActAnswer> {
    return this.records.add(caller, request, 'product', body);
  }

  @Get()
  @Permit()
  list(@CurrentCaller() caller: Caller, @Query() page: PageQuery): Promise<Page<State>> {
    return this.things.list(caller, INPUTS.product, page);
  }

  @Get(':id')
  @Permit()
  get(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<State> {
    return this.things.get(caller, INPUTS.product, id);
  }

  @Patch(':id')
  @ApiOperation({ summary: '变更投入品 Change an input product' })
  @Permit('owner', 'manager', 'quality-head', 'station-keeper', 'machine')
  @LeavesEntries('record:input-product')
  change(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('id') id: string, @Body() body: ChangeInputProductDto): Promise<ActAnswer> {
    return this.records.change(caller, request, 'product', id, body);
  }
}

/** Lots of inputs that were bought. */
@ApiTags('inputs')
@Controller('api/v1/input-lots')
export class InputLotsController {
  constructor(
    private readonly records: InputsService,
    private readonly things: OwnThings,
  ) {}

  @Post()
  @ApiOperation({ summary: '登记投入品购入批次 Put down a lot of an input that was bought' })
  @Permit('owner', 'manager', 'quality-head', 'station-keeper', 'machine')
  @LeavesEntries('record:input-lot')
  add(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: AddInputLotDto): Promise<ActAnswer> {
    return this.records.add(caller, request, 'lot', body);
  }

  @Get()
  @Permit()
  list(@CurrentCaller() caller: Caller, @Query() page: PageQuery): Promise<Page<State>> {
    return this.things.list(caller, INPUTS.lot, page);
  }

  @Get(':id')
  @Permit()
  get(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<State> {
    return this.things.get(caller, INPUTS.lot, id);
  }

  @Patch(':id')
  @ApiOperation({ summary: '变更投入品购入批次 Change a lot of an input that was bought' })
  @Permit('owner', 'manager', 'quality-head', 'station-keeper', 'machine')
  @LeavesEntries('record:input-lot')
  change(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('id') id: string, @Body() body: EndRecordDto): Promise<ActAnswer> {
    return this.records.change(caller, request, 'lot', id, body);
  }
}

/** Counts of lots, and what was given back or went otherwise. */
@ApiTags('inputs')
@Controller('api/v1/input-counts')
export class InputCountsController {
  constructor(
    private readonly records: InputsService,
    private readonly things: OwnThings,
  ) {}

  @Post()
  @ApiOperation({ summary: '登记投入品盘点或退回 Put down a count or return of an input' })
  @Permit('owner', 'manager', 'quality-head', 'station-keeper', 'machine')
  @LeavesEntries('record:input-count')
  add(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: AddInputCountDto): Promise<ActAnswer> {
    return this.records.add(caller, request, 'count', body);
  }

  @Get()
  @Permit()
  list(@CurrentCaller() caller: Caller, @Query() page: PageQuery): Promise<Page<State>> {
    return this.things.list(caller, INPUTS.count, page);
  }

  @Get(':id')
  @Permit()
  get(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<State> {
    return this.things.get(caller, INPUTS.count, id);
  }

  @Patch(':id')
  @ApiOperation({ summary: '变更投入品盘点或退回 Change a count or return of an input' })
  @Permit('owner', 'manager', 'quality-head', 'station-keeper', 'machine')
  @LeavesEntries('record:input-count')
  change(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('id') id: string, @Body() body: EndRecordDto): Promise<ActAnswer> {
    return this.records.change(caller, request, 'count', id, body);
  }
}

/** What allows a use beyond the label: a named notice, or the organisation’s approved SOP with interval and evidence. */
@ApiTags('inputs')
@Controller('api/v1/input-allowances')
export class InputAllowancesController {
  constructor(
    private readonly records: InputsService,
    private readonly things: OwnThings,
  ) {}

  @Post()
  @ApiOperation({ summary: '登记允许使用的依据 Put down what allows a use beyond the label' })
  @Permit('quality-head')
  @LeavesEntries('record:input-allowance')
  add(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: AddInputAllowanceDto): Promise<ActAnswer> {
    return this.records.add(caller, request, 'allowance', body);
  }

  @Get()
  @Permit()
  list(@CurrentCaller() caller: Caller, @Query() page: PageQuery): Promise<Page<State>> {
    return this.things.list(caller, INPUTS.allowance, page);
  }

  @Get(':id')
  @Permit()
  get(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<State> {
    return this.things.get(caller, INPUTS.allowance, id);
  }

  @Patch(':id')
  @ApiOperation({ summary: '变更允许使用的依据 Change what allows a use beyond the label' })
  @Permit('quality-head')
  @LeavesEntries('record:input-allowance')
  change(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('id') id: string, @Body() body: EndRecordDto): Promise<ActAnswer> {
    return this.records.change(caller, request, 'allowance', id, body);
  }
}

/** Versions of SOPs 规程, bound to field work and processing. */
@ApiTags('inputs')
@Controller('api/v1/sops')
export class SopsController {
  constructor(
    private readonly records: InputsService,
    private readonly things: OwnThings,
  ) {}

  @Post()
  @ApiOperation({ summary: '登记规程版本 Put down a version of an SOP' })
  @Permit('quality-head')
  @LeavesEntries('record:sop')
  add(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: AddSopDto): Promise<ActAnswer> {
    return this.records.add(caller, request, 'sop', body);
  }

  @Get()
  @Permit()
  list(@CurrentCaller() caller: Caller, @Query() page: PageQuery): Promise<Page<State>> {
    return this.things.list(caller, INPUTS.sop, page);
  }

  @Get(':id')
  @Permit()
  get(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<State> {
    return this.things.get(caller, INPUTS.sop, id);
  }

  @Patch(':id')
  @ApiOperation({ summary: '变更规程版本 Change a version of an SOP' })
  @Permit('quality-head')
  @LeavesEntries('record:sop')
  change(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('id') id: string, @Body() body: EndRecordDto): Promise<ActAnswer> {
    return this.records.change(caller, request, 'sop', id, body);
  }
}
