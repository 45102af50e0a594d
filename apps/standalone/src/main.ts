/** Everything in one process, for a co-operative with one small machine. */
import { join } from 'node:path';
import { createLogger, decideInstallation, DOCS_PATH, lockFolder, migrate, PlatformModule, readConfig, Readiness, refuseBadCertificate, refuseTakenPort, runProcess, serve } from '@daodi/platform';
import { operatorLink } from '@daodi/registry';
import { Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { API_MODULES } from '../../api/src/api.modules';
import { MIGRATIONS } from '../../cli/src/migrations';
import { RESOLVER_MODULES } from '../../resolver/src/resolver.modules';
import { WORKER_MODULES } from '../../worker/src/worker.modules';
import { FirstRun } from './first-run';
import { startOwnDatabase } from './own-database';
import { progress, whereToGo } from './say';

@Module({})
class Standalone {}

runProcess(async (closing, fail) => {
  const config = readConfig();
  const unlock = lockFolder(config.dataFolder, config.port);
  await closing.add(unlock);
  await refuseTakenPort(config);
  refuseBadCertificate(config);

  progress('启动数据库', 'Starting the database');
  const database = config.database ?? (await startOwnDatabase(config, closing, fail));
  if (database.ownerUrl !== undefined) await migrate(database.ownerUrl, MIGRATIONS, [database.serviceUrl, database.resolverUrl]);
  const { isDemo } = await decideInstallation(database.serviceUrl, config.demo, config.database === undefined);

  progress('启动服务', 'Starting the services');
  const platform = PlatformModule.forRoot({ config, database, role: 'service', plays: 'standalone', migrations: MIGRATIONS });
  const root = { module: Standalone, imports: [platform, ...API_MODULES, ...WORKER_MODULES, ...RESOLVER_MODULES] };
  let isSetUp = !isDemo;
  const app = await serve(config, root, {
    logger: createLogger(config.logLevel, join(config.dataFolder, 'daodi.log')),
    // The demo comes in through the doors, so they open before its organisations are there; who asks is told to wait.
    beforeListening: (made) => made.get(Readiness).add('demo', async () => isSetUp),
  });
  await closing.add(() => app.close());

  const playSeason = isDemo ? await new FirstRun(config, database, app).prepare() : undefined;
  isSetUp = true;
  const link = isDemo ? undefined : await operatorLink(app.get(DataSource), config);
  whereToGo({ config, isDemo, docsPath: DOCS_PATH, operatorLink: link, isSeasonComing: playSeason !== undefined });
  await playSeason?.(closing);
});
