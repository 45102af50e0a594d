/** What a reader of the documents does: starts the product and pastes lines into a shell. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
/** The last thing a start says. */
export const READY = 'Ctrl-C stops it';

/** The lines a reader pastes: all `sh` blocks of a document, in order. */
export function pastedFrom(document: string): string {
  const blocks = [...readFileSync(join(ROOT, document), 'utf8').matchAll(/^```sh\n([^]*?)^```$/gm)];
  return blocks.map(([, lines]) => lines).join('');
}

/** The product as a person starts it, in a folder of its own. */
export class Started {
  /** What it has said so far. */
  said = '';

  private constructor(
    readonly folder: string,
    readonly base: string,
    private readonly env: NodeJS.ProcessEnv,
    private readonly process_: ChildProcess,
  ) {}

  static async start(settings: Readonly<Record<string, string>> = {}): Promise<Started> {
    const folder = mkdtempSync(join(tmpdir(), 'daodi-tour-'));
    const port = await freePort();
    const env = { PATH: process.env.PATH, HOME: process.env.HOME, DAODI_PORT: String(port), DAODI_DATA: join(folder, 'data'), ...settings };
    const child = spawn(process.execPath, [join(ROOT, 'apps', 'standalone', 'start.mjs')], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const started = new Started(folder, `http://localhost:${port}`, env, child);
    await new Promise<void>((resolve, reject) => {
      child.stdout.on('data', (chunk) => (started.said += chunk).includes(READY) && resolve());
      child.stderr.on('data', (chunk) => (started.said += chunk));
      child.once('exit', () => reject(new Error(started.said)));
    });
    return started;
  }

  /** Runs lines in a shell that stops at the first that fails; what it said. */
  async paste(lines: string, more: Readonly<Record<string, string>> = {}): Promise<{ code: number | null; said: string; complained: string }> {
    const shell = spawn('sh', ['-e'], { env: { ...this.env, ...more }, cwd: this.folder, stdio: ['pipe', 'pipe', 'pipe'] });
    let said = '';
    let complained = '';
    shell.stdout.on('data', (chunk) => (said += chunk));
    shell.stderr.on('data', (chunk) => (complained += chunk));
    shell.stdin.end(lines);
    const [code] = (await once(shell, 'close')) as [number | null];
    return { code, said, complained };
  }

  /** A file of its data folder. */
  file(name: string): Buffer {
    return readFileSync(join(this.folder, 'data', name));
  }

  async stop(): Promise<void> {
    if (this.process_.exitCode === null) {
      this.process_.kill('SIGTERM');
      await once(this.process_, 'exit');
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}
