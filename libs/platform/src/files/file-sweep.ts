import { Injectable, Module, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { QueueFactory } from '../queues';
import { deleteExpiredFiles } from './file-store';

/** Expired files cost room only, so once an hour will do. */
const SWEEP_EVERY_MS = 3_600_000;

/** Deletes expired files from time to time. */
@Injectable()
class FileSweep implements OnApplicationBootstrap {
  constructor(
    private readonly dataSource: DataSource,
    private readonly queues: QueueFactory,
  ) {}

  onApplicationBootstrap(): void {
    this.queues.every('sweep-files', SWEEP_EVERY_MS, () => deleteExpiredFiles(this.dataSource));
  }
}

/** For a process that runs jobs. Needs `DataSource` and `QueueFactory`. */
@Module({ providers: [FileSweep] })
export class FileSweepModule {}
