/** The passwords of the embedded database's roles: random, made once, readable only by the product's own user. */
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartFailure } from '../start-failure';

/** One password for each role; the roles themselves are described in `bootstrap-roles.ts`. */
export interface PostgresCredentials {
  readonly superuser: string;
  readonly owner: string;
  readonly service: string;
  readonly resolver: string;
}

/** The file's name inside the data folder. */
export const CREDENTIALS_FILE = 'postgres-credentials.json';

/**
 * Reads the passwords of a data folder, or makes them if it holds no database yet.
 *
 * @throws StartFailure if there is a database but no readable file of passwords
 */
export function postgresCredentials(folder: string): PostgresCredentials {
  const path = join(folder, CREDENTIALS_FILE);
  if (existsSync(path)) return readCredentials(path);
  if (existsSync(join(folder, 'postgres'))) throw unusable(path);
  const password = () => randomBytes(24).toString('base64url');
  const credentials = { superuser: password(), owner: password(), service: password(), resolver: password() };
  // Written beside and moved: a start that dies half way must not leave half a file.
  const unfinished = `${path}.new`;
  writeFileSync(unfinished, `${JSON.stringify(credentials, null, 2)}\n`, { mode: 0o600 });
  chmodSync(unfinished, 0o600);
  renameSync(unfinished, path);
  return credentials;
}

function readCredentials(path: string): PostgresCredentials {
  const text = readFileSync(path, 'utf8');
  try {
    const { superuser, owner, service, resolver } = JSON.parse(text) as Record<string, unknown>;
    if (typeof superuser === 'string' && typeof owner === 'string' && typeof service === 'string' && typeof resolver === 'string') {
      return { superuser, owner, service, resolver };
    }
  } catch {
    // Not JSON: said below, like a file that lacks a password.
  }
  throw unusable(path);
}

function unusable(path: string): StartFailure {
  return new StartFailure({
    zh: `数据目录中有数据库,但密码文件 ${path} 缺失或损坏。请从备份恢复该文件。`,
    en: `There is a database in the data folder, but its password file ${path} is missing or damaged. Restore that file from a backup.`,
  });
}
