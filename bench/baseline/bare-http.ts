import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What the server answers to everything. */
export interface SameAnswer {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A bare `node:http` server in a process of its own, which answers everything with the same bytes and headers. */
export class BareHttp {
  private constructor(
    readonly url: string,
    readonly stop: () => Promise<void>,
  ) {}

  static async start(answer: SameAnswer): Promise<BareHttp> {
    const folder = mkdtempSync(join(tmpdir(), 'daodi-bare-'));
    const file = join(folder, 'answer.json');
    writeFileSync(file, JSON.stringify(answer));
    const child = spawn(process.execPath, [__filename, file], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    const port = await new Promise<string>((resolve) => child.stdout.once('data', (said) => resolve(String(said).trim())));
    return new BareHttp(`http://127.0.0.1:${port}`, async () => {
      child.kill();
      await ended;
      rmSync(folder, { recursive: true });
    });
  }
}

function serve(file: string): void {
  const { headers, body } = JSON.parse(readFileSync(file, 'utf8')) as SameAnswer;
  const bytes = Buffer.from(body, 'utf8');
  const server = createServer((_request, response) => {
    response.writeHead(200, headers);
    response.end(bytes);
  });
  server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
}

if (require.main === module) serve(process.argv[2] as string);
