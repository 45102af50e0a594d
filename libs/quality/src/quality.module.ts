import { Module } from '@nestjs/common';
import { FindingsController } from './findings/findings.controller';
import { FindingsService } from './findings/findings.service';
import { OverviewService } from './overview/overview.service';
import { QualityController } from './overview/quality.controller';
import { HoldsController, ReleasesController } from './releases/releases.controller';
import { ReleasesService } from './releases/releases.service';
import { CommissionsController, ReportsController } from './reports/reports.controller';
import { ReportsService } from './reports/reports.service';

/** Test reports, findings, releases and holds for organisations. Needs the registry's `Acts`. */
@Module({
  controllers: [ReportsController, CommissionsController, FindingsController, ReleasesController, HoldsController, QualityController],
  providers: [ReportsService, FindingsService, ReleasesService, OverviewService],
})
export class QualityModule {}
