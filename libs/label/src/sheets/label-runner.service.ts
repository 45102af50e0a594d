import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { putFile, withAdvisoryLock } from '@daodi/platform';
import { DataSource } from 'typeorm';
import { renderSheet } from '../pdf/render-sheet';
import { ATTEMPTS_MAX, begin, finish, giveUp, jobOf, leave, noteProgress, sheetOf } from './label-job';
import { planOf } from './sheet';

/** How long a drawn sheet stays: long enough to print it again after a jam; then it can be drawn again. */
const KEEP_MS = 7 * 24 * 3_600_000;
const PROGRESS_EVERY_MS = 250;

/** Thrown out of a drawing when the process is to stop. Never leaves this file. */
class Stopping extends Error {}

/**
 * Draws sheets. Only the whole file is stored, with the note that it is done, in one transaction; so a drawing that was cut
 * off anywhere begins anew, and no label is doubled or lost.
 */
@Injectable()
export class LabelRunner implements OnModuleDestroy {
  private readonly logger = new Logger(LabelRunner.name);
  private isStopping = false;

  constructor(private readonly dataSource: DataSource) {}

  onModuleDestroy(): void {
    this.isStopping = true;
  }

  /** Draws one sheet, unless it is drawn, another process is at it, or this one is stopping. */
  async run(sheetId: string): Promise<void> {
    if (this.isStopping) return;
    await withAdvisoryLock(this.dataSource, `label:${sheetId}`, () => this.draw(sheetId));
  }

  private async draw(sheetId: string): Promise<void> {
    const [job, known] = [await jobOf(this.dataSource, sheetId), await sheetOf(this.dataSource, sheetId)];
    if (job === undefined || known === undefined || job.state === 'done' || job.state === 'failed') return;
    if (job.attempts >= ATTEMPTS_MAX) {
      this.logger.error(`the label sheet ${sheetId} is given up after ${job.attempts} attempts`);
      return giveUp(this.dataSource, sheetId);
    }
    await begin(this.dataSource, sheetId);
    try {
      const bytes = await renderSheet(planOf(known.sheet, known.at), this.progress(sheetId));
      await this.dataSource.transaction(async (tx) => {
        const { digest } = await putFile(tx, { mediaType: 'application/pdf', bytes, keepMs: KEEP_MS });
        await finish(tx, sheetId, known.sheet.total, digest);
      });
    } catch (error) {
      if (!(error instanceof Stopping)) throw error;
      await leave(this.dataSource, sheetId);
    }
  }

  /** Notes from time to time how far it is. */
  private progress(sheetId: string): (done: number) => Promise<void> {
    let noted = performance.now();
    return async (done) => {
      if (this.isStopping) throw new Stopping();
      if (performance.now() - noted < PROGRESS_EVERY_MS) return;
      await noteProgress(this.dataSource, sheetId, done);
      noted = performance.now();
    };
  }
}
