/** The server a database is moved to: who may do what there, and how the product will reach it. */
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bootstrapDatabase, bootstrapRoles, type DatabaseUrls, ROLE, StartFailure } from '@daodi/platform';
import type { DataSource } from 'typeorm';
import { connected } from '../with-database';

const DATABASE = 'daodi';
/** The file in the data folder that says how to reach the server. */
export const SERVER_FILE = 'server-database.env';

/** A server made ready to be restored into. */
export interface ServerTarget {
  readonly urls: Required<DatabaseUrls>;
  /** Serving roles that were there before: their passwords are known to whoever made them. */
  readonly knownRoles: readonly string[];
}

/**
 * Makes a server ready. Given a superuser's URL it makes the three roles and the database; given the owner's of a
 * database the administrator made, it uses that.
 *
 * @throws StartFailure naming what is in the way
 */
export async function serverTarget(to: string): Promise<ServerTarget> {
  const url = new URL(to);
  const name = decodeURIComponent(url.pathname.slice(1)) || DATABASE;
  const passwords = { owner: password(), service: password(), resolver: password() };
  const rolesHere = (db: DataSource) => db.query<{ rolname: string }[]>('SELECT rolname FROM pg_roles WHERE rolname = ANY($1)', [Object.values(ROLE)]);
  const maintenance = withDatabaseName(to, 'postgres');
  const isSuperuser = await connected(maintenance, 'move', async (db) => (await db.query('SELECT rolsuper FROM pg_roles WHERE rolname = current_user'))[0].rolsuper === true).catch(() => false);
  const as = (role: keyof typeof ROLE): string => {
    const made = new URL(withDatabaseName(to, name));
    made.username = ROLE[role];
    made.password = passwords[role];
    return made.href;
  };
  if (isSuperuser) {
    const there = await connected(maintenance, 'move', rolesHere);
    if (there.length > 0) throw rolesThere(there.map(({ rolname }) => rolname));
    if (await connected(maintenance, 'move', (db) => exists(db, name))) throw databaseThere(name);
    await bootstrapRoles(maintenance, passwords);
    await bootstrapDatabase(maintenance, name);
    return { urls: { ownerUrl: as('owner'), serviceUrl: as('service'), resolverUrl: as('resolver') }, knownRoles: [] };
  }
  const there = await connected(withDatabaseName(to, name), 'move', async (db) => {
    const [{ encoding }] = await db.query('SELECT pg_encoding_to_char(encoding) AS encoding FROM pg_database WHERE datname = current_database()');
    if (encoding !== 'UTF8') throw notUtf8(encoding);
    return rolesHere(db);
  });
  const knownRoles = [ROLE.service, ROLE.resolver].filter((role) => there.some(({ rolname }) => rolname === role));
  return { urls: { ownerUrl: withDatabaseName(to, name), serviceUrl: as('service'), resolverUrl: as('resolver') }, knownRoles };
}

/** Writes the settings for the server where only the product's user can read them. @returns the file */
export function saveSettings(folder: string, { urls, knownRoles }: ServerTarget): string {
  const path = join(folder, SERVER_FILE);
  const saved = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
  const line = (setting: string, url: string): string => {
    if (!knownRoles.includes(new URL(url).username)) return `${setting}=${url}`;
    // An attempt that failed later has made the role: its password stands in this file and nowhere else.
    const before = saved.find((one) => one.startsWith(`${setting}=`) && isSameButPassword(one.slice(setting.length + 1), url));
    return before ?? `# ${new URL(url).username} had a password before: put it in.\n# ${setting}=${withPassword(url, 'PASSWORD')}`;
  };
  const lines = [line('DATABASE_URL', urls.serviceUrl), line('DAODI_DATABASE_OWNER_URL', urls.ownerUrl), line('DAODI_RESOLVER_DATABASE_URL', urls.resolverUrl)];
  writeFileSync(path, `${lines.join('\n')}\n`, { mode: 0o600 });
  chmodSync(path, 0o600);
  return path;
}

const isSameButPassword = (one: string, other: string): boolean => URL.canParse(one) && withPassword(one, '') === withPassword(other, '');

function withPassword(text: string, word: string): string {
  const url = new URL(text);
  url.password = word;
  return url.href;
}

async function exists(db: DataSource, name: string): Promise<boolean> {
  return (await db.query<unknown[]>('SELECT FROM pg_database WHERE datname = $1', [name])).length > 0;
}

const password = (): string => randomBytes(24).toString('base64url');

function withDatabaseName(text: string, name: string): string {
  const url = new URL(text);
  url.pathname = `/${encodeURIComponent(name)}`;
  return url.href;
}

const rolesThere = (roles: readonly string[]) =>
  new StartFailure({
    zh: `此服务器上已有角色 ${roles.join('、')},其密码不为本命令所知。请用 daodi_owner 的地址(之前的尝试把它存在 ${SERVER_FILE})。`,
    en: `This server has the roles ${roles.join(', ')} already, with passwords this command does not know. Give the URL of daodi_owner (an earlier attempt left it in ${SERVER_FILE}).`,
  });
const notUtf8 = (encoding: string) =>
  new StartFailure({ zh: `目标数据库的编码为 ${encoding},须为 UTF8。`, en: `The target database is encoded in ${encoding}; it must be UTF8.` });
const databaseThere = (name: string) =>
  new StartFailure({
    zh: `此服务器上已有数据库 ${name},不属于道地。请在地址中另取一个名称。`,
    en: `This server has a database ${name} already, which is not ours. Put another name into the URL.`,
  });
