/** Puts the questions in order: what cannot be asked because something before it is wrong is not asked. */
import { followerStates } from '@daodi/log';
import { type Config, createDataSource, hostOf, keptCertificate, lastAttempt, migrationState, POSTGRES_MAJOR, readConfig, runningPostgres, StartFailure } from '@daodi/platform';
import type { DataSource } from 'typeorm';
import { urlsOf } from '../../../standalone/src/own-database';
import { FOLLOWERS_HERE } from '../../../worker/src/followers';
import { MIGRATIONS } from '../migrations';
import { type Check, ok, warning, wrong } from './check';
import { judgeCaptures, judgeFollowers, judgeGrants, judgeMigrations, judgeServer } from './judge-database';
import { judgeAcmeFailure, judgeAddress, judgeBox, judgeFolder, judgeNode, judgeServedCertificate } from './judge-machine';
import { judgeQueues, judgeRedis } from './judge-queues';
import { probeCaptures, probeGrants, probeInstallation, probeServer } from './probe-database';
import { probeBox, probeCertificate, probeFolder } from './probe-machine';
import { probeQueues, probeRedis } from './probe-queues';

/** Looks at an installation and says what it found. Changes nothing and starts nothing. */
export async function examine(env?: Parameters<typeof readConfig>[0]): Promise<Check[]> {
  const node = judgeNode(process.versions.node);
  let config: Config;
  try {
    config = readConfig(env);
  } catch (error) {
    if (!(error instanceof StartFailure)) throw error;
    return [node, wrong('settings', error.sentence, { zh: '更正后再检查一次', en: 'Correct them and ask again' })];
  }
  const checks = [node, ok('settings', '设置可用', 'The settings can be used'), ...judgeFolder(probeFolder(config.dataFolder)), ...certificate(config)];
  checks.push(...judgeAddress({ ...config, hasTls: config.tls !== undefined, hasProxy: config.trustedProxies !== undefined }));
  const serviceUrl = urlOf(config, checks);
  const { answers, said } = config.redisUrl === undefined ? { answers: true, said: [] } : await redis(config.redisUrl);
  checks.push(...said);
  return serviceUrl === undefined ? checks : [...checks, ...(await database(serviceUrl, config, answers))];
}

/** The database's address; of a box only while it runs. */
function urlOf(config: Config, checks: Check[]): string | undefined {
  if (config.database !== undefined) return config.database.serviceUrl;
  const box = probeBox(config.dataFolder);
  checks.push(judgeBox(box));
  return box.postmaster === undefined ? undefined : urlsOf(runningPostgres(config.dataFolder)).serviceUrl;
}

function certificate(config: Config): Check[] {
  const attempt = config.tls?.kind === 'acme' ? lastAttempt(config.dataFolder) : undefined;
  if (attempt?.failure !== undefined) return [judgeAcmeFailure(attempt.at, attempt.failure, keptCertificate(config.dataFolder, hostOf(config), new Date()) !== undefined)];
  try {
    const facts = probeCertificate(config);
    return facts === undefined ? [] : [judgeServedCertificate(facts, hostOf(config), new Date(), config.tls?.kind !== 'files')];
  } catch (error) {
    return [wrong('tls', { zh: `TLS 证书或私钥无法读取：${messageOf(error)}`, en: `The TLS certificate or key cannot be read: ${messageOf(error)}` }, { zh: '更正 DAODI_TLS_CERTIFICATE、DAODI_TLS_KEY 或文件权限', en: "Correct DAODI_TLS_CERTIFICATE, DAODI_TLS_KEY or the files' permissions" })];
  }
}

async function redis(url: string): Promise<{ answers: boolean; said: Check[] }> {
  try {
    return { answers: true, said: judgeRedis(await probeRedis(url)) };
  } catch (error) {
    const todo = { zh: '启动 Redis，或更正 REDIS_URL；在此期间记录照常保存，只是后续处理会晚', en: 'Start Redis, or correct REDIS_URL; meanwhile records are kept as ever, what follows them is late' };
    return { answers: false, said: [wrong('redis', { zh: `Redis 没有应答：${messageOf(error)}`, en: `Redis does not answer: ${messageOf(error)}` }, todo)] };
  }
}

async function database(url: string, config: Config, hasQueues: boolean): Promise<Check[]> {
  const dataSource = createDataSource({ url, poolMax: 2, applicationName: 'daodi doctor' });
  try {
    await dataSource.initialize();
  } catch (error) {
    return [wrong('database', { zh: `数据库连不上：${messageOf(error)}`, en: `The database cannot be reached: ${messageOf(error)}` }, { zh: '启动数据库，或更正 DATABASE_URL 的地址、角色和密码', en: 'Start the database, or correct address, role and password in DATABASE_URL' })];
  }
  try {
    return [ok('database', '数据库可以连接', 'The database answers'), ...judgeServer(await probeServer(dataSource), POSTGRES_MAJOR), ...(await schema(dataSource, url, hasQueues ? config : undefined))];
  } finally {
    await dataSource.destroy();
  }
}

/** What needs this release's tables is only asked where they are. @param queuesOf undefined where there is nothing that could answer for the queues */
async function schema(dataSource: DataSource, url: string, queuesOf: Config | undefined): Promise<Check[]> {
  const migrations = judgeMigrations(await migrationState(url, MIGRATIONS));
  const grants = judgeGrants(await probeGrants(dataSource));
  if (migrations.state !== 'ok') return [migrations, grants];
  return [
    migrations,
    grants,
    installation(await probeInstallation(dataSource)),
    judgeFollowers(await followerStates(dataSource), FOLLOWERS_HERE.map(({ name }) => name)),
    judgeCaptures(await probeCaptures(dataSource)),
    ...(queuesOf === undefined ? [] : await queues(url, queuesOf)),
  ];
}

function installation(isDemo: boolean | undefined): Check {
  if (isDemo === undefined) return warning('installation', { zh: '数据库还没有定性（演示或正式）', en: 'Nobody decided yet whether this database is a demo' }, { zh: '执行 daodi migrate，或启动一次', en: 'Run daodi migrate, or start once' });
  return isDemo ? ok('installation', '这是演示数据库', 'This is a demo') : ok('installation', '这是正式数据库', 'This is a real installation');
}

async function queues(url: string, config: Config): Promise<Check[]> {
  try {
    return judgeQueues(await probeQueues(url, config.redisUrl));
  } catch (error) {
    return [wrong('queues', { zh: `任务队列没有应答：${messageOf(error)}`, en: `The queues do not answer: ${messageOf(error)}` }, { zh: '检查 Redis 或数据库', en: 'Look at Redis, or at the database' })];
  }
}

/** A short reason; connection strings and their passwords are never in it. */
function messageOf(error: unknown): string {
  const { code, message, errors } = error as NodeJS.ErrnoException & { errors?: readonly unknown[] };
  const first = errors?.[0];
  return first === undefined ? (message || code || 'unknown').replace(/\w+:\/\/\S+/g, '…') : messageOf(first);
}
