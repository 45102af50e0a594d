/** Brings a database's schema up to this release. Only this runs as the owner; a service that starts never migrates. */
import { runMigrations as migrateQueues } from 'bullmq';
import type { Client } from 'pg';
import { createDataSource, type MigrationClass } from './database';
import { PLATFORM_MIGRATIONS } from './migrations';
import { ensureServingRoles, ROLE, withClient } from './postgres/bootstrap-roles';
import { QUEUE, QUEUE_SCHEMA } from './queue-names';

/** Key of the advisory lock that makes concurrent `migrate` commands wait for each other: 'DAOD' in ASCII. */
const MIGRATE_LOCK = 0x44414f44;

/**
 * Applies every migration not applied yet, oldest first, each in a transaction of its own, and then the queue's.
 * May be run by several processes at once; all but one find nothing to do.
 *
 * @param migrations those of all libs above `platform`; its own come first by themselves
 * @param servingUrls connection URLs whose passwords the serving roles get if they must be made
 * @returns the names of the migrations applied now
 */
export async function migrate(ownerUrl: string, migrations: readonly MigrationClass[], servingUrls: readonly string[] = []): Promise<readonly string[]> {
  return withClient(ownerUrl, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATE_LOCK]);
    await ensureServingRoles(client, servingUrls);
    const applied = await applyMigrations(ownerUrl, [...PLATFORM_MIGRATIONS, ...migrations]);
    await migrateQueues(client, QUEUE_SCHEMA);
    await grantQueues(client);
    return applied;
  });
}

/** The names of the migrations a database has, oldest first. @param url of any role of ours */
export async function appliedMigrations(url: string): Promise<readonly string[]> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ known: boolean }>(`SELECT to_regclass('public.schema_migration') IS NOT NULL AS known`);
    if (rows[0]?.known !== true) return [];
    const done = await client.query<{ name: string }>('SELECT name FROM schema_migration ORDER BY id');
    return done.rows.map(({ name }) => name);
  });
}

/** How the schema of a database stands to this release. */
export interface MigrationState {
  /** This release has them and the database lacks them. */
  readonly pending: readonly string[];
  /** The database has them and this release does not know them: a newer release was here. */
  readonly unknown: readonly string[];
}

/** Compares a database with this release. @param url of any role of ours */
export async function migrationState(url: string, migrations: readonly MigrationClass[]): Promise<MigrationState> {
  const names = [...PLATFORM_MIGRATIONS, ...migrations].map(({ name }) => name);
  const applied = new Set(await appliedMigrations(url));
  return { pending: names.filter((name) => !applied.has(name)), unknown: [...applied].filter((name) => !names.includes(name)) };
}

/** The names of migrations this release has and the database lacks. */
export async function pendingMigrations(url: string, migrations: readonly MigrationClass[]): Promise<readonly string[]> {
  return (await migrationState(url, migrations)).pending;
}

async function applyMigrations(ownerUrl: string, migrations: readonly MigrationClass[]): Promise<readonly string[]> {
  const dataSource = await createDataSource({ url: ownerUrl, poolMax: 2, applicationName: 'daodi migrate', migrations }).initialize();
  try {
    const applied = await dataSource.runMigrations();
    return applied.map(({ name }) => name);
  } finally {
    await dataSource.destroy();
  }
}

/** The queue's tables hold ids and nothing to protect; the services may do with them what BullMQ does. */
async function grantQueues(client: Client): Promise<void> {
  // BullMQ makes a sequence for each queue at its first job. The services may create nothing, so the owner does.
  await client.query(
    `SELECT ${QUEUE_SCHEMA}.next_job_id(queue) FROM unnest($1::text[]) AS queue
      WHERE to_regclass('${QUEUE_SCHEMA}.' || ${QUEUE_SCHEMA}.job_id_seq_name(queue)) IS NULL`,
    [Object.values(QUEUE)],
  );
  await client.query(`
    GRANT USAGE ON SCHEMA ${QUEUE_SCHEMA} TO ${ROLE.service};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${QUEUE_SCHEMA} TO ${ROLE.service};
    GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA ${QUEUE_SCHEMA} TO ${ROLE.service};
    GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${QUEUE_SCHEMA} TO ${ROLE.service};
    GRANT SELECT ON schema_migration TO ${ROLE.service}, ${ROLE.resolver}`);
}
