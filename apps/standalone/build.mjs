/**
 * Compiles apps/, libs/ and seeds/ to dist/ and writes beside them the alias packages by which
 * compiled code finds `@daodi/<lib>`. Data files (JSON, SQL, text) are copied as they are.
 */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const out = join(root, 'dist');
const STAMP = join(out, '.built-from');

function* files(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === 'node_modules' || entry.name === 'console') continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* files(path);
    else yield path;
  }
}

/** A digest of all that is compiled, so that an unchanged tree starts without building again. */
function fingerprint(sources) {
  const hash = createHash('sha256');
  for (const path of [...sources, join(root, 'swc.config.cjs'), join(root, 'package-lock.json')]) {
    hash.update(relative(root, path)).update('\0').update(readFileSync(path)).update('\0');
  }
  return hash.digest('hex');
}

/** Builds if the sources changed since the last build; answers whether it did. */
export function build() {
  const require = createRequire(join(root, 'package.json'));
  const sources = ['apps', 'libs', 'seeds'].flatMap((top) => [...files(join(root, top))]).sort();
  const stamp = fingerprint(sources);
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === stamp) return false;

  const { transformFileSync } = require('@swc/core');
  const options = require('./swc.config.cjs');
  rmSync(out, { recursive: true, force: true });
  for (const path of sources) {
    const name = relative(root, path);
    if (/\.spec\.tsx?$|\.d\.ts$|\.mjs$/.test(name)) continue;
    const target = join(out, name);
    mkdirSync(dirname(target), { recursive: true });
    if (/\.tsx?$/.test(name)) writeFileSync(target.replace(/\.tsx?$/, '.js'), transformFileSync(path, options).code);
    else cpSync(path, target);
  }
  for (const lib of readdirSync(join(root, 'libs'))) {
    const alias = join(out, 'node_modules', '@daodi', lib);
    mkdirSync(alias, { recursive: true });
    writeFileSync(join(alias, 'index.js'), `module.exports = require('../../../libs/${lib}/src/index.js');\n`);
  }
  writeFileSync(STAMP, stamp);
  return true;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(build() ? 'built' : 'nothing changed since the last build');
}
