import { type BeforeApplicationShutdown, Injectable, Logger, Module, type OnApplicationBootstrap } from '@nestjs/common';
import { Config } from '@daodi/platform';
import { DataSource } from 'typeorm';
import { updateErasureList } from './erasure-list';

/** How long an erasure may be on no list. */
const EVERY_MS = 60_000;

/**
 * Keeps the list of erasures in the file a setting names. Each process keeps its own by its own clock, not by the
 * queue's: on several machines there are then several lists, which is what one wants of something kept apart.
 */
@Injectable()
export class ErasureListKeeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(ErasureListKeeper.name);
  private timer?: NodeJS.Timeout;
  private listed = 0;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly dataSource: DataSource,
    private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.erasuresFile === undefined) return;
    this.write();
    this.timer = setInterval(() => this.write(), EVERY_MS);
    this.timer.unref();
  }

  /** What was erased until the end stands on the list. */
  async beforeApplicationShutdown(): Promise<void> {
    if (this.timer === undefined) return;
    clearInterval(this.timer);
    this.write();
    await this.writing;
  }

  private write(): void {
    this.writing = this.writing
      .then(() => this.keep(this.config.erasuresFile as string))
      .catch((error: unknown) => this.logger.warn(`the list of erasures was not written: ${(error as Error).message}`));
  }

  /** Writes the file if the log has erasures it may lack. */
  private async keep(path: string): Promise<void> {
    const [{ erasures }] = await this.dataSource.query(`SELECT count(*)::int AS erasures FROM entry WHERE kind = 'record' AND type = 'erasure'`);
    if (erasures === this.listed && this.listed > 0) return;
    await updateErasureList(this.dataSource, path);
    this.listed = erasures;
  }
}

/** What a worker does for backups. */
@Module({ providers: [ErasureListKeeper] })
export class BackupWorkerModule {}
