import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { notFound } from '@daodi/platform';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import type { ActAnswer } from '../acts/act-answer.interceptor';
import type { Page } from '../input/page';
import type { Caller } from '../sign-in/caller';
import { CurrentCaller, LeavesEntries, Permit } from '../sign-in/route-rules';
import { HERB_CODE, HerbQuery, KeepHerbDto } from './herb.dto';
import { findHerb, type Herb, HerbsService } from './herbs.service';

/** The platform's catalogue of herbs. */
@ApiTags('herbs')
@Controller('api/v1/herbs')
export class HerbsController {
  constructor(
    private readonly herbs: HerbsService,
    private readonly dataSource: DataSource,
  ) {}

  @Post()
  @ApiOperation({ summary: '维护品种目录 Keep a herb of the catalogue' })
  @Permit('operator')
  @LeavesEntries('record:herb')
  keep(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: KeepHerbDto): Promise<ActAnswer> {
    return this.herbs.keep(caller, request, body);
  }

  @Get()
  @Permit()
  list(@Query() query: HerbQuery): Promise<Page<Herb>> {
    return this.herbs.list(query);
  }

  @Get(':code')
  @Permit()
  async get(@Param('code') code: string): Promise<Herb> {
    const herb = HERB_CODE.test(code) ? await findHerb(this.dataSource, code) : undefined;
    if (herb === undefined) throw notFound();
    return herb;
  }
}
