/** The image and the composition are right as far as that can be seen without an engine; `test/prove/image.prove.ts` goes through the image's steps. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { COMMANDS } from '../../apps/cli/src/commands';

const ROOT = resolve(__dirname, '..', '..');
const textOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

interface Service {
  readonly image: string;
  readonly command: readonly string[];
  readonly entrypoint?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly healthcheck?: { readonly disable?: boolean; readonly test?: readonly string[] };
  readonly deploy?: { readonly resources: { readonly limits: Readonly<Record<string, string>> } };
  readonly restart: string;
  readonly volumes?: readonly string[];
  readonly networks: readonly string[];
  readonly ports?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly read_only?: boolean;
}

const compose = parse(textOf('docker-compose.yml'), { merge: true }) as { services: Record<string, Service>; volumes: object; networks: Record<string, { internal?: boolean } | null> };
const services = Object.entries(compose.services);
const ours = services.filter(([, { image }]) => image.startsWith('daodi:'));
const config = textOf('libs/platform/src/config.ts');
const roles = JSON.parse(/const ROLES = (\[[^\]]+\])/.exec(textOf('apps/standalone/start.mjs'))![1]!.replaceAll("'", '"')) as string[];

describe('docker-compose.yml', () => {
  it('runs postgres, redis, api, worker and resolver, ours of one image', () => {
    expect(Object.keys(compose.services).sort()).toEqual(['api', 'migrate', 'postgres', 'redis', 'resolver', 'worker']);
    expect(new Set(ours.map(([, { image }]) => image)).size).toBe(1);
    expect(ours.map(([name]) => name).sort()).toEqual(['api', 'migrate', 'resolver', 'worker']);
  });

  it('gives every process a command that is one', () => {
    for (const [name, { command, entrypoint }] of ours) {
      if (entrypoint === undefined) expect({ name, isRole: roles.includes(command[0]!) }).toEqual({ name, isRole: true });
      else expect(COMMANDS.map(({ words }) => words)).toContain(command.join(' '));
    }
  });

  it('sets only what is a setting', () => {
    const set = ours.flatMap(([, { environment }]) => Object.keys(environment ?? {}));
    expect(set.length).toBeGreaterThan(10);
    expect(set.filter((name) => !config.includes(`'${name}'`))).toEqual([]);
  });

  it('has no password of its own: each must be given, and is named in the example', () => {
    const text = textOf('docker-compose.yml');
    const variables = [...text.matchAll(/\$\{([A-Z_]+)(:[?-])?/g)].map(([, name, how]) => ({ name: name!, how }));
    expect(variables.filter(({ name, how }) => /PASSWORD/.test(name) && how !== ':?')).toEqual([]);
    expect(text).not.toMatch(/:\/\/[a-z_]+:(?!\$\{)[^@\s/]+@/);
    const named = new Set([...textOf('.env.example').matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name));
    expect(variables.filter(({ name, how }) => how === ':?' && !named.has(name))).toEqual([]);
    expect(textOf('.env.example')).not.toMatch(/PASSWORD=./);
  });

  it('limits every service and watches all that stay', () => {
    for (const [name, { deploy, healthcheck, restart }] of services) {
      expect({ name, limits: Object.keys(deploy?.resources.limits ?? {}).sort() }).toEqual({ name, limits: ['cpus', 'memory'] });
      if (restart === 'no') continue;
      expect({ name, restart, isWatched: (healthcheck?.test?.length ?? 0) > 1 }).toEqual({ name, restart: 'unless-stopped', isWatched: true });
    }
  });

  it('starts nothing of ours before the schema is there', () => {
    for (const [name, { depends_on }] of ours) {
      const wanted = name === 'migrate' ? undefined : 'service_completed_successfully';
      expect({ name, condition: depends_on?.['migrate']?.condition }).toEqual({ name, condition: wanted });
      expect(depends_on?.['postgres']?.condition).toBe('service_healthy');
    }
  });

  it('shows nobody the database and the queue, and lets ours write to their volumes only', () => {
    expect(compose.networks['inside']).toEqual({ internal: true });
    for (const name of ['postgres', 'redis']) expect(compose.services[name]).toMatchObject({ networks: ['inside'] });
    expect(services.filter(([, { ports }]) => ports !== undefined).map(([name]) => name).sort()).toEqual(['api', 'resolver']);
    expect(ours.filter(([, service]) => service.read_only !== true)).toEqual([]);
    const volumes = services.flatMap(([, service]) => service.volumes ?? []).map((volume) => volume.split(':')[0]!);
    expect([...new Set(volumes)].sort()).toEqual(Object.keys(compose.volumes).sort());
  });

  it('gives the public\'s door no more than the public\'s role', () => {
    const text = JSON.stringify(compose.services['resolver']?.environment);
    expect(text).toContain('daodi_resolver');
    expect(text).not.toMatch(/daodi_service|daodi_owner|SERVICE_PASSWORD|OWNER_PASSWORD/);
  });

  it('runs the PostgreSQL this release is made for, on a disk that outlives it, sorted as the built-in one', () => {
    const embedded = textOf('libs/platform/src/postgres/embedded-postgres.ts');
    const major = /POSTGRES_MAJOR = (\d+)/.exec(embedded)?.[1];
    const { dependencies } = JSON.parse(textOf('package.json')) as { dependencies: Record<string, string> };
    const postgres = compose.services['postgres']!;
    expect(postgres.image).toBe(`postgres:${major}`);
    expect(dependencies['embedded-postgres']).toMatch(new RegExp(`^${major}\\.`));
    expect(postgres.volumes).toEqual(['postgres:/var/lib/postgresql']);
    for (const flag of postgres.environment!['POSTGRES_INITDB_ARGS']!.split(' ')) expect(embedded).toContain(`'${flag}'`);
  });

  it('keeps the queue over a restart and never lets it forget for want of room', () => {
    expect(compose.services['redis']!.command.join(' ')).toMatch(/--appendonly yes .*--maxmemory-policy noeviction/);
  });
});

describe('Dockerfile', () => {
  const lines = textOf('Dockerfile').replaceAll('\\\n', ' ').split('\n');
  const stages = lines.filter((line) => line.startsWith('FROM '));

  it('builds on a Node this release runs on, in stages', () => {
    const { engines } = JSON.parse(textOf('package.json')) as { engines: { node: string } };
    const oldest = Number(/^>=(\d+)\./.exec(engines.node)?.[1]);
    expect(stages.length).toBe(3);
    expect(stages.every((line) => Number(/node:(\d+)-/.exec(line)?.[1]) >= oldest)).toBe(true);
  });

  it('copies what is there and what .dockerignore lets through', () => {
    const ignored = textOf('.dockerignore').split('\n');
    const copied = lines.filter((line) => /^COPY (?!--from)/.test(line)).flatMap((line) => line.split(/\s+/).slice(1, -1));
    expect(copied.length).toBeGreaterThan(5);
    expect(copied.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    expect(copied.filter((path) => !ignored.includes(`!${path.split('/')[0]}`))).toEqual([]);
  });

  it('runs as nobody in particular, without development packages, watched, on every interface', () => {
    const last = lines.slice(lines.lastIndexOf(stages.at(-1)!));
    expect(last).toContain('USER node');
    expect(last.findIndex((line) => line === 'USER node')).toBeLessThan(last.findIndex((line) => line.startsWith('ENTRYPOINT')));
    expect(last.some((line) => line.startsWith('HEALTHCHECK ') && line.includes('/readyz'))).toBe(true);
    expect(last.some((line) => line.startsWith('ENV ') && line.includes('DAODI_HOST=0.0.0.0'))).toBe(true);
    expect(lines.some((line) => line.includes('npm ci --omit=dev'))).toBe(true);
  });
});
