/**
 * The roles of a deployment. Nobody who serves requests owns anything, so that "the log is never changed" is
 * held by the database and not by our good intentions.
 *
 * - `daodi_owner` owns the database and every object in it, is no superuser, and is used by migrations only.
 * - `daodi_service` is what api and worker use. It owns nothing; migrations grant it what it needs.
 * - `daodi_resolver` is the public's door. Read-mostly; migrations grant it what it may show.
 *
 * On a server of one's own (DATABASE_URL) `daodi migrate` makes all of it, given an administrator's address
 * (DAODI_DATABASE_ADMIN_URL). Without one the administrator makes the database, with its owner, by hand; the two
 * serving roles are then made by `daodi migrate` if the owner has CREATEROLE, else by the administrator too:
 * `CREATE ROLE daodi_service LOGIN PASSWORD '…'; CREATE ROLE daodi_resolver LOGIN PASSWORD '…';`
 */
import { type Client, escapeIdentifier, escapeLiteral } from 'pg';
import type { DatabaseUrls } from '../config';
import { StartFailure } from '../start-failure';
import { SteadyClient } from './steady-client';

/** Names used in every `GRANT` of a migration. */
export const ROLE = { owner: 'daodi_owner', service: 'daodi_service', resolver: 'daodi_resolver' } as const;

/** Runs statements on one connection of its own. */
export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new SteadyClient({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Makes the three roles on a server where we are superuser. May be repeated. */
export async function bootstrapRoles(superuserUrl: string, passwords: { owner: string; service: string; resolver: string }): Promise<void> {
  await withClient(superuserUrl, async (client) => {
    for (const key of ['owner', 'service', 'resolver'] as const) await ensureRole(client, ROLE[key], passwords[key]);
  });
}

/** Alike on every server, whatever its own locale: text sorts by code point, and characters keep their classes. */
const SORTED_BY_CODE_POINT = `ENCODING 'UTF8' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'`;

/** Makes an empty database belonging to `daodi_owner`, which only our roles may enter. May be repeated. */
export async function bootstrapDatabase(superuserUrl: string, name: string): Promise<void> {
  await withClient(superuserUrl, async (client) => {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${escapeIdentifier(name)} OWNER ${ROLE.owner} TEMPLATE template0 ${SORTED_BY_CODE_POINT}`);
    await client.query(`REVOKE ALL ON DATABASE ${escapeIdentifier(name)} FROM PUBLIC`);
    await client.query(`GRANT CONNECT ON DATABASE ${escapeIdentifier(name)} TO ${ROLE.service}, ${ROLE.resolver}`);
  });
}

/**
 * Makes the roles and the database that connection URLs name, on a server where we are superuser, and gives the roles
 * the passwords of the URLs: a password that was changed in the settings is changed here too. May be repeated.
 *
 * @throws StartFailure if the URLs do not name our roles on one database
 */
export async function bootstrapServer(adminUrl: string, urls: Required<DatabaseUrls>): Promise<void> {
  const parts = { owner: new URL(urls.ownerUrl), service: new URL(urls.serviceUrl), resolver: new URL(urls.resolverUrl) };
  const keys = ['owner', 'service', 'resolver'] as const;
  const name = decodeURIComponent(parts.owner.pathname.slice(1));
  const isOurs = keys.every((key) => decodeURIComponent(parts[key].username) === ROLE[key] && parts[key].password !== '' && decodeURIComponent(parts[key].pathname.slice(1)) === name);
  if (!isOurs || name === '') throw NOT_OURS;
  await withClient(adminUrl, async (client) => {
    for (const key of keys) {
      const password = decodeURIComponent(parts[key].password);
      await ensureRole(client, ROLE[key], password);
      await client.query(`ALTER ROLE ${ROLE[key]} LOGIN PASSWORD ${escapeLiteral(password)}`);
    }
  });
  await bootstrapDatabase(adminUrl, name);
}

const NOT_OURS = new StartFailure({
  zh: `由管理员建库时,DAODI_DATABASE_OWNER_URL、DATABASE_URL、DAODI_RESOLVER_DATABASE_URL 须分别以 ${Object.values(ROLE).join('、')} 及其密码指向同一个数据库。`,
  en: `For an administrator to make the database, DAODI_DATABASE_OWNER_URL, DATABASE_URL and DAODI_RESOLVER_DATABASE_URL must name one database as ${Object.values(ROLE).join(', ')} with their passwords.`,
});

/**
 * Makes sure of the two serving roles where we are only the owner.
 *
 * @param urls connection URLs that may carry the passwords the roles are to have
 * @throws StartFailure naming the statement an administrator must run, if we may not make them
 */
export async function ensureServingRoles(client: Client, urls: readonly string[]): Promise<void> {
  for (const role of [ROLE.service, ROLE.resolver]) {
    const url = urls.map((text) => new URL(text)).find(({ username }) => decodeURIComponent(username) === role);
    try {
      await ensureRole(client, role, url === undefined ? undefined : decodeURIComponent(url.password));
    } catch (error) {
      if ((error as { code?: string }).code !== '42501') throw error;
      throw new StartFailure({
        zh: `数据库中没有角色 ${role},而 DAODI_DATABASE_OWNER_URL 的角色无权创建。请由管理员执行:CREATE ROLE ${role} LOGIN PASSWORD '…';`,
        en: `The database has no role ${role}, and the role of DAODI_DATABASE_OWNER_URL may not create it. Ask an administrator to run: CREATE ROLE ${role} LOGIN PASSWORD '…';`,
      });
    }
  }
}

async function ensureRole(client: Client, role: string, password: string | undefined): Promise<void> {
  const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [role]);
  if (rowCount !== 0) return;
  const login = password === undefined ? 'NOLOGIN' : `LOGIN PASSWORD ${escapeLiteral(password)}`;
  await client.query(`CREATE ROLE ${role} ${login} NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS`);
}
