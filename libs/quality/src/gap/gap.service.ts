import { Injectable } from '@nestjs/common';
import { gapConformity, type GapQuestion, type GapReason } from '@daodi/herbal';
import { notFound } from '@daodi/platform';
import { type Caller, uuidOf } from '@daodi/registry';
import { DataSource, type EntityManager } from 'typeorm';
import { canonicalBatch, isHolder, nodeOf } from '../batch-reference';
import type { GapFileQuery } from './gap.dto';
import { gapFile } from './gap-file';
import { loadGapQuestion } from './load-gap';
import { loadGapRecords } from './load-gap-records';

/** The words, as a label may carry them. */
export const GAP_STATEMENT = '药材符合GAP要求';

/** Whether an organisation may print 药材符合GAP要求 on a batch it has or had, and why not. */
export interface GapAnswer {
  readonly mayPrint: boolean;
  readonly statement: string;
  readonly reasons: readonly GapReason[];
  readonly origins: GapQuestion['origins'];
}

/** @throws Problem 404 where the batch is none of the organisation's */
export async function gapOf(db: EntityManager, organisationId: string, batch: string): Promise<GapAnswer> {
  const node = await nodeOf(db, organisationId, await canonicalBatch(db, batch));
  if (!(await isHolder(db, organisationId, node))) throw notFound();
  const question = await loadGapQuestion(db, node, organisationId);
  const reasons = gapConformity(question);
  return { mayPrint: reasons.length === 0, statement: GAP_STATEMENT, reasons, origins: question.origins };
}

/** Conformity with herb GAP, which is a permission to say so and no certificate; and the file for an inspection. */
@Injectable()
export class Gap {
  constructor(private readonly dataSource: DataSource) {}

  ofBatch({ organisationId }: Caller, batch: string): Promise<GapAnswer> {
    return this.dataSource.transaction('REPEATABLE READ', (db) => gapOf(db, organisationId, batch));
  }

  /** @throws Problem 404 where it is no base of the caller's */
  file({ organisationId }: Caller, { base, herb, year }: GapFileQuery): Promise<Uint8Array> {
    return this.dataSource.transaction('REPEATABLE READ', async (db) => {
      const [row] = await db.query(
        `SELECT l.id, l.state ->> 'name' AS name, o.code FROM land l JOIN organisation o ON o.id = l.organisation_id WHERE l.id = $1 AND l.organisation_id = $2 AND l.kind = 'base'`,
        [uuidOf(base) ?? null, organisationId],
      );
      if (row === undefined) throw notFound();
      return gapFile({ organisation: row.code, base: row.name, herb, year }, await loadGapRecords(db, organisationId, { base: row.id, herb, year }));
    });
  }
}
