import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What one process of a deployment can be. */
export type Role = 'api' | 'worker' | 'resolver';

const START = join(__dirname, '..', '..', '..', '..', '..', 'apps', 'standalone', 'start.mjs');
/** Like an engine's `restart: unless-stopped`: soon, but not in a circle. */
const RESTART_AFTER_MS = 500;

/** An end nobody asked for. */
export interface Ended {
  readonly at: number;
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly said: string;
}

/** One process of a role, started by the command a deployment uses, and again whenever it ends. */
export class Part {
  readonly endings: Ended[] = [];
  private child?: ChildProcess;
  private gone: Promise<void> = Promise.resolve();
  private restarting?: NodeJS.Timeout;
  private isStopped = false;
  private isKilled = false;

  constructor(
    readonly name: string,
    readonly role: Role,
    readonly port: number,
    private readonly log: string,
    private readonly settings: Readonly<Record<string, string>>,
  ) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  start(): void {
    const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], DAODI_PORT: String(this.port), ...this.settings };
    const child = spawn(process.execPath, [START, this.role], { env, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (chunk) => {
      said = (said + String(chunk)).slice(-2_000);
      appendFileSync(this.log, String(chunk));
    });
    this.child = child;
    this.gone = new Promise((resolve) =>
      child.once('exit', (code, signal) => {
        if (!this.isStopped && !this.isKilled) this.endings.push({ at: Date.now(), code, signal, said });
        this.isKilled = false;
        if (!this.isStopped) this.restarting = setTimeout(() => this.start(), RESTART_AFTER_MS);
        resolve();
      }),
    );
  }

  /** Kills it as the kernel would when memory is short; it comes back by itself. */
  async kill(): Promise<void> {
    this.isKilled = true;
    this.child?.kill('SIGKILL');
    await this.gone;
  }

  /** Lets it end in order, for good. @returns how many milliseconds that took */
  async stop(): Promise<number> {
    const from = Date.now();
    this.isStopped = true;
    clearTimeout(this.restarting);
    this.child?.kill('SIGTERM');
    await this.gone;
    return Date.now() - from;
  }

  /** Whether it may be sent requests. */
  async isReady(): Promise<boolean> {
    const answer = await fetch(`${this.url}/readyz`, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
    await answer?.text();
    return answer?.status === 200;
  }

  /** How many lines it logged. */
  lines(): number {
    return read(this.log).split('\n').length - 1;
  }

  /** Lines of its log that hold an unforeseen error. */
  errors(): string[] {
    return read(this.log).split('\n').filter((line) => /"level":(?:50|60|"error"|"fatal")|unhandled|Uncaught/i.test(line));
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
