import { Body, Controller, Get, Param, Patch, Post, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { ActAnswer } from '../acts/act-answer.interceptor';
import { type Page, PageQuery } from '../input/page';
import type { Caller } from '../sign-in/caller';
import { CurrentCaller, LeavesEntries, Permit } from '../sign-in/route-rules';
import { OwnThings } from '../things/own-things.service';
import type { State } from '../things/thing-kind';
import { EndRecordDto } from '../inputs/inputs.dto';
import { AddEnvironmentTestDto, AddExtendedInspectionDto, AddGapEvaluationDto, AddSupplierAuditDto, AddUnifiedSeasonDto, ChangeSupplierAuditDto, ChangeUnifiedSeasonDto } from './gap.dto';
import { GAP, GapRecords } from './gap-records.service';

/** Tests of soil, water and air 环境检测. */
@ApiTags('gap')
@Controller('api/v1/environment-tests')
export class EnvironmentTestsController {
  constructor(
    private readonly records: GapRecords,
    private readonly things: OwnThings,
  ) {}

  @Post()
  @ApiOperation({ summary: '登记土壤、水、空气检测 Put down a test of soil, water or air' })
  @Permit('owner', 'manager', 'quality-head')
  @LeavesEntries('record:environment-test')
  add(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: AddEnvironmentTestDto): Promise<ActAnswer> {
    return this.records.add(caller, request, 'environment', body);
  }

  @Get()
  @Permit()
  list(@CurrentCaller() caller: Caller, @Query() page: PageQuery): Promise<Page<State>> {
    return this.things.list(caller, GAP.environment, page);
  }

  @Get(':id')
  @Permit()
  get(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<State> {
    return this.things.get(caller, GAP.environment, id);
  }

  @Patch(':id')
  @ApiOperation({ summary: '变更土壤、水、空气检测 Change a test of soil, water or air' })
  @Permit('owner', 'manager', 'quality-head')
  @LeavesEntries('record:environment-test')
  change(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('id') id: string, @Body() body: EndRecordDto): Promise<ActAnswer> {
    return this.records.change(caller, request, 'environment', id, body);
  }
}

/** 六统一 and 七个统一 for a base, a herb and a season, with evidence behind every tick. */
@ApiTags('gap')
@Controller('api/v1/unified-seasons')
export class UnifiedSeasonsController {
  constructor(
    private readonly records: GapRecords,
    private readonly things: OwnThings,
  ) {}

  @Post()
  @ApiOperation({ summary: '登记六统一或七个统一 Put down what is done in one way for a base, herb and season' })
  @Permit('owner', 'manager', 'quality-head')
  @LeavesEntries('record:unified-season')
  add(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: AddUnifiedSeasonDto): Promise<ActAnswer> {
    return this.records.add(caller, request, 'unified', body);
  }

  @Get()
  @Permit()
  list(@CurrentCaller() caller: Caller, @Query() page: PageQuery): Promise<Page<State>> {
    return this.things.list(caller, GAP.unified, page);
  }

  @Get(':id')
  @Permit()
  get(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<State> {
    return this.records.unified(caller, id);
  }

  @Patch(':id')
  @ApiOperation({ summary: '变更六统一或七个统一 Change what is done in one way for a base, herb and season' })
  @Permit('owner', 'manager', 'quality-head')
  @LeavesEntries('record:unified-season')
  change(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('id') id: string, @Body() body: ChangeUnifiedSeasonDto): Promise<ActAnswer> {
    return this.records.change(caller, request, 'unified', id, body);
  }
}

/** Audits 供应商审计 a firm makes of its suppliers. */
@ApiTags('gap')
@Controller('api/v1/supplier-audits')
export class SupplierAuditsController {
  constructor(
    private readonly records: GapRecords,
    private readonly things: OwnThings,
  ) {}

  @Post()
  @ApiOperation({ summary: '登记供应商审计 Put down a supplier audit' })
  @Permit('owner', 'quality-head', 'purchaser')
  @LeavesEntries('record:supplier-audit')
  add(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: AddSupplierAuditDto): Promise<ActAnswer> {
    return this.records.add(caller, request, 'audit', body);
  }

  @Get()
  @Permit()
  list(@CurrentCaller() caller: Caller, @Query() page: PageQuery): Promise<Page<State>> {
    return this.things.list(caller, GAP.audit, page);
  }

  @Get(':id')
  @Permit()
  get(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<State> {
    return this.things.get(caller, GAP.audit, id);
  }

  @Patch(':id')
  @ApiOperation({ summary: '变更供应商审计 Change a supplier audit' })
  @Permit('owner', 'quality-head', 'purchaser')
  @LeavesEntries('record:supplier-audit')
  change(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('id') id: string, @Body() body: ChangeSupplierAuditDto): Promise<ActAnswer> {
    return this.records.change(caller, request, 'audit', id, body);
  }
}

/** A firm’s evaluation of a base, herb and seasons by herb GAP. It is no certificate. */
@ApiTags('gap')
@Controller('api/v1/gap-evaluations')
export class GapEvaluationsController {
  constructor(
    private readonly records: GapRecords,
    private readonly things: OwnThings,
  ) {}

  @Post()
  @ApiOperation({ summary: '登记基地 GAP 符合性评估 Put down an evaluation by herb GAP' })
  @Permit('quality-head')
  @LeavesEntries('record:gap-evaluation')
  add(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: AddGapEvaluationDto): Promise<ActAnswer> {
    return this.records.add(caller, request, 'evaluation', body);
  }

  @Get()
  @Permit()
  list(@CurrentCaller() caller: Caller, @Query() page: PageQuery): Promise<Page<State>> {
    return this.things.list(caller, GAP.evaluation, page);
  }

  @Get(':id')
  @Permit()
  get(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<State> {
    return this.things.get(caller, GAP.evaluation, id);
  }

  @Patch(':id')
  @ApiOperation({ summary: '变更基地 GAP 符合性评估 Change an evaluation by herb GAP' })
  @Permit('quality-head')
  @LeavesEntries('record:gap-evaluation')
  change(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('id') id: string, @Body() body: EndRecordDto): Promise<ActAnswer> {
    return this.records.change(caller, request, 'evaluation', id, body);
  }
}

/** Extended inspections 延伸检查 of the authority. */
@ApiTags('gap')
@Controller('api/v1/extended-inspections')
export class ExtendedInspectionsController {
  constructor(
    private readonly records: GapRecords,
    private readonly things: OwnThings,
  ) {}

  @Post()
  @ApiOperation({ summary: '登记延伸检查 Put down an extended inspection' })
  @Permit('owner', 'manager', 'quality-head', 'supervisor')
  @LeavesEntries('record:extended-inspection')
  add(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: AddExtendedInspectionDto): Promise<ActAnswer> {
    return this.records.add(caller, request, 'inspection', body);
  }

  @Get()
  @Permit()
  list(@CurrentCaller() caller: Caller, @Query() page: PageQuery): Promise<Page<State>> {
    return this.things.list(caller, GAP.inspection, page);
  }

  @Get(':id')
  @Permit()
  get(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<State> {
    return this.things.get(caller, GAP.inspection, id);
  }

  @Patch(':id')
  @ApiOperation({ summary: '变更延伸检查 Change an extended inspection' })
  @Permit('owner', 'manager', 'quality-head', 'supervisor')
  @LeavesEntries('record:extended-inspection')
  change(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('id') id: string, @Body() body: EndRecordDto): Promise<ActAnswer> {
    return this.records.change(caller, request, 'inspection', id, body);
  }
}
