import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { type ActAnswer, type Caller, CurrentCaller, LeavesEntries, type Page, Permit } from '@daodi/registry';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { VerdictsService } from '../verdicts/verdicts.service';
import { ApproveReportDto, CommissionTestDto, EnterReportDto, ReportQuery, ReviewReportDto, VerdictsQuery } from './report.dto';
import { PreviewResultsDto } from './import/import.dto';
import { ResultImport } from './import/result-import.service';
import { ReportPaper } from './report-paper.service';
import { ReportsService } from './reports.service';

/** 检验报告书: entered by the tester, checked by the reviewer, signed by the approver; three people, three sign-ins. */
@ApiTags('test reports')
@Controller('api/v1/test-reports')
export class ReportsController {
  constructor(
    private readonly reports: ReportsService,
    private readonly verdicts: VerdictsService,
    private readonly paper: ReportPaper,
    private readonly results: ResultImport,
  ) {}

  @Post()
  @Permit('lab-tester')
  @LeavesEntries('record:test-report')
  @ApiOperation({ summary: '录入检验报告 Enter a test report' })
  enter(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: EnterReportDto): Promise<ActAnswer> {
    return this.reports.enter(caller, request, body);
  }

  @Post('imports/preview')
  @HttpCode(200)
  @Permit('lab-tester')
  @LeavesEntries()
  @ApiOperation({ summary: '读取仪器导出的结果 Read an instrument’s file by a template, as items of reports to be entered; nothing is stored' })
  @ApiOkResponse({ description: 'samples with their items and batch, and every row and column that cannot be taken' })
  preview(@CurrentCaller() caller: Caller, @Body() body: PreviewResultsDto): Promise<object> {
    return this.results.preview(caller, body);
  }

  @Post(':id/review')
  @Permit('lab-reviewer')
  @LeavesEntries('record:test-report')
  @ApiOperation({ summary: '复核 Review a test report' })
  review(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('id') id: string, @Body() body: ReviewReportDto): Promise<ActAnswer> {
    return this.reports.review(caller, request, id, body);
  }

  @Post(':id/approval')
  @Permit('lab-approver')
  @LeavesEntries('record:test-report')
  @ApiOperation({ summary: '批准 Approve a test report: its verdict' })
  approve(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Param('id') id: string, @Body() body: ApproveReportDto): Promise<ActAnswer> {
    return this.reports.approve(caller, request, id, body);
  }

  @Get()
  @Permit()
  list(@CurrentCaller() caller: Caller, @Query() query: ReportQuery): Promise<Page<object>> {
    return this.reports.list(caller, query);
  }

  @Get(':id')
  @Permit()
  get(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<object> {
    return this.reports.get(caller, id);
  }

  @Get(':id/pdf')
  @Permit()
  @ApiOperation({ summary: '检验报告书 PDF / The report as a paper, with a code and the digest of what is recorded; earlier and later reports on the batch stay in sight' })
  @ApiProduces('application/pdf')
  @ApiOkResponse({ content: { 'application/pdf': { schema: { type: 'string', format: 'binary' } } } })
  @ApiNotFoundResponse({ description: 'No such report that you may read' })
  async pdf(@CurrentCaller() caller: Caller, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const bytes = await this.paper.pdf(caller, id);
    reply.type('application/pdf').header('Content-Disposition', 'inline; filename="test-report.pdf"').header('Cache-Control', 'private, no-store').send(bytes);
  }

  @Get(':id/verdicts')
  @Permit()
  @ApiOperation({ summary: '判定 What a report comes to by the standards that bind you: ours, whatever the laboratory concluded' })
  verdictsOf(@CurrentCaller() caller: Caller, @Param('id') id: string, @Query() _query: VerdictsQuery): Promise<object> {
    return this.verdicts.ofReport(caller, id);
  }
}

/** 委托检验: a holder orders a test. */
@ApiTags('test reports')
@Controller('api/v1/test-commissions')
export class CommissionsController {
  constructor(private readonly reports: ReportsService) {}

  @Post()
  @Permit('quality-head', 'owner', 'manager')
  @LeavesEntries('record:test-commission')
  @ApiOperation({ summary: '委托检验 Commission a laboratory to test a batch' })
  commission(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Body() body: CommissionTestDto): Promise<ActAnswer> {
    return this.reports.commission(caller, request, body);
  }
}
