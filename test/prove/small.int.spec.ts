import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const campaigns = readdirSync(__dirname).filter((file) => file.endsWith('.prove.ts')).map((file) => file.replace('.prove.ts', ''));

describe('campaigns in their small size', () => {
  // Not it.each: a house without campaigns is no error.
  for (const name of campaigns) {
    it(name, async () => {
      const run = spawn(process.execPath, [join(__dirname, 'run.mjs'), name, '--size', 'small'], { stdio: ['ignore', 'pipe', 'pipe'] });
      let said = '';
      run.stdout.on('data', (chunk) => (said += chunk));
      run.stderr.on('data', (chunk) => (said += chunk));
      const code = await new Promise((resolve) => run.once('exit', resolve));
      // The whole output is the message: it names the race that was lost.
      if (code !== 0) throw new Error(said);
    }, 600_000);
  }

  it('are known by name', () => {
    expect(campaigns.every((name) => /^[a-z0-9-]+$/.test(name))).toBe(true);
  });
});
