import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isStrict, readConfig } from './config';
import { QUEUE } from './queue-names';
import { QueueFactory } from './queues';
import { openRedis, readRedisUrl } from './redis-place';

describe('readRedisUrl', () => {
  it('leaves a plain address as it is', () => {
    expect(readRedisUrl('redis://:secret@redis:6380/2')).toBe('redis://:secret@redis:6380/2');
    expect(readRedisUrl('rediss://redis')).toBe('rediss://redis');
  });
  it('reads sentinels, the name of the master, and both passwords', () => {
    expect(readRedisUrl('redis+sentinel://daodi:p%40ss:word@s1:26380,s2,[fd00::3]:80/mymaster/3?sentinelPassword=a%26b')).toMatchObject({
      sentinels: [{ host: 's1', port: 26380 }, { host: 's2', port: 26379 }, { host: 'fd00::3', port: 80 }],
      name: 'mymaster', db: 3, username: 'daodi', password: 'p@ss:word', sentinelPassword: 'a&b',
    });
    expect(readRedisUrl('redis+sentinel://:only-a-password@s1/m')).toMatchObject({ username: undefined, password: 'only-a-password', db: 0 });
    expect(readRedisUrl('rediss+sentinel://s1/m')).toMatchObject({ tls: {}, sentinelTLS: {}, enableTLSForSentinelMode: true });
  });
  it.each(['redis+sentinel://s1,s2', 'redis+sentinel:///m', 'redis+sentinel://s1,,s2/m', 'redis+sentinel://s1:x/m', 'http://redis', 'sentinel://s1/m'])('refuses %s', (text) => {
    expect(readRedisUrl(text)).toBeUndefined();
    expect(() => readConfig({ REDIS_URL: text })).toThrow(/REDIS_URL.*redis\+sentinel/);
  });
});

const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
if (!hasRedis && isStrict()) throw new Error('DAODI_STRICT=1, but there is no redis-server');

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

(hasRedis ? describe : describe.skip)('a Redis behind sentinels', () => {
  let folder: string;
  let ports: { master: number; replica: number; sentinels: number[] };
  const children = new Map<string, ChildProcess>();
  const start = async (name: string, args: string[], isUp: string) => {
    const child = spawn('redis-server', args, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
    children.set(name, child);
    let said = '';
    await new Promise<void>((resolve) => child.stdout.on('data', (chunk) => (said += chunk).includes(isUp) && resolve()));
  };
  const server = (name: string, port: number, ...more: string[]) => start(name, ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', ...more], 'Ready to accept');
  const url = () => `redis+sentinel://${ports.sentinels.map((port) => `127.0.0.1:${port}`).join(',')}/daodi`;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'daodi-sentinel-'));
    const [master, replica, ...sentinels] = await freePorts(5) as [number, number, ...number[]];
    ports = { master, replica, sentinels };
    await server('master', master);
    await server('replica', replica, '--replicaof', '127.0.0.1', String(master));
    for (const [i, port] of sentinels.entries()) {
      writeFileSync(join(folder, `sentinel-${i}.conf`), `port ${port}\nbind 127.0.0.1\nsentinel monitor daodi 127.0.0.1 ${master} 2\nsentinel down-after-milliseconds daodi 1000\nsentinel failover-timeout daodi 3000\n`);
      await start(`sentinel-${i}`, [join(folder, `sentinel-${i}.conf`), '--sentinel'], '+monitor master');
    }
  });
  afterAll(async () => {
    await Promise.all([...children.values()].map((child) => {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      return child.exitCode === null && child.signalCode === null ? gone : undefined;
    }));
    rmSync(folder, { recursive: true, force: true });
  });

  it('is found by its name, and works on after another Redis took its place', async () => {
    const queues = new QueueFactory({ postgresUrl: 'postgresql://nobody@127.0.0.1:1/none', redisUrl: url(), warn: () => undefined });
    const seen: unknown[] = [];
    queues.worker<{ n: number }>(QUEUE.follow, async ({ data }) => void seen.push(data.n));
    const run = async (n: number, withinMs: number) => {
      for (const until = Date.now() + withinMs; !seen.includes(n) && Date.now() < until; await new Promise((resolve) => setTimeout(resolve, 200))) queues.ring(QUEUE.follow, 'follow', { n });
      return seen.includes(n);
    };
    expect(await run(1, 15_000)).toBe(true);

    // The sentinels must know each other and the replica before they can agree on a successor.
    const sentinel = openRedis(`redis://127.0.0.1:${ports.sentinels[0]}`, {});
    for (const until = Date.now() + 30_000; Date.now() < until; await new Promise((resolve) => setTimeout(resolve, 200))) {
      const info = await sentinel.info('sentinel');
      if (/slaves=1,sentinels=3/.test(info)) break;
    }
    children.get('master')?.kill('SIGKILL');
    expect(await run(2, 60_000)).toBe(true);
    const place = await sentinel.call('SENTINEL', 'get-master-addr-by-name', 'daodi');
    expect(place).toEqual(['127.0.0.1', String(ports.replica)]);
    sentinel.disconnect();
    await queues.close();
  });
});
