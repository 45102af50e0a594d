import { PlatformModule, readConfig, runProcess, serve, StartFailure } from '@daodi/platform';
import { Module } from '@nestjs/common';
import { MIGRATIONS } from '../../cli/src/migrations';
import type { ModuleImport } from './module-import';

/** The root of a process; what it plays is given to it. */
@Module({})
class Root {}

/**
 * Runs one role of a deployment on a database of its own (DATABASE_URL). It never migrates: `daodi migrate` does.
 *
 * @param plays what this process is to the deployment; to the database all but the resolver are the service
 */
export function runRole(plays: 'api' | 'worker' | 'resolver', modules: readonly ModuleImport[]): void {
  runProcess(async (closing) => {
    const config = readConfig();
    const { database } = config;
    if (database === undefined) throw NO_DATABASE;
    const platform = PlatformModule.forRoot({ config, database, role: plays === 'resolver' ? 'resolver' : 'service', plays, migrations: MIGRATIONS });
    const app = await serve(config, { module: Root, imports: [platform, ...modules] });
    await closing.add(() => app.close());
  });
}

const NO_DATABASE = new StartFailure({
  zh: '此进程需要 DATABASE_URL。单机运行请用 npm start,它自带数据库。',
  en: 'This process needs DATABASE_URL. On a single machine use npm start, which brings its own database.',
});
