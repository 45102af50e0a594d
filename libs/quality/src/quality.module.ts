import { TraceModule } from '@daodi/trace';
import { Module } from '@nestjs/common';
import { BalancesController } from './balances/balances.controller';
import { Balances } from './balances/balances.service';
import { LearntYieldsController } from './learnt-yields/learnt-yields.controller';
import { LearntYields } from './learnt-yields/learnt-yields.service';
import { ProductionOrdersController } from './batch-record/production-orders.controller';
import { ProductionOrders } from './batch-record/production-orders.service';
import { RecordWords } from './batch-record/record-words.service';
import { Arrivals } from './dock/arrival-facts';
import { DockController } from './dock/dock.controller';
import { Dock } from './dock/dock.service';
import { TestRequestWords } from './dock/test-request-words.service';
import { FindingsController } from './findings/findings.controller';
import { GapController } from './gap/gap.controller';
import { Gap } from './gap/gap.service';
import { InputUsesController } from './inputs/input-uses.controller';
import { InputUses } from './inputs/input-uses.service';
import { FindingDecisions } from './findings/finding-decisions.service';
import { FindingsService } from './findings/findings.service';
import { OverviewService } from './overview/overview.service';
import { QualityController } from './overview/quality.controller';
import { HoldsController, ReleasesController } from './releases/releases.controller';
import { ReleasesService } from './releases/releases.service';
import { CommissionsController, ReportsController } from './reports/reports.controller';
import { ReportFileRight } from './reports/report-file-right';
import { ResultImport } from './reports/import/result-import.service';
import { ReportPaper } from './reports/report-paper.service';
import { ReportsService } from './reports/reports.service';
import { RuleStrictness } from './strictness/rule-strictness.service';
import { RulesController } from './strictness/rules.controller';
import { VerdictsService } from './verdicts/verdicts.service';

/** Test reports, findings, releases and holds for organisations. Needs the registry's `Acts`. */
@Module({
  imports: [TraceModule],
  controllers: [ReportsController, CommissionsController, FindingsController, RulesController, ReleasesController, HoldsController, QualityController, ProductionOrdersController, DockController, InputUsesController, GapController, BalancesController, LearntYieldsController],
  providers: [ReportsService, ReportPaper, ResultImport, ReportFileRight, FindingsService, FindingDecisions, RuleStrictness, ReleasesService, OverviewService, ProductionOrders, RecordWords, Dock, Arrivals, TestRequestWords, InputUses, VerdictsService, Gap, Balances, LearntYields],
})
export class QualityModule {}
