import { Body, Controller, Get, Param, Patch, Post, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { ActAnswer } from '../acts/act-answer.interceptor';
import { type Page, PageQuery } from '../input/page';
import type { Caller } from '../sign-in/caller';
import { CurrentCaller, LeavesEntries, Permit } from '../sign-in/route-rules';
import { OwnThings } from '../things/own-things.service';
import type { State } from '../things/thing-kind';
import { AddContractDto, AddDisasterDto, AddOpeningNoticeDto, AddRotationDto, ChangeContractDto, ChangeDisasterDto, ChangeOpeningNoticeDto, ChangeRotationDto } from './land-use.dto';
import { LAND_USE, LandUseService } from './land-use.service';

/** Contracts 承包合同 for land: with whom, from when to when, how many mu. */
@ApiTags('land')
@Controller('api/v1/land-contracts')
export class LandContractsController {
  constructor(
    private readonly uses: LandUseService,
    private readonly things: OwnThings,
  ) {}

  @Post()
  @ApiOperation({ summary: '登记承包合同 Put down a contract for land' })
  @Permit('owner', 'manager')
  @LeavesEntries('record:land-contract')
  add(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: AddContractDto): Promise<ActAnswer> {
    return this.uses.add(caller, request, 'contract', body);
  }

  @Get()
  @Permit()
  list(@CurrentCaller() caller: Caller, @Query() page: PageQuery): Promise<Page<State>> {
    return this.uses.contracts(caller, page);
  }

  @Get(':id')
  @Permit()
  get(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<State> {
    return this.things.get(caller, LAND_USE.contract, id);
  }

  @Patch(':id')
  @ApiOperation({ summary: '变更承包合同 Change a contract for land' })
  @Permit('owner', 'manager')
  @LeavesEntries('record:land-contract')
  change(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('id') id: string, @Body() body: ChangeContractDto): Promise<ActAnswer> {
    return this.uses.change(caller, request, 'contract', id, body);
  }
}

/** Rotation plans 轮采计划: which parts of a base rest in which year. */
@ApiTags('land')
@Controller('api/v1/rotation-plans')
export class RotationPlansController {
  constructor(
    private readonly uses: LandUseService,
    private readonly things: OwnThings,
  ) {}

  @Post()
  @ApiOperation({ summary: '登记轮采计划 Put down a rotation plan' })
  @Permit('owner', 'manager', 'quality-head')
  @LeavesEntries('record:rotation-plan')
  add(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: AddRotationDto): Promise<ActAnswer> {
    return this.uses.add(caller, request, 'rotation', body);
  }

  @Get()
  @Permit()
  list(@CurrentCaller() caller: Caller, @Query() page: PageQuery): Promise<Page<State>> {
    return this.things.list(caller, LAND_USE.rotation, page);
  }

  @Get(':id')
  @Permit()
  get(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<State> {
    return this.things.get(caller, LAND_USE.rotation, id);
  }

  @Patch(':id')
  @ApiOperation({ summary: '变更轮采计划 Change a rotation plan' })
  @Permit('owner', 'manager', 'quality-head')
  @LeavesEntries('record:rotation-plan')
  change(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('id') id: string, @Body() body: ChangeRotationDto): Promise<ActAnswer> {
    return this.uses.change(caller, request, 'rotation', id, body);
  }
}

/** Disasters 灾害 that struck land, by area and year, with their evidence. */
@ApiTags('land')
@Controller('api/v1/disasters')
export class DisastersController {
  constructor(
    private readonly uses: LandUseService,
    private readonly things: OwnThings,
  ) {}

  @Post()
  @ApiOperation({ summary: '登记灾害 Put down a disaster' })
  @Permit('owner', 'manager', 'field-worker', 'station-keeper')
  @LeavesEntries('record:disaster')
  add(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: AddDisasterDto): Promise<ActAnswer> {
    return this.uses.add(caller, request, 'disaster', body);
  }

  @Get()
  @Permit()
  list(@CurrentCaller() caller: Caller, @Query() page: PageQuery): Promise<Page<State>> {
    return this.things.list(caller, LAND_USE.disaster, page);
  }

  @Get(':id')
  @Permit()
  get(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<State> {
    return this.things.get(caller, LAND_USE.disaster, id);
  }

  @Patch(':id')
  @ApiOperation({ summary: '变更灾害 Change a disaster' })
  @Permit('owner', 'manager', 'field-worker', 'station-keeper')
  @LeavesEntries('record:disaster')
  change(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('id') id: string, @Body() body: ChangeDisasterDto): Promise<ActAnswer> {
    return this.uses.change(caller, request, 'disaster', id, body);
  }
}

/** Opening notices 开采公告 of counties, put down by whoever read them, with their source. */
@ApiTags('land')
@Controller('api/v1/opening-notices')
export class OpeningNoticesController {
  constructor(
    private readonly uses: LandUseService,
    private readonly things: OwnThings,
  ) {}

  @Post()
  @ApiOperation({ summary: '登记开采公告 Put down an opening notice of a county' })
  @Permit('owner', 'manager', 'quality-head', 'supervisor')
  @LeavesEntries('record:opening-notice')
  add(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: AddOpeningNoticeDto): Promise<ActAnswer> {
    return this.uses.add(caller, request, 'notice', body);
  }

  @Get()
  @Permit()
  list(@CurrentCaller() caller: Caller, @Query() page: PageQuery): Promise<Page<State>> {
    return this.uses.notices(caller, page);
  }

  @Get(':id')
  @Permit()
  get(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<State> {
    return this.things.get(caller, LAND_USE.notice, id);
  }

  @Patch(':id')
  @ApiOperation({ summary: '变更开采公告 Change an opening notice of a county' })
  @Permit('owner', 'manager', 'quality-head', 'supervisor')
  @LeavesEntries('record:opening-notice')
  change(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('id') id: string, @Body() body: ChangeOpeningNoticeDto): Promise<ActAnswer> {
    return this.uses.change(caller, request, 'notice', id, body);
  }
}
