import { type Restored, writeBackup } from '@daodi/backup';
import { catchUp } from '@daodi/log';
import { type DatabaseUrls, keepServingAway } from '@daodi/platform';
import type { DataSource } from 'typeorm';
import { PROJECTIONS } from '../../../api/src/projections';
import { FOLLOWERS_HERE } from '../../../worker/src/followers';
import { refuseUnmigrated } from '../backup/refuse-unmigrated';
import { restoreInto } from '../backup/restore-into';
import { OWN_STATE } from '../own-state';
import { connected } from '../with-database';
import { HandOver } from './hand-over';

/**
 * Copies a database that nobody serves into an empty one: a backup and its restore in one pipe, with the digest of
 * every table before and after. The source stays as it is, but for followers that first read to the end of the log.
 *
 * @returns what was restored; `compared` are all tables, and all of them came out the same
 * @throws UnusableBackup if one did not; the target is empty then
 */
export async function moveDatabase(from: DatabaseUrls, to: Required<DatabaseUrls>): Promise<Restored> {
  await refuseUnmigrated(from.serviceUrl);
  return connected(from.ownerUrl ?? from.serviceUrl, 'move', (source) =>
    source.transaction(async (held) => {
      // What was said to the source from now on would be left behind.
      await keepServingAway(held);
      for (const follower of FOLLOWERS_HERE) await catchUp(source, follower);
      return copy(source, to);
    }),
  );
}

async function copy(source: DataSource, to: Required<DatabaseUrls>): Promise<Restored> {
  const over = new HandOver();
  const poured = pour(source, over);
  try {
    return await restoreInto(to.ownerUrl, [to.serviceUrl, to.resolverUrl], [{ name: '(move)', open: () => over }], { isMove: true });
  } finally {
    over.leave();
    await poured;
  }
}

/** Never rejects: what fails here reaches the reader through the hand-over, and is then the restore's failure. */
async function pour(source: DataSource, over: HandOver): Promise<void> {
  const plan = { state: OWN_STATE, digestsOf: { projections: PROJECTIONS, followers: FOLLOWERS_HERE } };
  try {
    await writeBackup(source, plan, (bytes) => over.write(bytes));
    over.end();
  } catch (error) {
    over.end(error);
  }
}
