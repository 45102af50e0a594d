import { type BackupSource, type ListedErasure, restore, type Restored } from '@daodi/backup';
import { appliedMigrations, migrate } from '@daodi/platform';
import { PROJECTIONS } from '../../../api/src/projections';
import { FOLLOWERS_HERE } from '../../../worker/src/followers';
import { MIGRATIONS } from '../migrations';
import { OWN_STATE } from '../own-state';
import { progressOf } from '../tell';
import { connected } from '../with-database';

/** What a caller may say about a restore. */
export interface RestoreWishes {
  readonly erasures?: readonly ListedErasure[];
  /** The source stands still; tables that come out otherwise than before take the restore back. */
  readonly isMove?: boolean;
}

/** Brings an empty database up to this release and restores backups into it. */
export async function restoreInto(ownerUrl: string, servingUrls: readonly string[], sources: readonly BackupSource[], wishes: RestoreWishes): Promise<Restored> {
  await migrate(ownerUrl, MIGRATIONS, servingUrls);
  const told = { read: progressOf('已读入', 'read'), replayed: progressOf('已重建', 'made anew') };
  const plan = {
    state: OWN_STATE,
    projections: PROJECTIONS,
    followers: FOLLOWERS_HERE,
    migrations: await appliedMigrations(ownerUrl),
    told: (stage: 'read' | 'replayed', entries: bigint) => told[stage](entries),
    ...wishes,
  };
  return connected(ownerUrl, 'restore', (owner) => restore(owner, sources, plan));
}
