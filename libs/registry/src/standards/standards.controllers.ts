import { Body, Controller, Get, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { TABLE_MEDIA_TYPES } from '@daodi/platform';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ActAnswer } from '../acts/act-answer.interceptor';
import { type Page, PageQuery } from '../input/page';
import type { Caller } from '../sign-in/caller';
import { CurrentCaller, LeavesEntries, Permit } from '../sign-in/route-rules';
import { OwnThings } from '../things/own-things.service';
import type { State } from '../things/thing-kind';
import { BINDINGS, BindingsService } from './bindings.service';
import { CONFIRMATIONS, ConfirmationsService } from './confirmations.service';
import {
  AddStandardDto, AddVersionDto, BindingQuery, BindStandardDto, ChangeBindingDto, ChangeStandardDto, ConfirmationQuery, ConfirmLimitsDto, ExportQuery, ImportStandardsDto, MissingQuery, StandardQuery,
  WithdrawConfirmationDto,
} from './standard.dto';
import { type StandardHead, type StandardMissing, type StandardRead, StandardReads } from './standard-reads.service';
import { StandardsService } from './standards.service';
import { StandardTables } from './table/standard-tables.service';
import type { StandardsOnDay } from './standards-on';
import { dayInChina } from '../land-use/contract-standing';

/** Standards 标准 with their limits: the library all share, and the caller's own. */
@ApiTags('standards')
@Controller('api/v1/standards')
export class StandardsController {
  constructor(
    private readonly standards: StandardsService,
    private readonly reads: StandardReads,
    private readonly tables: StandardTables,
  ) {}

  @Post()
  @ApiOperation({ summary: '录入标准 Enter a standard with its limits' })
  @Permit('operator', 'owner', 'manager', 'quality-head')
  @LeavesEntries('record:standard')
  add(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: AddStandardDto): Promise<ActAnswer> {
    return this.standards.add(caller, request, body);
  }

  @Get()
  @Permit()
  @ApiOperation({ summary: '标准列表 Standards you may read, every version of them' })
  list(@CurrentCaller() caller: Caller, @Query() query: StandardQuery): Promise<Page<StandardHead>> {
    return this.reads.list(caller, query);
  }

  @Get('binding')
  @Permit()
  @ApiOperation({ summary: '某日生产的货物适用哪些标准 Which standards bind goods made on a day, and how each limit stands' })
  binding(@CurrentCaller() caller: Caller, @Query() query: BindingQuery): Promise<StandardsOnDay> {
    return this.reads.bindingOn(caller, query);
  }

  @Get('missing-pages')
  @Permit()
  @ApiOperation({ summary: '还缺哪些页未经两人核对 Which pages two people have yet to confirm' })
  missing(@CurrentCaller() caller: Caller, @Query() { herb, day = dayInChina(new Date()) }: MissingQuery): Promise<{ readonly items: readonly StandardMissing[] }> {
    return this.reads.missing(caller, { herb, day });
  }

  @Post('imports')
  @ApiOperation({ summary: '由表格录入标准 Enter the standards of a table' })
  @Permit('operator', 'owner', 'manager', 'quality-head')
  @LeavesEntries('record:standard+')
  enter(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: ImportStandardsDto): Promise<ActAnswer> {
    return this.tables.enter(caller, request, body);
  }

  @Get('export')
  @Permit()
  @ApiOperation({ summary: '导出标准表格 Standards you may read as a table, which can be read in again' })
  @ApiProduces(...Object.values(TABLE_MEDIA_TYPES))
  async export(@CurrentCaller() caller: Caller, @Query() query: ExportQuery, @Res() reply: FastifyReply): Promise<void> {
    const bytes = await this.tables.table(caller, query);
    reply.type(TABLE_MEDIA_TYPES[query.format]).header('Content-Disposition', `attachment; filename="standards.${query.format}"`).header('Cache-Control', 'private, no-store').send(bytes);
  }

  @Get(':id')
  @Permit()
  @ApiOperation({ summary: '标准及其限度 A version of a standard, and how each limit stands for you' })
  get(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<StandardRead> {
    return this.reads.get(caller, id);
  }

  @Patch(':id')
  @ApiOperation({ summary: '终止、共享或作废标准版本 End, share or withdraw a version' })
  @Permit('operator', 'owner', 'manager', 'quality-head')
  @LeavesEntries('record:standard')
  change(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('id') id: string, @Body() body: ChangeStandardDto): Promise<ActAnswer> {
    return this.standards.change(caller, request, id, body);
  }

  @Get(':id/versions')
  @Permit()
  @ApiOperation({ summary: '标准的全部版本 All versions of a standard' })
  versions(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<{ readonly items: readonly StandardHead[] }> {
    return this.reads.versions(caller, id);
  }

  @Post(':id/versions')
  @ApiOperation({ summary: '录入新版本 Enter a later version' })
  @Permit('operator', 'owner', 'manager', 'quality-head')
  @LeavesEntries('record:standard')
  addVersion(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('id') id: string, @Body() body: AddVersionDto): Promise<ActAnswer> {
    return this.standards.addVersion(caller, request, id, body);
  }
}

/** Confirmations 核对: what people of the caller's organisation read in the printed sources. */
@ApiTags('standards')
@Controller('api/v1/standard-confirmations')
export class StandardConfirmationsController {
  constructor(
    private readonly confirmations: ConfirmationsService,
    private readonly things: OwnThings,
  ) {}

  @Post()
  @ApiOperation({ summary: '核对限度 Confirm limits against the printed source' })
  @Permit('owner', 'manager', 'quality-head', 'purchaser', 'lab-tester', 'lab-reviewer', 'lab-approver')
  @LeavesEntries('record:standard-confirmation')
  confirm(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: ConfirmLimitsDto): Promise<ActAnswer> {
    return this.confirmations.confirm(caller, request, body);
  }

  @Get()
  @Permit()
  @ApiOperation({ summary: '核对记录 Confirmations of your organisation' })
  list(@CurrentCaller() caller: Caller, @Query() query: ConfirmationQuery): Promise<Page<State>> {
    return this.confirmations.list(caller, query);
  }

  @Get(':id')
  @Permit()
  @ApiOperation({ summary: '核对记录 A confirmation' })
  get(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<State> {
    return this.things.get(caller, CONFIRMATIONS, id);
  }

  @Post(':id/withdrawal')
  @ApiOperation({ summary: '撤回核对 Withdraw a confirmation' })
  @Permit('owner', 'manager', 'quality-head', 'purchaser', 'lab-tester', 'lab-reviewer', 'lab-approver')
  @LeavesEntries('record:standard-confirmation')
  withdraw(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('id') id: string, @Body() { why }: WithdrawConfirmationDto): Promise<ActAnswer> {
    return this.confirmations.withdraw(caller, request, id, why);
  }
}

/** Bindings 适用标准: to which standards the caller's organisation holds its products and herbs. */
@ApiTags('standards')
@Controller('api/v1/standard-bindings')
export class StandardBindingsController {
  constructor(
    private readonly bindings: BindingsService,
    private readonly things: OwnThings,
  ) {}

  @Post()
  @ApiOperation({ summary: '指定适用标准 Hold a product or herb to a standard' })
  @Permit('owner', 'manager', 'quality-head')
  @LeavesEntries('record:standard-binding')
  bind(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: BindStandardDto): Promise<ActAnswer> {
    return this.bindings.bind(caller, request, body);
  }

  @Get()
  @Permit()
  @ApiOperation({ summary: '适用标准列表 To which standards you hold your goods' })
  list(@CurrentCaller() caller: Caller, @Query() page: PageQuery): Promise<Page<State>> {
    return this.things.list(caller, BINDINGS, page);
  }

  @Get(':id')
  @Permit()
  @ApiOperation({ summary: '适用标准 A binding' })
  get(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<State> {
    return this.things.get(caller, BINDINGS, id);
  }

  @Patch(':id')
  @ApiOperation({ summary: '变更适用标准 Change a binding' })
  @Permit('owner', 'manager', 'quality-head')
  @LeavesEntries('record:standard-binding')
  change(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('id') id: string, @Body() body: ChangeBindingDto): Promise<ActAnswer> {
    return this.bindings.change(caller, request, id, body);
  }
}
