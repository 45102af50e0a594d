import { Module } from '@nestjs/common';
import { PassportModule } from '@daodi/passport';
import { LabelsController } from './labels.controller';
import { Labels } from './labels.service';
import { LabelRunner } from './sheets/label-runner.service';
import { LabelSheetsController } from './sheets/label-sheets.controller';
import { LabelSheets } from './sheets/label-sheets.service';
import { LabelWorker } from './sheets/label.worker';

/** Codes and labels to print. Needs what `PassportModule` needs, `QueueFactory`, and the signed-in caller of `RegistryModule`. */
@Module({
  imports: [PassportModule],
  controllers: [LabelsController, LabelSheetsController],
  providers: [Labels, LabelSheets],
  exports: [Labels],
})
export class LabelModule {}

/** Draws sheets of labels: for a process that runs jobs. Needs `DataSource` and `QueueFactory`. */
@Module({ providers: [LabelRunner, LabelWorker], exports: [LabelRunner, LabelWorker] })
export class LabelWorkerModule {}
