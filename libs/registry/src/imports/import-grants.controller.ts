import { Body, Controller, Delete, Get, Param, Post, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { ActAnswer } from '../acts/act-answer.interceptor';
import { type Page, PageQuery } from '../input/page';
import type { Caller } from '../sign-in/caller';
import { CurrentCaller, LeavesEntries, Permit } from '../sign-in/route-rules';
import type { State } from '../things/thing-kind';
import { GiveImportGrantDto } from './import-grant.dto';
import { ImportGrantsService } from './import-grants.service';

/**
 * Grants to import 补录许可. While one is live, any request of its organisation that writes may carry `X-Import-Run: NAME`:
 * its entries are then imports, shown as written later for ever, and a record beside them names the run.
 */
@ApiTags('import-grants')
@Controller('api/v1/import-grants')
export class ImportGrantsController {
  constructor(private readonly grants: ImportGrantsService) {}

  @Post()
  @Permit('operator', 'owner')
  @ApiOperation({ summary: '许可一次补录 / Grant a named run of imports (requests of the run carry X-Import-Run)' })
  @LeavesEntries('record:import-grant')
  give(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: GiveImportGrantDto): Promise<ActAnswer> {
    return this.grants.give(caller, request, body);
  }

  @Get()
  @Permit('operator', 'owner', 'manager', 'quality-head')
  @ApiOperation({ summary: '补录许可 / Import grants, with how many acts each has let in' })
  list(@CurrentCaller() caller: Caller, @Query() page: PageQuery): Promise<Page<State>> {
    return this.grants.list(caller, page);
  }

  @Delete(':id')
  @Permit('operator', 'owner')
  @ApiOperation({ summary: '结束补录许可 / End a grant: nothing more comes in under it' })
  @LeavesEntries('record:import-grant')
  end(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('id') id: string): Promise<ActAnswer> {
    return this.grants.end(caller, request, id);
  }
}
