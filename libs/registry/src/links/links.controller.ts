import { Body, Controller, Get, Param, Patch, Post, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { ActAnswer } from '../acts/act-answer.interceptor';
import { type Page, PageQuery } from '../input/page';
import type { Caller } from '../sign-in/caller';
import { CurrentCaller, LeavesEntries, Permit } from '../sign-in/route-rules';
import { OwnThings } from '../things/own-things.service';
import type { State } from '../things/thing-kind';
import { AddLinkDto, ChangeLinkDto } from './link.dto';
import { LINKS } from './link-records';
import { LinksService } from './links.service';

/** 链接: where the organisation's GS1 codes lead, for people and for machines (GS1-Conformant Resolver 1.2). */
@ApiTags('links')
@Controller('api/v1/links')
export class LinksController {
  constructor(
    private readonly links: LinksService,
    private readonly things: OwnThings,
  ) {}

  @Post()
  @ApiOperation({ summary: '登记链接 Register where a GS1 Digital Link leads' })
  @Permit('owner', 'manager')
  @LeavesEntries('record:digital-link')
  add(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: AddLinkDto): Promise<ActAnswer> {
    return this.links.add(caller, request, body);
  }

  @Get()
  @Permit()
  list(@CurrentCaller() caller: Caller, @Query() page: PageQuery): Promise<Page<State>> {
    return this.things.list(caller, LINKS, page);
  }

  @Get(':id')
  @Permit()
  get(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<State> {
    return this.things.get(caller, LINKS, id);
  }

  @Patch(':id')
  @ApiOperation({ summary: '修改或停用链接 Change a link, or end it' })
  @Permit('owner', 'manager')
  @LeavesEntries('record:digital-link')
  change(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('id') id: string, @Body() body: ChangeLinkDto): Promise<ActAnswer> {
    return this.links.change(caller, request, id, body);
  }
}
