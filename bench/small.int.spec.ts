import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const benches = readdirSync(__dirname).filter((file) => file.endsWith('.bench.ts')).map((file) => file.replace('.bench.ts', ''));

/** What a run said, and its exit code. */
function run(...args: string[]): Promise<{ readonly code: number | null; readonly said: string }> {
  const child = spawn(process.execPath, [join(__dirname, 'run.mjs'), ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
  return new Promise((resolve) => child.once('exit', (code) => resolve({ code, said })));
}

describe('benches in their small size', () => {
  it.each(benches)('%s measures both sides and says what it ran on', async (name) => {
    const { code, said } = await run(name, '--size', 'small', '--pairs', '1');
    if (code !== 0) throw new Error(said);
    expect(said).toMatch(new RegExp(`^${name}: `, 'm'));
    expect(said).toMatch(/^ {2}pair 1: ours [\d.]+ \S+\/s/m);
    expect(said).toMatch(/^ {2}target .+: not judged in a small run$/m);
  }, 600_000);

  it('name the benches there are to whoever asks for another', async () => {
    const { code, said } = await run('nothing');
    expect(code).toBe(2);
    for (const name of benches) expect(said).toContain(`  ${name}\n`);
  });
});
