import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { readDockerfile, type Stage } from './dockerfile';

/** Where the image keeps the product, and the only place it writes to. */
const HOME = '/daodi';
const DATA = '/data';
/** `node` of the official images. */
export const IMAGE_USER = 1000;

/** What the steps of the Dockerfile leave: a folder to run from, and how. */
export interface Image {
  readonly root: string;
  readonly data: string;
  readonly env: Readonly<Record<string, string>>;
  readonly entrypoint: readonly string[];
  readonly healthcheck: readonly string[];
}

/**
 * Goes through the Dockerfile's steps in folders, without an engine: copies what it copies, runs what it runs, and makes
 * the result one that nobody may write to.
 *
 * @param house the repository
 * @param isQuick builds with the repository's own packages instead of installing them once more
 */
export function makeImage(house: string, folder: string, isQuick: boolean): Image {
  const stages = readDockerfile(readFileSync(join(house, 'Dockerfile'), 'utf8'));
  const rootOf = (name: string) => join(folder, name);
  const data = join(folder, 'data');
  for (const stage of stages) {
    mkdirSync(rootOf(stage.name), { recursive: true });
    for (const step of stage.steps) {
      if (step.kind === 'run') run(step.script, rootOf(stage.name), stage, house, isQuick);
      else {
        for (const source of step.sources) {
          const from = step.from === undefined ? join(house, source) : join(rootOf(step.from), source.replace(`${HOME}/`, ''));
          const isFolder = step.to.endsWith('/');
          copy(from, join(rootOf(stage.name), step.to, isFolder ? (source.split('/').at(-1) as string) : ''));
        }
      }
    }
  }
  const last = stages.at(-1) as Stage;
  mkdirSync(data);
  chownSync(data, IMAGE_USER, IMAGE_USER);
  // Read by all and written by none, like a read-only root.
  spawnSync('chmod', ['-R', 'a=rX', rootOf(last.name)]);
  chmodSync(folder, 0o755);
  return { root: rootOf(last.name), data, env: { ...last.env, DAODI_DATA: data }, entrypoint: last.entrypoint, healthcheck: last.healthcheck ?? [] };
}

function copy(from: string, to: string): void {
  cpSync(from, to, { recursive: true, verbatimSymlinks: true, filter: (path) => !/\.spec\.tsx?$/.test(path) && !(path.includes('/apps/') && path.endsWith('/node_modules')) });
}

function run(script: string, root: string, stage: Stage, house: string, isQuick: boolean): void {
  // The folder for data belongs to the image's user, who need not exist on this machine.
  if (script.includes(DATA)) return;
  if (isQuick && stage.name === 'build' && script.startsWith('npm ci')) return symlinkSync(join(house, 'node_modules'), join(root, 'node_modules'));
  const ran = spawnSync('sh', ['-c', script], { cwd: root, encoding: 'utf8', env: { PATH: process.env['PATH'], HOME: process.env['HOME'], npm_config_prefer_offline: 'true' } });
  if (ran.status !== 0) throw new Error(`RUN ${script}: ${ran.status}\n${ran.stdout}${ran.stderr}`);
}
