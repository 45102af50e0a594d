import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type ActAnswer, type Caller, CurrentCaller, LeavesEntries, type Page, Permit } from '@daodi/registry';
import type { FastifyRequest } from 'fastify';
import { BatchQuery, DecideReleaseDto, HoldDto, LiftHoldDto } from './release.dto';
import { ReleasesService } from './releases.service';

/** 放行: the quality head decides on the organisation's own share of a batch. */
@ApiTags('releases')
@Controller('api/v1/releases')
export class ReleasesController {
  constructor(private readonly releases: ReleasesService) {}

  @Post()
  @Permit('quality-head')
  @LeavesEntries('record:release')
  @ApiOperation({ summary: '放行 Release or reject a batch; 409 release-refused names every reason against' })
  decide(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: DecideReleaseDto): Promise<ActAnswer> {
    return this.releases.decide(caller, request, body);
  }

  @Get()
  @Permit()
  list(@CurrentCaller() caller: Caller, @Query() query: BatchQuery): Promise<Page<object>> {
    return this.releases.list(caller, query);
  }

  @Get(':id')
  @Permit()
  get(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<object> {
    return this.releases.get(caller, id);
  }
}

/** 冻结: while a hold stands, nothing of the batch counts as released. */
@ApiTags('releases')
@Controller('api/v1/holds')
export class HoldsController {
  constructor(private readonly releases: ReleasesService) {}

  @Post()
  @Permit('quality-head')
  @LeavesEntries('record:hold')
  @ApiOperation({ summary: '冻结 Put a hold on a batch' })
  hold(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: HoldDto): Promise<ActAnswer> {
    return this.releases.hold(caller, request, body);
  }

  @Post(':id/lifting')
  @Permit('quality-head')
  @LeavesEntries('record:hold-lifted')
  @ApiOperation({ summary: '解除冻结 Lift a hold' })
  lift(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('id') id: string, @Body() body: LiftHoldDto): Promise<ActAnswer> {
    return this.releases.lift(caller, request, id, body);
  }

  @Get()
  @Permit()
  list(@CurrentCaller() caller: Caller, @Query() query: BatchQuery): Promise<Page<object>> {
    return this.releases.holds(caller, query);
  }
}
