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
    if (config.tls?.kind === 'acme') throw NO_ACME;
    const platform = PlatformModule.forRoot({ config, database, role: plays === 'resolver' ? 'resolver' : 'service', plays, migrations: MIGRATIONS });
    const app = await serve(config, { module: Root, imports: [platform, ...modules] });
    await closing.add(() => app.close());
  });
}

/** Several processes would each ask for a certificate of their own, and only one of them answers the authority. */
const NO_ACME = new StartFailure({
  zh: 'ACME 只用于单进程（npm start）。多进程部署请用证书文件，或在反向代理上启用 TLS。',
  en: 'ACME is for the single process (npm start). With several, use certificate files, or TLS at the proxy.',
});

const NO_DATABASE = new StartFailure({
  zh: '此进程需要 DATABASE_URL。单机运行请用 npm start,它自带数据库。',
  en: 'This process needs DATABASE_URL. On a single machine use npm start, which brings its own database.',
});
