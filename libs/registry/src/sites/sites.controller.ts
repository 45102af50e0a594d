import { Body, Controller, Get, Param, Patch, Post, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { ActAnswer } from '../acts/act-answer.interceptor';
import { type Page, PageQuery } from '../input/page';
import type { Caller } from '../sign-in/caller';
import { CurrentCaller, LeavesEntries, Permit } from '../sign-in/route-rules';
import { OwnThings } from '../things/own-things.service';
import type { State } from '../things/thing-kind';
import { AddSiteDto, ChangeSiteDto } from './site.dto';
import { SITES, SitesService } from './sites.service';

/** Warehouses, stations, workshops, laboratories, shops of the caller's organisation. */
@ApiTags('places')
@Controller('api/v1/sites')
export class SitesController {
  constructor(
    private readonly sites: SitesService,
    private readonly things: OwnThings,
  ) {}

  @Post()
  @ApiOperation({ summary: '登记场所 Register a site' })
  @Permit('owner', 'manager', 'warehouse', 'station-keeper')
  @LeavesEntries('record:site')
  add(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: AddSiteDto): Promise<ActAnswer> {
    return this.sites.add(caller, request, body);
  }

  @Get()
  @Permit()
  list(@CurrentCaller() caller: Caller, @Query() page: PageQuery): Promise<Page<State>> {
    return this.things.list(caller, SITES, page);
  }

  @Get(':id')
  @Permit()
  get(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<State> {
    return this.things.get(caller, SITES, id);
  }

  @Patch(':id')
  @ApiOperation({ summary: '变更场所 Change a site' })
  @Permit('owner', 'manager', 'warehouse', 'station-keeper')
  @LeavesEntries('record:site')
  change(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('id') id: string, @Body() body: ChangeSiteDto): Promise<ActAnswer> {
    return this.sites.change(caller, request, id, body);
  }
}
