import { BackupWorkerModule } from '@daodi/backup';
import { CaptureWorkerModule } from '@daodi/capture';
import { LabelWorkerModule } from '@daodi/label';
import { FollowWorker } from '@daodi/log';
import { NotifyWorkerModule } from '@daodi/notify';
import { FileSweepModule } from '@daodi/platform';
import { RecountModule } from '@daodi/trace';
import { Module } from '@nestjs/common';
import { LogComposition } from '../../api/src/log-composition.module';
import type { ModuleImport } from '../../api/src/module-import';

/** Runs the followers. */
@Module({ imports: [LogComposition], providers: [FollowWorker] })
class FollowModule {}

/** What follows the log, and jobs. */
export const WORKER_MODULES: readonly ModuleImport[] = [FollowModule, CaptureWorkerModule, LabelWorkerModule, NotifyWorkerModule, FileSweepModule, BackupWorkerModule, RecountModule];
