import { Module } from '@nestjs/common';
import { CommissionsController, ReportsController } from './reports/reports.controller';
import { ReportsService } from './reports/reports.service';
import { HoldsController, ReleasesController } from './releases/releases.controller';
import { ReleasesService } from './releases/releases.service';

/** Test reports, findings, releases and holds for organisations. Needs the registry's `Acts`. */
@Module({
  controllers: [ReportsController, CommissionsController, ReleasesController, HoldsController],
  providers: [ReportsService, ReleasesService],
})
export class QualityModule {}
