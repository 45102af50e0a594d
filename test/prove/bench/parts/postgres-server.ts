import { bootstrapDatabase, bootstrapRoles, type DatabaseUrls, type EmbeddedPostgres, ROLE, startEmbeddedPostgres } from '@daodi/platform';
import { freePort } from '../standalone';

/** Of the deployment; every process of it is another client of the server. */
const DATABASE = 'daodi';

/** How a server goes away: in order, at once, or not by its own will. */
export type Going = 'fast' | 'immediate' | 'kill -9';
const SIGNALS: Readonly<Record<Going, NodeJS.Signals>> = { fast: 'SIGINT', immediate: 'SIGQUIT', 'kill -9': 'SIGKILL' };

/** A PostgreSQL server of its own, as an administrator would run it: durable, at a fixed port, with our roles. */
export class PostgresServer {
  private constructor(
    private readonly folder: string,
    private readonly port: number,
    private server: EmbeddedPostgres,
  ) {}

  /** Makes a cluster in a folder, with the roles and an empty database. */
  static async make(folder: string): Promise<PostgresServer> {
    const port = await freePort();
    const server = new PostgresServer(folder, port, await launch(folder, port));
    await bootstrapRoles(server.server.superuserUrl('postgres'), server.server.credentials);
    await bootstrapDatabase(server.server.superuserUrl('postgres'), DATABASE);
    return server;
  }

  /** The roles' connection URLs; they stay the same over every restart. */
  get urls(): Required<DatabaseUrls> {
    const url = (role: keyof typeof ROLE) => `postgresql://${ROLE[role]}:${this.server.credentials[role]}@127.0.0.1:${this.port}/${DATABASE}`;
    return { ownerUrl: url('owner'), serviceUrl: url('service'), resolverUrl: url('resolver') };
  }

  /** A superuser's connection URL, to look with. */
  get lookUrl(): string {
    return this.server.superuserUrl(DATABASE);
  }

  /** Makes it go away. Resolves when it is gone, children included as far as they matter to the next start. */
  async goes(how: Going): Promise<void> {
    process.kill(this.server.pid, SIGNALS[how]);
    await this.server.ended;
  }

  /** Starts it again over the same folder, at the same port. */
  async returns(): Promise<void> {
    this.server = await launch(this.folder, this.port);
  }

  stop(): Promise<void> {
    return this.server.stop();
  }
}

function launch(folder: string, port: number): Promise<EmbeddedPostgres> {
  return startEmbeddedPostgres({ folder, port, settings: { max_connections: '150' } });
}
