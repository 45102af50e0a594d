import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { ActAnswer } from '../acts/act-answer.interceptor';
import { type Page, PageQuery } from '../input/page';
import type { Caller } from '../sign-in/caller';
import { CurrentCaller, LeavesEntries, Permit } from '../sign-in/route-rules';
import { PeopleService, type PersonView } from './people.service';
import { AddPersonDto, ChangePersonDto, ErasePersonDto, SetPasswordDto } from './person.dto';

/** The people of the caller's organisation. */
@ApiTags('people')
@Controller('api/v1/people')
export class PeopleController {
  constructor(private readonly people: PeopleService) {}

  @Post()
  @ApiOperation({ summary: '登记人员 Add a person' })
  @Permit('owner', 'manager')
  @LeavesEntries('record:person', 'record:credential')
  add(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: AddPersonDto): Promise<ActAnswer> {
    return this.people.add(caller, request, body);
  }

  @Get()
  @Permit('owner', 'manager', 'station-keeper', 'quality-head')
  list(@CurrentCaller() caller: Caller, @Query() page: PageQuery): Promise<Page<PersonView>> {
    return this.people.list(caller, page);
  }

  @Patch(':id')
  @ApiOperation({ summary: '变更人员 Change a person' })
  @Permit('owner', 'manager')
  @LeavesEntries('record:person')
  change(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('id') id: string, @Body() body: ChangePersonDto): Promise<ActAnswer> {
    return this.people.change(caller, request, id, body);
  }

  @Post(':id/password')
  @ApiOperation({ summary: '修改密码 Set a password' })
  @HttpCode(200)
  @Permit()
  @LeavesEntries('record:credential')
  setPassword(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('id') id: string, @Body() body: SetPasswordDto): Promise<ActAnswer> {
    return this.people.setPassword(caller, request, id, body);
  }

  @Post(':id/erasure')
  @ApiOperation({ summary: '删除人员姓名与登录名 Erase a person’s name and login' })
  @HttpCode(200)
  @Permit('owner')
  @LeavesEntries('record:erasure+')
  erase(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('id') id: string, @Body() body: ErasePersonDto): Promise<ActAnswer> {
    return this.people.erase(caller, request, id, body);
  }
}
