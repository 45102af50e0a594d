import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

type Db = Pick<EntityManager, 'query'>;

/**
 * Whether an organisation may read a file that another handed in, because it may read what that other published with it.
 * Naming a digest gives no right: the right comes from who handed the file in and named it in a paper of their own.
 */
export type FileRight = (db: Db, organisationId: string, digest: string) => Promise<boolean>;

/** Rights of reading files, as the libs give them whose papers name files. */
@Injectable()
export class FileRights {
  private readonly rights: FileRight[] = [];

  give(right: FileRight): void {
    this.rights.push(right);
  }

  async mayRead(db: Db, organisationId: string, digest: string): Promise<boolean> {
    if (await hasHandedIn(db, organisationId, digest)) return true;
    for (const right of this.rights) if (await right(db, organisationId, digest)) return true;
    return false;
  }
}

/** Whether an organisation handed a file in. */
export async function hasHandedIn(db: Db, organisationId: string, digest: string): Promise<boolean> {
  const [row] = await db.query('SELECT FROM uploaded_file WHERE organisation_id = $1 AND digest = $2', [organisationId, digest]);
  return row !== undefined;
}
