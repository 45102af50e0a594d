import { Body, Controller, Get, Param, Patch, Post, Query, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { invalid } from '@daodi/platform';
import type { FastifyRequest } from 'fastify';
import type { ActAnswer } from '../acts/act-answer.interceptor';
import { type Page, PageQuery } from '../input/page';
import { siteUrn } from '../projection/things.projection';
import type { Caller } from '../sign-in/caller';
import { CurrentCaller, LeavesEntries, Permit } from '../sign-in/route-rules';
import { findOwn, OwnThings, patched } from '../things/own-things.service';
import type { State, ThingKind } from '../things/thing-kind';
import { SITES } from './sites.service';
import { AddZoneDto, ChangeZoneDto } from './zone.dto';

/** A zone is a `site` record within another: whatever takes a site takes a zone. */
const ZONES: ThingKind = { record: 'site', table: 'site', path: '/api/v1/zones', where: `kind = 'zone'` };

const EXAMPLE = {
  id: '6a0c3a52-8f0e-4a37-9a45-0d3f6a1b2c3d', identifier: 'urn:daodi:site:6a0c3a52-8f0e-4a37-9a45-0d3f6a1b2c3d', kind: 'zone', zone: 'quarantine',
  within: '2f0c3a52-8f0e-4a37-9a45-0d3f6a1b2c3d', name: '待验区 A-01', region: '141026', status: 'active',
};

/** Zones 库区 of the caller's sites. */
@ApiTags('places')
@Controller('api/v1/zones')
export class ZonesController {
  constructor(private readonly things: OwnThings) {}

  @Post()
  @Permit('owner', 'manager', 'warehouse', 'station-keeper')
  @LeavesEntries('record:site')
  @ApiOperation({ summary: '新建库区 / Mark off a zone of a site' })
  @ApiCreatedResponse({ schema: { example: EXAMPLE } })
  add(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() { site, zone, name }: AddZoneDto): Promise<ActAnswer> {
    return this.things.create(caller, request, ZONES, async (tx, id) => {
      const within = await findOwn(tx, caller, SITES, site);
      if (within === undefined) throw invalid([UNKNOWN_SITE]);
      return { identifier: siteUrn(id), kind: 'zone', zone, within: site.toLowerCase(), name, region: within['region'], status: 'active' };
    });
  }

  @Get()
  @Permit()
  @ApiOperation({ summary: '库区列表 / Zones of your sites' })
  list(@CurrentCaller() caller: Caller, @Query() page: PageQuery): Promise<Page<State>> {
    return this.things.list(caller, ZONES, page);
  }

  @Get(':id')
  @Permit()
  @ApiOperation({ summary: '库区 / One zone' })
  get(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<State> {
    return this.things.get(caller, ZONES, id);
  }

  @Patch(':id')
  @Permit('owner', 'manager', 'warehouse', 'station-keeper')
  @LeavesEntries('record:site')
  @ApiOperation({ summary: '更改库区 / Rename a zone, or end it' })
  change(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('id') id: string, @Body() body: ChangeZoneDto): Promise<ActAnswer> {
    return this.things.change(caller, request, ZONES, id, body.why, (_tx, old) => patched(old, body));
  }
}

const UNKNOWN_SITE = {
  pointer: '/site', rule: 'unknown-site',
  detail: { zh: '没有这个场所，或它不属于本组织', en: 'there is no such site, or it is not your organisation’s' },
};
