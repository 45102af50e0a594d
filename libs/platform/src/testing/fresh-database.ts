import { createHash, randomBytes } from 'node:crypto';
import type { MigrationClass } from '../database';
import { migrate } from '../migrate';
import { PLATFORM_MIGRATIONS } from '../migrations';
import { bootstrapDatabase, withClient } from '../postgres/bootstrap-roles';
import { testServer, testUrl, type TestServer } from './test-server';

/** An empty, migrated database of a test's own. */
export interface FreshDatabase {
  /** As `daodi_owner`: defeats append-only, so a test uses it for arranging and looking only. */
  readonly ownerUrl: string;
  /** As `daodi_service`: what api and worker are. */
  readonly serviceUrl: string;
  /** As `daodi_resolver`. */
  readonly resolverUrl: string;
  /** As superuser, for damage a test wants to do. */
  readonly superuserUrl: string;
  /** Removes the database and breaks every connection to it. */
  drop(): Promise<void>;
}

/**
 * Gives a test file its own database on the run's real PostgreSQL. Migrating happens once for each list of
 * migrations; after that a copy takes a few hundredths of a second.
 *
 * @param migrations those the code under test needs, in the order of the libs; `platform`'s are added
 */
export async function freshDatabase(migrations: readonly MigrationClass[]): Promise<FreshDatabase> {
  const server = await testServer();
  const template = await migratedTemplate(server, migrations);
  const name = `test_${randomBytes(6).toString('hex')}`;
  const admin = testUrl(server, 'superuser', 'postgres');
  await withClient(admin, async (client) => {
    await client.query(`CREATE DATABASE ${name} OWNER daodi_owner TEMPLATE ${template}`);
    await client.query(`GRANT CONNECT ON DATABASE ${name} TO daodi_service, daodi_resolver`);
  });
  return {
    ownerUrl: testUrl(server, 'owner', name),
    serviceUrl: testUrl(server, 'service', name),
    resolverUrl: testUrl(server, 'resolver', name),
    superuserUrl: testUrl(server, 'superuser', name),
    drop: () => withClient(admin, async (client) => void (await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`))),
  };
}

/** Makes the template for this list of migrations unless a suite of the run made it already. */
async function migratedTemplate(server: TestServer, migrations: readonly MigrationClass[]): Promise<string> {
  const hash = createHash('sha256');
  for (const migration of [...PLATFORM_MIGRATIONS, ...migrations]) hash.update(`${migration.name}\0${migration.toString()}\0`);
  const template = `template_${hash.digest('hex').slice(0, 16)}`;
  const admin = testUrl(server, 'superuser', 'postgres');
  await withClient(admin, async (client) => {
    await client.query('SELECT pg_advisory_lock(hashtext($1))', [template]);
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1 AND datistemplate', [template]);
    if (rowCount !== 0) return;
    await client.query(`DROP DATABASE IF EXISTS ${template} WITH (FORCE)`);
    await bootstrapDatabase(admin, template);
    await migrate(testUrl(server, 'owner', template), migrations);
    // Marked only when it is whole, so that a suite that died half way leaves nothing others would copy.
    await client.query(`ALTER DATABASE ${template} IS_TEMPLATE true`);
  });
  return template;
}
