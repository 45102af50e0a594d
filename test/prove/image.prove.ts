/**
 * The image, by the steps of the Dockerfile and without an engine: built, with no development packages, in a folder
 * nobody may write to, run by its own command as its own user against a bare PostgreSQL server that `migrate` furnishes.
 */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@daodi/platform';
import { type Image, IMAGE_USER, makeImage } from './bench/image/image';
import { freePort } from './bench/standalone';
import { campaign } from './bench/tally';

const HOUSE = join(__dirname, '..', '..', '..');
const CLI = ['node', 'apps/cli/start.mjs'];
const READY_WITHIN_MS = 90_000;

export const prove = campaign(async (tally) => {
  if (process.getuid?.() !== 0) return tally.say('skipped: only root can run something as the image\'s user');
  const folder = mkdtempSync(join(tmpdir(), 'daodi-image-'));
  mkdirSync(join(folder, 'server'), { mode: 0o700 });
  const server = await startEmbeddedPostgres({ folder: join(folder, 'server') });
  try {
    const image = makeImage(HOUSE, folder, tally.size === 'small');
    await tally.holds('it has no development package and no compiler', () => {
      for (const name of ['jest', 'yaml', '@types/node', '@swc/core', 'typescript']) assert.equal(existsSync(join(image.root, 'node_modules', name)), false, name);
    });
    const before = listing(image.root);
    const url = (role: string) => `postgresql://daodi_${role}:password-of-${role}@127.0.0.1:${server.port}/daodi`;
    const settings = { DATABASE_URL: url('service'), DAODI_RESOLVER_DATABASE_URL: url('resolver'), DAODI_DATABASE_OWNER_URL: url('owner'), DAODI_DATABASE_ADMIN_URL: server.superuserUrl('postgres'), DAODI_PUBLIC_URL: 'https://trace.example.cn' };
    await tally.holds('migrate makes roles, database and schema on a bare server, and finds nothing to do the second time', () => {
      assert.match(once(image, [...CLI, 'migrate'], settings), /CreateLog/);
      assert.equal(once(image, [...CLI, 'migrate'], settings), '');
    });
    await tally.holds('a password changed in the settings is changed on the server', () => {
      const changed = { ...settings, DATABASE_URL: url('service').replace('password-of-service', 'another') };
      once(image, [...CLI, 'migrate'], changed);
      assert.match(once(image, [...CLI, 'operator-link'], changed), /^https:\/\/trace\.example\.cn\/setup\?token=/);
      assert.throws(() => once(image, [...CLI, 'operator-link'], settings), /password/);
      once(image, [...CLI, 'migrate'], settings);
    });
    for (const role of ['api', 'worker', 'resolver']) {
      await tally.holds(`${role} starts by the image's command, is healthy by its check, and ends on SIGTERM in order`, async () => {
        const database = role === 'resolver' ? url('resolver') : url('service');
        await healthyAndEnds(image, [...image.entrypoint, role], { DATABASE_URL: database, DAODI_HOST: '127.0.0.1', DAODI_PORT: String(await freePort()) });
      });
    }
    await tally.holds('as alone it runs with nothing but a folder for its data', async () => {
      await healthyAndEnds(image, [...image.entrypoint, 'standalone'], { DAODI_DEMO: 'off', DAODI_HOST: '127.0.0.1', DAODI_PORT: String(await freePort()) });
    });
    await tally.holds('nothing was written into it', () => assert.equal(listing(image.root), before));
    tally.say(`the image's folder: ${Math.round(Number(/^\d+/.exec(spawnSync('du', ['-sm', image.root], { encoding: 'utf8' }).stdout)?.[0]))} MB`);
  } finally {
    await server.stop();
    spawnSync('chmod', ['-R', 'u+w', folder]);
    rmSync(folder, { recursive: true, force: true });
  }
});

const optionsOf = (image: Image, settings: Readonly<Record<string, string>>) => ({
  cwd: image.root, uid: IMAGE_USER, gid: IMAGE_USER, env: { PATH: process.env['PATH'], HOME: '/nonexistent', ...image.env, ...settings },
});

/** Runs a command to its end. @returns its standard output */
function once(image: Image, [program, ...args]: readonly string[], settings: Readonly<Record<string, string>>): string {
  const ran = spawnSync(program as string, args, { ...optionsOf(image, settings), encoding: 'utf8' });
  if (ran.status !== 0) throw new Error(`${args.join(' ')}: ${ran.status} ${ran.stdout}${ran.stderr}${ran.error ?? ''}`);
  return ran.stdout;
}

async function healthyAndEnds(image: Image, [program, ...args]: readonly string[], settings: Readonly<Record<string, string>>): Promise<void> {
  const child = spawn(program as string, args, { ...optionsOf(image, settings), stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr?.on('data', (chunk) => (said += String(chunk)));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  try {
    await healthy(image, child, settings, () => said);
  } finally {
    child.kill('SIGTERM');
  }
  assert.equal(await ended, 0, said);
}

async function healthy(image: Image, child: ChildProcess, settings: Readonly<Record<string, string>>, said: () => string): Promise<void> {
  const [program, ...args] = image.healthcheck;
  for (const until = Date.now() + READY_WITHIN_MS; ; await new Promise((resolve) => setTimeout(resolve, 250))) {
    const asked = spawn(program as string, args, { ...optionsOf(image, settings), stdio: 'ignore' });
    if ((await new Promise((resolve) => asked.once('exit', resolve))) === 0) return;
    if (child.exitCode !== null || Date.now() > until) throw new Error(`not healthy: ${said()}`);
  }
}

/** Every file with its size and time, as one text. */
const listing = (root: string): string => spawnSync('find', [root, '-printf', '%p %s %T@\\n'], { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 }).stdout;
