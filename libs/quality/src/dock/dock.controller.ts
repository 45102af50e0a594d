import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiConflictResponse, ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { type ActAnswer, type Caller, CurrentCaller, LeavesEntries, type Page, Permit, type Role } from '@daodi/registry';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DecideDockDto, DockDecisionQuery, DockQuery } from './dock.dto';
import { Dock, shownAnswer } from './dock.service';
import { testRequestPdf } from './test-request-pdf';
import { TestRequestWords } from './test-request-words.service';

/** Those who stand at the dock, and who answer for it. */
const DOCK_ROLES: readonly Role[] = ['warehouse', 'purchaser', 'quality-head', 'owner', 'manager', 'machine'];

/** 收货: whether goods may be unloaded. */
@ApiTags('dock')
@Controller('api/v1')
export class DockController {
  constructor(
    private readonly dock: Dock,
    private readonly words: TestRequestWords,
  ) {}

  @Get('dock')
  @Permit(...DOCK_ROLES)
  @ApiOperation({ summary: '能不能收 / Whether what carries this code may be unloaded: accept, doubt, refuse, with every reason' })
  @ApiOkResponse({ description: 'decision, words, lots (reasons, origin, reports, verdicts, shipments), position' })
  async ask(@CurrentCaller() caller: Caller, @Query() { code }: DockQuery): Promise<object> {
    return shownAnswer(await this.dock.ask(caller, code));
  }

  @Post('dock-decisions')
  @Permit(...DOCK_ROLES)
  @LeavesEntries('record:dock-decision')
  @ApiOperation({ summary: '登记收货决定 / Keep what was decided at the dock; what is unloaded gets a request for testing 请验单' })
  @ApiConflictResponse({ description: '`dock-decision-too-mild`: judged and reasons say why' })
  decide(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: DecideDockDto): Promise<ActAnswer> {
    return this.dock.decide(caller, request, body);
  }

  @Get('dock-decisions')
  @Permit()
  @ApiOperation({ summary: '收货决定 / Your decisions at the dock, oldest first' })
  list(@CurrentCaller() caller: Caller, @Query() page: DockDecisionQuery): Promise<Page<object>> {
    return this.dock.list(caller, page);
  }

  @Get('dock-decisions/:id')
  @Permit()
  @ApiNotFoundResponse({ description: 'No decision of your organisation has this id' })
  get(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<object> {
    return this.dock.get(caller, id);
  }

  @Get('dock-decisions/:id/test-request.pdf')
  @Permit()
  @ApiOperation({ summary: '请验单 PDF / The request for testing, to print' })
  @ApiProduces('application/pdf')
  @ApiOkResponse({ content: { 'application/pdf': { schema: { type: 'string', format: 'binary' } } } })
  @ApiNotFoundResponse({ description: 'No such decision, or the goods were refused' })
  async pdf(@CurrentCaller() caller: Caller, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const decision = await this.dock.get(caller, id);
    const bytes = await testRequestPdf(decision, await this.words.of(caller, decision), new Date());
    reply.type('application/pdf').header('Content-Disposition', 'inline; filename="test-request.pdf"').header('Cache-Control', 'private, no-store').send(bytes);
  }
}
