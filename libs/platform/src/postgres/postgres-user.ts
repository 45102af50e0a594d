/**
 * As whom the server's programs run. PostgreSQL refuses to run as root; everyone else runs it as themselves.
 */
import { spawnSync } from 'node:child_process';
import { chownSync, cpSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import type { PostgresBinaries } from './postgres-binaries';
import { searchPath } from '../config';
import { StartFailure } from '../start-failure';

/** How to run a server program, and where its data lies (elsewhere than asked where nobody else could reach it). */
export interface PostgresUser {
  readonly native: string;
  readonly data: string;
  /** What stands before the program on the command line. */
  readonly prefix: readonly string[];
  readonly uid?: number;
  readonly gid?: number;
}

/** Who `nobody` is on every system this runs on. */
const NOBODY = 65534;
/** Where a server run as `nobody` keeps its data if it cannot reach the folder asked for. */
const REACHABLE_PARENT = '/var/lib/daodi';
/** In a user namespace of its own the server believes it is user 1000; on disk its files are root's. */
const UNSHARE = ['unshare', '-U', '--map-user=1000', '--map-group=1000'] as const;

/** Facts about the machine, passed in so that a test can take a possibility away. */
export interface Machine {
  readonly isRoot: boolean;
  readonly mayUnshare: () => boolean;
  readonly reachableParent: string;
}

/** This machine as it is. */
export const thisMachine: Machine = {
  isRoot: process.getuid?.() === 0,
  mayUnshare: () => spawnSync('unshare', ['-U', 'true'], { stdio: 'ignore' }).status === 0,
  reachableParent: REACHABLE_PARENT,
};

/**
 * Chooses who runs the server over the data folder `data` (which need not exist yet; its parent must).
 * Root enters a user namespace where the kernel lets it, so that even a folder only root can enter works;
 * else it becomes the folder's owner, else `nobody` with copied programs and data under /var/lib/daodi.
 *
 * @throws StartFailure where none of these can reach both programs and data
 */
export function postgresUser(binaries: PostgresBinaries, data: string, machine: Machine = thisMachine): PostgresUser {
  const { native } = binaries;
  if (!machine.isRoot) return { native, data, prefix: [] };

  const owner = ownerOf(data);
  if (owner.uid !== 0) {
    const asOwner = { native, data, prefix: [], ...owner };
    if (reaches(asOwner, binaries)) return asOwner;
  }
  if (machine.mayUnshare()) {
    const inNamespace = { native, data, prefix: UNSHARE };
    if (reaches(inNamespace, binaries)) return inNamespace;
  }
  return asNobody(binaries, data, machine.reachableParent);
}

/** The data folder's owner if it exists, else whom it would belong to: the owner of the folder it will lie in. */
function ownerOf(data: string): { uid: number; gid: number } {
  const { uid, gid } = statSync(existsSync(data) ? data : dirname(data));
  return { uid, gid };
}

function reaches(user: PostgresUser, { env }: PostgresBinaries): boolean {
  const place = existsSync(user.data) ? user.data : dirname(user.data);
  const script = 'cd "$1" && [ -w . ] && exec "$2" --version';
  const [command, ...args] = [...user.prefix, 'sh', '-c', script, 'sh', place, join(user.native, 'bin', 'postgres')];
  const ran = spawnSync(command!, args, { uid: user.uid, gid: user.gid, cwd: '/', stdio: 'ignore', env: { PATH: searchPath(), ...env } });
  return ran.status === 0;
}

function asNobody(binaries: PostgresBinaries, data: string, parent: string): PostgresUser {
  const here = { native: binaries.native, data, prefix: [], uid: NOBODY, gid: NOBODY };
  if (existsSync(data) && reaches(here, binaries)) return here;

  const name = createHash('sha256').update(data).digest('hex').slice(0, 12);
  const home = join(parent, name);
  const native = join(parent, `postgresql-${basename(dirname(binaries.native))}`, 'native');
  try {
    mkdirSync(home, { recursive: true, mode: 0o755 });
    chownSync(home, NOBODY, NOBODY);
    if (!existsSync(join(native, 'bin', 'postgres'))) {
      cpSync(binaries.native, native, { recursive: true, verbatimSymlinks: true });
    }
  } catch {
    throw unreachable(data);
  }
  const user = { native, data: join(home, 'postgres'), prefix: [], uid: NOBODY, gid: NOBODY };
  if (!reaches(user, binaries)) throw unreachable(data);
  return user;
}

function unreachable(data: string): StartFailure {
  return new StartFailure({
    zh: `PostgreSQL 不能以 root 身份运行,而本机既不允许用户命名空间(unshare -U),其他用户也无法进入 ${dirname(data)}。请用普通用户启动,或用 DAODI_DATA 指定一个其他用户可以进入的目录。`,
    en: `PostgreSQL refuses to run as root, and this machine neither allows user namespaces (unshare -U) nor can another user enter ${dirname(data)}. Start as an ordinary user, or name a folder others can enter with DAODI_DATA.`,
  });
}
