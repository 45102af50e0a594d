import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { Redis } from 'ioredis';
import { freePort } from '../standalone';

const PROGRAM = 'redis-server';

/** A Redis of its own as the queues want it: append-only file, never evicting, at a fixed port. */
export class RedisServer {
  private child?: ChildProcess;

  private constructor(
    private readonly folder: string,
    private readonly port: number,
  ) {}

  /** Whether this machine has the program. */
  static isHere(): boolean {
    return spawnSync(PROGRAM, ['--version'], { stdio: 'ignore' }).status === 0;
  }

  static async make(folder: string): Promise<RedisServer> {
    mkdirSync(folder, { recursive: true });
    const server = new RedisServer(folder, await freePort());
    await server.returns();
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Starts it, with what its append-only file remembers. */
  async returns(): Promise<void> {
    const settings = { bind: '127.0.0.1', port: String(this.port), dir: this.folder, save: '', appendonly: 'yes', 'maxmemory-policy': 'noeviction' };
    this.child = spawn(PROGRAM, Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]), { stdio: 'ignore' });
    for (const until = Date.now() + 15_000; ; await new Promise((resolve) => setTimeout(resolve, 50))) {
      if (await this.asked((redis) => redis.ping()).catch(() => undefined)) return;
      if (Date.now() > until || this.child.exitCode !== null) throw new Error('redis-server does not start');
    }
  }

  /** Ends it in order and waits until it is gone. */
  async goes(): Promise<void> {
    const { child } = this;
    if (child === undefined || child.exitCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  }

  /** Forgets everything: every job, bell and schedule. */
  async flushAll(): Promise<void> {
    await this.asked((redis) => redis.flushall());
  }

  private async asked(question: (redis: Redis) => Promise<string>): Promise<string> {
    const redis = new Redis(this.url, { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 });
    redis.on('error', () => undefined);
    try {
      await redis.connect();
      return await question(redis);
    } finally {
      redis.disconnect();
    }
  }
}
