/** The connection to the database: TypeORM as mapper and pool, never as the author of the schema. */
import { DataSource, type DataSourceOptions, type EntitySchema, type MigrationInterface } from 'typeorm';
import { SteadyClient } from './postgres/steady-client';

/** A migration's class; its name ends with the millisecond it was written, by which migrations are ordered. */
export type MigrationClass = new () => MigrationInterface;
/** A table's mapping. */
export type EntityClass = (new () => object) | EntitySchema;

/** What a process asks of its connection. */
export interface DatabaseOptions {
  readonly url: string;
  /** Connections kept at most. */
  readonly poolMax?: number;
  /** Shown in `pg_stat_activity`. */
  readonly applicationName?: string;
  readonly entities?: readonly EntityClass[];
  readonly migrations?: readonly MigrationClass[];
  /** What a connection is; only one that traces its statements is another than ours. */
  readonly client?: typeof SteadyClient;
  /** Hears of connections that broke while nobody used them; the pool replaces them by itself. */
  readonly onIdleError?: (error: unknown) => void;
}

/**
 * Makes a data source that is not connected yet: `await createDataSource(…).initialize()`.
 *
 * `bigint` columns arrive as strings, since a JavaScript number cannot hold them; make them `BigInt` at the edge.
 */
export function createDataSource(options: DatabaseOptions): DataSource {
  const settings: DataSourceOptions = {
    type: 'postgres',
    url: options.url,
    poolSize: options.poolMax ?? 10,
    applicationName: options.applicationName ?? 'daodi',
    connectTimeoutMS: 10_000,
    extra: { Client: options.client ?? SteadyClient },
    entities: [...(options.entities ?? [])],
    migrations: [...(options.migrations ?? [])],
    migrationsTableName: 'schema_migration',
    migrationsTransactionMode: 'each',
    synchronize: false,
    installExtensions: false,
    logging: false,
    poolErrorHandler: options.onIdleError ?? (() => undefined),
  };
  return new DataSource(settings);
}
