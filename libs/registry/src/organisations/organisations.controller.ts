import { Body, Controller, Get, Param, Patch, Post, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { ActAnswer } from '../acts/act-answer.interceptor';
import { type Page, PageQuery } from '../input/page';
import type { Caller } from '../sign-in/caller';
import { CurrentCaller, LeavesEntries, Permit } from '../sign-in/route-rules';
import { AdmitOrganisationDto, ChangeOrganisationDto } from './organisation.dto';
import { OrganisationsService, type PublicOrganisation } from './organisations.service';

/** Organisations. */
@ApiTags('organisations')
@Controller('api/v1/organisations')
export class OrganisationsController {
  constructor(private readonly organisations: OrganisationsService) {}

  @Post()
  @ApiOperation({ summary: '登记入驻单位 Admit an organisation' })
  @Permit('operator')
  @LeavesEntries('record:organisation', 'record:person', 'record:credential')
  admit(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: AdmitOrganisationDto): Promise<ActAnswer> {
    return this.organisations.admit(caller, request, body);
  }

  @Get()
  @Permit()
  directory(@Query() page: PageQuery): Promise<Page<PublicOrganisation>> {
    return this.organisations.directory(page);
  }

  @Get('me')
  @Permit()
  me(@CurrentCaller() caller: Caller): Promise<object> {
    return this.organisations.get(caller, 'me');
  }

  @Get(':id')
  @Permit()
  get(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<object> {
    return this.organisations.get(caller, id);
  }

  @Patch(':id')
  @ApiOperation({ summary: '变更单位资料 Change an organisation' })
  @Permit('operator', 'owner')
  @LeavesEntries('record:organisation')
  change(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('id') id: string, @Body() body: ChangeOrganisationDto): Promise<ActAnswer> {
    return this.organisations.change(caller, request, id, body);
  }
}
