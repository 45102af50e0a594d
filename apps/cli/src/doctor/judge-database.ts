/** What is to be said of the database. Pure: the facts come in. */
import type { FollowerState } from '@daodi/log';
import type { MigrationState } from '@daodi/platform';
import { type Check, duration, ok, size, warning, wrong } from './check';

/** The server as it tells of itself. */
export interface ServerFacts {
  /** `server_version_num`, e.g. 180004. */
  readonly versionNumber: number;
  readonly bytes: number;
  readonly fsync: string;
  readonly synchronousCommit: string;
  readonly fullPageWrites: string;
  readonly connections: number;
  readonly connectionsMax: number;
  /** Its clock minus ours, in seconds. */
  readonly clockAheadSeconds: number;
}

/** A share of the connections from which on the next process may find none. */
const CONNECTIONS_HIGH = 0.9;
/** Record time is the database's, event time mostly ours: from here on somebody notices, or rules judge wrongly. */
const CLOCK_NOTICED_SECONDS = 2;
const CLOCK_WRONG_SECONDS = 60;

/** @param releaseMajor the major version this release is tested on */
export function judgeServer(facts: ServerFacts, releaseMajor: number): Check[] {
  const major = Math.floor(facts.versionNumber / 10_000);
  const version = `PostgreSQL ${major}.${facts.versionNumber % 10_000}`;
  const usage = { zh: `${version}，数据 ${size(facts.bytes)}，连接 ${facts.connections}/${facts.connectionsMax}`, en: `${version}, ${size(facts.bytes)} of data, ${facts.connections} of ${facts.connectionsMax} connections` };
  const checks = [
    major === releaseMajor ? ok('database-version', usage.zh, usage.en) : warning('database-version', usage, { zh: `本版本在 PostgreSQL ${releaseMajor} 上测试`, en: `This release is tested on PostgreSQL ${releaseMajor}` }),
    judgeDurability(facts),
    judgeClock(facts.clockAheadSeconds),
  ];
  if (facts.connections < facts.connectionsMax * CONNECTIONS_HIGH) return checks;
  return [...checks, warning('connections', { zh: `数据库连接将满：${facts.connections}/${facts.connectionsMax}`, en: `The database is running out of connections: ${facts.connections} of ${facts.connectionsMax}` }, { zh: '调大 max_connections，或调小各进程的 DAODI_DATABASE_POOL', en: 'Raise max_connections, or lower DAODI_DATABASE_POOL of the processes' })];
}

function judgeDurability({ fsync, synchronousCommit, fullPageWrites }: ServerFacts): Check {
  const off = [...(fsync === 'off' ? ['fsync'] : []), ...(synchronousCommit === 'off' ? ['synchronous_commit'] : [])];
  if (off.length > 0) return wrong('durability', { zh: `数据库关闭了 ${off.join('、')}：断电会丢失已确认的记录`, en: `The database has ${off.join(' and ')} off: a power cut loses what was acknowledged` }, { zh: '在 postgresql.conf 中打开并重新加载', en: 'Turn it on in postgresql.conf and reload' });
  if (fullPageWrites === 'off') return warning('durability', { zh: '数据库关闭了 full_page_writes：断电可能损坏数据页', en: 'The database has full_page_writes off: a power cut may tear pages' }, { zh: '除非文件系统保证整页写入，请打开', en: 'Turn it on, unless the file system writes whole pages' });
  return ok('durability', '已确认的记录会先写入磁盘', 'What is acknowledged is on disk first');
}

function judgeClock(ahead: number): Check {
  const by = duration(Math.abs(ahead));
  const said = { zh: `数据库的时钟比本机${ahead > 0 ? '快' : '慢'} ${by.zh}`, en: `The database's clock is ${by.en} ${ahead > 0 ? 'ahead of' : 'behind'} this machine's` };
  const todo = { zh: '在两台机器上启用时间同步（NTP）', en: 'Let both machines keep time (NTP)' };
  if (Math.abs(ahead) >= CLOCK_WRONG_SECONDS) return wrong('clock', said, todo);
  if (Math.abs(ahead) >= CLOCK_NOTICED_SECONDS) return warning('clock', said, todo);
  return ok('clock', '数据库与本机的时钟一致', "The database's clock and this machine's agree");
}

/** What the serving roles may do that they must not. */
export interface GrantFacts {
  /** Role and privilege on the log's tables, e.g. `daodi_service UPDATE entry`. */
  readonly forbidden: readonly string[];
  /** Of the roles we serve as: superusers, owners of the log, or free of row security. */
  readonly tooMighty: readonly string[];
  /** Triggers that hold the log unchanged and are not there, or switched off. */
  readonly missingTriggers: readonly string[];
}

export function judgeGrants({ forbidden, tooMighty, missingTriggers }: GrantFacts): Check {
  const faults = [...forbidden, ...tooMighty, ...missingTriggers.map((name) => `${name} off`)];
  if (faults.length === 0) return ok('grants', '服务角色不能修改或删除已有记录', 'The serving roles cannot change or delete a record');
  return wrong('grants', { zh: `服务角色的权限过大，记录可能被改动：${faults.join('；')}`, en: `The serving roles may do too much, so records could be changed: ${faults.join('; ')}` }, { zh: '收回多余权限；DATABASE_URL 用 daodi_service，不要用所有者或超级用户；触发器须保持启用', en: 'Revoke what is too much; let DATABASE_URL name daodi_service, not an owner or superuser; keep the triggers on' });
}

export function judgeMigrations({ pending, unknown }: MigrationState): Check {
  if (unknown.length > 0) return wrong('migrations', { zh: `数据库由更新的版本升级过（${unknown.at(-1)} 等 ${unknown.length} 项）`, en: `A newer release has been here; migrations not known: ${unknown.length}, the last ${unknown.at(-1)}` }, { zh: '换用那个版本的程序', en: 'Run that release' });
  if (pending.length > 0) return wrong('migrations', { zh: `数据库结构尚未升级到本版本（缺 ${pending.length} 项）`, en: `The schema is not that of this release; migrations missing: ${pending.length}` }, { zh: '执行 daodi migrate（单机版重新启动即可）', en: 'Run daodi migrate; on a single machine start anew' });
  return ok('migrations', '数据库结构与本版本一致', 'The schema is that of this release');
}

/** From here on pages and inboxes are noticeably old; from there on something stands still. */
const LAG_NOTICED_SECONDS = 60;
const LAG_WRONG_SECONDS = 600;

/** @param expected names of this release's followers */
export function judgeFollowers(states: readonly FollowerState[], expected: readonly string[]): Check {
  const missing = expected.filter((name) => states.every((state) => state.name !== name));
  const todo = { zh: '确认 worker 在运行，并查看其日志', en: 'See that a worker runs, and what its log says' };
  if (missing.length > 0) return warning('followers', { zh: `还没有运行过：${missing.join('、')}`, en: `Has never run here: ${missing.join(', ')}` }, todo);
  const slowest = [...states].sort((a, b) => b.lagSeconds - a.lagSeconds)[0];
  if (slowest === undefined || slowest.lagSeconds < LAG_NOTICED_SECONDS) return ok('followers', '派生数据已跟上', 'What follows the log has caught up');
  const by = duration(slowest.lagSeconds);
  const said = { zh: `${slowest.name} 落后 ${by.zh}（${slowest.behind} 条）`, en: `${slowest.name} is ${by.en} behind (${slowest.behind} entries)` };
  return slowest.lagSeconds < LAG_WRONG_SECONDS ? warning('followers', said, todo) : wrong('followers', said, todo);
}

/** Captured documents that are not done yet. */
export interface CaptureFacts {
  readonly pending: number;
  readonly oldestSeconds: number;
}

/** A document of the largest size takes minutes; longer than this it waits for something. */
const CAPTURE_STUCK_SECONDS = 900;

export function judgeCaptures({ pending, oldestSeconds }: CaptureFacts): Check {
  if (pending === 0) return ok('captures', '没有等待处理的采集文件', 'No captured document is waiting');
  const by = duration(oldestSeconds);
  const said = { zh: `${pending} 份采集文件待处理，最早的已等 ${by.zh}`, en: `${pending} captured documents are waiting, the oldest for ${by.en}` };
  if (oldestSeconds < CAPTURE_STUCK_SECONDS) return ok('captures', said.zh, said.en);
  return wrong('captures', said, { zh: '确认 worker 在运行，并查看失败的任务', en: 'See that a worker runs, and look at the dead jobs' });
}
