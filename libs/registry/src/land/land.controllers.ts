import { Body, Controller, Get, Param, Patch, Post, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { ActAnswer } from '../acts/act-answer.interceptor';
import { type Page, PageQuery } from '../input/page';
import type { Caller } from '../sign-in/caller';
import { CurrentCaller, LeavesEntries, Permit } from '../sign-in/route-rules';
import { OwnThings } from '../things/own-things.service';
import type { State } from '../things/thing-kind';
import { AddBaseDto, AddPlotDto, ChangeLandDto } from './land.dto';
import { LAND, LandService } from './land.service';

/** Bases 基地 of the caller's organisation. */
@ApiTags('land')
@Controller('api/v1/bases')
export class BasesController {
  constructor(
    private readonly land: LandService,
    private readonly things: OwnThings,
  ) {}

  @Post()
  @ApiOperation({ summary: '登记基地 Register a base' })
  @Permit('owner', 'manager')
  @LeavesEntries('record:base')
  add(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: AddBaseDto): Promise<ActAnswer> {
    return this.land.add(caller, request, 'base', body);
  }

  @Get()
  @Permit()
  list(@CurrentCaller() caller: Caller, @Query() page: PageQuery): Promise<Page<State>> {
    return this.things.list(caller, LAND.base, page);
  }

  @Get(':id')
  @Permit()
  get(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<State> {
    return this.things.get(caller, LAND.base, id);
  }

  @Patch(':id')
  @ApiOperation({ summary: '变更基地 Change a base' })
  @Permit('owner', 'manager')
  @LeavesEntries('record:base')
  change(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('id') id: string, @Body() body: ChangeLandDto): Promise<ActAnswer> {
    return this.land.change(caller, request, 'base', id, body);
  }
}

/** Plots 地块 of the caller's organisation. */
@ApiTags('land')
@Controller('api/v1/plots')
export class PlotsController {
  constructor(
    private readonly land: LandService,
    private readonly things: OwnThings,
  ) {}

  @Post()
  @ApiOperation({ summary: '登记地块 Register a plot' })
  @Permit('owner', 'manager', 'station-keeper', 'field-worker')
  @LeavesEntries('record:plot')
  add(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: AddPlotDto): Promise<ActAnswer> {
    return this.land.add(caller, request, 'plot', body);
  }

  @Get()
  @Permit()
  list(@CurrentCaller() caller: Caller, @Query() page: PageQuery): Promise<Page<State>> {
    return this.things.list(caller, LAND.plot, page);
  }

  @Get(':id')
  @Permit()
  get(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<State> {
    return this.things.get(caller, LAND.plot, id);
  }

  @Patch(':id')
  @ApiOperation({ summary: '变更地块 Change a plot' })
  @Permit('owner', 'manager', 'station-keeper', 'field-worker')
  @LeavesEntries('record:plot')
  change(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('id') id: string, @Body() body: ChangeLandDto): Promise<ActAnswer> {
    return this.land.change(caller, request, 'plot', id, body);
  }
}

/** Tending areas 抚育区 of the caller's organisation: wild stands it looks after. */
@ApiTags('land')
@Controller('api/v1/tending-areas')
export class TendingAreasController {
  constructor(
    private readonly land: LandService,
    private readonly things: OwnThings,
  ) {}

  @Post()
  @ApiOperation({ summary: '登记抚育区 Register a tending area' })
  @Permit('owner', 'manager', 'station-keeper', 'field-worker')
  @LeavesEntries('record:tending-area')
  add(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: AddPlotDto): Promise<ActAnswer> {
    return this.land.add(caller, request, 'tending-area', body);
  }

  @Get()
  @Permit()
  list(@CurrentCaller() caller: Caller, @Query() page: PageQuery): Promise<Page<State>> {
    return this.things.list(caller, LAND['tending-area'], page);
  }

  @Get(':id')
  @Permit()
  get(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<State> {
    return this.things.get(caller, LAND['tending-area'], id);
  }

  @Patch(':id')
  @ApiOperation({ summary: '变更抚育区 Change a tending area' })
  @Permit('owner', 'manager', 'station-keeper', 'field-worker')
  @LeavesEntries('record:tending-area')
  change(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('id') id: string, @Body() body: ChangeLandDto): Promise<ActAnswer> {
    return this.land.change(caller, request, 'tending-area', id, body);
  }
}
