/** What is to be said of the machine, its folder, its address and its certificate. Pure: the facts come in. */
import { type CertificateFacts, isDue, judgeCertificate } from '@daodi/platform';
import { type Check, ok, size, warning, wrong } from './check';

/** Oldest Node.js the product runs on, see `engines` in package.json. */
const NODE_MIN = [20, 19] as const;

export function judgeNode(version: string): Check {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isNewEnough = major > NODE_MIN[0] || (major === NODE_MIN[0] && minor >= NODE_MIN[1]);
  if (isNewEnough) return ok('node', `Node.js ${version}`, `Node.js ${version}`);
  return wrong('node', { zh: `Node.js ${version} 太旧`, en: `Node.js ${version} is too old` }, { zh: '请安装 20.19 或更新的版本', en: 'Install 20.19 or newer' });
}

/** The data folder as it was found. */
export interface FolderFacts {
  readonly folder: string;
  readonly exists: boolean;
  readonly isWritable: boolean;
  /** Readable by others than its owner: passwords and keys lie in it. */
  readonly isOpen: boolean;
  readonly freeBytes: number;
  readonly totalBytes: number;
}

/** With less, the next burst of records, or a backup beside them, may fill the disk. */
const FREE_BYTES_LOW = 2 * 1024 ** 3;
/** With less, the database may not start: it needs room for its write-ahead log. */
const FREE_BYTES_TOO_LOW = 256 * 1024 ** 2;

export function judgeFolder({ folder, exists, isWritable, isOpen, freeBytes, totalBytes }: FolderFacts): Check[] {
  if (!exists) return [warning('data-folder', { zh: `数据目录 ${folder} 还不存在`, en: `The data folder ${folder} is not there yet` }, { zh: 'npm start 会建立它；若数据在别处，请检查 DAODI_DATA', en: 'npm start makes it; if the data lies elsewhere, check DAODI_DATA' })];
  const access = !isWritable
    ? wrong('data-folder', { zh: `当前用户不能写入数据目录 ${folder}`, en: `This user may not write to the data folder ${folder}` }, { zh: '用运行本系统的用户执行，或修改目录权限', en: 'Run this as the user that runs the product, or change the permissions' })
    : isOpen
      ? warning('data-folder', { zh: `其他用户可以进入数据目录 ${folder}，里面有密码和私钥`, en: `Other users may enter the data folder ${folder}, which holds passwords and keys` }, { zh: `chmod 700 ${folder}`, en: `chmod 700 ${folder}` })
      : ok('data-folder', `数据目录 ${folder} 可写`, `The data folder ${folder} can be written`);
  const free = { zh: `磁盘剩余 ${size(freeBytes)}（共 ${size(totalBytes)}）`, en: `${size(freeBytes)} of ${size(totalBytes)} are free on the disk` };
  const room = { zh: '请腾出空间；已保存的记录不受影响', en: 'Free some space; what was saved is safe' };
  const disk = freeBytes < FREE_BYTES_TOO_LOW ? wrong('disk', free, room) : freeBytes < FREE_BYTES_LOW ? warning('disk', free, room) : ok('disk', free.zh, free.en);
  return [access, disk];
}

/** The processes of a box as they were found. */
export interface BoxFacts {
  /** The product's own process and port. */
  readonly holder?: { readonly pid: number; readonly port: number };
  /** The built-in PostgreSQL's process. */
  readonly postmaster?: number;
  /** A postmaster.pid whose process is gone. */
  readonly isPidStale: boolean;
  /** Major version of the data, where there is any, and of this release. */
  readonly dataMajor?: number;
  readonly releaseMajor: number;
}

export function judgeBox({ holder, postmaster, isPidStale, dataMajor, releaseMajor }: BoxFacts): Check {
  if (dataMajor !== undefined && dataMajor !== releaseMajor) {
    return wrong('built-in-postgresql', { zh: `数据由 PostgreSQL ${dataMajor} 建立，本版本使用 ${releaseMajor}`, en: `The data was made by PostgreSQL ${dataMajor}; this release uses ${releaseMajor}` }, { zh: '用原来的版本启动并导出数据，再用本版本导入', en: 'Start the release that made it, take the data out, and bring it in with this one' });
  }
  if (holder !== undefined && postmaster !== undefined) return ok('built-in-postgresql', `道地（进程 ${holder.pid}，端口 ${holder.port}）与自带数据库（进程 ${postmaster}）都在运行`, `Daodi (process ${holder.pid}, port ${holder.port}) and its database (process ${postmaster}) are running`);
  if (holder !== undefined) return wrong('built-in-postgresql', { zh: `道地（进程 ${holder.pid}）在运行，但自带数据库没有`, en: `Daodi (process ${holder.pid}) runs, but its database does not` }, { zh: '刚启动时请稍候再试；否则重新启动，原因见数据目录中的 postgres.log', en: 'Just after a start, try again in a moment; else start it anew, the reason is in postgres.log in the data folder' });
  if (postmaster !== undefined) return warning('built-in-postgresql', { zh: `道地已退出，自带数据库（进程 ${postmaster}）仍在运行，多半是被强行终止过`, en: `Daodi has ended, its database (process ${postmaster}) still runs: it was probably killed` }, { zh: '重新启动即可，数据不受影响', en: 'Start it again; nothing is lost' });
  const stale = isPidStale ? { zh: '，上次没有正常停止', en: ' and did not stop in order' } : { zh: '', en: '' };
  return warning('built-in-postgresql', { zh: `道地没有运行${stale.zh}，以下关于数据库的检查未做`, en: `Daodi is not running${stale.en}; what concerns the database was not looked at` }, { zh: '用 npm start 启动后再检查一次', en: 'Start it with npm start and ask again' });
}

/** Where the world is told to find us, and where we listen. */
export interface AddressFacts {
  readonly publicUrl: string;
  readonly isPublicUrlLoopback: boolean;
  readonly host: string;
  readonly hasTls: boolean;
  readonly hasProxy: boolean;
}

export function judgeAddress({ publicUrl, isPublicUrlLoopback, host, hasTls, hasProxy }: AddressFacts): Check[] {
  const checks: Check[] = [];
  if (isPublicUrlLoopback) checks.push(warning('public-url', { zh: `公开地址是 ${publicUrl}，只有本机能打开，印出的码别人扫不开`, en: `The public address is ${publicUrl}, which only this machine can open: codes printed resolve for nobody else` }, { zh: '印码之前设置 DAODI_PUBLIC_URL', en: 'Set DAODI_PUBLIC_URL before printing any code' }));
  else checks.push(ok('public-url', `公开地址 ${publicUrl}`, `The public address is ${publicUrl}`));
  const isLoopbackOnly = host === 'localhost' || host === '::1' || host.startsWith('127.');
  if (!isPublicUrlLoopback && isLoopbackOnly && !hasProxy) checks.push(warning('listening', { zh: `只监听 ${host}，其他机器连不上`, en: `It listens on ${host} only, where no other machine can reach it` }, { zh: '设置 DAODI_HOST=0.0.0.0；若本机有反向代理，设置 DAODI_TRUST_PROXY=loopback', en: 'Set DAODI_HOST=0.0.0.0, or DAODI_TRUST_PROXY=loopback if a proxy on this machine passes requests on' }));
  if (!isLoopbackOnly && !hasTls && !hasProxy) checks.push(warning('tls', { zh: '向网络提供的是明文 http：密码可被看到，手机的相机、定位和断网使用都不可用', en: 'Plain http is served to the network: passwords can be read, and camera, location and offline work do not function on phones' }, { zh: '设置 DAODI_TLS_CERTIFICATE，或执行 daodi tls local', en: 'Set DAODI_TLS_CERTIFICATE, or run daodi tls local' }));
  return checks;
}

/**
 * The authority refused, or was not to be had.
 *
 * @param at when, ISO 8601
 * @param isServed whether an earlier certificate is valid still
 */
export const judgeAcmeFailure = (at: string, failure: string, isServed: boolean): Check =>
  (isServed ? warning : wrong)('tls', { zh: `${at.slice(0, 16).replace('T', ' ')}（UTC）向证书颁发机构申请证书失败：${failure}`, en: `At ${at.slice(0, 16).replace('T', ' ')} UTC the authority gave no certificate: ${failure}` }, { zh: '确认域名指向本机、80 端口可从公网访问；程序每小时会再试', en: 'See that the name leads to this machine and that its port 80 is reached from outside; it is tried again every hour' });

/** @param renewsItself whether we get the next one: then it is only worth a word when that has failed */
export function judgeServedCertificate(facts: CertificateFacts, host: string, now: Date, renewsItself: boolean): Check {
  const [fault] = judgeCertificate(facts, host, now);
  const until = facts.notAfter.toISOString().slice(0, 10);
  const todo = renewsItself ? { zh: '重新启动；若仍如此，见日志', en: 'Start it anew; if that does not help, see the log' } : { zh: '更换证书文件，无需重启', en: 'Replace the certificate files; no restart is needed' };
  if (fault?.isFatal === true) return wrong('tls', fault, todo);
  if (fault !== undefined) return warning('tls', fault, todo);
  if (!isDue(facts, now)) return ok('tls', `TLS 证书有效至 ${until}`, `The TLS certificate is valid until ${until}`);
  return warning('tls', { zh: `TLS 证书将于 ${until} 到期`, en: `The TLS certificate ends on ${until}` }, todo);
}
