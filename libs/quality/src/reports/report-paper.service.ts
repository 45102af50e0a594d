import { Injectable } from '@nestjs/common';
import { Config } from '@daodi/platform';
import { type Caller, isDemo } from '@daodi/registry';
import { readBatchCode } from '@daodi/trace';
import { DataSource } from 'typeorm';
import { nodeOf } from '../batch-reference';
import { VerdictsService } from '../verdicts/verdicts.service';
import { type PrintedReport, reportPdf } from './report-pdf';
import type { ReportState } from './report-state';
import { reportsOf } from './reports-of';
import { type MarkShown, ReportsService } from './reports.service';

/** Most other reports a paper names. */
const OTHERS_MAX = 100;

/** 检验报告书 as a paper, for whoever may read the report. */
@Injectable()
export class ReportPaper {
  constructor(
    private readonly dataSource: DataSource,
    private readonly config: Config,
    private readonly reports: ReportsService,
    private readonly verdicts: VerdictsService,
  ) {}

  /** @throws Problem 404 where the caller may not read it */
  async pdf(caller: Caller, id: string): Promise<Buffer> {
    return reportPdf(await this.printed(caller, id), new Date());
  }

  private async printed(caller: Caller, id: string): Promise<PrintedReport> {
    const read = (await this.reports.get(caller, id)) as ReportState & { readonly id: string; readonly laboratory: string; readonly recordDigest: string; readonly accreditation?: readonly MarkShown[] };
    const { id: report, laboratory, recordDigest, accreditation = [], ...state } = read;
    const names = new Map((await this.dataSource.query('SELECT id, name FROM organisation WHERE id = ANY($1::uuid[])', [[laboratory, state.commissionerId].filter((one) => one !== undefined)]))
      .map((row: { id: string; name: string }) => [row.id, row.name]));
    const node = await nodeOf(this.dataSource.manager, caller.organisationId, state.canonical);
    const [herb] = await this.dataSource.query('SELECT h.name FROM node n JOIN batch b ON b.identifier = n.identifier JOIN herb h ON h.code = b.herb WHERE n.id = $1', [node]);
    const counted = (await reportsOf(this.dataSource.manager, [node])).find((one) => one.id === report);
    const { items } = await this.reports.list(caller, { batch: state.batch, limit: OTHERS_MAX });
    const others = (items as (ReportState & { readonly id: string })[]).filter((one) => one.id !== report && one.status === 'approved');
    const judged = ((await this.verdicts.ofReport(caller, report)) as { readonly words?: { readonly zh: string; readonly en: string } }).words;
    const code = readBatchCode(state.batch);
    return {
      id: report, state: state as ReportState, laboratory: names.get(laboratory) as string, others,
      commissioner: state.commissionerId === undefined ? undefined : (names.get(state.commissionerId) as string | undefined),
      herb: herb?.name, signed: laboratory === caller.organisationId ? await this.signed(state as ReportState) : undefined,
      sampleHow: counted?.sampleHow, supersededBy: others.find(({ supersedes }) => supersedes === report)?.number,
      judged: judged && `${judged.zh} ${judged.en}`,
      accreditation, digest: recordDigest,
      address: code === undefined ? `${this.config.publicUrl}/api/v1/test-reports/${report}` : `${this.config.publicUrl}/b/${code}`,
      isDemo: await isDemo(this.dataSource),
    };
  }

  private async signed({ tester, reviewer, approver }: ReportState): Promise<PrintedReport['signed']> {
    const people: { id: string; name: string | null }[] = await this.dataSource.query('SELECT id, name FROM person WHERE id = ANY($1::uuid[])', [[tester, reviewer, approver].filter((one) => one !== undefined)]);
    const nameOf = (id: string | undefined): string | undefined => (id === undefined ? undefined : (people.find((one) => one.id === id)?.name ?? '（已删除）'));
    return { tester: nameOf(tester) ?? '', reviewer: nameOf(reviewer), approver: nameOf(approver) };
  }
}
