import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bootstrapDatabase, bootstrapRoles, type DatabaseUrls, decideInstallation, type EmbeddedPostgres, migrate, ROLE, startEmbeddedPostgres } from '@daodi/platform';
import { Client } from 'pg';
import { MIGRATIONS } from '../../apps/cli/src/migrations';
import { serverFacts } from './machine';

/** Enough for the product's processes and a baseline with 64 connections; all else is as the product sets it. */
const CONNECTIONS_MAX = '200';
/** Counts what every statement costs; a little slower, so only where a profile is wanted. */
const COUNTED = { shared_preload_libraries: 'pg_stat_statements', 'pg_stat_statements.track': 'top' };

/**
 * The PostgreSQL both sides of a bench work on: the binaries and the settings of the product, fsync included, over a
 * data folder of its own that goes away with it.
 */
export class BenchServer {
  private constructor(
    private readonly folder: string,
    private readonly server: EmbeddedPostgres,
  ) {}

  /** @param isProfiled whether `statementLines` will be asked */
  static async start(say: (line: string) => void, isProfiled = false): Promise<BenchServer> {
    const folder = mkdtempSync(join(tmpdir(), 'daodi-bench-'));
    const server = await startEmbeddedPostgres({ folder, settings: { max_connections: CONNECTIONS_MAX, ...(isProfiled && COUNTED) } });
    await bootstrapRoles(server.superuserUrl('postgres'), server.credentials);
    const bench = new BenchServer(folder, server);
    const client = await bench.connect('postgres');
    say(await serverFacts(client));
    await client.end();
    return bench;
  }

  /** A migrated database of the product, not set up. @param isDemo as a demonstration, in which example GS1 prefixes may be licensed */
  async database(name: string, isDemo = false): Promise<Required<DatabaseUrls>> {
    await bootstrapDatabase(this.url('postgres'), name);
    const urls = this.urls(name);
    await migrate(urls.ownerUrl, MIGRATIONS);
    await decideInstallation(urls.serviceUrl, isDemo, isDemo);
    return urls;
  }

  /** The superuser's connection URL: for a baseline, and for looking. */
  url(database: string): string {
    return this.server.superuserUrl(database);
  }

  get pid(): number {
    return this.server.pid;
  }

  /** A connection of the superuser. Its owner ends it. */
  async connect(database: string): Promise<Client> {
    const client = new Client({ connectionString: this.url(database) });
    await client.connect();
    return client;
  }

  async stop(): Promise<void> {
    await this.server.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private urls(name: string): Required<DatabaseUrls> {
    const { port, credentials } = this.server;
    const url = (role: keyof typeof ROLE) => `postgresql://${ROLE[role]}:${credentials[role]}@127.0.0.1:${port}/${name}`;
    return { ownerUrl: url('owner'), serviceUrl: url('service'), resolverUrl: url('resolver') };
  }
}
