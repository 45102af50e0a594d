import { Problem } from '@daodi/platform';
import type { EntityManager } from 'typeorm';
import { type Draft, record } from '../acts/draft';

/** A grant that covers an act. */
export interface LiveGrant {
  readonly id: string;
  readonly run: string;
}

/** Type of the problem a run without a grant is answered with. */
export const IMPORT_NOT_GRANTED = 'import-not-granted';

/**
 * The grant under which an organisation's run may write now. An act asks under the lock of the log, so that what comes
 * after the end of a grant is not covered by it.
 *
 * @throws Problem 403 where there is none, it has ended or its time is over: which of these is the organisation's to look up
 */
export async function liveGrant(db: Pick<EntityManager, 'query'>, organisationId: string, run: string): Promise<LiveGrant> {
  const [grant] = await db.query(
    `SELECT id, run FROM import_grant WHERE organisation_id = $1 AND run = $2 AND status = 'active' AND until > clock_timestamp()`,
    [organisationId, run],
  );
  if (grant !== undefined) return grant;
  const title = { zh: '补录批次未获许可、许可已结束或已过期', en: 'There is no import grant for this run, or it has ended' };
  throw new Problem(403, IMPORT_NOT_GRANTED, title, { faults: [{ pointer: '', rule: 'header-x-import-run', detail: title }] });
}

/**
 * The record by which an act of a run names it. What is imported stays as it was sent: the record stands beside it and
 * shares its request id.
 */
export const importRecord = (requestId: string, { id, run }: LiveGrant): Draft =>
  record('import', requestId, 'decided', { new: { grantId: id, run } });
