/**
 * `npm run prove -- NAME [--size small|full]`: runs a campaign (many kills, many races, a bench). A campaign is
 * `test/prove/NAME.prove.ts`, which exports `prove({ size, say })` and resolves with `{ passed, failed }`.
 */
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { prepare, root } from '../../apps/standalone/prepare.mjs';

const ENDING = '.prove.ts';
const names = readdirSync(dirname(fileURLToPath(import.meta.url))).filter((file) => file.endsWith(ENDING)).map((file) => file.slice(0, -ENDING.length));
const { values, positionals } = parseArgs({ allowPositionals: true, options: { size: { type: 'string', default: 'full' } } });
const [name] = positionals;

if (!names.includes(name) || !['small', 'full'].includes(values.size)) {
  process.stderr.write(`npm run prove -- NAME [--size small|full]\n\n${names.map((known) => `  ${known}\n`).join('')}`);
  process.exit(2);
}

process.chdir(root);
await prepare((zh, en) => console.log(`… ${zh} / ${en}`));
const { prove } = await import(join(root, 'dist', 'test', 'prove', `${name}.prove.js`));
const { passed, failed } = await prove({ size: values.size, say: (line) => console.log(line) });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
