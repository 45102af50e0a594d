/** Asks the database; changes nothing. */
import type { DataSource } from 'typeorm';
import { ROLE } from '@daodi/platform';
import type { CaptureFacts, GrantFacts, ServerFacts } from './judge-database';

type Db = Pick<DataSource, 'query'>;

export async function probeServer(db: Db): Promise<ServerFacts> {
  const asked = Date.now();
  const [row] = await db.query(
    `SELECT extract(epoch FROM clock_timestamp())::float8 AS now, current_setting('server_version_num')::int AS version,
            current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit, current_setting('full_page_writes') AS pages,
            current_setting('max_connections')::int AS connections_max, pg_database_size(current_database())::float8 AS bytes,
            (SELECT count(*)::int FROM pg_stat_activity WHERE backend_type = 'client backend') AS connections`,
  );
  // The answer was made somewhere between asking and hearing it.
  const ours = (asked + Date.now()) / 2000;
  return {
    versionNumber: row.version, bytes: row.bytes, fsync: row.fsync, synchronousCommit: row.commit, fullPageWrites: row.pages,
    connections: row.connections, connectionsMax: row.connections_max, clockAheadSeconds: row.now - ours,
  };
}

/** Tables nobody who serves may write, and how. */
const LOG_TABLES = ['entry', 'entry_body', 'log_head'] as const;
const TRIGGERS = ['entry_never_changes', 'entry_never_emptied', 'entry_body_never_changes', 'entry_body_never_emptied', 'entry_body_only_erased'] as const;

export async function probeGrants(db: Db): Promise<GrantFacts> {
  const roles = `SELECT oid, rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname IN (current_user, '${ROLE.service}', '${ROLE.resolver}')`;
  const forbidden: { fault: string }[] = await db.query(
    `SELECT r.rolname || ' ' || p.privilege || ' ' || t.name AS fault
       FROM (${roles}) r, unnest($1::text[]) AS t (name), unnest(ARRAY['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) AS p (privilege)
      WHERE to_regclass(t.name) IS NOT NULL AND has_table_privilege(r.oid, to_regclass(t.name), p.privilege) ORDER BY 1`,
    [LOG_TABLES],
  );
  const mighty: { fault: string }[] = await db.query(
    `SELECT r.rolname || CASE WHEN r.rolsuper THEN ' superuser' WHEN r.rolbypassrls THEN ' bypassrls' ELSE ' owns entry' END AS fault FROM (${roles}) r
      WHERE r.rolsuper OR r.rolbypassrls OR r.oid = (SELECT relowner FROM pg_class WHERE oid = to_regclass('entry')) ORDER BY 1`,
  );
  const missing: { name: string }[] = await db.query(
    `SELECT name FROM unnest($1::text[]) AS name WHERE NOT EXISTS (SELECT FROM pg_trigger WHERE tgname = name AND tgenabled IN ('O', 'A')) ORDER BY 1`,
    [TRIGGERS],
  );
  return { forbidden: forbidden.map(({ fault }) => fault), tooMighty: mighty.map(({ fault }) => fault), missingTriggers: missing.map(({ name }) => name) };
}

export async function probeCaptures(db: Db): Promise<CaptureFacts> {
  const [row] = await db.query(
    `SELECT count(*)::int AS pending, COALESCE(extract(epoch FROM clock_timestamp() - min(received_at)), 0)::float8 AS oldest FROM capture_document WHERE state <> 'done'`,
  );
  return { pending: row.pending, oldestSeconds: row.oldest };
}

/** Whether it is a demo; undefined where nobody decided yet. */
export async function probeInstallation(db: Db): Promise<boolean | undefined> {
  const [row] = await db.query('SELECT is_demo FROM installation');
  return row?.is_demo;
}
