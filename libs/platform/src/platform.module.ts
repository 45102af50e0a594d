import { Inject, Logger, Module, type DynamicModule, type OnApplicationBootstrap, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Config, type DatabaseUrls } from './config';
import { createDataSource, type EntityClass, type MigrationClass } from './database';
import { HealthController } from './health/health.controller';
import { Readiness } from './health/readiness';
import { databaseMetrics, queueMetrics } from './metrics/database-metrics';
import { Metrics } from './metrics/metrics';
import { Installation } from './installation';
import { pendingMigrations } from './migrate';
import { ProcessBeat } from './process/process-beat';
import { tracedClient } from './tracing/traced-client';
import { Tracing } from './tracing/tracing';
import { QueueFactory } from './queues';
import { refuseWhileRestoring } from './restoring';
import { StartFailure } from './start-failure';

/** What a composition root tells the platform. */
export interface PlatformOptions {
  readonly config: Config;
  readonly database: DatabaseUrls;
  /** Which role this process is to the database. */
  readonly role: 'service' | 'resolver';
  /** What this process plays, shown to the operator; absent in tests and tools, which are no part of the deployment. */
  readonly plays?: 'standalone' | 'api' | 'worker' | 'resolver';
  readonly entities?: readonly EntityClass[];
  /** Those the database must have before this process is ready. It never applies them itself. */
  readonly migrations: readonly MigrationClass[];
}

const OPTIONS = Symbol('PlatformOptions');

/** Gives every module `Config`, `DataSource`, `Installation`, `QueueFactory` and `Readiness`, and closes them in the right order. */
@Module({})
export class PlatformModule implements OnModuleInit, OnApplicationBootstrap, OnApplicationShutdown {
  private beat?: ProcessBeat;

  constructor(
    @Inject(OPTIONS) private readonly options: PlatformOptions,
    private readonly dataSource: DataSource,
    private readonly queues: QueueFactory,
    private readonly readiness: Readiness,
    private readonly metrics: Metrics,
  ) {}

  static forRoot(options: PlatformOptions): DynamicModule {
    const url = options.role === 'service' ? options.database.serviceUrl : options.database.resolverUrl;
    const { config, entities } = options;
    const logger = new Logger('Database');
    const connect = (tracing: Tracing) => {
      const client = config.tracing?.statements ? tracedClient(tracing) : undefined;
      // Between the pool's end and the server's, a connection may still hear that the server goes: no news then.
      const onIdleError = () => dataSource.isInitialized && logger.warn('a connection to the database broke');
      const dataSource = createDataSource({ url, poolMax: config.databasePoolMax, entities, onIdleError, client });
      return dataSource.initialize();
    };
    const makeQueues = (tracing: Tracing) => {
      const queueLogger = new Logger('Queues');
      return new QueueFactory({ postgresUrl: options.database.serviceUrl, redisUrl: config.redisUrl, warn: (sentence) => queueLogger.warn(sentence), tracing });
    };
    return {
      module: PlatformModule,
      global: true,
      controllers: [HealthController],
      providers: [
        { provide: OPTIONS, useValue: options },
        { provide: Config, useValue: config },
        { provide: DataSource, useFactory: connect, inject: [Tracing] },
        { provide: QueueFactory, useFactory: makeQueues, inject: [Tracing] },
        { provide: Installation, useFactory: readInstallation, inject: [DataSource] },
        Readiness,
      ],
      exports: [Config, DataSource, Installation, QueueFactory, Readiness],
    };
  }

  onModuleInit(): void {
    const { migrations, role, database } = this.options;
    const url = role === 'service' ? database.serviceUrl : database.resolverUrl;
    let isMigrated = false;
    databaseMetrics(this.metrics, this.dataSource);
    if (role === 'service') queueMetrics(this.metrics, this.queues);
    this.readiness.add('database', async () => {
      await this.dataSource.query('SELECT 1');
      return true;
    });
    // Asked until it holds and not again: a schema does not go backwards under a running process.
    this.readiness.add('migrations', async () => (isMigrated ||= (await pendingMigrations(url, migrations)).length === 0));
  }

  onApplicationBootstrap(): void {
    const { plays } = this.options;
    if (plays === undefined) return;
    this.beat = new ProcessBeat(this.dataSource, plays);
    this.beat.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.beat?.stop();
    // Jobs that still run need the database, so the queues go first.
    await this.queues.close();
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }
}

/** An undecided database (a test's) is no demo. */
async function readInstallation(dataSource: DataSource): Promise<Installation> {
  await refuseWhileRestoring(dataSource);
  try {
    const [row] = await dataSource.query<{ is_demo: boolean }[]>('SELECT is_demo FROM installation');
    return { isDemo: row?.is_demo ?? false };
  } catch (error) {
    if ((error as { code?: string }).code !== UNDEFINED_TABLE) throw error;
    throw new StartFailure({
      zh: '数据库尚未初始化。请先运行 npm run daodi -- migrate。',
      en: 'The database has not been set up. Run npm run daodi -- migrate first.',
    });
  }
}

const UNDEFINED_TABLE = '42P01';
