/**
 * `npm run bench -- [NAME …] [--size small|full] [--pairs N]`: measures the product against a baseline, interleaved in
 * one run. Without a name it runs every bench; `--table` only writes the table of docs/PERFORMANCE.md from the results
 * that lie in bench/results; `--profile` says what the product was busy with, and keeps no figures. A bench is `bench/NAME.bench.ts`, which exports `bench` (see bench/harness/bench.ts).
 */
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { prepare, root } from '../apps/standalone/prepare.mjs';

const ENDING = '.bench.ts';
const known = readdirSync(dirname(fileURLToPath(import.meta.url))).filter((file) => file.endsWith(ENDING)).map((file) => file.slice(0, -ENDING.length));
const options = { size: { type: 'string', default: 'full' }, pairs: { type: 'string' }, table: { type: 'boolean', default: false }, profile: { type: 'boolean', default: false } };
const { values, positionals } = parseArgs({ allowPositionals: true, options });
const names = positionals.length > 0 ? positionals : known;
const pairs = values.pairs === undefined ? undefined : Number(values.pairs);

if (!names.every((name) => known.includes(name)) || !['small', 'full'].includes(values.size) || (pairs !== undefined && !(pairs >= 1))) {
  process.stderr.write(`npm run bench -- [NAME …] [--size small|full] [--pairs N] [--profile] [--table]\n\n${known.map((name) => `  ${name}\n`).join('')}`);
  process.exit(2);
}

process.chdir(root);
await prepare((zh, en) => console.log(`… ${zh} / ${en}`));
const { runBenches } = await import('../dist/bench/harness/run-benches.js');
process.exit(await runBenches({ root, names: values.table ? [] : names, size: values.size, pairs, isProfiled: values.profile, say: (line) => console.log(line) }));
